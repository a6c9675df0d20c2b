//! The learning model: an additive model of the logarithm of a time, one Gaussian a factor, updated after every trip.
//!
//! | part | how | source |
//! |---|---|---|
//! | prediction | base of the city + Σ weight · mean | |
//! | update | a Kalman step that keeps the factors' doubts and forgets how they hang together (mean field, assumed density) | Opper 1998 |
//! | outliers | a Student step: an error far out counts less (8 degrees of freedom) | Roth, Özkan and Gustafsson 2013 |
//! | change of the world | the level and the hours walk; they walk faster while errors follow each other | |
//! | interval | adaptive conformal, both tails apart, scales by class | Gibbs and Candès 2021 |
//!
//! The whole state is [`Row`]s. Nothing here reads a clock or draws chance: the same trips in the same order give the same
//! rows, and a model made from its rows goes on as if it had never stopped.

pub mod belief;
mod case;
pub mod cells;
mod city;
mod doubt;
mod go;
pub mod key;
mod learn;
mod live;
mod multipliers;
pub mod spread;

use crate::{Leg, UnderWay, Word};
use belief::{Belief, Row};
use case::Case;
use chrono::{DateTime, TimeDelta};
use city::GRACE_SECONDS;
use doubt::Errors;
use key::{Factor, Key, Part};
use spread::{Quantiles, Spread};
use std::collections::BTreeMap;

pub use multipliers::{Cause, Multiplier};

/// Everything learnt from the trips of one city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    rows: BTreeMap<Key, Belief>,
    /// The errors among the rows, sorted.
    errors: BTreeMap<Part, Errors>,
}

/// One prediction, and what is needed to learn from how it came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    case: Case,
    /// Logarithm of (seconds + grace) beyond the base.
    centre: f64,
    /// One scale of error.
    scale: f64,
    /// Without the live factors.
    standing: f64,
    /// Of the model's error variance, by class.
    noise: f64,
    quantiles: Quantiles,
    spread: Spread,
    multipliers: Vec<Multiplier>,
    words: f64,
    trips: f64,
    trips_there: f64,
}

