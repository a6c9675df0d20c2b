//! A list of rooms as somebody wrote it down: checked line by line, taken whole or not at all.

use super::{Room, RoomKind};
use crate::Refusal;
use crate::refusal::Door;
use std::collections::BTreeMap;

/// Rooms of one list.
pub const LINES_MAX: usize = 1_000;
/// Beds of one room: more is a hall, and strangers never share a room.
pub const BEDS_MAX: i64 = 20;
/// Characters of a number as painted on a door.
const NUMBER_MAX: usize = 12;

/// One line of the list, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number.
    pub number: String,
    /// The code of its kind.
    pub kind: String,
    /// Its beds.
    pub beds: i64,
}

/// A room that a site does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRoom {
    /// As painted on the door.
    pub number: String,
    /// How it can be used.
    pub kind: RoomKind,
    /// Beds in it, 1 to [`BEDS_MAX`].
    pub beds: i64,
}

/// A line that is not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Which line, from 1.
    pub line: usize,
    /// The number it names.
    pub number: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The number is no number of a room.
    Number,
    /// There is no such kind.
    Kind,
    /// No room has so many beds.
    Beds,
    /// The list names this room before.
    Twice {
        /// In which line, from 1.
        first: usize,
    },
    /// The site has this room otherwise.
    Differs {
        /// Its kind.
        kind: RoomKind,
        /// Its beds.
        beds: i64,
    },
}

impl Why {
    /// The code the screens word it by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Kind => "kind",
            Self::Beds => "beds",
            Self::Twice { .. } => "twice",
            Self::Differs { .. } => "differs",
        }
    }

    /// How to mend it, for programs.
    #[must_use]
    pub fn mend(self) -> String {
        match self {
            Self::Number => format!("a number is 1 to {NUMBER_MAX} letters, digits, hyphens or dots"),
            Self::Kind => "a kind is single, family or accessible".into(),
            Self::Beds => format!("a room has 1 to {BEDS_MAX} beds"),
            Self::Twice { first } => format!("line {first} names this room already; leave one of them out"),
            Self::Differs { kind, beds } => {
                format!("the site has this room as {} with {beds} beds; leave the line out", kind.code())
            }
        }
    }
}

/// The rooms of a list that a site does not have yet, in the list's order. A room that is there already, as the list has it,
/// is no error: a list can be sent again. Refused as a whole, with every line that is wrong.
pub fn to_add(list: &[Line], there: &[Room]) -> Result<Vec<NewRoom>, Refusal> {
    let mut seen = BTreeMap::new();
    let (mut new, mut wrong) = (Vec::new(), Vec::new());
    for (line, written) in list.iter().enumerate().map(|(at, written)| (at + 1, written)) {
        let first = *seen.entry(written.number.as_str()).or_insert(line);
        match read(written, there) {
            _ if first < line => wrong.push(of(line, written, Why::Twice { first })),
            Ok(room) => new.extend(room),
            Err(why) => wrong.push(of(line, written, why)),
        }
    }
    if wrong.is_empty() { Ok(new) } else { Err(Door::RoomsWrong { lines: wrong }.into()) }
}

fn of(line: usize, written: &Line, why: Why) -> Wrong {
    Wrong { line, number: written.number.clone(), why }
}

/// The room of a line; nothing for one that is there already.
fn read(written: &Line, there: &[Room]) -> Result<Option<NewRoom>, Why> {
    if !painted(&written.number) {
        return Err(Why::Number);
    }
    let kind = RoomKind::of_code(&written.kind).ok_or(Why::Kind)?;
    if !(1..=BEDS_MAX).contains(&written.beds) {
        return Err(Why::Beds);
    }
    match there.iter().find(|room| room.number == written.number) {
        Some(room) if (room.kind, room.beds) == (kind, written.beds) => Ok(None),
        Some(room) => Err(Why::Differs { kind: room.kind, beds: room.beds }),
        None => Ok(Some(NewRoom { number: written.number.clone(), kind, beds: written.beds })),
    }
}

/// Whether it can be painted on a door, and stand in an address and in a list of doors.
fn painted(number: &str) -> bool {
    let signs = number.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '.'));
    signs && (1..=NUMBER_MAX).contains(&number.chars().count()) && number.chars().any(char::is_alphanumeric)
}
