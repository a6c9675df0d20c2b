//! When a receiver should go: calibrated on its own outcome, for each class of lead time.
//!
//! The promise: in one of ten the vehicle is there first. How far before p50 that is, in widths of p50 − p10, is moved after
//! every arrival, up by nine steps when the vehicle was first and down by one when the squad was. The share of misses is then
//! off by at most (what was moved in all) ÷ (step · arrivals), whatever the forecasts are like (Gibbs and Candès 2021).

use super::belief::{Belief, Row};
use super::key::{Factor, Key, Part};
use super::spread::Quantiles;
use super::{Model, instant};
use chrono::{DateTime, Utc};

/// In so many of the cases the vehicle may be there first (product.md).
const VEHICLE_FIRST: f64 = 0.1;
const STEP: f64 = 0.05;
/// Widths of p50 − p10 before p50: one is p10 itself.
const WIDTHS: f64 = 1.0;
/// Four widths are an hour for most ways; beyond that something else is wrong.
const WIDTHS_MAX: f64 = 4.0;
/// Upper ends of the classes of lead times, in minutes.
const CLASSES: [f64; 5] = [3.0, 7.0, 12.0, 20.0, 40.0];

fn key(lead_minutes: f64) -> Key {
    let class = CLASSES.iter().take_while(|end| lead_minutes > **end).count();
    Key::new(Part::Drive, Factor::Go, i64::try_from(class).unwrap_or(0), 0)
}

impl Model {
    fn widths(&self, key: Key) -> f64 {
        self.rows.get(&key).map_or(WIDTHS, |row| row.mean)
    }

    /// When to be at the gate, in seconds from where the quantiles count, for a receiver that needs `lead_minutes`. Take the
    /// lead time off for when to go.
    #[must_use]
    pub fn be_there(&self, told: Quantiles, lead_minutes: f64) -> f64 {
        (told.p50 - self.widths(key(lead_minutes)) * (told.p50 - told.p10)).max(0.0)
    }

    /// Learns who was there first; gives the row to store.
    pub fn learn_go(&mut self, lead_minutes: f64, vehicle_first: bool, now: DateTime<Utc>) -> Row {
        let key = key(lead_minutes);
        let missed = if vehicle_first { 1.0 } else { 0.0 };
        let mean = (self.widths(key) + STEP * (missed - VEHICLE_FIRST)).clamp(0.0, WIDTHS_MAX);
        let count = self.rows.get(&key).map_or(0.0, |row| row.count) + 1.0;
        let belief = Belief { mean, variance: 0.0, count, at: instant(&now) };
        self.rows.insert(key, belief);
        Row { key, belief }
    }
}
