//! The way to the gate as the model knows it: leg by leg, standing between, the parts added as distributions.

use super::{engine, reason};
use crate::model::key::Part;
use crate::model::spread::{Quantiles, Spread};
use crate::prior::{ENGINE_TRIPS, ENGINE_WEIGHT};
use crate::range::{Range, minutes};
use crate::{
    BEFORE_PLAN, Cause, Engine, Forecast, Journey, LastGate, Leg, Model, Multiplier, Place, Point, Reason, ReasonCode,
    Stage, StopBefore, UnderWay, Word,
};
use chrono::{DateTime, Utc};

/// From so many trips on a part is predicted by what was learnt of it; before, by the prior or by a better known part.
const TRIPS_MIN: f64 = 20.0;
/// A routing engine shortens a way to a third at most and makes it three times as long at most: beyond that its map is wrong.
const PULL_MIN: f64 = 1.0 / 3.0;
const PULL_MAX: f64 = 3.0;
/// A way shorter than this, in kilometres, has no share that lies behind; nor is a smaller share one.
const KM_MIN: f64 = 0.5;
const SHARE_MIN: f64 = 0.03;
/// The pace of the share behind counts for the share ahead as far as share ÷ (share + this): by half at the middle. Roads
/// change, drivers do not. Assumption; twice as slow or fast at most.
const PACE_DOUBT: f64 = 0.5;
const PACE_MAX: f64 = std::f64::consts::LN_2;
/// Drives and hand-overs of one evening are late together that much: they share the traffic, the driver, and what the model has
/// not learnt yet. Without it the second and third gates of a made-up season were met three points less often than the first.
const AKIN: f64 = 0.4;
/// Leaving and driving less so: who leaves late meets other traffic. Without it the season's promises before departure were kept
/// in 78 of 100 cases.
const AKIN_LEAVING: f64 = 0.1;
/// Who has not left now leaves in so many seconds at the least, however late it is: doors close, papers are signed.
const SOON_SECONDS: f64 = 60.0;

/// What an estimate may draw on beside the journey.
#[derive(Debug, Clone, Copy)]
pub struct Learnt<'a> {
    /// Of the journey's city.
    pub model: &'a Model,
    /// What operators said.
    pub words: &'a [Word],
}

impl Learnt<'_> {
    /// Whether enough drives have shown how long they take here.
    #[must_use]
    pub fn knows(&self) -> bool {
        self.model.trips(Part::Drive) >= TRIPS_MIN
    }
}

/// From where it drives and since when, and when it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub set_out: LastGate,
    pub at: DateTime<Utc>,
}

/// Driving and standing from `start` over the stops to the gate, on top of what comes `before` it begins at `at`.
pub fn way(
    learnt: Learnt<'_>,
    journey: &Journey,
    start: Point,
    (at, before): (DateTime<Utc>, Spread),
    seen: Option<Seen>,
) -> (Range, Vec<Reason>) {
    let pull = pull(learnt, journey, start, at);
    let mut sum = Sum { learnt, journey, at, pull, pace: None, whole: Spread::ZERO, km: 0.0, driving: 0.0, dwell: 0.0 };
    let mut from = start;
    for stop in &journey.stops_before {
        if stop.since.is_none() {
            sum.drive(from, stop.point, seen.filter(|_| from == start));
        }
        sum.stand(from, *stop);
        from = stop.point;
    }
    let last = sum.drive(from, journey.destination, seen.filter(|_| from == start));
    let reasons = sum.reasons(&last);
    (range(before.plus_akin(sum.whole, AKIN_LEAVING)), reasons)
}

/// In minutes.
pub fn range(spread: Spread) -> Range {
    let told = spread.quantiles();
    Range::new(told.p10 / 60.0, told.p50 / 60.0, told.p90 / 60.0)
}

