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

    /// Looks from each free door on, door by door. What is taken from a row of doors and leaves its first or last one out is
    /// what a shorter row gives, so further doors are of no use once nothing but the way between them can change.
    fn several_rooms(&self, of: Lodgers) -> Result<Given, Refusal> {
        let full = || Refusal::SiteFull { free: self.beds_free(), needed: of.people };
        let free: Candidate<'_> = self.rooms.iter().enumerate().filter(|(_, room)| room.is_free()).collect();
        let all = free.iter().fold(Row::default(), |row, door| row.with(*door, of)).fewest(of).ok_or_else(full)?;
        let near = |rooms: &Candidate<'_>| rooms.len() <= of.adults || door_to_door(rooms);
        let mut best: Option<Candidate<'_>> = None;
        for from in 0..free.len() {
            let mut row = Row::default();
            for door in &free[from..] {
                row = row.with(*door, of);
                let Some(rooms) = row.fewest(of) else { continue };
                let last = rooms.len() == all.len() && too_many(&rooms, of) == 0 && one_floor(&rooms);
                if near(&rooms) && best.as_ref().is_none_or(|best| cost(&rooms, of) < cost(best, of)) {
                    best = Some(rooms);
                }
                if last {
                    break;
                }
            }
        }
        best.map(|rooms| shared(&rooms, of.people)).ok_or_else(|| Order::MinorsAlone.into())
    }
}

/// Free doors in a row, as they would be taken: the largest first, each kind by itself; no more of a kind than people.
#[derive(Default)]
struct Row<'s> {
    accessible: Candidate<'s>,
    others: Candidate<'s>,
}

impl<'s> Row<'s> {
    /// The row with one more door at its end.
    fn with(mut self, door: (usize, &'s Room), of: Lodgers) -> Self {
        let kind = if door.1.kind == RoomKind::Accessible { &mut self.accessible } else { &mut self.others };
        let place = kind.partition_point(|other| (-other.1.beds, other.0) < (-door.1.beds, door.0));
        kind.insert(place, door);
        kind.truncate(usize::try_from(of.people).unwrap_or_default());
        self
    }

    /// The fewest of these rooms that take them all. Where somebody needs an accessible one it is the first, and one is enough:
    /// the others are taken by their beds. Where nobody does, they are the last.
    fn fewest(&self, of: Lodgers) -> Option<Candidate<'s>> {
        let (first, last) = self.accessible.split_at_checked(usize::from(of.wheelchair))?;
        let (mut beds, mut taken) = (0, Candidate::new());
        for room in first.iter().chain(&self.others).chain(last) {
            if beds >= of.people {
                break;
            }
            beds += room.1.beds;
            taken.push(*room);
        }
        taken.sort_unstable_by_key(|(door, _)| *door);
        (beds >= of.people).then_some(taken)
    }
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

/// Accessible rooms that somebody else may need.
fn too_many(rooms: &Candidate<'_>, of: Lodgers) -> usize {
    let accessible = rooms.iter().filter(|(_, room)| room.kind == RoomKind::Accessible).count();
    accessible.saturating_sub(usize::from(of.wheelchair))
}

/// The fewest rooms, an accessible one only for who needs it, on one floor, near to each other, and no bed too many.
fn cost(rooms: &Candidate<'_>, of: Lodgers) -> (usize, usize, bool, usize, i64, usize) {
    let beds = rooms.iter().map(|(_, room)| room.beds).sum();
    (rooms.len(), too_many(rooms, of), !one_floor(rooms), apart(rooms), beds, rooms[0].0)
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

#[cfg(test)]
mod tests {
    use super::{Candidate, Given, Lodgers, cost, door_to_door, shared};
    use crate::code;
    use crate::site::{Room, RoomKind, Site};
    use proptest::prelude::*;

    /// The same question, asked of every row of doors by itself.
    fn of_every_row(site: &Site, of: Lodgers) -> Option<Given> {
        let free: Candidate<'_> = site.rooms.iter().enumerate().filter(|(_, room)| room.is_free()).collect();
        let rows = (0..free.len()).flat_map(|from| (from + 1..=free.len()).map(move |to| (from, to)));
        let all = rows.filter_map(|(from, to)| fewest(&free[from..to], of));
        let near = |rooms: &Candidate<'_>| rooms.len() <= of.adults || door_to_door(rooms);
        let best = all.filter(near).min_by_key(|rooms| cost(rooms, of));
        best.map(|rooms| shared(&rooms, of.people))
    }

    fn fewest<'s>(row: &[(usize, &'s Room)], of: Lodgers) -> Option<Candidate<'s>> {
        let (mut accessible, mut others): (Candidate<'s>, Candidate<'s>) =
            row.iter().copied().partition(|(_, room)| room.kind == RoomKind::Accessible);
        for kind in [&mut accessible, &mut others] {
            kind.sort_by_key(|(door, room)| (-room.beds, *door));
        }
        let first = if of.wheelchair && accessible.is_empty() { None } else { Some(usize::from(of.wheelchair)) }?;
        let last = accessible.split_off(first);
        let mut taken = Candidate::new();
        for room in accessible.into_iter().chain(others).chain(last) {
            if taken.iter().map(|(_, room)| room.beds).sum::<i64>() < of.people {
                taken.push(room);
            }
        }
        taken.sort_by_key(|(door, _)| *door);
        (taken.iter().map(|(_, room)| room.beds).sum::<i64>() >= of.people).then_some(taken)
    }

    fn site(doors: &[(u8, i64, u8)]) -> Site {
        let room = |(door, &(kind, beds, state)): (usize, &(u8, i64, u8))| Room {
            number: format!("{}{:02}", 2 + door / 7, door % 7),
            kind: [RoomKind::Single, RoomKind::Family, RoomKind::Accessible][usize::from(kind)],
            beds,
            held_by: (state == 0).then(|| crate::PartyId::new(uuid::Uuid::from_u128(1))),
            out: None,
        };
        Site {
            receiver: code::Receiver::parse("huangpu-site-1").expect("a code"),
            gate: code::Gate::parse("huangpu-site-1-g1").expect("a code"),
            closed: None,
            rooms: doors.iter().enumerate().map(room).collect(),
        }
    }

    proptest! {
        #[test]
        fn it_is_as_if_every_row_of_doors_had_been_looked_at(
            doors in proptest::collection::vec((0u8..3, 1i64..5, 0u8..4), 1..22), people in 1i64..16, adults in 1usize..6,
            wheelchair: bool,
        ) {
            let (site, of) = (site(&doors), Lodgers { people, adults, wheelchair });
            prop_assert_eq!(site.several_rooms(of).ok(), of_every_row(&site, of));
        }
    }
}
