//! What is left of a drive, seen from a position.

use super::{COARSE, Case, Clock, Factors, NEAR_KM, classes};
use crate::UnderWay;
use crate::model::cells;
use crate::model::city::{self, GRACE_SECONDS};
use crate::model::key::{Factor, Key, Part};

/// Shares of the way at which what is behind says something different of what is left.
const SHARES: i64 = 4;
/// A pace is believed up to twice as slow or as fast.
const PACE_MAX: f64 = 0.7;

/// What is left from here. `whole` is what the drive was expected to take when it began, in seconds.
pub fn rest(way: &UnderWay, whole: Option<f64>) -> Case {
    let leg = &way.rest;
    let clock = Clock::of(leg);
    let base_hour = city::hour(clock.hour, clock.weekend == 1);
    let mut factors = Factors::new(Part::Rest);
    factors.calendar(clock);
    factors.way(leg, clock);
    here(&mut factors, way, clock);
    let share = share(way);
    behind(&mut factors, way, share, base_hour);
    count_down(&mut factors, way, share, whole, base_hour);
    Case {
        part: Part::Rest,
        base: (city::seconds(leg.km()) + GRACE_SECONDS).ln() + base_hour,
        base_hour,
        factors: factors.list,
        classes: with_share(classes(Part::Rest, leg, clock), share),
        near: cells::cell(leg.to.point, NEAR_KM),
        at: leg.seconds(),
    }
}

fn here(factors: &mut Factors, way: &UnderWay, clock: Clock) {
    let (here, there) = (way.rest.from.point, way.rest.to.point);
    factors.spread(Factor::Here, cells::corners(here, 2.0), 0);
    factors.spread(Factor::HereNear, cells::corners(here, 0.7), 0);
    factors.spread(Factor::Course, cells::corners(here, 4.0), 1000 + clock.period);
    factors.add(Factor::Pair, cells::cell(here, 4.0), cells::cell(there, 2.5), 1.0);
    // The way into each quarter, by how far it still is.
    for (far, share) in cells::hats(way.rest.km(), &COARSE) {
        factors.add(Factor::Sector, cells::cell(there, 2.5), far, share);
    }
}

/// How much of the way lies behind, 0 to 1: as told, or by great circles.
fn share(way: &UnderWay) -> Option<f64> {
    let told = way.progress.filter(|share| share.is_finite());
    let measured = || {
        let whole = way.origin?.point.metres_to(way.rest.to.point) / 1000.0;
        (whole > 0.2).then(|| 1.0 - way.rest.km() / whole)
    };
    told.or_else(measured).map(|share| share.clamp(0.0, 1.0))
}

/// What the time behind says of the time ahead: against what the city would have taken, and against the share.
fn behind(factors: &mut Factors, way: &UnderWay, share: Option<f64>, hour: f64) {
    let left = city::seconds(way.rest.km()) * hour.exp();
    if let Some(origin) = way.origin {
        let whole = city::seconds(origin.point.metres_to(way.rest.to.point) / 1000.0) * hour.exp();
        let expected = (whole - left).max(30.0);
        add_pace(factors, Factor::Pace, share, pace(way.elapsed_seconds, expected, 180.0));
    }
    if let Some(share) = share {
        #[expect(clippy::cast_precision_loss, reason = "four")]
        let position = share * SHARES as f64;
        factors.spread(Factor::Progress, straight(position), 0);
        // What the share behind would have taken, had it gone as the rest is expected to.
        let expected = left * share / (1.0 - share).max(0.05);
        add_pace(factors, Factor::Share, Some(share), pace(way.elapsed_seconds, expected, 180.0));
    }
    if let Some(earlier) = way.earlier.filter(|earlier| earlier.seconds_ago > 0.0) {
        let before = city::seconds(earlier.point.metres_to(way.rest.to.point) / 1000.0) * hour.exp();
        let expected = (before - left).max(-60.0).max(30.0 - 90.0);
        add_pace(factors, Factor::Lately, share, pace(earlier.seconds_ago, expected, 90.0));
    }
}

/// What is left of the time expected at the departure, against what the city takes for the way that is left: the best
/// there is in the first minutes.
fn count_down(factors: &mut Factors, way: &UnderWay, share: Option<f64>, whole: Option<f64>, hour: f64) {
    if let Some(whole) = whole {
        let left = city::seconds(way.rest.km()) * hour.exp();
        add_pace(factors, Factor::Countdown, share, pace(whole - way.elapsed_seconds, left, GRACE_SECONDS));
    }
}

/// Logarithm of took ÷ expected, both with a grace that keeps short times from shouting.
fn pace(took: f64, expected: f64, grace: f64) -> f64 {
    ((took.max(0.0) + grace) / (expected + grace).max(30.0)).ln().clamp(-PACE_MAX, PACE_MAX)
}

fn add_pace(factors: &mut Factors, factor: Factor, share: Option<f64>, pace: f64) {
    #[expect(clippy::cast_precision_loss, reason = "four")]
    let position = share.map_or(SHARES as f64 / 2.0, |share| share * SHARES as f64);
    for (index, weight) in straight(position) {
        factors.add(factor, index, 0, weight * pace);
    }
}

/// Between which of the shares' points a position lies; not a circle.
fn straight(position: f64) -> [(i64, f64); 2] {
    let low = cells::whole(position).clamp(0, SHARES - 1);
    #[expect(clippy::cast_precision_loss, reason = "at most four")]
    let up = position - low as f64;
    [(low, 1.0 - up), (low + 1, up)]
}

/// Under way the share tells more about the doubt than the destination does.
fn with_share(classes: [Key; 3], share: Option<f64>) -> [Key; 3] {
    let [period, distance, _] = classes;
    let quarter = share.map_or(-1, |share| cells::whole(share * 3.999));
    [period, distance, Key::new(Part::Rest, Factor::Scale, 4, quarter)]
}
