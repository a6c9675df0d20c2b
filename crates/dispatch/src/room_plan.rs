//! Rooms for everybody who has to go to a site: proposed at once, looked at and changed by a person, made true whole or not at
//! all. Nothing is written by proposing; a destination is a person's word, with a reason (mission.md, rule 6).

use crate::back::drive;
use crate::longest::{Later, longest};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, rooms, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::{Party, RoomWanted};
use homeward_domain::refusal::Door;
use homeward_domain::site::for_all::{Guest, NoRoom, for_all};
use homeward_domain::site::{Given, Site};
use homeward_domain::{Invalid, PartyId, Point, Refusal, RiskTag, code};
use homeward_store::{Conn, reference};
use std::collections::BTreeMap;

/// A proposal for everybody who has to go to a site, or might.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomPlan {
    /// When it was made.
    pub as_of: DateTime<Utc>,
    /// The sites that take somebody new, each with its free beds.
    pub sites: Vec<(code::Receiver, i64)>,
    /// Who has to go to one first, each group by registration.
    pub guests: Vec<PlannedGuest>,
    /// Who has to go to one too, or might, and comes after these in that order.
    pub later: Later,
}

/// Somebody without a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedGuest {
    /// Which party.
    pub party: PartyId,
    /// Its version when the plan was made.
    pub version: i64,
    /// What people call it.
    pub label: String,
    /// People.
    pub people: i64,
    /// Of these, in a wheelchair.
    pub wheelchairs: i64,
    /// Its strictest tag.
    pub tag: RiskTag,
    /// Why a room is to be found.
    pub wanted: RoomWanted,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// The room, or why there is none.
    pub room: Result<PlannedRoom, NoRoom>,
}

/// A room that a party would get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRoom {
    /// At which site.
    pub site: code::Receiver,
    /// The number as painted on the door.
    pub door: String,
    /// Seconds of driving there.
    pub way_s: i64,
}

/// A party that somebody sends to a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Which party.
    pub party: PartyId,
    /// The version that was seen.
    pub version: i64,
    /// Where to.
    pub site: code::Receiver,
}

impl Dispatcher {
    /// A room for everybody at a desk of the district who has to go to a site, and then for who might go to one; the longest waits
    /// if they are more than one plan looks at.
    pub async fn propose_rooms(&self, caller: &Caller) -> Result<RoomPlan, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let sites = Sites::load(reader.conn(), &scope).await?;
        let parties = homeward_store::party::open(reader.conn(), &scope).await?;
        drop(reader);
        let mut waiting: Vec<(Party, RoomWanted)> =
            parties.into_iter().filter_map(|party| party.room_wanted().map(|wanted| (party, wanted))).collect();
        waiting.sort_by(|(one, a), (other, b)| order(one, *a).cmp(&order(other, *b)));
        let (waiting, later) = longest(waiting, |_| false, |(party, _)| party);
        let guests: Vec<Guest> = waiting
            .iter()
            .map(|(party, wanted)| Guest { lodgers: party.lodgers(), must: wanted.must(), at: None })
            .collect();
        let given = sites.give(waiting.iter().map(|(party, _)| party), guests, now).await;
        let guests = waiting.iter().zip(given).map(|((party, wanted), given)| {
            let room = given.map(|(site, given)| PlannedRoom {
                site: sites.all[site].receiver.clone(),
                door: given.doors(),
                way_s: sites.way(party, site, now),
            });
            planned(party, *wanted, room)
        });
        Ok(RoomPlan { as_of: now, guests: guests.collect(), sites: sites.open(), later })
    }

    /// Sends parties to sites and holds a room for each, in one transaction. Refused whole when a party has changed since, or
    /// when a site has no room for one: the refusal names it.
    pub async fn commit_rooms(
        &self,
        caller: &Caller,
        key: &Key,
        placements: Vec<Placement>,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let sites = Sites::load(turn.conn(), &scope).await?;
        let (mut parties, mut guests) = (Vec::new(), Vec::new());
        for (nth, placement) in placements.iter().enumerate() {
            let party = turn.party(placement.party, &scope, Some(placement.version)).await?;
            let wanted = party.room_wanted().ok_or_else(|| needs_none(&party, nth))?;
            let at = Some(sites.find(&placement.site).ok_or_else(|| no_such_site(nth))?);
            guests.push(Guest { lodgers: party.lodgers(), must: wanted.must(), at });
            parties.push(party);
        }
        let now = turn.now;
        let given = sites.give(parties.iter(), guests, now).await;
        let mut last = None;
        for (nth, (party, given)) in parties.into_iter().zip(given).enumerate() {
            let (site, given) = given.map_err(|why| no_room(why, &party, nth))?;
            last = Some(rooms::place(&mut turn, &sites.all[site], party, &given, (&reason, None)).await?);
        }
        let last = last.ok_or_else(|| Invalid::new("empty", "choose at least one party").at("placements"))?;
        turn.close(last.id.uuid(), last.version).await
    }
}

