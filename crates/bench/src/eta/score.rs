//! How good predictions were: mean errors, the interval score and the coverage of the 80 % interval.

use super::Predicted;
use crate::report::say;
use serde::Serialize;
use std::collections::BTreeMap;

/// The interval is to hold four of five.
const MISSED_SHARE: f64 = 0.2;

/// Of one group of trips.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Score {
    pub trips: usize,
    /// |p50 − took|, mean.
    pub mae_minutes: f64,
    /// |p50 − took| ÷ took, mean.
    pub mape_percent: f64,
    /// Width of the interval + 10 × what a trip was outside of it (Gneiting and Raftery 2007), mean.
    pub interval_score_minutes: f64,
    /// Trips inside p10 … p90.
    pub coverage_percent: f64,
    /// Trips below p10.
    pub below_percent: f64,
    /// p90 − p10, mean.
    pub width_minutes: f64,
}

/// All, and by kind and name of group.
#[derive(Debug, Serialize)]
pub(super) struct Scores {
    all: Score,
    by: BTreeMap<&'static str, BTreeMap<String, Score>>,
}

/// What a prediction costs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Micros {
    p50: f64,
    p99: f64,
}

impl Micros {
    pub fn of(predicted: &[Predicted]) -> Self {
        let mut micros: Vec<f64> = predicted.iter().map(|one| one.micros).collect();
        micros.sort_by(f64::total_cmp);
        let at = |hundredths: usize| micros.get(micros.len() * hundredths / 100).copied().unwrap_or(0.0);
        Self { p50: round(at(50)), p99: round(at(99)) }
    }
}

impl Scores {
    pub fn of(groups: &[Vec<(&'static str, String)>], predicted: &[Predicted]) -> Self {
        let mut members: BTreeMap<&'static str, BTreeMap<String, Vec<Predicted>>> = BTreeMap::new();
        for (groups, one) in groups.iter().zip(predicted) {
            for (kind, name) in groups {
                members.entry(kind).or_default().entry(name.clone()).or_default().push(*one);
            }
        }
        let scored = |members: BTreeMap<String, Vec<Predicted>>| {
            members.into_iter().map(|(name, members)| (name, Score::of(&members))).collect()
        };
        let by = members.into_iter().map(|(kind, members)| (kind, scored(members))).collect();
        Self { all: Score::of(predicted), by }
    }

    /// As a table on standard error.
    pub fn say(&self) {
        say("group                 trips   MAE min   MAPE %   interval score min   coverage %   below %");
        self.all.say("all");
        for (kind, members) in &self.by {
            for (name, score) in members {
                score.say(&format!("{kind} {name}"));
            }
        }
    }
}

impl Score {
    fn of(predicted: &[Predicted]) -> Self {
        let mean = |value: fn(&Predicted) -> f64| {
            #[expect(clippy::cast_precision_loss, reason = "lines of a file are far below 2^53")]
            let count = predicted.len().max(1) as f64;
            round(predicted.iter().map(value).sum::<f64>() / count)
        };
        Self {
            trips: predicted.len(),
            mae_minutes: mean(|one| (one.told.p50 - one.took).abs() / 60.0),
            mape_percent: mean(|one| (one.told.p50 - one.took).abs() / one.took.max(1.0) * 100.0),
            interval_score_minutes: mean(|one| interval_score(one) / 60.0),
            coverage_percent: mean(|one| share(one.told.p10 <= one.took && one.took <= one.told.p90)),
            below_percent: mean(|one| share(one.took < one.told.p10)),
            width_minutes: mean(|one| (one.told.p90 - one.told.p10) / 60.0),
        }
    }

    fn say(&self, name: &str) {
        say(&format!(
            "{name:<20} {:>6} {:>9.3} {:>8.2} {:>20.2} {:>12.1} {:>9.1}",
            self.trips,
            self.mae_minutes,
            self.mape_percent,
            self.interval_score_minutes,
            self.coverage_percent,
            self.below_percent
        ));
    }
}

fn share(yes: bool) -> f64 {
    if yes { 100.0 } else { 0.0 }
}

fn interval_score(one: &Predicted) -> f64 {
    let outside = (one.told.p10 - one.took).max(0.0) + (one.took - one.told.p90).max(0.0);
    one.told.p90 - one.told.p10 + 2.0 / MISSED_SHARE * outside
}

/// Three decimals: finer than any of it is known.
fn round(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
