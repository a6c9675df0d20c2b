//! Depart, arrive at a gate, offer the hand-over, accept it.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, dispose::move_in, plan_trip::may_leave, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party;
use homeward_domain::trip::{Command, Trip};
use homeward_domain::{PartyId, Refusal, StopId, TripId};

impl Dispatcher {
    /// Leaves, with the escort's own head count. Every party needs the community's word for it.
    pub async fn depart(&self, caller: &Caller, key: &Key, trip: TripId, head_count: i64) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        let events = trip.decide(Command::Depart { head_count }, turn.now)?;
        may_leave(&mut turn, &trip).await?;
        for rider in trip.parties() {
            turn.party(rider, &Scope::system(), None).await?.cleared_to_depart()?;
        }
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }

    /// Stands at a gate.
    pub async fn arrive(&self, caller: &Caller, key: &Key, stop: StopId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip_of(stop, &scope).await?;
        self.finish_trip(turn, trip, Command::Arrive { stop }).await
    }

    /// The escort's side of the hand-over: everybody who gets off here is offered to the receiver.
    pub async fn offer(&self, caller: &Caller, key: &Key, stop: StopId) -> Result<Receipt, Halt> {
        let sides = (Command::Offer { stop }, party::Command::Offer);
        self.hand_over(caller, key, stop, Action::Escort, sides).await
    }

    /// The receiver's side of the hand-over: custody passes, person by person, in one transaction.
    pub async fn accept(&self, caller: &Caller, key: &Key, stop: StopId) -> Result<Receipt, Halt> {
        let sides = (Command::Accept { stop }, party::Command::Accept);
        self.hand_over(caller, key, stop, Action::AcceptCustody, sides).await
    }

    async fn hand_over(
        &self,
        caller: &Caller,
        key: &Key,
        stop: StopId,
        action: Action,
        (on_trip, on_party): (Command, party::Command),
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(action)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip_of(stop, &scope).await?;
        let events = trip.decide(on_trip, turn.now)?;
        for rider in riders(&trip, stop)? {
            pass_on(&mut turn, rider, &scope, on_party.clone()).await?;
        }
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }
}

fn riders(trip: &Trip, stop: StopId) -> Result<Vec<PartyId>, Refusal> {
    let stop = trip.stops.iter().find(|halt| halt.id == stop).ok_or(Refusal::NotFound)?;
    Ok(stop.parties())
}

async fn pass_on(turn: &mut Turn<'_>, rider: PartyId, scope: &Scope, command: party::Command) -> Result<(), Halt> {
    let party = turn.party(rider, scope, None).await?;
    let accepted = command == party::Command::Accept;
    let events = party.decide(command, turn.now)?;
    let party = turn.save_party(party, &events).await?;
    if accepted { move_in(turn, &party).await } else { Ok(()) }
}
