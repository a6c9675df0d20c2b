//! What an estimate is made from. Facts only, no assumption.

use chrono::{DateTime, FixedOffset, Utc};
use homeward_domain::Point;

/// A vehicle's way to one gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Where the trip begins: the point of entry.
    pub origin: Point,
    /// The stops that are still to come before this gate, in order. Under way: without those already left.
    pub stops_before: Vec<StopBefore>,
    /// The last gate it reached, since it is there or when it left it; none before the first.
    pub last_gate: Option<LastGate>,
    /// The gate.
    pub destination: Point,
    /// How far it is.
    pub stage: Stage,
    /// Whether a vehicle is named for the trip.
    pub vehicle_known: bool,
    /// What a person said; it wins over everything but the arrival until it is taken back.
    pub manual: Option<Manual>,
    /// How long before the early end of the range the receiver wants to stand at the gate, in minutes; below 0 is 0.
    pub lead_time_minutes: f64,
    /// What a routing engine says about the driving that is left, if one is asked at all.
    pub engine: Option<Engine>,
    /// Local time at the trip, for the hour of the day (China: UTC+8, no summer time).
    pub local: FixedOffset,
}

/// A routing engine's word. It knows the roads and not the hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Engine {
    /// It answered.
    Says {
        /// Which engine.
        source: EngineSource,
        /// Driving from the vehicle (before departure: from the point of entry) over the stops before to the gate, on a free
        /// road, in seconds; standing is not in it.
        seconds: f64,
    },
    /// It was asked and has not answered.
    Silent {
        /// For how long, in minutes.
        minutes: f64,
    },
}

/// Which routing engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineSource {
    /// OSRM.
    Osrm,
    /// Valhalla.
    Valhalla,
}

/// Where a vehicle under way was last known to set out from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastGate {
    /// Where.
    pub point: Point,
    /// When it left; when it came, as long as it stands there.
    pub at: DateTime<Utc>,
}

/// A stop on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StopBefore {
    /// Where.
    pub point: Point,
    /// How long the vehicle stands there, in minutes; below 0 is 0.
    pub dwell_minutes: f64,
    /// Since when it does, if it is there.
    pub since: Option<DateTime<Utc>>,
}

/// How far the trip is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    /// Not boarding yet.
    Waiting {
        /// When it is meant to leave, if somebody planned it.
        planned_departure: Option<DateTime<Utc>>,
    },
    /// It cannot go on, and nobody knows yet when another vehicle takes over.
    Stranded,
    /// People get on.
    Boarding {
        /// When it is meant to leave.
        planned_departure: DateTime<Utc>,
    },
    /// It left.
    EnRoute {
        /// When it left the point of entry.
        departed_at: DateTime<Utc>,
        /// The newest position, if it ever told one.
        last_position: Option<Position>,
    },
    /// It is there.
    Arrived {
        /// Since when.
        at: DateTime<Utc>,
    },
}

/// Where the vehicle was, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Where.
    pub point: Point,
    /// When.
    pub at: DateTime<Utc>,
}

/// An arrival time a person gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manual {
    /// When they expect the vehicle at the gate.
    pub gate_at: DateTime<Utc>,
    /// When they said so.
    pub given_at: DateTime<Utc>,
}
