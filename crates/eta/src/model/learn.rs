//! One step of learning.

use super::belief::{Belief, Row};
use super::city::GRACE_SECONDS;
use super::key::{Factor, Key, Part};
use super::{Forecast, Model, doubt, instant, live};
use chrono::{DateTime, Utc};

/// Standard deviation of one trip around its prediction, in natural logarithms: what no factor explains.
const NOISE: f64 = 0.2;
/// Degrees of freedom of the Student step: of an error of four deviations two fifths are left.
const FREEDOM: f64 = 8.0;
/// An error counts as at most so many deviations.
const OFF_DEVIATIONS_MAX: f64 = 3.0;
/// How fast the memory of consecutive errors forgets.
const PULSE_STEP: f64 = 0.03;
/// Errors that follow each other fully make the world walk six times as fast, at most five.
const AGILITY: f64 = 5.0;
const AGILITY_MAX: f64 = 5.0;

fn pulse(part: Part, which: i64) -> Key {
    Key::new(part, Factor::Pulse, which, 0)
}

/// How much faster than usual the world walks: 1 when errors know nothing of each other.
pub fn agility(rows: &std::collections::BTreeMap<Key, Belief>, part: Part) -> f64 {
    let following = rows.get(&pulse(part, 0)).map_or(0.0, |row| row.mean);
    (1.0 + AGILITY * following.max(0.0)).min(AGILITY_MAX)
}

impl Model {
    /// Learns how a forecast came out: it took `took_seconds`, and that is known at `now`. `weight` is 1 for a trip, less for
    /// each of several positions of one trip. Gives the rows to store; nothing is learnt from a time that is no time.
    pub fn learn(&mut self, forecast: &Forecast, took_seconds: f64, now: DateTime<Utc>, weight: f64) -> Vec<Row> {
        if !(took_seconds.is_finite() && took_seconds >= 0.0 && weight > 0.0) {
            return Vec::new();
        }
        let now = instant(&now);
        let taken = (took_seconds / forecast.words + GRACE_SECONDS).ln() - forecast.case.base;
        let mut written = self.calibrate(forecast, took_seconds, taken, now);
        written.extend(self.update(forecast, taken, weight, now));
        written.extend(live::learn(&mut self.rows, &forecast.case, taken - forecast.standing, weight, now));
        written.into_iter().filter_map(|key| Some(Row { key, belief: *self.rows.get(&key)? })).collect()
    }

    fn calibrate(&mut self, forecast: &Forecast, took_seconds: f64, taken: f64, now: f64) -> Vec<Key> {
        let told = forecast.quantiles;
        let off = taken - forecast.centre;
        let outcome = doubt::Outcome {
            off,
            scaled: off / forecast.scale,
            missed: [took_seconds < told.p10, took_seconds > told.p90],
        };
        let errors = self.errors.entry(forecast.case.part).or_default();
        doubt::learn(&mut self.rows, errors, &forecast.case, outcome, now)
    }

    /// The Kalman step of all factors at once, from what they believe now.
    fn update(&mut self, forecast: &Forecast, taken: f64, weight: f64, now: f64) -> Vec<Key> {
        let case = &forecast.case;
        let agility = agility(&self.rows, case.part);
        let aged = case
            .factors
            .iter()
            .map(|(key, share)| (*key, *share, self.belief(*key, now).aged(key.factor, now, agility)));
        let factors: Vec<(Key, f64, Belief)> = aged.collect();
        let expected: f64 = factors.iter().map(|(_, share, belief)| belief.mean * share).sum();
        let own: f64 = factors.iter().map(|(_, share, belief)| belief.variance * share * share).sum();
        let noise = NOISE * NOISE * forecast.noise / weight;
        let off = taken - expected;
        let trust = ((FREEDOM + 1.0) / (FREEDOM + off * off / (own + noise))).clamp(0.02, 1.0);
        let total = own + noise / trust;
        let bounded = off.clamp(-OFF_DEVIATIONS_MAX * total.sqrt(), OFF_DEVIATIONS_MAX * total.sqrt());
        for (key, share, belief) in &factors {
            let gain = belief.variance * share / total;
            let learnt = Belief {
                mean: belief.mean + gain * bounded,
                variance: belief.variance * (1.0 - gain * share),
                count: belief.count + share.abs().min(1.0) * weight.min(1.0),
                at: now.max(belief.at),
            };
            self.rows.insert(*key, learnt);
        }
        let mut written: Vec<Key> = factors.into_iter().map(|(key, _, _)| key).collect();
        written.extend(self.feel(case.part, off / total.sqrt(), now));
        written
    }

    /// Whether this error goes the way of the last one.
    fn feel(&mut self, part: Part, error: f64, now: f64) -> [Key; 2] {
        let (following, last) = (pulse(part, 0), pulse(part, 1));
        let old = |key| self.rows.get(&key).map_or((0.0, 0.0), |row: &Belief| (row.mean, row.count));
        let ((mean, count), (before, _)) = (old(following), old(last));
        let mean = mean + PULSE_STEP * (error * before - mean);
        let row = |mean| Belief { mean, variance: 0.0, count: count + 1.0, at: now };
        self.rows.insert(following, row(mean));
        self.rows.insert(last, row(error.clamp(-2.5, 2.5)));
        [following, last]
    }
}