impl Model {
    /// From stored rows, in any order; of rows with one key the last one counts.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut model = Self::default();
        model.put(rows);
        model
    }

    /// Takes over rows that were learnt elsewhere, each in the place of the one it had.
    pub fn put(&mut self, rows: impl IntoIterator<Item = Row>) {
        for Row { key, belief } in rows {
            let before = self.rows.insert(key, belief);
            if key.factor == Factor::Error {
                self.errors.entry(key.part).or_default().replace(before.map(|before| before.mean), belief.mean);
            }
        }
    }

    /// How many times of a part it has learnt from.
    #[must_use]
    pub fn trips(&self, part: Part) -> f64 {
        self.rows.get(&Key::new(part, Factor::City, 0, 0)).map_or(0.0, |row| row.count)
    }

    /// Every row, ascending by key.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        self.rows.iter().map(|(key, belief)| Row { key: *key, belief: *belief })
    }

    /// How long a drive takes that begins at `leg.at`, in seconds.
    #[must_use]
    pub fn drive(&self, leg: &Leg, words: &[Word]) -> Forecast {
        self.forecast(case::drive(leg), Word::factor_at(words, leg.at))
    }

    /// How long the rest of a drive takes, in seconds from `way.rest.at`.
    #[must_use]
    pub fn rest(&self, way: &UnderWay, words: &[Word]) -> Forecast {
        self.forecast(case::rest(way, self.at_departure(way)), Word::factor_at(words, way.rest.at))
    }

    /// What the whole drive was to take, in seconds, by what is known today.
    fn at_departure(&self, way: &UnderWay) -> Option<f64> {
        let since = TimeDelta::seconds(cells::whole(way.elapsed_seconds.clamp(0.0, 1e6)));
        let whole = Leg { from: way.origin?, at: way.rest.at - since, ..way.rest };
        let case = case::drive(&whole);
        let centre: f64 = case.factors.iter().map(|(key, share)| self.belief(*key, case.at).mean * share).sum();
        Some(seconds(&case, centre))
    }

    /// How long boarding, leaving or standing takes that begins at `leg.at`, in seconds. Words are about roads.
    #[must_use]
    pub fn wait(&self, part: Part, leg: &Leg) -> Forecast {
        self.forecast(case::wait(part, leg), 1.0)
    }

    fn forecast(&self, mut case: Case, words: f64) -> Forecast {
        live::add(&self.rows, &mut case);
        let agility = learn::agility(&self.rows, case.part);
        let (mut centre, mut standing, mut variance) = (0.0, 0.0, 0.0);
        for (key, weight) in &case.factors {
            let belief = self.belief(*key, case.at).aged(key.factor, case.at, agility);
            centre += belief.mean * weight;
            variance += belief.variance * weight * weight;
            if !matches!(key.factor, Factor::Live | Factor::LiveNear) {
                standing += belief.mean * weight;
            }
        }
        let (class, relative) = doubt::scale(&self.rows, &case);
        let scale = doubt::width(class, variance);
        let spread = self.spread(&case, centre, scale);
        let told = self.quantiles(&case, centre, scale);
        let times = |seconds: f64| seconds * words;
        let count = |factor| self.counted(&case, factor);
        Forecast {
            multipliers: multipliers::of(self, &case, told.p50, words),
            quantiles: Quantiles::new(times(told.p10), times(told.p50), times(told.p90)),
            spread: spread.times(words),
            noise: relative * relative,
            trips: count(Factor::City),
            trips_there: count(Factor::Destination).max(count(Factor::Spot)),
            case,
            centre,
            scale,
            standing,
            words,
        }
    }

    /// What is believed of a factor, learnt or not.
    fn belief(&self, key: Key, now: f64) -> Belief {
        self.rows.get(&key).copied().unwrap_or(Belief::of(key.factor, now))
    }

    fn counted(&self, case: &Case, factor: Factor) -> f64 {
        let keys = case.factors.iter().map(|(key, _)| key).filter(|key| key.factor == factor);
        keys.filter_map(|key| self.rows.get(key)).map(|row| row.count).fold(0.0, f64::max)
    }

    fn quantiles(&self, case: &Case, centre: f64, scale: f64) -> Quantiles {
        let assumed = Errors::default();
        let errors = self.errors.get(&case.part).unwrap_or(&assumed);
        let at = |told: f64| errors.quantile(doubt::share(&self.rows, case.part, told));
        let told = |off: f64| seconds(case, centre + off * scale);
        Quantiles::new(told(at(0.1)), told(errors.median()), told(at(0.9)))
    }

    fn spread(&self, case: &Case, centre: f64, scale: f64) -> Spread {
        let assumed = Errors::default();
        let errors = self.errors.get(&case.part).unwrap_or(&assumed);
        let shares = doubt::shares(&self.rows, case.part);
        Spread::new(shares.map(|share| seconds(case, centre + errors.quantile(share) * scale)))
    }
}

/// Seconds of a logarithm beyond the base; a way takes at least ten seconds.
fn seconds(case: &Case, beyond: f64) -> f64 {
    ((case.base + beyond).min(20.0).exp() - GRACE_SECONDS).max(10.0)
}

/// Seconds since the epoch.
fn instant<Zone: chrono::TimeZone>(at: &DateTime<Zone>) -> f64 {
    (at.to_utc() - DateTime::UNIX_EPOCH).as_seconds_f64()
}

impl Forecast {
    /// In seconds.
    #[must_use]
    pub const fn quantiles(&self) -> Quantiles {
        self.quantiles
    }

    /// The whole distribution, in seconds, to be added to others.
    #[must_use]
    pub const fn spread(&self) -> Spread {
        self.spread
    }

    /// Why: the first is in minutes, the others multiply it, and all together give p50.
    #[must_use]
    pub fn multipliers(&self) -> &[Multiplier] {
        &self.multipliers
    }

    /// How many trips it was learnt from, and how many of them went there; a trip of several positions counts in parts.
    #[must_use]
    pub const fn learnt_from(&self) -> (f64, f64) {
        (self.trips, self.trips_there)
    }
}
