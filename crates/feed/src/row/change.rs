//! A change of vehicle as rows: what both escorts count, and what a receiver's board says of it.

use super::Name;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Somebody who was to pass to another vehicle and did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptRow {
    /// Who, by their arrival.
    pub arrival: Uuid,
    /// The party they are now.
    pub party: Uuid,
    /// What people call it.
    pub label: String,
    /// Why, as an escort said it.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The meeting of two vehicles, in the rows of both trips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeRow {
    /// Its id.
    pub change: Uuid,
    /// The first trip.
    pub from: Uuid,
    /// What people call its vehicle.
    pub from_vehicle: String,
    /// The trip that goes on.
    pub onto: Uuid,
    /// What people call its vehicle.
    pub onto_vehicle: String,
    /// Code of the relay point; none beside the road.
    pub relay_point: Option<String>,
    /// What people call the relay point.
    pub place: Option<Name>,
    /// `expected`, `met` or `closed`.
    pub stage: String,
    /// When the first vehicle should be there, while it is not.
    pub expected_at: Option<DateTime<Utc>>,
    /// When it was there.
    pub met_at: Option<DateTime<Utc>>,
    /// When both counts agreed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Everybody who was to pass.
    pub total: i64,
    /// Offered, not yet taken over.
    pub offered: i64,
    /// Taken over.
    pub passed: i64,
    /// Who stays with the first vehicle.
    pub kept: Vec<KeptRow>,
    /// People aboard the first vehicle now.
    pub aboard: i64,
}

/// Why a vehicle under way cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BreakdownRow {
    /// Since when.
    pub at: DateTime<Utc>,
    /// As it was said.
    pub reason: String,
    /// Display name of who said it.
    pub by: String,
}

/// What a board says of the change its people come by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StopChange {
    /// The relay point; none when this vehicle replaces one that broke down.
    pub place: Option<Name>,
    /// What people call the first vehicle.
    pub from_vehicle: String,
    /// `expected`, `met` or `closed`.
    pub stage: String,
}
