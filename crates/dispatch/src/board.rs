//! Board person by person: the escort takes custody, gives it back, or says who did not come.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, pass_on, plan_trip::stands_here, trail, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::{self, Party, Transport};
use homeward_domain::trip::{Command, Trip};
use homeward_domain::{ArrivalId, PartyId, Refusal, TripId};
use serde_json::json;
use std::collections::BTreeSet;

impl Dispatcher {
    /// Takes a person aboard, while the vehicle stands here and has nobody of another trip aboard.
    pub async fn board(&self, caller: &Caller, key: &Key, trip: TripId, arrival: ArrivalId) -> Result<Receipt, Halt> {
        let command = party::Command::Board { arrival, trip };
        self.pass(caller, key, trip, arrival, Command::Board { arrival }, command).await
    }

    /// Gives a person back to the desk; the seat stays theirs.
    pub async fn unboard(&self, caller: &Caller, key: &Key, trip: TripId, arrival: ArrivalId) -> Result<Receipt, Halt> {
        let command = party::Command::Unboard { arrival };
        self.pass(caller, key, trip, arrival, Command::Unboard { arrival }, command).await
    }

    async fn pass(
        &self,
        caller: &Caller,
        key: &Key,
        trip: TripId,
        arrival: ArrivalId,
        on_trip: Command,
        on_party: party::Command,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let (trip, party) = rider(&mut turn, trip, arrival, &scope).await?;
        let gets_on = matches!(on_trip, Command::Board { .. });
        let trip_events = trip.decide(on_trip, turn.now)?;
        if gets_on {
            stands_here(&mut turn, &trip).await?;
        }
        let party_events = party.decide(on_party, turn.now)?;
        turn.save_party(party, &party_events).await?;
        let trip = turn.save_trip(trip, &trip_events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }

    /// Says that a person did not come. They stay at the desk, with whoever of their party stays along, in a party of their
    /// own, and wait for other seats. Nobody under age is left there, or rides, without an adult of their party.
    pub async fn no_show(
        &self,
        caller: &Caller,
        key: &Key,
        trip: TripId,
        staying: Staying,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let (mut trip, party) = rider(&mut turn, trip, staying.arrival, &scope).await?;
        let all = staying.all();
        party.may_stay_behind(&all)?;
        turn.record(party.id.uuid(), "person.no_show", trail::said(&party, &reason));
        for arrival in &all {
            trip = absent(&mut turn, trip, *arrival, &reason).await?;
        }
        leave_behind(&mut turn, party, &all).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }
}

/// Who does not come, and who stays along with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staying {
    /// Who does not come.
    pub arrival: ArrivalId,
    /// Others of the party who could, and stay because somebody has to.
    pub with: Vec<ArrivalId>,
}

impl Staying {
    /// Everybody who stays.
    pub(crate) fn all(&self) -> BTreeSet<ArrivalId> {
        self.with.iter().copied().chain([self.arrival]).collect()
    }
}

impl From<ArrivalId> for Staying {
    fn from(arrival: ArrivalId) -> Self {
        Self { arrival, with: Vec::new() }
    }
}

/// One person's seats are free again, here and on the vehicle that was to take them on.
async fn absent(turn: &mut Turn<'_>, trip: Trip, arrival: ArrivalId, reason: &str) -> Result<Trip, Halt> {
    let events = trip.decide(Command::NoShow { arrival, reason: reason.to_owned() }, turn.now)?;
    turn.record(arrival.uuid(), "person.no_show", json!({ "trip": trip.id, "reason": reason }));
    let onward = pass_on::onward(&trip, arrival);
    let trip = turn.save_trip(trip, &events).await?;
    if let Some(change) = onward {
        pass_on::forgo(turn, change, arrival, reason.to_owned()).await?;
    }
    Ok(trip)
}

async fn rider(turn: &mut Turn<'_>, trip: TripId, arrival: ArrivalId, scope: &Scope) -> Result<(Trip, Party), Halt> {
    let trip = turn.trip(trip, scope).await?;
    let seat = trip.seat_of(arrival).ok_or(Refusal::NotOnManifest)?;
    // Whose trip it is may see its riders, also those another trip brings to their gate.
    let party = turn.party(seat.party, &Scope::system(), None).await?;
    Ok((trip, party))
}

/// All: the party gives its seats back. Some of several: they become a party of their own, same destination.
async fn leave_behind(turn: &mut Turn<'_>, party: Party, staying: &BTreeSet<ArrivalId>) -> Result<(), Halt> {
    if party.members.len() == staying.len() {
        let events = party.decide(party::Command::Unseat, turn.now)?;
        turn.save_party(party, &events).await?;
        return Ok(());
    }
    let id = PartyId::new(turn.new_id());
    let (stay, left) = party.split(staying, id)?;
    debug_assert_eq!(left.transport, Transport::None, "who stays behind has no seat");
    homeward_store::party::insert_split(turn.conn(), &left).await?;
    turn.changed.parties.insert(left.id, "person.no_show");
    let id = stay.id;
    let now = turn.now;
    homeward_store::party::save(turn.conn(), &stay, now).await?;
    turn.changed.parties.insert(id, "person.no_show");
    Ok(())
}
