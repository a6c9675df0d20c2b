//! About opening a place, closing it, and who is brought to what is closed or full.

use super::Refusal;
use crate::site::for_all::NoRoom;
use crate::site::rooms::Wrong;
use chrono::{DateTime, Utc};

/// What stands against closing or opening a place, or against bringing somebody to one that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// The site was closed before.
    SiteAlreadyClosed {
        /// By whom.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// The site takes people already.
    SiteAlreadyOpen,
    /// The gate is closed then already.
    GateClosedThen {
        /// As it was said.
        reason: String,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Whoever leaves now would stand before the gate.
    GateClosed {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// The site has the beds, but in no room all of them; a person decides about several rooms, with a reason.
    NoRoomWhole {
        /// Whom, when several parties come.
        label: Option<String>,
        /// Free beds in all rooms together.
        free: i64,
        /// Beds the party needs.
        needed: i64,
    },
    /// One of many who were to be placed at a site gets no room there.
    NoRoomFor {
        /// Whom, by its place among them.
        nth: usize,
        /// What people call it.
        label: String,
        /// Why.
        why: NoRoom,
    },
    /// One of many needs no room any more: it has a destination, a car, or the ambulance.
    NeedsNoRoom {
        /// Whom, by its place among them.
        nth: usize,
        /// What people call it.
        label: String,
    },
    /// The gate has not seen the private car, so nobody stands there to be checked.
    CarNotReceived,
    /// Lines of a list of rooms are not right, so that none of it is taken.
    RoomsWrong {
        /// Every one of them, in the list's order.
        lines: Vec<Wrong>,
    },
    /// A new place's latitude and longitude stand the wrong way round.
    Swapped {
        /// Where they stand in the body.
        field: &'static str,
    },
    /// A new place lies too far from its district's desks.
    TooFar {
        /// Where the point stands in the body.
        field: &'static str,
        /// To the nearest of them.
        km: i64,
    },
    /// The room or the relay point is out of use already.
    OutOfUseAlready {
        /// Who took it out.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// The room or the relay point is in use.
    InUse,
    /// No new change is planned at a relay point that is out of use.
    RelayPointOut {
        /// Why it is.
        reason: String,
    },
}

impl From<Door> for Refusal {
    fn from(door: Door) -> Self {
        Self::Door(door)
    }
}
