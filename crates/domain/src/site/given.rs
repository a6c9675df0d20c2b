//! Which rooms a party gets: one that takes it whole, or, when a person decides so, several as near to each other as there are.

use super::{Room, RoomKind, Site};
use crate::Refusal;
use crate::refusal::{Door, Order};

/// What a party asks of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lodgers {
    /// Beds.
    pub people: i64,
    /// How many of them are of age.
    pub adults: usize,
    /// Whether somebody needs an accessible room.
    pub wheelchair: bool,
}

/// Rooms for one party, by number, each with how many of it sleep there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// At least one.
    pub rooms: Vec<(Room, i64)>,
}

/// Free rooms that would do together, each with its place in the row of doors.
type Candidate<'s> = Vec<(usize, &'s Room)>;

impl Given {
    /// The numbers as painted on the doors: `201`, or `201 + 202`.
    #[must_use]
    pub fn doors(&self) -> String {
        self.rooms.iter().map(|(room, _)| room.number.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

impl Site {
    /// The smallest room for all of them. Where there is none and a person decided so, the fewest rooms, next to each other
    /// if possible; more rooms than adults only door to door, so that no child is far from who looks after it.
    pub fn choose_rooms(&self, of: Lodgers, several: bool) -> Result<Given, Refusal> {
        match self.choose_room(of.people, of.wheelchair) {
            Ok(room) => Ok(Given { rooms: vec![(room.clone(), of.people)] }),
            Err(Refusal::SiteFull { .. }) if several => self.several_rooms(of),
            Err(Refusal::SiteFull { free, needed }) if self.several_rooms(of).is_ok() => {
                Err(Door::NoRoomWhole { label: None, free, needed }.into())
            }
            Err(refusal) => Err(refusal),
        }
    }

    fn several_rooms(&self, of: Lodgers) -> Result<Given, Refusal> {
        let full = Refusal::SiteFull { free: self.beds_free(), needed: of.people };
        let doors: Vec<(usize, &Room)> = self.rooms.iter().enumerate().collect();
        let free: Candidate<'_> = doors.into_iter().filter(|(_, room)| room.is_free()).collect();
        let spans = (0..free.len()).flat_map(|from| (from + 1..=free.len()).map(move |to| (from, to)));
        let all: Vec<Candidate<'_>> = spans.filter_map(|(from, to)| fewest(&free[from..to], of)).collect();
        if all.is_empty() {
            return Err(full);
        }
        let near = |candidate: &Candidate<'_>| candidate.len() <= of.adults || door_to_door(candidate);
        let best = all.into_iter().filter(near).min_by_key(|candidate| cost(candidate, of));
        best.map(|rooms| shared(&rooms, of.people)).ok_or_else(|| Order::MinorsAlone.into())
    }
}

/// The fewest of these rooms that take them all, the accessible one first where somebody needs it and last where nobody does.
fn fewest<'s>(free: &[(usize, &'s Room)], of: Lodgers) -> Option<Candidate<'s>> {
    let mut by_use: Candidate<'s> = free.to_vec();
    by_use.sort_by_key(|(door, room)| ((room.kind == RoomKind::Accessible) != of.wheelchair, -room.beds, *door));
    if of.wheelchair {
        // One accessible room is enough: the others are taken by their beds.
        let (accessible, others) = by_use.split_first().filter(|((_, room), _)| room.kind == RoomKind::Accessible)?;
        let mut others = others.to_vec();
        others.sort_by_key(|(door, room)| (room.kind == RoomKind::Accessible, -room.beds, *door));
        by_use = std::iter::once(*accessible).chain(others).collect();
    }
    let mut taken = Candidate::new();
    for room in by_use {
        if taken.iter().map(|(_, room)| room.beds).sum::<i64>() >= of.people {
            break;
        }
        taken.push(room);
    }
    taken.sort_unstable_by_key(|(door, _)| *door);
    (taken.iter().map(|(_, room)| room.beds).sum::<i64>() >= of.people).then_some(taken)
}

/// The part of a number that says the floor, where numbers are painted as they mostly are: all but the last two signs.
fn floor(room: &Room) -> &str {
    room.number.char_indices().rev().nth(1).map_or("", |(last_two, _)| &room.number[..last_two])
}

fn one_floor(rooms: &Candidate<'_>) -> bool {
    rooms.windows(2).all(|two| floor(two[0].1) == floor(two[1].1))
}

/// Doors between the first and the last.
fn apart(rooms: &Candidate<'_>) -> usize {
    rooms.last().map_or(0, |last| last.0 - rooms[0].0)
}

fn door_to_door(rooms: &Candidate<'_>) -> bool {
    one_floor(rooms) && apart(rooms) == rooms.len() - 1
}

/// The fewest rooms, an accessible one only for who needs it, on one floor, near to each other, and no bed too many.
fn cost(rooms: &Candidate<'_>, of: Lodgers) -> (usize, usize, bool, usize, i64, usize) {
    let accessible = rooms.iter().filter(|(_, room)| room.kind == RoomKind::Accessible).count();
    let too_many = accessible.saturating_sub(usize::from(of.wheelchair));
    let beds = rooms.iter().map(|(_, room)| room.beds).sum();
    (rooms.len(), too_many, !one_floor(rooms), apart(rooms), beds, rooms[0].0)
}

/// Who sleeps where is theirs to choose: this says how many each room is counted with, at least one.
fn shared(rooms: &Candidate<'_>, people: i64) -> Given {
    let (mut left, mut after) = (people, i64::try_from(rooms.len()).expect("a site has few rooms"));
    let share = |(_, room): &(usize, &Room)| {
        after -= 1;
        let here = room.beds.min(left - after);
        left -= here;
        ((*room).clone(), here)
    };
    Given { rooms: rooms.iter().map(share).collect() }
}
