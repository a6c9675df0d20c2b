//! A duration as three quantiles, and how durations add up.

use chrono::TimeDelta;

/// Minutes: `p10 ≤ p50 ≤ p90`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
}

impl Range {
    pub const ZERO: Self = Self { p10: 0.0, p50: 0.0, p90: 0.0 };

    /// Puts three numbers in order; nothing is below zero.
    pub fn new(p10: f64, p50: f64, p90: f64) -> Self {
        let p10 = p10.max(0.0);
        let p50 = p50.max(p10);
        Self { p10, p50, p90: p90.max(p50) }
    }

    /// A log-normal duration by its median and the σ of its logarithm.
    pub fn log_normal(median: f64, sigma: f64) -> Self {
        let spread = (sigma * crate::prior::Z90).exp();
        Self::new(median / spread, median, median * spread)
    }

    /// The sum of two durations that know nothing of each other: medians add, deviations add as squares. Exact for
    /// normal ones, close for ours, and it grows with every part.
    pub fn plus(self, other: Self) -> Self {
        let p50 = self.p50 + other.p50;
        let early = (self.p50 - self.p10).hypot(other.p50 - other.p10);
        let late = (self.p90 - self.p50).hypot(other.p90 - other.p50);
        Self::new(p50 - early, p50, p50 + late)
    }
}

/// Minutes as a duration, to the second: nobody plans finer, and repeated estimates stay equal. Bounded to ten years.
pub fn minutes(minutes: f64) -> TimeDelta {
    const TEN_YEARS_SECONDS: f64 = 315_360_000.0;
    let seconds = (minutes * 60.0).round().clamp(-TEN_YEARS_SECONDS, TEN_YEARS_SECONDS);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number within ten years of seconds")]
    TimeDelta::seconds(seconds as i64)
}

/// A duration in minutes.
pub fn in_minutes(delta: TimeDelta) -> f64 {
    delta.as_seconds_f64() / 60.0
}
