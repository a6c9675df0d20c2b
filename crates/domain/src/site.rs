//! An observation site: rooms with beds, each bed given once. Occupancy is derived from stays, never counted up.

mod closure;
mod door;
pub mod for_all;
mod forecast;
mod given;
pub mod opening;
pub mod rooms;
mod stay;

pub use closure::Closure;
pub use door::in_order;
pub use forecast::{DAYS, Day, Use, forecast};
pub use given::{Given, Lodgers};
pub use stay::{Because, Leaving, Stay};

use crate::refusal::Door;
use crate::{PartyId, Refusal, code};
use chrono::{DateTime, TimeDelta, Utc};

/// How a room can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoomKind {
    /// For one person.
    Single,
    /// For a family.
    Family,
    /// Step-free, with an accessible bathroom.
    Accessible,
}

impl RoomKind {
    /// The code in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Family => "family",
            Self::Accessible => "accessible",
        }
    }

    /// The kind behind a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Single, Self::Family, Self::Accessible].into_iter().find(|kind| kind.code() == code)
    }
}

/// A room and who holds it. A room is held by one party: strangers never share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// As painted on the door.
    pub number: String,
    /// How it can be used.
    pub kind: RoomKind,
    /// Beds in it.
    pub beds: i64,
    /// The party that holds or occupies it.
    pub held_by: Option<PartyId>,
    /// Why nobody new gets it, if so. Who has it keeps it.
    pub out: Option<Closure>,
}

impl Room {
    /// Whether somebody new can have it.
    #[must_use]
    pub const fn is_free(&self) -> bool {
        self.held_by.is_none() && self.out.is_none()
    }

    /// Whether it is free and takes so many, one of them perhaps in a wheelchair.
    #[must_use]
    pub fn takes(&self, people: i64, wheelchair: bool) -> bool {
        self.is_free() && self.beds >= people && (!wheelchair || self.kind == RoomKind::Accessible)
    }
}

/// A site as the dispatcher sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its code.
    pub receiver: code::Receiver,
    /// Its gate.
    pub gate: code::Gate,
    /// Why it takes nobody new, if so.
    pub closed: Option<Closure>,
    /// Its rooms, as their doors stand: [`in_order`].
    pub rooms: Vec<Room>,
}

impl Site {
    /// How long a room waits for a party that does not come. The wait at the desk was four hours at its worst
    /// (mission.md, facts): a room that nobody set out for in that time keeps a bed from somebody who needs it.
    pub const HOLD_STANDS: TimeDelta = TimeDelta::hours(4);

    /// Until when a room waits: from when it was held, or from the planned departure of the trip the party has seats on,
    /// if that is later.
    #[must_use]
    pub fn hold_stands_until(held_at: DateTime<Utc>, departs_at: Option<DateTime<Utc>>) -> DateTime<Utc> {
        departs_at.map_or(held_at, |departs_at| held_at.max(departs_at)) + Self::HOLD_STANDS
    }

    /// Beds in rooms that somebody new can have.
    #[must_use]
    pub fn beds_free(&self) -> i64 {
        self.rooms.iter().filter(|room| room.is_free()).map(|room| room.beds).sum()
    }

    /// The smallest free room that takes the whole party; a wheelchair needs an accessible one, and nobody else takes
    /// an accessible one while another fits.
    pub fn choose_room(&self, needed: i64, wheelchair: bool) -> Result<&Room, Refusal> {
        if let Some(Closure { reason, .. }) = &self.closed {
            return Err(Refusal::SiteClosed { reason: reason.clone() });
        }
        let fits = |room: &&Room| room.takes(needed, wheelchair);
        let cost = |room: &Room| (room.kind == RoomKind::Accessible && !wheelchair, room.beds);
        let first =
            |one: &&Room, other: &&Room| cost(one).cmp(&cost(other)).then_with(|| in_order(&one.number, &other.number));
        self.rooms.iter().filter(fits).min_by(first).ok_or(Refusal::SiteFull { free: self.beds_free(), needed })
    }

    /// Closes the site to new people. It must be open, and the reason must say something.
    pub fn close(&self, closure: Closure) -> Result<Closure, Refusal> {
        if closure.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        match &self.closed {
            Some(Closure { by, at, .. }) => Err(Door::SiteAlreadyClosed { by: by.clone(), at: *at }.into()),
            None => Ok(closure),
        }
    }

    /// One of its rooms, by the number on the door.
    pub fn room(&self, number: &str) -> Result<&Room, Refusal> {
        self.rooms.iter().find(|room| room.number == number).ok_or(Refusal::NotFound)
    }

    /// Opens it again. It must be closed, and the reason must say something.
    pub fn open(&self, reason: &str) -> Result<(), Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if self.closed.is_some() { Ok(()) } else { Err(Door::SiteAlreadyOpen.into()) }
    }
}
