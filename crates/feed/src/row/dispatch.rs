//! The rows of a district's queue and plan, and of a trip's own stream.

use super::{Approval, BreakdownRow, ChangeRow, HomeCheck, Opinion, People, Silence, Spot, StopRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a party goes, and what it waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Destination {
    /// Home.
    Home {
        /// Gate code.
        gate: String,
        /// Receiver code.
        receiver: String,
        /// The committee's finding.
        home_check: HomeCheck,
        /// The sub-district's opinion.
        opinion: Opinion,
        /// Why one of them said no.
        opinion_reason: Option<String>,
        /// When both were asked.
        asked_at: DateTime<Utc>,
        /// Until when answers are due.
        deadline_at: DateTime<Utc>,
        /// What silence means, and what became of it.
        silence: Silence,
        /// Whether a dispatcher confirms.
        approval: Approval,
    },
    /// An observation site.
    Site {
        /// Receiver code.
        receiver: String,
        /// The room held.
        room: String,
        /// Why.
        reason: String,
        /// The community's no that led here.
        opinion: Option<String>,
    },
    /// By ambulance.
    Referral {
        /// Where to.
        hospital: String,
    },
    /// Out of the city's hands.
    Onward {
        /// Where to.
        to: String,
    },
    /// Free to go.
    Free,
}

/// The room that waited too long for a party, which is undecided again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lapsed {
    /// Receiver code of the site.
    pub receiver: String,
    /// The room.
    pub room: String,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

/// A private car in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CarSummary {
    /// `recorded`, `released` or `received`.
    pub state: String,
    /// Plate.
    pub plate: String,
    /// When it should be there.
    pub expected_at: Option<DateTime<Utc>>,
    /// Whether the alarm went.
    pub overdue: bool,
}

/// A party in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartyRow {
    /// The party; the row's key.
    pub party: Uuid,
    /// What people call it.
    pub label: String,
    /// Counts changes.
    pub version: i64,
    /// Desk code.
    pub desk: String,
    /// District code.
    pub district: String,
    /// Code of the sub-district that answers for it.
    pub responsible: String,
    /// Flight number.
    pub flight: String,
    /// How many.
    pub people: People,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// The countries they were in during the last 14 days, ISO 3166-1 alpha-3.
    pub from: Vec<String>,
    /// `red`, `yellow` or `green`: the strictest of the party.
    pub tag: String,
    /// Version of the list that made it.
    pub tag_version: u32,
    /// When it was registered: the waiting clock starts here.
    pub registered_at: DateTime<Utc>,
    /// Where it stands, see `party::Stage`.
    pub stage: String,
    /// Where it goes, once decided.
    pub destination: Option<Destination>,
    /// Why it has none again.
    pub lapsed: Option<Lapsed>,
    /// Its trip.
    pub trip: Option<Uuid>,
    /// Its stop.
    pub stop: Option<Uuid>,
    /// Its private car.
    pub private_car: Option<CarSummary>,
}

/// A vehicle in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VehicleRow {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Seats for travellers.
    pub seats: i64,
    /// Since when it waits for somebody to confirm its disinfection.
    pub cleaning_due_since: Option<DateTime<Utc>>,
    /// Why it is out of service.
    pub out: Option<Closed>,
}

/// A vehicle of the district, whatever it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FleetRow {
    /// The vehicle; the row's key.
    pub vehicle: VehicleRow,
    /// Counts changes.
    pub version: i64,
}

/// Who drives a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DriverRow {
    /// Who that is in the district's registry; nothing where they were named before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Name; empty where the driver was erased.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// Since when they are off duty, while the trip is not over: it cannot leave with them, and who is on the road with them is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_since: Option<DateTime<Utc>>,
    /// The other vehicle they are said to be on the road with, while this trip loads or drives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<CrewAway>,
    /// Their hours, where the trip begins before them or is expected to end after them. A warning: it may leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<OutsideHours>,
}

/// The hours of a driver which a trip does not keep within.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutsideHours {
    /// `HH:MM` of the local day.
    pub from: String,
    /// `HH:MM` of the local day.
    pub until: String,
    /// When the trip is expected to be over.
    pub ends_at: DateTime<Utc>,
}

/// An escort in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EscortRow {
    /// Their account.
    pub account: Uuid,
    /// Display name.
    pub name: String,
    /// Work phone.
    pub phone: Option<String>,
    /// The other vehicle they are said to be on the road with, while this trip loads or drives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<CrewAway>,
}

/// Another trip of somebody of the crew that is on the road.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CrewAway {
    /// What people call its vehicle.
    pub vehicle: String,
    /// When that left.
    pub since: DateTime<Utc>,
}

/// A trip in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TripRow {
    /// The trip; the row's key.
    pub trip: Uuid,
    /// Counts changes.
    pub version: i64,
    /// District code.
    pub district: String,
    /// `planned`, `boarding`, `en_route`, `completed` or `cancelled`.
    pub stage: String,
    /// What drives.
    pub vehicle: VehicleRow,
    /// Plate, when known.
    pub plate: Option<String>,
    /// Who drives.
    pub driver: Option<DriverRow>,
    /// Who rides along.
    pub escorts: Vec<EscortRow>,
    /// When it is meant to leave.
    pub departs_at: DateTime<Utc>,
    /// When it left.
    pub departed_at: Option<DateTime<Utc>>,
    /// Seats given.
    pub seats_taken: i64,
    /// People aboard.
    pub boarded: i64,
    /// Halts in driving order.
    pub stops: Vec<StopRow>,
    /// Where its people pass to another vehicle, or come from one.
    #[serde(default)]
    pub changes: Vec<ChangeRow>,
    /// Why it cannot go on.
    pub breakdown: Option<BreakdownRow>,
    /// Where it was last.
    pub position: Option<Spot>,
    /// The newest order to go elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderRow>,
}

/// A vehicle under way was ordered elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderRow {
    /// The stop it sends people to.
    pub to: Uuid,
    /// Heads it concerns.
    pub people: i64,
    /// As it was said.
    pub reason: String,
    /// Display name of the dispatcher.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Display name of the escort who has seen it.
    pub seen_by: Option<String>,
    /// When it was seen.
    pub seen_at: Option<DateTime<Utc>>,
}

/// Why a site takes nobody new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Closed {
    /// As it was said.
    pub reason: String,
    /// Display name.
    pub by: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Beds of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteRow {
    /// The site; the row's key.
    pub receiver: String,
    /// All beds.
    pub capacity: i64,
    /// Beds that wait for somebody.
    pub held: i64,
    /// Beds somebody sleeps in.
    pub occupied: i64,
    /// Beds nobody has, in rooms that are out of use.
    #[serde(default)]
    pub out: i64,
    /// Rooms that are out of use, whoever has them.
    #[serde(default)]
    pub rooms_out: i64,
    /// Beds left.
    pub free: i64,
    /// Whether it takes new people.
    pub open: bool,
    /// Why it does not.
    pub closed: Option<Closed>,
}