/// What a routing engine's word does to the driving: half of it, in log time, where no trip of ours went yet, and less with
/// every one that did. It is held against the free road: no hour, no jam, nobody's word.
fn pull(learnt: Learnt<'_>, journey: &Journey, start: Point, at: DateTime<Utc>) -> f64 {
    let Some(Engine::Says { seconds, .. }) = journey.engine else { return 1.0 };
    let (mut free, mut there, mut from) = (0.0, 0.0, start);
    for to in journey.stops_before.iter().map(|stop| stop.point).chain([journey.destination]) {
        let forecast = learnt.model.drive(&leg(journey, from, to, at), &[]);
        free += free_minutes(&forecast);
        there = forecast.learnt_from().1;
        from = to;
    }
    engine::pull(free, seconds, ENGINE_WEIGHT * ENGINE_TRIPS / (ENGINE_TRIPS + there)).clamp(PULL_MIN, PULL_MAX)
}

fn free_minutes(forecast: &Forecast) -> f64 {
    let of_the_road = forecast.multipliers().iter().filter(|it| matches!(it.cause, Cause::Way | Cause::Destination));
    of_the_road.map(|it| it.value).product()
}

/// How long until it leaves, once enough trips have shown: from the plan and how trips keep it; where nothing is planned,
/// boarding and leaving. `None`: too few trips, or it has left.
pub fn departure(learnt: Learnt<'_>, journey: &Journey, now: DateTime<Utc>) -> Option<Spread> {
    let left = match journey.stage {
        Stage::Waiting { planned_departure: None } => {
            let leg = leg(journey, journey.origin, journey.destination, now);
            let [board, leave] = [Part::Board, Part::Leave].map(|part| learnt.model.wait(part, &leg));
            let known = board.learnt_from().0.min(leave.learnt_from().0) >= TRIPS_MIN;
            known.then(|| board.spread().plus(leave.spread()))?
        }
        Stage::Waiting { planned_departure: Some(planned) } | Stage::Boarding { planned_departure: planned } => {
            let from = planned - BEFORE_PLAN;
            let delay = learnt.model.wait(Part::Delay, &leg(journey, journey.origin, journey.destination, from));
            let known = delay.learnt_from().0 >= TRIPS_MIN;
            known.then(|| delay.spread().left_after((now - from).as_seconds_f64()))?
        }
        Stage::Stranded | Stage::EnRoute { .. } | Stage::Arrived { .. } => return None,
    };
    Some(left.at_least(SOON_SECONDS))
}

/// When to be at the gate, in minutes from where the range counts.
pub fn be_there(learnt: Learnt<'_>, rest: Range, lead_minutes: f64) -> f64 {
    let told = Quantiles::new(rest.p10 * 60.0, rest.p50 * 60.0, rest.p90 * 60.0);
    learnt.model.be_there(told, lead_minutes) / 60.0
}

fn leg(journey: &Journey, from: Point, to: Point, at: DateTime<Utc>) -> Leg {
    Leg { from: Place::at(from), to: Place::gate(to), at, local: journey.local }
}

struct Sum<'a> {
    learnt: Learnt<'a>,
    journey: &'a Journey,
    /// When the next part begins, by best guess.
    at: DateTime<Utc>,
    /// What the routing engine's word does to every drive.
    pull: f64,
    /// How much slower than expected it came forward so far.
    pace: Option<f64>,
    whole: Spread,
    km: f64,
    driving: f64,
    dwell: f64,
}

