//! The prior: every assumption of the estimate in one place. **None of it is learnt from trips of our own.**
//!
//! | what | value | where it comes from |
//! |---|---|---|
//! | road ÷ great circle | 1.35 | assumption; detour factors of city roads lie at 1.2 to 1.5 |
//! | free road | 1.05 min/km + 5 min a leg, near the gate at most 3.5 min/km | 40 km → 47 min (product.md, worked example) |
//! | hour 0–6, 22–23 | × 0.90 | assumption: the night is faster |
//! | hour 7–9 | × 1.20 | assumption, like the evening |
//! | hour 10–16, 20–21 | × 1.00 | reference |
//! | hour 17–19 | × 1.22 | product.md, worked example ("Fri 18:00 × 1.22") |
//! | spread of driving | σ = 0.20 in log time (p10–p90 ≈ −23 % … +29 %) | assumption, wider than the 0.14 of that example, which has 214 trips behind it |
//! | departure, nothing planned | in 20 / 90 / 240 min (p10 / p50 / p90) | mission.md: desk 16:40, leaves 20:40 = 240 min |
//! | departure, planned | plan −5 / +10 / +45 min, wider the farther ahead (a tenth of the time until then) | assumption |
//! | departure, boarding | plan 0 / +5 / +20 min, at least 2 / 5 / 15 from now | assumption |
//! | standing at a stop | as given, −40 % / +80 % | assumption |
//! | a person's word | ± 15 % of the time it looked ahead, at least 5 min | assumption |
//! | a routing engine's word | half, in log time | assumption: it knows the roads, we know that it is sure of itself |
//! | the same beside own trips | half · 10 ÷ (10 + trips there), in log time | assumption: ten trips to a gate know its roads as well |
//! | an old position | late end + 25 % of its age | assumption: it may stand still since |

use chrono::{DateTime, FixedOffset, Timelike, Utc};

/// A position not older than this is live, in seconds. Phones send every 10 to 60 s; two missed ones are silence.
pub const LIVE_SECONDS_MAX: f64 = 120.0;

/// Road kilometres for one kilometre of great circle.
pub const DETOUR: f64 = 1.35;

/// Standard deviation of the logarithm of driving time.
pub const SIGMA: f64 = 0.20;

/// How much of the driving is the routing engine's word, in log time; the rest is the distance's.
pub const ENGINE_WEIGHT: f64 = 0.5;

/// So many own trips to a gate weigh as much as the routing engine's word about the way there.
pub const ENGINE_TRIPS: f64 = 10.0;

/// The 90 % quantile of the standard normal distribution.
pub const Z90: f64 = 1.281_551_565_5;

/// Free driving of one leg of `km` road kilometres, in minutes, before the hour's factor. Grows with the distance.
#[must_use]
pub fn free_minutes(km: f64) -> f64 {
    let km = km.max(0.0);
    (3.5 * km).min(5.0 + 1.05 * km)
}

/// How much slower than the reference the local hour (0–23) is.
#[must_use]
pub const fn hour_factor(hour: u32) -> f64 {
    match hour {
        7..=9 => 1.20,
        10..=16 | 20..=21 => 1.00,
        17..=19 => 1.22,
        _ => 0.90,
    }
}

/// The factor at an instant, in local time.
#[must_use]
pub fn factor_at(at: DateTime<Utc>, local: FixedOffset) -> f64 {
    hour_factor(at.with_timezone(&local).hour())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_comes_out() {
        assert!((free_minutes(40.0) - 47.0).abs() < 0.01);
        assert!((hour_factor(18) - 1.22).abs() < f64::EPSILON);
    }

    #[test]
    fn farther_never_takes_less() {
        let minutes: Vec<f64> = (0..2_000).map(|step| free_minutes(f64::from(step) * 0.05)).collect();
        assert!(minutes.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(free_minutes(0.0).abs() < f64::EPSILON && free_minutes(-1.0).abs() < f64::EPSILON);
    }
}
