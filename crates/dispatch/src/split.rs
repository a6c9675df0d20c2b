//! Make two parties of one at the desk, when a person decides so: for a family that fits no vehicle or no room whole.

use crate::dispose::{Seen, let_go};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, rooms, trail, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::Action;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Command, Party};
use homeward_domain::site::{Given, Site};
use homeward_domain::{ArrivalId, PartyId};
use std::collections::BTreeSet;

impl Dispatcher {
    /// Makes two parties of one; gives the receipt of the new one. Both keep the destination with everything said about it; a
    /// room at a site becomes a room for each of them there, and waits as long as the first one would have.
    pub async fn split(
        &self,
        caller: &Caller,
        key: &Key,
        seen: Seen,
        leaving: BTreeSet<ArrivalId>,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let command = |room| Command::Split { leaving: leaving.clone(), room, reason: reason.clone() };
        party.decide(command(None), turn.now)?;
        let staying = party.members.iter().map(|member| member.arrival).filter(|it| !leaving.contains(it)).collect();
        let stays = party.part(&staying, party.id);
        let mut goes = party.part(&leaving, PartyId::new(turn.new_id()));
        let apart = apart(&mut turn, &party, &stays, &goes).await?;
        let doors = apart.as_ref().map(|apart| apart.given.each_ref().map(Given::doors));
        let [room, own_room] = doors.map_or([None, None], |doors| doors.map(Some));
        goes.disposition = goes.disposition.in_room(own_room);
        let events = party.decide(command(room), turn.now)?;
        let stays = turn.save_party(party, &events).await?;
        homeward_store::party::insert_split(turn.conn(), &goes).await?;
        turn.changed.parties.insert(goes.id, "party.split");
        turn.record(goes.id.uuid(), "party.split", trail::kept_by_part(&events[0], &stays, &goes));
        if let Some(Apart { site, since, given: [theirs, own] }) = apart {
            rooms::hold(&mut turn, &site, &stays, &theirs, (since, Some(&reason))).await?;
            rooms::hold(&mut turn, &site, &goes, &own, (since, Some(&reason))).await?;
        }
        turn.close(goes.id.uuid(), goes.version).await
    }
}

/// Rooms for who stays and for who goes, at the site where a room waited for all of them.
struct Apart {
    site: Site,
    since: DateTime<Utc>,
    given: [Given; 2],
}

/// Lets go of the rooms of the whole party and chooses rooms for both parts, several for one of them only if it was so before.
async fn apart(turn: &mut Turn<'_>, party: &Party, stays: &Party, goes: &Party) -> Result<Option<Apart>, Halt> {
    let Disposition::Site { receiver, .. } = &party.disposition else { return Ok(None) };
    let waits = homeward_store::site::waits_since(turn.conn(), party.id).await?;
    let (since, several) = waits.map_or((turn.now, false), |(since, rooms)| (since, rooms > 1));
    let_go(turn, party).await?;
    let site = rooms::site_still_open(turn, receiver).await?;
    let theirs = rooms::choose(&site, stays, several)?;
    let site = rooms::taken(site, stays, &theirs);
    let own = rooms::choose(&site, goes, several)?;
    Ok(Some(Apart { site, since, given: [theirs, own] }))
}
