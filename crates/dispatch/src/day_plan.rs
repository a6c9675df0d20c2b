//! A plan for everybody who waits: the planner proposes trips, a person looks, changes, commits. Nothing is written by
//! proposing; committing is one transaction, and a plan that is no longer true is refused whole.

mod commit;
mod propose;
mod setting;

use chrono::{DateTime, Utc};
use homeward_domain::{PartyId, VehicleId, code};

/// A party on a trip of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rider {
    /// Which party.
    pub party: PartyId,
    /// Its version when the plan was made.
    pub version: i64,
    /// What people call it.
    pub label: String,
    /// People.
    pub people: i64,
    /// Where it gets off.
    pub gate: code::Gate,
    /// Seconds from now until the vehicle is there.
    pub arrives_in_s: i64,
}

/// A trip of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTrip {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// What people call it.
    pub name: String,
    /// Its seats.
    pub seats: i64,
    /// When it leaves.
    pub departs_at: DateTime<Utc>,
    /// Who rides, in the order they get off.
    pub riders: Vec<Rider>,
}

/// Why a party has no seat in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// No vehicle takes a party of this size whole: a person has to split it, with a reason.
    NoVehicleWhole,
    /// No vehicle has the wheelchair places.
    NoWheelchairPlace,
    /// Every vehicle that fits is away for longer than anybody may wait.
    NoVehicleInTime,
}

impl Short {
    /// The code the screens word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoVehicleWhole => "no_vehicle_whole",
            Self::NoWheelchairPlace => "no_wheelchair_place",
            Self::NoVehicleInTime => "no_vehicle_in_time",
        }
    }
}

/// A party without a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which party.
    pub party: PartyId,
    /// What people call it.
    pub label: String,
    /// People.
    pub people: i64,
    /// What is short.
    pub short: Short,
}

/// A proposal for everybody who waits at one point of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// Where they wait, as its IATA code.
    pub point_of_entry: String,
    /// When it was made.
    pub as_of: DateTime<Utc>,
    /// New trips, by departure.
    pub trips: Vec<DayTrip>,
    /// Who has no seat, and what is short.
    pub left_out: Vec<LeftOut>,
    /// Minutes of all travellers together, waiting from now to departure.
    pub waiting_minutes: i64,
    /// Minutes of all travellers together, from departure to gate.
    pub riding_minutes: i64,
    /// Kilometres of all vehicles, the way back included; straight lines lengthened by a third.
    pub kilometres: i64,
}

/// A trip that somebody commits: the vehicle, when, and who gets off in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// When it leaves.
    pub departs_at: DateTime<Utc>,
    /// Who rides, each at the version that was seen.
    pub riders: Vec<(PartyId, i64)>,
}
