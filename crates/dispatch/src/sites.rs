//! What is at a site: who lives there and until when, who comes, and how many beds will be free.

use crate::estimate::local_day;
use crate::project::closed_row;
use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, NaiveDate, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::site::{Day, RoomKind, Stay, Use, forecast, in_order};
use homeward_domain::{PartyId, Refusal, code};
use homeward_feed::row::Closed;
use homeward_store::site::{self, Guest, Lodging};
use homeward_store::{Conn, reference};

/// The free beds of a site, from today on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Why nobody new is taken now.
    pub closed: Option<Closed>,
    /// All beds, by kind of room; `on` is today.
    pub capacity: Day,
    /// The days, today first.
    pub days: Vec<Day>,
}

/// A party that lives at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Living {
    /// Which room.
    pub room: String,
    /// Which party.
    pub party: PartyId,
    /// What people call it.
    pub label: String,
    /// Its version.
    pub version: i64,
    /// How many they are.
    pub people: i64,
    /// When they moved in.
    pub moved_in_at: DateTime<Utc>,
    /// Which day it is, from 1.
    pub day: i64,
    /// The first day without observation.
    pub ends_on: NaiveDate,
    /// Whether that day has come.
    pub over: bool,
}

/// A party a room waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Which room.
    pub room: String,
    /// Which party.
    pub party: PartyId,
    /// What people call it.
    pub label: String,
    /// How many they are.
    pub people: i64,
    /// Since when the room waits.
    pub held_at: DateTime<Utc>,
    /// Until when; nothing for who is on the way.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Who has the rooms of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lodgings {
    /// Who lives there, the longest first.
    pub living: Vec<Living>,
    /// Who comes, by room.
    pub bound: Vec<Bound>,
}

impl Dispatcher {
    /// Who lives at a site and who comes.
    pub async fn lodgings(&self, caller: &Caller, receiver: &code::Receiver) -> Result<Lodgings, Halt> {
        let scope = caller.may(Action::ReadSites)?.scope;
        let mut reader = self.store.read().await?;
        own_site(reader.conn(), &scope, receiver).await?;
        let today = local_day(self.clock.now());
        let (mut living, mut bound) = (Vec::new(), Vec::new());
        for (room, guest) in by_party(site::lodgings(reader.conn(), receiver).await?) {
            match guest.moved_in_at {
                Some(at) => living.push(lives(room, guest, at, today)),
                None => bound.push(comes(room, guest)),
            }
        }
        living.sort_by(|one, other| one.ends_on.cmp(&other.ends_on).then_with(|| in_order(&one.room, &other.room)));
        Ok(Lodgings { living, bound })
    }

    /// How many beds of a site will be free.
    pub async fn forecast(&self, caller: &Caller, receiver: &code::Receiver) -> Result<Forecast, Halt> {
        let scope = caller.may(Action::ReadSites)?.scope;
        let mut reader = self.store.read().await?;
        own_site(reader.conn(), &scope, receiver).await?;
        let closed = site::closure::of(reader.conn(), receiver).await?.map(closed_row);
        let lodgings = site::lodgings(reader.conn(), receiver).await?;
        let rooms: Vec<(RoomKind, i64, Use)> = lodgings.iter().map(|it| (it.kind, it.beds, used(it))).collect();
        let empty: Vec<(RoomKind, i64, Use)> = rooms.iter().map(|&(kind, beds, _)| (kind, beds, Use::Free)).collect();
        let today = local_day(self.clock.now());
        Ok(Forecast { closed, capacity: forecast(&empty, today)[0], days: forecast(&rooms, today) })
    }
}

/// What becomes of a room on the days to come: who lives in one that is out of use is the last for now.
fn used(lodging: &Lodging) -> Use {
    match lodging.guest.as_ref().map(|guest| guest.moved_in_at) {
        _ if lodging.out.is_some() => Use::Out,
        None => Use::Free,
        Some(None) => Use::Held,
        Some(Some(at)) => Use::Lived(Stay { moved_in_on: local_day(at) }),
    }
}

/// Each party once, with all its rooms: `201`, or `201 + 202`.
fn by_party(lodgings: Vec<Lodging>) -> Vec<(String, Guest)> {
    let mut parties: Vec<(String, Guest)> = Vec::new();
    for Lodging { room, guest, .. } in lodgings {
        let Some(guest) = guest else { continue };
        match parties.iter_mut().find(|(_, other)| other.party == guest.party) {
            Some((rooms, _)) => rooms.extend([" + ", &room]),
            None => parties.push((room, guest)),
        }
    }
    parties
}

fn lives(room: String, guest: Guest, moved_in_at: DateTime<Utc>, today: NaiveDate) -> Living {
    let stay = Stay { moved_in_on: local_day(moved_in_at) };
    Living {
        room,
        party: guest.party,
        label: guest.label,
        version: guest.version,
        people: guest.people,
        moved_in_at,
        day: stay.day(today),
        ends_on: stay.ends_on(),
        over: stay.over(today),
    }
}

fn comes(room: String, guest: Guest) -> Bound {
    Bound {
        room,
        party: guest.party,
        label: guest.label,
        people: guest.people,
        held_at: guest.held_at,
        expires_at: guest.expires_at,
    }
}

/// Refuses unless the receiver is a site inside the scope. What does not exist and what is another's look the same.
pub(crate) async fn own_site(conn: &mut Conn, scope: &Scope, receiver: &code::Receiver) -> Result<(), Halt> {
    let known = reference::receiver_of(conn, receiver).await?;
    let inside = known.is_some_and(|it| it.site && scope.covers_receiver(&it.code, &it.jurisdiction));
    if inside { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
