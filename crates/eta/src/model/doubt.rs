//! How wide the interval is: adaptive conformal prediction (Gibbs and Candès 2021) on errors in scales.
//!
//! An error in scales is (logarithm taken − logarithm predicted) ÷ scale. The last thousand are kept; the interval lies
//! between two of their quantiles, which move after every trip until each side is missed one time in ten.

use super::belief::Belief;
use super::case::Case;
use super::key::{Factor, Key, Part};
use super::spread;
use std::collections::BTreeMap;

type Rows = BTreeMap<Key, Belief>;

/// Errors that are kept of each part.
const ERRORS_MAX: i64 = 1_000;
/// So many own errors weigh as much as the assumed ones.
const ASSUMED: f64 = 30.0;
/// Mean absolute error before the first trip, in natural logarithms.
const SCALE: f64 = 0.17;
/// So many trips' worth of doubt about the scale of all, and of each class.
const SCALE_DOUBT: f64 = 20.0;
const CLASS_DOUBT: f64 = 60.0;
/// What a trip's error still counts after the next one: half after 350.
const KEPT: f64 = 0.998;
/// Of the variance of the prediction itself, so much widens the interval: the factors' doubts overlap.
const OWN_SHARE: f64 = 0.64;
/// How far a tail moves after a miss, and its bounds. Smaller is calmer, larger follows a shock sooner.
const STEP: f64 = 0.005;
const TAIL: f64 = 0.1;
const TAIL_BOUNDS: (f64, f64) = (0.02, 0.25);
/// Mean absolute errors to one standard deviation of a normal error.
const DEVIATION: f64 = 1.2533;
/// Times have a longer tail towards late.
const SKEW: f64 = 1.09;
/// Of the errors' own median, so much is believed: medians of few errors jump.
const MEDIAN_SHARE: f64 = 0.8;

/// The sorted errors of one part: what its rows say, ready to be asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Errors(Vec<f64>);

impl Errors {
    /// Takes one in, for another one if that is named.
    pub fn replace(&mut self, old: Option<f64>, new: f64) {
        if let Some(old) = old {
            self.remove(old);
        }
        self.insert(new);
    }

    /// Takes one more in, where it belongs.
    fn insert(&mut self, error: f64) {
        let place = self.0.partition_point(|other| other.total_cmp(&error).is_lt());
        self.0.insert(place, error);
    }

    fn remove(&mut self, error: f64) {
        let place = self.0.partition_point(|other| other.total_cmp(&error).is_lt());
        if self.0.get(place).is_some_and(|found| found.total_cmp(&error).is_eq()) {
            self.0.remove(place);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most a thousand errors")]
    fn own(&self, share: f64) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * last as f64;
        let low = usize::try_from(super::cells::whole(place)).unwrap_or(0);
        let (below, above) = (self.0[low], self.0[(low + 1).min(last)]);
        Some(below + (above - below) * (place - low as f64))
    }

    /// The error below which `share` lie: the own ones, as far as there are any, else the assumed ones.
    pub fn quantile(&self, share: f64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand errors")]
        let count = self.0.len() as f64;
        let assumed = assumed(share);
        let own = self.own(share).unwrap_or(assumed);
        assumed + (own - assumed) * count / (count + ASSUMED)
    }

    /// How far the best guess is moved, in scales.
    pub fn median(&self) -> f64 {
        MEDIAN_SHARE * self.quantile(0.5)
    }
}

/// A normal error, longer towards late (probit by Acklam's central fraction, good to 1e-3 where it is asked).
fn assumed(share: f64) -> f64 {
    let z = probit(share.clamp(0.001, 0.999)) * DEVIATION;
    if z > 0.0 { z * SKEW } else { z }
}

/// Inverse of the normal distribution (Abramowitz and Stegun 26.2.23, error below 4.5e-4).
fn probit(share: f64) -> f64 {
    let tail = share.min(1.0 - share);
    let t = (-2.0 * tail.ln()).sqrt();
    let above = t * (t * 0.010_328 + 0.802_853) + 2.515_517;
    let below = t * (t * (t * 0.001_308 + 0.189_269) + 1.432_788) + 1.0;
    let z = t - above / below;
    if share < 0.5 { -z } else { z }
}

fn all(part: Part) -> Key {
    Key::new(part, Factor::Scale, 0, 0)
}

fn mean_error(rows: &Rows, key: Key, doubt: f64, assumed: f64) -> f64 {
    let (mean, count) = rows.get(&key).map_or((0.0, 0.0), |row| (row.mean, row.count));
    (mean * count + assumed * doubt) / (count + doubt)
}

/// How far off this class of trips is: mean absolute error, and that against all trips' one.
pub fn scale(rows: &Rows, case: &Case) -> (f64, f64) {
    let whole = mean_error(rows, all(case.part), SCALE_DOUBT, SCALE).max(1e-3);
    let against = case.classes.iter().map(|class| mean_error(rows, *class, CLASS_DOUBT, whole) / whole);
    let relative = against.product::<f64>().clamp(0.2, 5.0);
    (whole * relative, relative)
}

/// The scale of one prediction: its class's, and the doubt of its own factors.
pub fn width(scale: f64, variance: f64) -> f64 {
    (scale * scale + OWN_SHARE * variance).sqrt()
}

fn tail(rows: &Rows, part: Part, side: i64) -> f64 {
    rows.get(&Key::new(part, Factor::Tail, side, 0)).map_or(TAIL, |row| row.mean)
}

/// The share of errors at which a quantile of the told distribution is read, so that 0.1 and 0.9 are met.
pub fn share(rows: &Rows, part: Part, told: f64) -> f64 {
    let (low, high) = (tail(rows, part, 0), 1.0 - tail(rows, part, 1));
    match told {
        t if t < 0.1 => t / 0.1 * low,
        t if t > 0.9 => high + (t - 0.9) / 0.1 * (1.0 - high),
        // The middle stays the middle: each half is stretched by itself.
        t if t < 0.5 => low + (t - 0.1) / 0.4 * (0.5 - low),
        t => 0.5 + (t - 0.5) / 0.4 * (high - 0.5),
    }
}

/// Fifteen shares, one for each point of a spread.
pub fn shares(rows: &Rows, part: Part) -> [f64; spread::POINTS] {
    std::array::from_fn(|index| share(rows, part, spread::level(index)))
}

/// What came out against what was told.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Logarithm taken − logarithm predicted.
    pub off: f64,
    /// That in scales of the prediction.
    pub scaled: f64,
    /// Earlier than p10, later than p90.
    pub missed: [bool; 2],
}

