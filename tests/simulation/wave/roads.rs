//! The district's gates and the roads between them, hour by hour, as the product itself reckons them.

use crate::day::Day;
use chrono::{DateTime, Timelike, Utc};
use homeward_dispatch::estimate;
use homeward_domain::Point;
use homeward_store::reference::{self, Gate, Receiver};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How much longer a road is than the straight line: the product's own figure.
const DETOUR: f64 = 1.35;

/// Gate 0 is the airport.
pub struct Roads {
    pub gates: Vec<Gate>,
    pub receivers: Vec<Receiver>,
    points: Vec<Point>,
    hours: RefCell<BTreeMap<u32, Vec<i64>>>,
}

impl Roads {
    /// Everything that Pudong's desk serves.
    pub async fn of(day: &Day) -> Self {
        let mut reader = day.store.read().await.expect("a reader");
        let conn = reader.conn();
        let desks = reference::desks(conn).await.expect("desks");
        let gates = reference::gates(conn).await.expect("gates");
        let receivers = reference::receivers(conn).await.expect("receivers");
        let airport = desks.iter().find(|desk| desk.point_of_entry == "PVG").expect("a desk").location;
        let points = std::iter::once(airport).chain(gates.iter().map(|gate| gate.location)).collect();
        Self { gates, receivers, points, hours: RefCell::default() }
    }

    /// Seconds of a drive that begins then.
    pub fn seconds(&self, from: usize, to: usize, at: DateTime<Utc>) -> i64 {
        let mut hours = self.hours.borrow_mut();
        let table = hours.entry(at.hour()).or_insert_with(|| self.table(at));
        table[from * self.points.len() + to]
    }

    fn table(&self, at: DateTime<Utc>) -> Vec<i64> {
        let drive = |from: &Point, to: &Point| {
            if from == to { 0 } else { (estimate::drive(*from, *to, at).p50 - at).num_seconds().max(0) }
        };
        self.points.iter().flat_map(|from| self.points.iter().map(move |to| drive(from, to))).collect()
    }

    /// Metres of it.
    #[expect(clippy::cast_possible_truncation, reason = "a district is not 2^63 m wide")]
    pub fn metres(&self, from: usize, to: usize) -> i64 {
        (self.points[from].metres_to(self.points[to]) * DETOUR).round() as i64
    }

    /// The place of a gate by its code.
    pub fn place(&self, gate: &str) -> usize {
        1 + self.gates.iter().position(|it| it.code.as_str() == gate).expect("a gate of the district")
    }

    /// Metres from the airport over these places and back.
    pub fn way(&self, places: &[usize]) -> i64 {
        let mut at = 0;
        places.iter().chain([&0]).map(|to| self.metres(std::mem::replace(&mut at, *to), *to)).sum()
    }
}
