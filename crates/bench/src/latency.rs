//! Durations by the million, kept as a histogram: 1 µs to 10 minutes at three digits.

use hdrhistogram::Histogram;
use serde::Serialize;
use std::time::Duration;

/// Nothing here waits longer; what does counts as this.
const LONGEST: Duration = Duration::from_mins(10);
/// One part in a thousand.
const DIGITS: u8 = 3;

/// Durations.
#[derive(Debug, Clone)]
pub(crate) struct Latency(Histogram<u64>);

/// What is told about them, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub count: u64,
    pub mean_ms: f64,
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

impl Latency {
    pub fn new() -> Self {
        let longest = u64::try_from(LONGEST.as_micros()).expect("ten minutes fit");
        Self(Histogram::new_with_bounds(1, longest, DIGITS).expect("bounds and digits are in order"))
    }

    pub fn record(&mut self, took: Duration) {
        self.0.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// Takes another's durations in.
    pub fn add(&mut self, other: &Self) {
        self.0.add(&other.0).expect("both have the same bounds");
    }

    #[expect(clippy::cast_precision_loss, reason = "ten minutes in microseconds are far below 2^53")]
    pub fn summary(&self) -> Summary {
        let at = |quantile: f64| self.0.value_at_quantile(quantile) as f64 / 1_000.0;
        Summary {
            count: self.0.len(),
            mean_ms: (self.0.mean().round()) / 1_000.0,
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: self.0.max() as f64 / 1_000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_durations() {
        let mut latency = Latency::new();
        (1..=1_000).for_each(|ms| latency.record(Duration::from_millis(ms)));
        let told = latency.summary();
        assert_eq!(told.count, 1_000);
        for (is, should) in [(told.p50_ms, 500.0), (told.p90_ms, 900.0), (told.p99_ms, 990.0), (told.max_ms, 1_000.0)] {
            assert!((is - should).abs() <= should / 500.0, "{is} instead of {should}");
        }
    }

    #[test]
    fn what_takes_for_ever_counts_as_the_longest() {
        let mut latency = Latency::new();
        latency.record(Duration::from_secs(100_000));
        assert!(latency.summary().max_ms >= 600_000.0);
    }
}
