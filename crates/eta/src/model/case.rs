//! From a way to the factors that concern it. What the numbers of a factor are is learnt; which factors there are is
//! decided here.

mod chain;
mod drive;
mod rest;

use super::cells;
use super::city::period;
use super::key::{Factor, Key, Part};
use crate::Leg;

pub use chain::wait;
pub use drive::drive;
pub use rest::rest;

/// One time that is asked for, as the model sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Of which part.
    pub part: Part,
    /// Logarithm of (seconds + grace) before any factor.
    pub base: f64,
    /// How much of that is the hour of the day.
    pub base_hour: f64,
    /// The factors and how much each counts.
    pub factors: Vec<(Key, f64)>,
    /// Classes of cases that are wrong by about as much.
    pub classes: [Key; 3],
    /// Where it goes, for what the last trips say of the neighbourhood.
    pub near: i64,
    /// Asked at, in seconds since the epoch.
    pub at: f64,
}

/// Edge of the neighbourhood whose last trips count more, in kilometres.
const NEAR_KM: f64 = 6.0;
/// Knots of a distance in kilometres: dense where a city's ways differ.
const DISTANCES: [f64; 12] = [0.5, 1.0, 2.0, 3.5, 5.5, 8.0, 11.0, 15.0, 20.0, 27.0, 40.0, 60.0];
/// Fewer, where each one is asked for every part of the day.
const COARSE: [f64; 6] = [1.0, 3.0, 7.0, 13.0, 22.0, 45.0];

/// The clock of a case, in the terms of the factors.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: f64,
    weekday: i64,
    /// 0 on a working day, 1 on a weekend.
    weekend: i64,
    /// One of twelve: six parts of a day, of a working day or of a weekend.
    period: i64,
}

impl Clock {
    fn of(leg: &Leg) -> Self {
        let (hour, weekday) = (leg.hour(), leg.weekday());
        let weekend = i64::from(weekday >= 5);
        Self { hour, weekday, weekend, period: period(hour) + 6 * weekend }
    }

    /// The two hours around now, told apart by working day and weekend.
    fn hours(self) -> [(i64, f64); 2] {
        cells::circle(self.hour, 24).map(|(hour, share)| (self.weekend * 24 + hour, share))
    }

    /// The two points of three hours around now, of the 56 of a week.
    fn week(self) -> [(i64, f64); 2] {
        #[expect(clippy::cast_precision_loss, reason = "a weekday")]
        let since_monday = self.weekday as f64 * 24.0 + self.hour;
        cells::circle(since_monday / 3.0, 56)
    }
}

/// Collects factors of one part.
struct Factors {
    part: Part,
    list: Vec<(Key, f64)>,
}

impl Factors {
    fn new(part: Part) -> Self {
        Self { part, list: Vec::with_capacity(64) }
    }

    fn add(&mut self, factor: Factor, a: i64, b: i64, weight: f64) {
        if weight != 0.0 {
            self.list.push((Key::new(self.part, factor, a, b), weight));
        }
    }

    fn spread<const N: usize>(&mut self, factor: Factor, over: [(i64, f64); N], b: i64) {
        for (a, weight) in over {
            self.add(factor, a, b, weight);
        }
    }

    /// Level, hour, week, weekday.
    fn calendar(&mut self, clock: Clock) {
        self.add(Factor::City, 0, 0, 1.0);
        self.spread(Factor::Hour, clock.hours(), 0);
        self.spread(Factor::Week, clock.week(), 0);
        self.add(Factor::Weekday, clock.weekday, 0, 1.0);
    }

    /// Distance and the neighbourhoods of where it goes.
    fn way(&mut self, leg: &Leg, clock: Clock) {
        let (km, to) = (leg.km(), leg.to.point);
        self.spread(Factor::Distance, cells::hats(km, &DISTANCES), 0);
        self.spread(Factor::DistancePeriod, cells::hats(km, &COARSE), clock.period);
        match leg.to.code {
            Some(code) => self.add(Factor::Destination, code, 0, 1.0),
            None => self.spread(Factor::Spot, cells::corners(to, 0.8), 0),
        }
        self.spread(Factor::Quarter, cells::corners(to, 2.5), 0);
        self.spread(Factor::Area, cells::corners(to, 8.0), 0);
        self.spread(Factor::AreaPeriod, cells::corners(to, 6.0), clock.period);
        for (hour, share) in clock.hours() {
            self.add(Factor::AreaHour, cells::cell(to, 8.0), hour, share);
        }
    }
}

/// What is wrong by about as much: the part of the day, the distance, the destination.
fn classes(part: Part, leg: &Leg, clock: Clock) -> [Key; 3] {
    let [(distance, _), _] = cells::hats(leg.km(), &COARSE);
    let there = leg.to.code.unwrap_or_else(|| cells::cell(leg.to.point, 2.5));
    [(1, clock.period), (2, distance), (3, there)].map(|(kind, which)| Key::new(part, Factor::Scale, kind, which))
}
