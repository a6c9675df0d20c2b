//! About a vehicle.

use super::Refusal;
use chrono::{DateTime, Utc};

/// What a vehicle's own state forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vehicle {
    /// The vehicle is out of service.
    OutOfService {
        /// Why.
        reason: String,
        /// Who said so.
        by: String,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// The vehicle is in service already.
    InService,
    /// Nobody has confirmed that the vehicle was disinfected after its last trip.
    NotCleaned {
        /// When it came back.
        since: DateTime<Utc>,
    },
    /// The vehicle is clean already.
    CleanAlready,
    /// The vehicle is still on the road with another trip.
    Away {
        /// When it left.
        since: DateTime<Utc>,
    },
    /// Not enough wheelchair places on the trip.
    NoWheelchairPlace {
        /// Places nobody has.
        free: i64,
        /// Places the party needs.
        needed: i64,
    },
    /// Not enough room for the party's luggage on the trip.
    LuggageFull {
        /// Large pieces that still fit.
        free: i64,
        /// Pieces the party has.
        needed: i64,
    },
    /// People sit apart: seats are there, and the rules of the district let fewer be used.
    SeatsApart {
        /// Seats that may be used and nobody has.
        free: i64,
        /// Seats that are needed.
        needed: i64,
        /// How much of the seats may be used.
        percent: i64,
        /// Version of the district's rules.
        version: u32,
    },
    /// The rules of the district keep their tags apart.
    MustNotMeet {
        /// Label of the party.
        label: String,
        /// Label of the one aboard that it must not meet.
        with: String,
        /// Version of the district's rules.
        version: u32,
    },
    /// The vehicle would be back after its shift.
    BackAfterShift {
        /// When it would be back.
        back: DateTime<Utc>,
        /// When its shift ends.
        until: DateTime<Utc>,
    },
    /// People of another trip get on.
    Loading {
        /// Since when they may.
        since: DateTime<Utc>,
        /// How many of them are aboard.
        aboard: i64,
    },
}

impl From<Vehicle> for Refusal {
    fn from(vehicle: Vehicle) -> Self {
        Self::Vehicle(vehicle)
    }
}
