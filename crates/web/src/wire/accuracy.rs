//! How true the boards' times were, in numbers: no person, no vehicle, no trip.

use chrono::NaiveDate;
use homeward_dispatch::{Errors, Kept, Lead, PromiseStage, Span, Truth};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Days {
    /// The first civil day, `YYYY-MM-DD`; without it the week that ends with the last one.
    pub from: Option<String>,
    /// The last civil day; without it today. At most 92 days are looked at together.
    pub to: Option<String>,
}

/// How many promises were kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeptBody {
    /// Vehicles that came to a gate that had been told of them.
    rides: usize,
    /// Came between p10 and p90 of the promise that the squad went by; eight of ten should.
    inside: usize,
    /// Came before the squad that went by its promise; one of ten may.
    vehicle_first: usize,
}

/// How far off promises were, in minutes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorsBody {
    /// How many.
    promises: usize,
    /// Half are off by no more than this.
    median_minutes: f64,
    /// Nine of ten are off by no more than this.
    p90_minutes: f64,
    /// Their mean; above zero vehicles come later than told.
    bias_minutes: f64,
    /// Came between p10 and p90.
    inside: usize,
}

/// Where the trip was in its life when something was promised.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StageCode {
    /// Nobody got on yet.
    Waiting,
    /// People got on.
    Boarding,
    /// It had left.
    UnderWay,
}

/// Errors of the first promise of each stage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StageErrors {
    stage: StageCode,
    errors: ErrorsBody,
}

/// Errors of the promise in force so long before the arrival.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HorizonErrors {
    minutes_before: i64,
    errors: ErrorsBody,
}

/// One local week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Week {
    monday: NaiveDate,
    kept: KeptBody,
}

/// How long before the vehicle its receiver heard of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadBody {
    rides: usize,
    /// One in ten had no more than this.
    p10_minutes: i64,
    /// Half had no more than this.
    p50_minutes: i64,
    /// Had less than 90 minutes.
    short: usize,
}

/// The same of one receiver.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiverLead {
    receiver: String,
    lead: LeadBody,
}

/// What became of what was promised to the gates, by the day the vehicle came.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccuracyBody {
    from: NaiveDate,
    to: NaiveDate,
    kept: KeptBody,
    /// Vehicles that came to a gate that had been told nothing.
    untold: usize,
    /// A stage without any is left out.
    by_stage: Vec<StageErrors>,
    /// The earliest first; one without any is left out.
    by_horizon: Vec<HorizonErrors>,
    /// A week without any is left out.
    weeks: Vec<Week>,
    /// How often a shown time changed by a minute or more, all rides together.
    changes: usize,
    /// How often it changed back.
    reversals: usize,
    lead: Option<LeadBody>,
    /// By code.
    receivers: Vec<ReceiverLead>,
    /// Whether there were more vehicles than are counted at once; then the newest were.
    cut: bool,
}

impl AccuracyBody {
    pub fn of(span: Span, truth: Truth) -> Self {
        let Truth { accuracy: it, cut } = truth;
        let stage = |(stage, errors): (PromiseStage, Errors)| StageErrors { stage: code(stage), errors: errors.into() };
        let horizon = |(minutes_before, errors): (i64, Errors)| HorizonErrors { minutes_before, errors: errors.into() };
        Self {
            from: span.from(),
            to: span.to(),
            kept: it.kept.into(),
            untold: it.untold,
            by_stage: it.by_stage.into_iter().map(stage).collect(),
            by_horizon: it.by_horizon.into_iter().map(horizon).collect(),
            weeks: it.weeks.into_iter().map(|(monday, kept)| Week { monday, kept: kept.into() }).collect(),
            changes: it.changes,
            reversals: it.reversals,
            lead: it.lead.map(LeadBody::from),
            receivers: it
                .receivers
                .into_iter()
                .map(|(code, lead)| ReceiverLead { receiver: code.to_string(), lead: lead.into() })
                .collect(),
            cut,
        }
    }
}

const fn code(stage: PromiseStage) -> StageCode {
    match stage {
        PromiseStage::Waiting => StageCode::Waiting,
        PromiseStage::Boarding => StageCode::Boarding,
        PromiseStage::UnderWay => StageCode::UnderWay,
    }
}

impl From<Kept> for KeptBody {
    fn from(Kept { rides, inside, vehicle_first }: Kept) -> Self {
        Self { rides, inside, vehicle_first }
    }
}

impl From<Errors> for ErrorsBody {
    fn from(Errors { count, median, p90, bias, inside }: Errors) -> Self {
        let [median_minutes, p90_minutes, bias_minutes] = [median, p90, bias].map(tenth);
        Self { promises: count, median_minutes, p90_minutes, bias_minutes, inside }
    }
}

/// Six seconds are finer than any board shows.
fn tenth(minutes: f64) -> f64 {
    (minutes * 10.0).round() / 10.0
}

impl From<Lead> for LeadBody {
    fn from(Lead { count, p10, p50, short }: Lead) -> Self {
        Self { rides: count, p10_minutes: p10.num_minutes(), p50_minutes: p50.num_minutes(), short }
    }
}
