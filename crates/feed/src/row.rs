//! What watchers see: one row a stop, a request, a private car, a party, a trip, a site. Operational data only; a name, an
//! address or a health answer never enters the feed.

mod board;
mod change;
mod dispatch;
mod eta;
mod terms;

pub use board::{Ack, Diverted, Notice, OpenSteps, PrivateCarRow, RequestRow, StopRow, StopStage, Told};
pub use change::{BreakdownRow, ChangeRow, KeptRow, StopChange};
pub use dispatch::{
    CarSummary, Closed, CrewAway, Destination, DriverRow, EscortRow, FleetRow, Lapsed, OrderRow, OutsideHours,
    PartyRow, SiteRow, TripRow, VehicleRow,
};
pub use eta::{Basis, Confidence, Eta, PositionState, Reason, Spot};
pub use terms::{Approval, ApprovalRow, PlanningRow, Silence};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One row of a stream, told apart by `kind`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Row {
    /// A vehicle comes to one of the receiver's gates.
    Stop(Box<StopRow>),
    /// The community is asked about a home.
    Request(Box<RequestRow>),
    /// A household comes by private car.
    PrivateCar(Box<PrivateCarRow>),
    /// A party in the district's queue.
    Party(Box<PartyRow>),
    /// A trip in the district's plan.
    Trip(Box<TripRow>),
    /// An observation site's beds.
    Site(Box<SiteRow>),
    /// A vehicle of the district.
    Vehicle(Box<FleetRow>),
    /// How the district approves homes.
    Approval(Box<ApprovalRow>),
    /// By which rules the district's plans are made.
    Planning(Box<PlanningRow>),
}

/// How many, and what they need. Counts, not persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct People {
    /// Heads.
    pub total: i64,
    /// Of these, infants.
    pub infants: i64,
    /// Of these, in a wheelchair.
    pub wheelchairs: i64,
    /// Large pieces of luggage.
    pub luggage: i64,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A gate with the compound behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Gate {
    /// Its code.
    pub code: String,
    /// The residential compound.
    pub compound: Name,
}

/// When a gate lets nobody in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GateClosed {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// As it was said.
    pub reason: String,
    /// Display name.
    pub by: String,
}

/// Somebody on duty who can be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Display name.
    pub name: String,
    /// Work phone, when known.
    pub phone: Option<String>,
}

/// An answer of the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// Asked.
    Pending,
    /// Yes.
    Agreed,
    /// No.
    Refused,
}

/// The committee's finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HomeCheck {
    /// Nothing to check: a site.
    None,
    /// Asked.
    Pending,
    /// Suitable.
    Suitable,
    /// Unsuitable.
    Unsuitable,
}
