//! Many numbers as a few. A quantile is the nearest rank: the smallest value that at least so many do not exceed.

use super::LEAD_MIN;
use super::ride::Miss;
use crate::range::in_minutes;
use chrono::TimeDelta;

/// Errors of some promises, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// How many.
    pub count: usize,
    /// Half are off by no more than this.
    pub median: f64,
    /// Nine of ten are off by no more than this.
    pub p90: f64,
    /// Their mean: above zero vehicles come later than told.
    pub bias: f64,
    /// How many came between p10 and p90.
    pub inside: usize,
}

/// How long before the vehicle a receiver heard of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// How many rides.
    pub count: usize,
    /// One in ten had no more than this.
    pub p10: TimeDelta,
    /// Half had no more than this.
    pub p50: TimeDelta,
    /// How many had less than [`LEAD_MIN`].
    pub short: usize,
}

impl Errors {
    /// Nothing without a promise.
    pub(super) fn of(misses: &[Miss]) -> Option<Self> {
        let mut off: Vec<f64> = misses.iter().map(|miss| in_minutes(miss.late.abs())).collect();
        off.sort_unstable_by(f64::total_cmp);
        let sum: f64 = misses.iter().map(|miss| in_minutes(miss.late)).sum();
        Some(Self {
            count: misses.len(),
            median: *rank(&off, 1, 2)?,
            p90: *rank(&off, 9, 10)?,
            bias: sum / count(misses.len()),
            inside: misses.iter().filter(|miss| miss.inside).count(),
        })
    }
}

impl Lead {
    /// Nothing without a ride.
    pub(super) fn of(mut leads: Vec<TimeDelta>) -> Option<Self> {
        leads.sort_unstable();
        Some(Self {
            count: leads.len(),
            p10: *rank(&leads, 1, 10)?,
            p50: *rank(&leads, 1, 2)?,
            short: leads.iter().filter(|lead| **lead < LEAD_MIN).count(),
        })
    }
}

/// The smallest of the sorted values that at least `part` of `whole` do not exceed.
fn rank<T>(sorted: &[T], part: usize, whole: usize) -> Option<&T> {
    let place = (sorted.len() * part).div_ceil(whole);
    sorted.get(place.saturating_sub(1))
}

#[expect(clippy::cast_precision_loss, reason = "fewer rides than 2^52")]
fn count(of: usize) -> f64 {
    of as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let ten: Vec<i32> = (1..=10).collect();
        assert_eq!(
            [(1, 10), (1, 2), (9, 10)].map(|(part, whole)| rank(&ten, part, whole).copied()),
            [1, 5, 9].map(Some)
        );
        assert_eq!(rank(&[7], 1, 10), Some(&7));
        assert_eq!(rank::<i32>(&[], 1, 2), None);
    }
}
