//! Rooms for everybody at once: who would go to which site. Pure; a person looks, changes, decides.
//!
//! Whoever can go nowhere else comes first, then whoever might still go home; within each the wheelchairs, because they fit
//! nowhere else, then the larger parties. Each gets the cheapest room that takes no place from those behind (`places.rs`): the
//! way there, five minutes for every bed that would stay empty, so that a family room is kept for a family unless the way is
//! long, and an hour for a step-free room that nobody of them needs.

mod places;

use super::{Given, Lodgers, Room, RoomKind, Site};
use places::Places;

/// What a bed that stays empty is worth, in seconds of way.
const EMPTY_BED_S: i64 = 300;
/// What a step-free room is worth that nobody needs, in seconds of way.
const STEP_FREE_S: i64 = 3_600;

/// Who needs a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Beds and who needs what.
    pub lodgers: Lodgers,
    /// Whether they can go nowhere else.
    pub must: bool,
    /// The site that a person chose for them, by its place in the list; nothing where it is still to be found.
    pub at: Option<usize>,
}

/// Why there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRoom {
    /// No site takes anybody new.
    Closed,
    /// A wheelchair needs an accessible room, and none that is large enough is free.
    NotAccessible,
    /// No free room takes the party whole; several would.
    NotWhole,
    /// The beds are short.
    Full,
}

impl NoRoom {
    /// The code the screens word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::NotAccessible => "not_accessible",
            Self::NotWhole => "not_whole",
            Self::Full => "full",
        }
    }
}

/// For each guest the place of a site in the list and the room there, or why there is none. `way` says how many seconds a
/// guest drives to a site.
#[must_use]
pub fn for_all(
    mut sites: Vec<Site>,
    guests: &[Guest],
    way: impl Fn(usize, usize) -> i64,
) -> Vec<Result<(usize, Given), NoRoom>> {
    let mut places = Places::of(&sites, guests);
    let mut answers = vec![Err(NoRoom::Full); guests.len()];
    for guest in in_turn(guests) {
        let asked = &guests[guest];
        places.leaves(asked);
        let price = |(site, room): &(usize, Room)| (way(guest, *site) + worth(room, asked), *site);
        let mut found = rooms_for(&sites, asked);
        found.sort_by_key(price);
        answers[guest] = match places.first_without_harm(found) {
            Some((site, room)) => {
                places.takes(&room);
                sites[site].rooms.retain(|it| it.number != room.number);
                Ok((site, Given { rooms: vec![(room, asked.lodgers.people)] }))
            }
            None => Err(why_not(&sites, asked)),
        };
    }
    answers
}

/// The order in which they choose.
fn in_turn(guests: &[Guest]) -> Vec<usize> {
    let mut turn: Vec<usize> = (0..guests.len()).collect();
    turn.sort_by_key(|at| places::class_of(&guests[*at]));
    turn
}

/// The sites that may be theirs, with their places in the list.
fn theirs<'s>(sites: &'s [Site], guest: &Guest) -> impl Iterator<Item = (usize, &'s Site)> {
    let open = sites.iter().enumerate().filter(|(_, site)| site.closed.is_none());
    open.filter(|(at, _)| guest.at.is_none_or(|chosen| chosen == *at))
}

/// Of every kind of free room that takes them whole, the first at each site.
fn rooms_for(sites: &[Site], guest: &Guest) -> Vec<(usize, Room)> {
    let Lodgers { people, wheelchair, .. } = guest.lodgers;
    let mut found: Vec<(usize, Room)> = Vec::new();
    for (at, site) in theirs(sites, guest) {
        for room in site.rooms.iter().filter(|room| room.takes(people, wheelchair)) {
            let same = |(other, it): &(usize, Room)| *other == at && places::kind(it) == places::kind(room);
            if !found.iter().any(same) {
                found.push((at, room.clone()));
            }
        }
    }
    found
}

/// What a room is too good for them, in seconds of way.
fn worth(room: &Room, guest: &Guest) -> i64 {
    let step_free = room.kind == RoomKind::Accessible && !guest.lodgers.wheelchair;
    EMPTY_BED_S * (room.beds - guest.lodgers.people) + if step_free { STEP_FREE_S } else { 0 }
}

fn why_not(sites: &[Site], guest: &Guest) -> NoRoom {
    let Lodgers { people, wheelchair, .. } = guest.lodgers;
    if theirs(sites, guest).next().is_none() {
        NoRoom::Closed
    } else if theirs(sites, guest).any(|(_, site)| site.choose_rooms(guest.lodgers, true).is_ok()) {
        NoRoom::NotWhole
    } else if wheelchair && theirs(sites, guest).any(|(_, site)| site.choose_room(people, false).is_ok()) {
        NoRoom::NotAccessible
    } else {
        NoRoom::Full
    }
}
