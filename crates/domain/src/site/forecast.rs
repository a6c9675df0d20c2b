//! How many beds are free today and on the days to come: the rooms, less what is out of use, less what is held, less the stays
//! that have not ended by then.

use super::{RoomKind, Stay};
use chrono::{NaiveDate, TimeDelta};

/// Days of a forecast, today included: who moves in today leaves after the last of them.
pub const DAYS: i64 = Stay::DAYS;

/// What a room is used for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Nobody has it.
    Free,
    /// It waits for a party, who will stay longer than any forecast looks.
    Held,
    /// A party lives in it.
    Lived(Stay),
    /// It is out of use, and nobody can say until when; whoever lives in it is the last for now.
    Out,
}

impl Use {
    /// Whether the beds are free on a day. Today counts what is; on a later day, who should have left has left.
    fn free_on(self, day: NaiveDate, today: NaiveDate) -> bool {
        match self {
            Self::Free => true,
            Self::Held | Self::Out => false,
            Self::Lived(stay) => day > today && stay.over(day),
        }
    }
}

/// Free beds on one day, by kind of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub on: NaiveDate,
    /// In rooms for one.
    pub single: i64,
    /// In rooms for a family.
    pub family: i64,
    /// In accessible rooms.
    pub accessible: i64,
}

impl Day {
    /// All of them.
    #[must_use]
    pub const fn free(&self) -> i64 {
        self.single + self.family + self.accessible
    }
}

/// The free beds of [`DAYS`] days from today on; a room is its kind, its beds and its use.
#[must_use]
pub fn forecast(rooms: &[(RoomKind, i64, Use)], today: NaiveDate) -> Vec<Day> {
    (0..DAYS).map(|ahead| day(rooms, today + TimeDelta::days(ahead), today)).collect()
}

fn day(rooms: &[(RoomKind, i64, Use)], on: NaiveDate, today: NaiveDate) -> Day {
    let free = |kind| {
        let of_kind = rooms.iter().filter(|(of, _, used)| *of == kind && used.free_on(on, today));
        of_kind.map(|(_, beds, _)| beds).sum()
    };
    Day { on, single: free(RoomKind::Single), family: free(RoomKind::Family), accessible: free(RoomKind::Accessible) }
}