/// Takes an outcome in; gives the rows it wrote.
pub fn learn(rows: &mut Rows, errors: &mut Errors, case: &Case, outcome: Outcome, now: f64) -> Vec<Key> {
    let mut written = Vec::with_capacity(8);
    for (side, missed) in [0, 1].into_iter().zip(outcome.missed) {
        let key = Key::new(case.part, Factor::Tail, side, 0);
        let mean = tail(rows, case.part, side) + STEP * (TAIL - if missed { 1.0 } else { 0.0 });
        let count = rows.get(&key).map_or(0.0, |row| row.count) + 1.0;
        rows.insert(key, Belief { mean: mean.clamp(TAIL_BOUNDS.0, TAIL_BOUNDS.1), variance: 0.0, count, at: now });
        written.push(key);
    }
    for key in case.classes.into_iter().chain([all(case.part)]) {
        let (mean, count) = rows.get(&key).map_or((0.0, 0.0), |row| (row.mean, row.count * KEPT));
        let mean = (mean * count + outcome.off.abs()) / (count + 1.0);
        rows.insert(key, Belief { mean, variance: 0.0, count: count + 1.0, at: now });
        written.push(key);
    }
    written.push(keep(rows, errors, case.part, outcome.scaled, now));
    written
}

/// Puts an error into the place of the oldest one.
fn keep(rows: &mut Rows, errors: &mut Errors, part: Part, error: f64, now: f64) -> Key {
    // The tails have counted this outcome already: the first one goes to place 0.
    let seen = rows.get(&Key::new(part, Factor::Tail, 0, 0)).map_or(0.0, |row| row.count) - 1.0;
    let place = super::cells::whole(seen.max(0.0)).rem_euclid(ERRORS_MAX);
    let key = Key::new(part, Factor::Error, place, 0);
    let old = rows.insert(key, Belief { mean: error, variance: 0.0, count: seen + 1.0, at: now });
    errors.replace(old.map(|old| old.mean), error);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_assumed_error_is_a_normal_one_with_a_longer_late_tail() {
        assert!((probit(0.9) - 1.2816).abs() < 1e-3 && (probit(0.1) + 1.2816).abs() < 1e-3 && probit(0.5).abs() < 1e-3);
        assert!(assumed(0.9) > -assumed(0.1));
    }

    #[test]
    fn with_many_errors_the_quantiles_are_their_own() {
        let mut errors = Errors::default();
        (0..1_000).for_each(|step| errors.insert(f64::from(step) / 1_000.0));
        assert!((errors.quantile(0.9) - 0.9).abs() < 0.05 && errors.quantile(0.1) < errors.quantile(0.2));
        errors.remove(0.5);
        assert_eq!(errors.0.len(), 999);
    }
}
