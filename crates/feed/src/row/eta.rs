//! A published arrival estimate: never without its basis and its age (mission.md, rule 3).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Distance and hour, before any position.
    Estimate,
    /// A position of the vehicle.
    Position,
    /// Somebody said so.
    Manual,
}

/// Three kinds of not knowing, and one of knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionState {
    /// No vehicle has left.
    NoVehicle,
    /// It left and has never told where it is.
    NoPosition,
    /// It told, but not lately.
    OldPosition,
    /// It tells.
    Live,
}

/// How far to trust the range, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Narrow.
    Firm,
    /// Usual.
    Fair,
    /// Wide.
    Rough,
}

/// One thing the estimate is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// Code the screen words.
    pub code: String,
    /// Its value in the code's unit.
    pub value: f64,
}

/// When a vehicle reaches a gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Eta {
    /// One in ten comes before this.
    pub p10: DateTime<Utc>,
    /// The best guess.
    pub p50: DateTime<Utc>,
    /// One in ten comes after this.
    pub p90: DateTime<Utc>,
    /// When to be at the gate.
    pub go_at: DateTime<Utc>,
    /// What it rests on.
    pub basis: Basis,
    /// As of when.
    pub as_of: DateTime<Utc>,
    /// What is known of the vehicle's place.
    pub position_state: PositionState,
    /// How far to trust it.
    pub confidence: Confidence,
    /// What it is made of.
    pub reasons: Vec<Reason>,
    /// Whether the vehicle is in sight of the gate; that it arrived is a person's word.
    #[serde(default)]
    pub arriving: bool,
}

/// A place and when the vehicle was there, WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Spot {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// When.
    pub at: DateTime<Utc>,
}