impl Sum<'_> {
    fn drive(&mut self, from: Point, to: Point, seen: Option<Seen>) -> Forecast {
        let leg = leg(self.journey, from, to, self.at);
        let (forecast, left) = match seen {
            Some(seen) => self.rest(leg, seen),
            None => (self.learnt.model.drive(&leg, self.learnt.words), 1.0),
        };
        self.km += leg.km() * crate::prior::DETOUR;
        self.driving += forecast.quantiles().p50 * left * self.pull / 60.0;
        self.add(forecast.spread().times(left * self.pull));
        forecast
    }

    /// What is left of a drive, seen from a position, and how much of that: all of it where positions were learnt from; else
    /// the share of the whole drive that lies ahead, at the pace of the share behind.
    fn rest(&mut self, rest: Leg, seen: Seen) -> (Forecast, f64) {
        let (learnt, from) = (self.learnt, Place::at(seen.set_out.point));
        let elapsed_seconds = (seen.at - seen.set_out.at).as_seconds_f64();
        let way = UnderWay { rest, origin: Some(from), elapsed_seconds, progress: None, earlier: None };
        let shown = learnt.model.rest(&way, learnt.words);
        if shown.learnt_from().0 >= TRIPS_MIN {
            return (shown, 1.0);
        }
        let whole = Leg { from, at: seen.set_out.at, ..rest };
        let share = 1.0 - rest.km() / whole.km();
        if whole.km() < KM_MIN || share < SHARE_MIN || elapsed_seconds <= 0.0 {
            return (learnt.model.drive(&rest, learnt.words), 1.0);
        }
        let forecast = learnt.model.drive(&whole, learnt.words);
        let off = (elapsed_seconds / share / forecast.quantiles().p50).ln().clamp(-PACE_MAX, PACE_MAX);
        let pace = (off * share / (share + PACE_DOUBT)).exp();
        self.pace = Some(pace);
        (forecast, (1.0 - share) * pace)
    }

    fn stand(&mut self, from: Point, stop: StopBefore) {
        let forecast = self.learnt.model.wait(Part::Stand, &leg(self.journey, from, stop.point, self.at));
        let spread = if forecast.learnt_from().0 >= TRIPS_MIN {
            let stood = stop.since.map(|since| (self.at - since).as_seconds_f64());
            stood.map_or(forecast.spread(), |stood| forecast.spread().left_after(stood))
        } else {
            let seconds = super::dwell_left(&stop, self.at) * 60.0;
            Spread::around(Quantiles::new(seconds * 0.6, seconds, seconds * 1.8))
        };
        self.dwell += spread.quantile(0.5) / 60.0;
        self.add(spread);
    }

    fn add(&mut self, part: Spread) {
        self.whole = self.whole.plus_akin(part, AKIN);
        self.at += minutes(part.quantile(0.5) / 60.0);
    }

    /// Sums of the whole way; multipliers of its last leg, the one to this gate.
    fn reasons(&self, last: &Forecast) -> Vec<Reason> {
        let mut reasons =
            vec![reason(ReasonCode::DistanceKm, self.km), reason(ReasonCode::DrivingMinutes, self.driving)];
        let times = last.multipliers().iter().filter_map(|Multiplier { cause, value }| Some((code(*cause)?, *value)));
        reasons.extend(times.map(|(code, value)| reason(code, value)));
        let pace = self.pace.filter(|pace| (pace - 1.0).abs() >= 0.005);
        reasons.extend(pace.map(|pace| reason(ReasonCode::PaceFactor, pace)));
        reasons.extend(engine::said(self.journey.engine));
        if self.dwell > 0.0 {
            reasons.push(reason(ReasonCode::DwellMinutes, self.dwell));
        }
        let (trips, there) = last.learnt_from();
        reasons.push(reason(ReasonCode::LearntTrips, trips.floor()));
        reasons.push(reason(ReasonCode::LearntTripsThere, there.floor()));
        reasons
    }
}

const fn code(cause: Cause) -> Option<ReasonCode> {
    match cause {
        Cause::Way => None,
        Cause::Hour => Some(ReasonCode::HourFactor),
        Cause::Destination => Some(ReasonCode::DestinationFactor),
        Cause::Pace => Some(ReasonCode::PaceFactor),
        Cause::Live => Some(ReasonCode::LiveFactor),
        Cause::Word => Some(ReasonCode::WordFactor),
    }
}
