//! Bodies about the rules that plans are made by.

use chrono::{DateTime, Utc};
use homeward_dispatch::NewPlanning;
use homeward_domain::planning::{Apart, Choice, InForce, Pair, Rules};
use homeward_domain::{Invalid, Jurisdiction, RiskTag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// More than there are pairs.
const PAIRS_MAX: usize = 16;

/// The rules that count, or counted when a plan was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanningBody {
    /// Counts the district's choices; 0 if nobody ever chose.
    version: u32,
    /// Pairs of tags that must not share a vehicle, the milder first.
    #[schema(example = json!([["yellow", "red"]]))]
    apart: Vec<Vec<&'static str>>,
    /// How much of the seats may be used, in percent.
    spacing_percent: i64,
    /// The longest wait from the registration to the departure, in minutes.
    wait_max_minutes: i64,
    /// The longest ride, in minutes.
    ride_max_minutes: i64,
    /// What a kilometre is worth, in seconds of one traveller.
    km_seconds: i64,
    /// Which of these are other than where nobody ever chose.
    #[schema(example = json!(["spacing_percent"]))]
    changed: Vec<&'static str>,
}

impl From<InForce> for PlanningBody {
    fn from(InForce { version, rules }: InForce) -> Self {
        Self {
            version,
            apart: rules.apart.pairs().map(|pair| pair.tags().map(RiskTag::code).to_vec()).collect(),
            spacing_percent: rules.spacing_percent,
            wait_max_minutes: rules.wait_max_minutes,
            ride_max_minutes: rules.ride_max_minutes,
            km_seconds: rules.km_seconds,
            changed: rules.changed(),
        }
    }
}

/// `GET /v1/planning-rules`
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanningRules {
    /// What counts now.
    in_force: PlanningBody,
    /// Every choice, newest first; empty if nobody ever chose.
    versions: Vec<PlanningVersion>,
}

/// One version of a district's choice.
#[derive(Serialize, ToSchema)]
struct PlanningVersion {
    /// District code.
    district: String,
    #[serde(flatten)]
    rules: PlanningBody,
    reason: String,
    /// Display name of who chose.
    by: String,
    at: DateTime<Utc>,
}

impl From<(InForce, Vec<Choice>)> for PlanningRules {
    fn from((in_force, choices): (InForce, Vec<Choice>)) -> Self {
        let version = |choice: Choice| PlanningVersion {
            district: choice.district.to_string(),
            rules: choice.in_force().into(),
            reason: choice.reason,
            by: choice.by,
            at: choice.at,
        };
        Self { in_force: in_force.into(), versions: choices.into_iter().map(version).collect() }
    }
}

/// `POST /v1/planning-rules`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoosePlanning {
    /// District code: six digits.
    district: String,
    /// Pairs of two different tags that must not share a vehicle, in either order: green, yellow, red.
    #[schema(example = json!([["red", "yellow"]]))]
    apart: Vec<Vec<String>>,
    /// How much of the seats may be used: 20 to 100.
    spacing_percent: i64,
    /// The longest wait from the registration to the departure: 15 to 720.
    wait_max_minutes: i64,
    /// The longest ride: 15 to 720.
    ride_max_minutes: i64,
    /// What a kilometre is worth, in seconds of one traveller: 0 to 600.
    km_seconds: i64,
    /// Why, 200 characters at most.
    reason: String,
    /// The version on the screen, 0 for none yet; another one there is refused as stale.
    version: Option<u32>,
}

impl TryFrom<ChoosePlanning> for NewPlanning {
    type Error = Invalid;
    fn try_from(body: ChoosePlanning) -> Result<Self, Invalid> {
        Ok(Self {
            district: Jurisdiction::parse(&body.district).map_err(|bad| bad.at("district"))?,
            rules: Rules {
                apart: apart(&body.apart).map_err(|bad| bad.at("apart"))?,
                spacing_percent: body.spacing_percent,
                wait_max_minutes: body.wait_max_minutes,
                ride_max_minutes: body.ride_max_minutes,
                km_seconds: body.km_seconds,
            },
            reason: body.reason,
            seen: body.version,
        })
    }
}

fn apart(pairs: &[Vec<String>]) -> Result<Apart, Invalid> {
    if pairs.len() > PAIRS_MAX {
        return Err(Invalid::new("too-many", "there are three pairs"));
    }
    pairs.iter().enumerate().map(|(place, pair)| two(pair).map_err(|bad| bad.at(place))).collect()
}

fn two(pair: &[String]) -> Result<Pair, Invalid> {
    let [one, other] = pair else { return Err(Invalid::new("not-a-pair", "name two tags: green, yellow, red")) };
    Pair::new(RiskTag::parse(one)?, RiskTag::parse(other)?)
}
