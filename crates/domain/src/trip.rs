//! A trip: one journey of one dedicated vehicle, its crew, its halts, its seats, who is aboard.

pub mod change;
mod decide;
mod event;
mod order;
mod stop;

pub use decide::{Command, Elsewhere, NewStop};
pub use event::Event;
pub use order::{Diversion, Order, SeenBy};
pub use stop::{Seat, Stop, StopStage};

use crate::{AccountId, ArrivalId, DriverId, Jurisdiction, PartyId, Personal, TripId, VehicleId};
use chrono::{DateTime, Utc};

/// Who drives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Who that is in the district's registry; nothing where they were named before there was one.
    pub id: Option<DriverId>,
    /// Name.
    pub name: Personal<String>,
    /// Phone.
    pub phone: Personal<String>,
}

impl Driver {
    /// Somebody whom nobody knows any more: that they drove stays.
    #[must_use]
    pub const fn erased(id: DriverId) -> Self {
        Self { id: Some(id), name: Personal::new(String::new()), phone: Personal::new(String::new()) }
    }

    /// Whether nobody knows any more who this was.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.name.reveal().is_empty()
    }
}

/// The vehicle as this trip uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// Which.
    pub id: VehicleId,
    /// What people call it, e.g. `3号车`.
    pub name: String,
    /// Seats for travellers; driver and escorts not counted.
    pub seats: i64,
}

/// Where the trip is in its life, with what is known there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Seats may be given.
    Planned,
    /// People get on; seats may still be given.
    Boarding {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// On the road.
    EnRoute {
        /// When it left.
        departed_at: DateTime<Utc>,
        /// The escort's count at departure; equal to the manifest.
        head_count: i64,
    },
    /// Everybody was handed over.
    Completed {
        /// When it had left.
        departed_at: DateTime<Utc>,
        /// When the last hand-over closed.
        at: DateTime<Utc>,
    },
    /// Never left.
    Cancelled {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

impl State {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Boarding { .. } => "boarding",
            Self::EnRoute { .. } => "en_route",
            Self::Completed { .. } => "completed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// When it left the airport.
    #[must_use]
    pub const fn departed_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::EnRoute { departed_at, .. } | Self::Completed { departed_at, .. } => Some(*departed_at),
            _ => None,
        }
    }

    /// Whether seats may be given and taken.
    #[must_use]
    pub const fn loading(&self) -> bool {
        matches!(self, Self::Planned | Self::Boarding { .. })
    }

    /// Whether there is anything left to do.
    #[must_use]
    pub const fn open(&self) -> bool {
        !matches!(self, Self::Completed { .. } | Self::Cancelled { .. })
    }
}

/// One journey.
#[derive(Debug, Clone, PartialEq)]
pub struct Trip {
    /// Its id.
    pub id: TripId,
    /// The district that runs it.
    pub district: Jurisdiction,
    /// What drives.
    pub vehicle: Vehicle,
    /// The plate; may come late, but not after departure (mission.md, rule 11).
    pub plate: Option<String>,
    /// Who drives.
    pub driver: Option<Driver>,
    /// Staff aboard; at least two at departure.
    pub escorts: Vec<AccountId>,
    /// When it is meant to leave.
    pub departs_at: DateTime<Utc>,
    /// Where it is in its life.
    pub state: State,
    /// Halts in driving order.
    pub stops: Vec<Stop>,
    /// The newest order to go elsewhere, if there was one.
    pub order: Option<Order>,
    /// Where people of this trip pass to another vehicle.
    pub changes: Vec<change::Change>,
    /// Why it cannot go on, while it cannot.
    pub breakdown: Option<change::Breakdown>,
    /// Counts changes.
    pub version: i64,
}

/// At least two staff ride besides the driver (mission.md, facts: vehicles).
pub const ESCORTS_MIN: usize = 2;

impl Trip {
    /// Seats given, no-shows not counted.
    #[must_use]
    pub fn seats_taken(&self) -> i64 {
        count(self.manifest().count())
    }

    /// Seats left.
    #[must_use]
    pub fn seats_free(&self) -> i64 {
        self.vehicle.seats - self.seats_taken()
    }

    /// People aboard or already handed over.
    #[must_use]
    pub fn boarded(&self) -> i64 {
        count(self.manifest().filter(|seat| seat.boarded_at.is_some()).count())
    }

    /// Everybody with a seat, in halt order, then who passes to another vehicle.
    pub fn manifest(&self) -> impl Iterator<Item = &Seat> {
        let onward = self.changes.iter().flat_map(|change| &change.riders).map(|rider| &rider.seat);
        self.stops.iter().flat_map(|stop| &stop.seats).chain(onward)
    }

    /// Where a party gets off this trip; nothing for one that passes to another vehicle.
    #[must_use]
    pub fn stop_of(&self, party: PartyId) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.parties().contains(&party))
    }

    /// The seat of an arrival.
    #[must_use]
    pub fn seat_of(&self, arrival: ArrivalId) -> Option<&Seat> {
        self.manifest().find(|seat| seat.arrival == arrival)
    }
}

pub(crate) fn count(of: usize) -> i64 {
    i64::try_from(of).expect("a vehicle has fewer seats than an i64 counts")
}
