//! An observation site: rooms with beds, each bed given once. Occupancy is derived from stays, never counted up.

use crate::{PartyId, Refusal, code};

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
}

/// A site as the dispatcher sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its code.
    pub receiver: code::Receiver,
    /// Its gate.
    pub gate: code::Gate,
    /// Whether it takes new people.
    pub open: bool,
    /// Its rooms.
    pub rooms: Vec<Room>,
}

impl Site {
    /// Beds in rooms nobody holds.
    #[must_use]
    pub fn beds_free(&self) -> i64 {
        self.rooms.iter().filter(|room| room.held_by.is_none()).map(|room| room.beds).sum()
    }

    /// The smallest free room that takes the whole party; a wheelchair needs an accessible one, and nobody else takes
    /// an accessible one while another fits.
    pub fn choose_room(&self, needed: i64, wheelchair: bool) -> Result<&Room, Refusal> {
        if !self.open {
            return Err(Refusal::SiteClosed);
        }
        let fits = |room: &&Room| {
            room.held_by.is_none() && room.beds >= needed && (!wheelchair || room.kind == RoomKind::Accessible)
        };
        let cost = |room: &&Room| (room.kind == RoomKind::Accessible && !wheelchair, room.beds, room.number.clone());
        self.rooms.iter().filter(fits).min_by_key(cost).ok_or(Refusal::SiteFull { free: self.beds_free(), needed })
    }
}