/// Who has to go to a site first, each group by registration, those of one instant as they are called.
fn order(party: &Party, wanted: RoomWanted) -> (bool, DateTime<Utc>, &str) {
    (!wanted.must(), party.registered_at, &party.label)
}

fn planned(party: &Party, wanted: RoomWanted, room: Result<PlannedRoom, NoRoom>) -> PlannedGuest {
    let wheelchairs = party.members.iter().filter(|member| member.needs.wheelchair).count();
    PlannedGuest {
        party: party.id,
        version: party.version,
        label: party.label.clone(),
        people: party.size(),
        wheelchairs: i64::try_from(wheelchairs).expect("a party has a few dozen members"),
        tag: party.tag().tag,
        wanted,
        registered_at: party.registered_at,
        room,
    }
}

/// The sites of a district, and where they and the desks are.
struct Sites {
    all: Vec<Site>,
    gates: Vec<Point>,
    desks: BTreeMap<code::Desk, Point>,
}

impl Sites {
    async fn load(conn: &mut Conn, scope: &Scope) -> Result<Self, Halt> {
        let known = reference::receivers(conn).await?;
        let own = known.into_iter().filter(|it| it.site && scope.covers_receiver(&it.code, &it.jurisdiction));
        let (mut all, mut gates) = (Vec::new(), Vec::new());
        for receiver in own {
            let Some(site) = homeward_store::site::load(conn, &receiver.code).await? else { continue };
            let Some(gate) = reference::gate_of(conn, &site.gate).await? else { continue };
            all.push(site);
            gates.push(gate.location);
        }
        let desks = reference::desks(conn).await?.into_iter().map(|desk| (desk.code, desk.location)).collect();
        Ok(Self { all, gates, desks })
    }

    fn find(&self, receiver: &code::Receiver) -> Option<usize> {
        self.all.iter().position(|site| site.receiver == *receiver)
    }

    fn open(&self) -> Vec<(code::Receiver, i64)> {
        let open = self.all.iter().filter(|site| site.closed.is_none());
        open.map(|site| (site.receiver.clone(), site.beds_free())).collect()
    }

    /// Finds rooms, beside the node's other work: a few hundred parties are a tenth of a second.
    async fn give(
        &self,
        parties: impl Iterator<Item = &Party>,
        guests: Vec<Guest>,
        now: DateTime<Utc>,
    ) -> Vec<Result<(usize, Given), NoRoom>> {
        let to_all = |party: &Party| (0..self.all.len()).map(|site| self.way(party, site, now)).collect();
        let ways: Vec<Vec<i64>> = parties.map(to_all).collect();
        let sites = self.all.clone();
        tokio::task::spawn_blocking(move || for_all(sites, &guests, |guest, site| ways[guest][site]))
            .await
            .expect("counting rooms does not panic")
    }

    /// Seconds of driving from where a party waits.
    fn way(&self, party: &Party, site: usize, now: DateTime<Utc>) -> i64 {
        let from = self.desks.get(&party.desk).copied().unwrap_or(self.gates[site]);
        drive(from, self.gates[site], now).num_seconds()
    }
}

fn needs_none(party: &Party, nth: usize) -> Refusal {
    Door::NeedsNoRoom { nth, label: party.label.clone() }.into()
}

fn no_room(why: NoRoom, party: &Party, nth: usize) -> Refusal {
    Door::NoRoomFor { nth, label: party.label.clone(), why }.into()
}

fn no_such_site(place: usize) -> Invalid {
    Invalid::new("unknown-site", "choose an observation site of your district").at("site").at(place).at("placements")
}
