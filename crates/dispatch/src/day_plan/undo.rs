//! Takes a committed plan back: seats of several trips in one transaction, all or none.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::party::{Command, Party, Transport};
use homeward_domain::{Invalid, PartyId, Refusal, TripId, trip};
use homeward_store::reference;
use serde_json::json;
use std::collections::BTreeMap;

impl Dispatcher {
    /// Frees the seats of these parties, each at the version that was seen; trips that carry nobody else are cancelled.
    /// Refused whole once a receiver has acknowledged one of them or boarding has begun.
    pub async fn undo_plan(
        &self,
        caller: &Caller,
        key: &Key,
        point_of_entry: &str,
        seats: Vec<(PartyId, i64)>,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let mut by_trip: BTreeMap<TripId, Vec<Party>> = BTreeMap::new();
        for (party, version) in seats {
            let party = turn.party(party, &scope, Some(version)).await?;
            let desk = reference::desk(turn.conn(), &party.desk).await?;
            if desk.is_none_or(|desk| desk.point_of_entry != point_of_entry) {
                return Err(Invalid::new("elsewhere", "it waits at another point of entry").at("riders").into());
            }
            let Transport::Seats { trip, .. } = party.transport else { return Err(Refusal::NotSeated.into()) };
            by_trip.entry(trip).or_default().push(party);
        }
        let mut last = None;
        for (id, parties) in by_trip {
            let trip = turn.trip(id, &scope).await?;
            let riders = parties.iter().map(|party| party.id).collect();
            let events = trip.decide(trip::Command::Undo { parties: riders, reason: reason.clone() }, turn.now)?;
            let trip = turn.save_trip(trip, &events).await?;
            for party in parties {
                turn.record(party.id.uuid(), "seats.reason", json!({ "reason": reason }));
                let events = party.decide(Command::Unseat, turn.now)?;
                turn.save_party(party, &events).await?;
            }
            last = Some((trip.id.uuid(), trip.version));
        }
        let empty = || Invalid::new("empty", "name at least one party").at("riders");
        let (subject, version) = last.ok_or_else(empty)?;
        turn.close(subject, version).await
    }
}
