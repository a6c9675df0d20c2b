//! Whether there is a place for everybody: a matching of kinds of guests and kinds of rooms. Which site a room is at makes no
//! difference here. Taken in the order of their classes, each as long as a path of exchanges finds it a room, as many people of
//! the first classes are placed as can be (a greedy choice is the best in a transversal matroid: Edmonds, Fulkerson 1965).

use super::Guest;
use crate::site::{Room, RoomKind, Site};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A kind of guest in the order they choose: nowhere else to go, in a wheelchair, the larger ones.
pub(super) type Class = (bool, bool, Reverse<i64>);
/// A kind of room: step-free, beds.
pub(super) type Kind = (bool, i64);

pub(super) fn class_of(guest: &Guest) -> Class {
    (!guest.must, !guest.lodgers.wheelchair, Reverse(guest.lodgers.people))
}

pub(super) fn kind(room: &Room) -> Kind {
    (room.kind == RoomKind::Accessible, room.beds)
}

/// How many rooms of each kind are free, and who is still to be given one.
pub(super) struct Places {
    rooms: BTreeMap<Kind, usize>,
    guests: BTreeMap<Class, usize>,
}

impl Places {
    pub fn of(sites: &[Site], guests: &[Guest]) -> Self {
        let mut places = Self { rooms: BTreeMap::new(), guests: BTreeMap::new() };
        let open = sites.iter().filter(|site| site.closed.is_none());
        for room in open.flat_map(|site| &site.rooms).filter(|room| room.is_free()) {
            *places.rooms.entry(kind(room)).or_default() += 1;
        }
        for guest in guests {
            *places.guests.entry(class_of(guest)).or_default() += 1;
        }
        places
    }

    /// A guest's turn has come.
    pub fn leaves(&mut self, guest: &Guest) {
        less(&mut self.guests, &class_of(guest));
    }

    /// A room is given.
    pub fn takes(&mut self, room: &Room) {
        less(&mut self.rooms, &kind(room));
    }

    /// The first of these rooms, dearer and dearer, without which the most of the others have a place.
    pub fn first_without_harm(&self, found: Vec<(usize, Room)>) -> Option<(usize, Room)> {
        let unharmed = Matching::new(&self.rooms, &self.guests).placed();
        let mut left = BTreeMap::new();
        let mut best = None;
        for one in found {
            let kind = kind(&one.1);
            let others = *left.entry(kind).or_insert_with(|| self.placed_without(kind));
            if others == unharmed {
                return Some(one);
            }
            if best.as_ref().is_none_or(|(most, _)| others > *most) {
                best = Some((others, one));
            }
        }
        best.map(|(_, one)| one)
    }

    fn placed_without(&self, room: Kind) -> [i64; 4] {
        let mut rooms = self.rooms.clone();
        less(&mut rooms, &room);
        Matching::new(&rooms, &self.guests).placed()
    }
}

fn less<K: Ord>(counts: &mut BTreeMap<K, usize>, one: &K) {
    if let Some(count) = counts.get_mut(one) {
        *count -= 1;
        if *count == 0 {
            counts.remove(one);
        }
    }
}

/// How many of which guests are in which rooms.
struct Matching {
    guests: Vec<(Class, usize)>,
    rooms: Vec<(Kind, usize)>,
    /// By guest, then by room.
    given: Vec<Vec<usize>>,
}

impl Matching {
    fn new(rooms: &BTreeMap<Kind, usize>, guests: &BTreeMap<Class, usize>) -> Self {
        let rooms: Vec<_> = rooms.iter().map(|(kind, count)| (*kind, *count)).collect();
        let guests: Vec<_> = guests.iter().map(|(class, count)| (*class, *count)).collect();
        let given = vec![vec![0; rooms.len()]; guests.len()];
        Self { guests, rooms, given }
    }

    /// People placed: of those who can go nowhere else and of the others, each with a wheelchair and without.
    fn placed(mut self) -> [i64; 4] {
        let mut people = [0; 4];
        for guest in 0..self.guests.len() {
            let ((might, walks, Reverse(size)), count) = self.guests[guest];
            let mut left = count;
            while left > 0 {
                let more = self.exchange(guest, left, &mut vec![false; self.rooms.len()]);
                if more == 0 {
                    break;
                }
                left -= more;
            }
            let found = i64::try_from(count - left).expect("a desk has a few hundred parties");
            people[usize::from(might) * 2 + usize::from(walks)] += size * found;
        }
        people
    }

    /// Finds a room for at most so many more, who may move others to rooms that take them too; how many have one now.
    fn exchange(&mut self, guest: usize, most: usize, seen: &mut [bool]) -> usize {
        for room in 0..self.rooms.len() {
            if seen[room] || !self.fits(guest, room) {
                continue;
            }
            seen[room] = true;
            let free = self.rooms[room].1 - self.given.iter().map(|rooms| rooms[room]).sum::<usize>();
            let more = if free > 0 { free.min(most) } else { self.move_on(room, most, seen) };
            if more > 0 {
                self.given[guest][room] += more;
                return more;
            }
        }
        0
    }

    /// Moves at most so many who have this room to others.
    fn move_on(&mut self, room: usize, most: usize, seen: &mut [bool]) -> usize {
        for other in 0..self.guests.len() {
            let here = self.given[other][room];
            let moved = if here > 0 { self.exchange(other, here.min(most), seen) } else { 0 };
            if moved > 0 {
                self.given[other][room] -= moved;
                return moved;
            }
        }
        0
    }

    fn fits(&self, guest: usize, room: usize) -> bool {
        let (((_, walks, Reverse(people)), _), ((step_free, beds), _)) = (self.guests[guest], self.rooms[room]);
        beds >= people && (step_free || walks)
    }
}
