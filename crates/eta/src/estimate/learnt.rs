//! The way to the gate as the model knows it: leg by leg, standing between, the parts added as distributions.

use super::reason;
use crate::model::key::Part;
use crate::model::spread::{Quantiles, Spread};
use crate::range::{Range, minutes};
use crate::{
    Cause, Forecast, Journey, Leg, Model, Multiplier, Place, Point, Reason, ReasonCode, StopBefore, UnderWay, Word,
};
use chrono::{DateTime, Utc};

/// From so many trips on a part is predicted by what was learnt of it; before, by the prior or by a better known part.
const TRIPS_MIN: f64 = 20.0;

/// What an estimate may draw on beside the journey.
#[derive(Debug, Clone, Copy)]
pub struct Learnt<'a> {
    /// Of the journey's city.
    pub model: &'a Model,
    /// What operators said.
    pub words: &'a [Word],
}

/// Since when it drives, and from where it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub departed_at: DateTime<Utc>,
    pub at: DateTime<Utc>,
}

/// Driving and standing from `start` over the stops to the gate.
pub fn way(
    learnt: Learnt<'_>,
    journey: &Journey,
    start: Point,
    at: DateTime<Utc>,
    seen: Option<Seen>,
) -> (Range, Vec<Reason>) {
    let mut sum = Sum { learnt, journey, at, whole: Spread::ZERO, km: 0.0, driving: 0.0, dwell: 0.0 };
    let mut from = start;
    for stop in &journey.stops_before {
        sum.drive(from, stop.point, seen.filter(|_| from == start));
        sum.stand(from, *stop);
        from = stop.point;
    }
    let last = sum.drive(from, journey.destination, seen.filter(|_| from == start));
    let reasons = sum.reasons(&last);
    let told = sum.whole.quantiles();
    (Range::new(told.p10 / 60.0, told.p50 / 60.0, told.p90 / 60.0), reasons)
}

/// Until it leaves, when nobody planned it: boarding and leaving, once enough trips have shown how long they take.
pub fn departure(learnt: Learnt<'_>, journey: &Journey, now: DateTime<Utc>) -> Option<Range> {
    let leg = leg(journey, journey.origin, journey.destination, now);
    let [board, leave] = [Part::Board, Part::Leave].map(|part| learnt.model.wait(part, &leg));
    if board.learnt_from().0.min(leave.learnt_from().0) < TRIPS_MIN {
        return None;
    }
    let told = board.spread().plus(leave.spread()).quantiles();
    Some(Range::new(told.p10 / 60.0, told.p50 / 60.0, told.p90 / 60.0))
}

/// When to be at the gate, in minutes from where the range counts.
pub fn be_there(learnt: Learnt<'_>, rest: Range, lead_minutes: f64) -> f64 {
    let told = Quantiles::new(rest.p10 * 60.0, rest.p50 * 60.0, rest.p90 * 60.0);
    learnt.model.be_there(told, lead_minutes) / 60.0
}

fn leg(journey: &Journey, from: Point, to: Point, at: DateTime<Utc>) -> Leg {
    Leg { from: Place::at(from), to: Place::at(to), at, local: journey.local }
}

struct Sum<'a> {
    learnt: Learnt<'a>,
    journey: &'a Journey,
    /// When the next part begins, by best guess.
    at: DateTime<Utc>,
    whole: Spread,
    km: f64,
    driving: f64,
    dwell: f64,
}

impl Sum<'_> {
    fn drive(&mut self, from: Point, to: Point, seen: Option<Seen>) -> Forecast {
        let leg = leg(self.journey, from, to, self.at);
        let forecast = seen
            .map(|seen| self.rest(leg, seen))
            .filter(|rest| rest.learnt_from().0 >= TRIPS_MIN)
            .unwrap_or_else(|| self.learnt.model.drive(&leg, self.learnt.words));
        self.km += leg.km() * crate::prior::DETOUR;
        self.driving += forecast.quantiles().p50 / 60.0;
        self.add(forecast.spread());
        forecast
    }

    fn rest(&self, rest: Leg, seen: Seen) -> Forecast {
        let way = UnderWay {
            rest,
            origin: Some(Place::at(self.journey.origin)),
            elapsed_seconds: (seen.at - seen.departed_at).as_seconds_f64(),
            progress: None,
            earlier: None,
        };
        self.learnt.model.rest(&way, self.learnt.words)
    }

    fn stand(&mut self, from: Point, stop: StopBefore) {
        let forecast = self.learnt.model.wait(Part::Stand, &leg(self.journey, from, stop.point, self.at));
        let spread = if forecast.learnt_from().0 >= TRIPS_MIN {
            forecast.spread()
        } else {
            let seconds = stop.dwell_minutes.max(0.0) * 60.0;
            Spread::around(Quantiles::new(seconds * 0.6, seconds, seconds * 1.8))
        };
        self.dwell += spread.quantile(0.5) / 60.0;
        self.add(spread);
    }

    fn add(&mut self, part: Spread) {
        self.whole = self.whole.plus(part);
        self.at += minutes(part.quantile(0.5) / 60.0);
    }

    /// Sums of the whole way; multipliers of its last leg, the one to this gate.
    fn reasons(&self, last: &Forecast) -> Vec<Reason> {
        let mut reasons =
            vec![reason(ReasonCode::DistanceKm, self.km), reason(ReasonCode::DrivingMinutes, self.driving)];
        let times = last.multipliers().iter().filter_map(|Multiplier { cause, value }| Some((code(*cause)?, *value)));
        reasons.extend(times.map(|(code, value)| reason(code, value)));
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
