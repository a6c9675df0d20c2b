//! Give a whole party seats on a trip, or take them back.

use crate::day_plan::fits;
use crate::dispose::Seen;
use crate::refer::give_back_seats;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, trail, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::party::{Command, Party};
use homeward_domain::trip::NewStop;
use homeward_domain::{Refusal, StopId, TripId, code, trip};

impl Dispatcher {
    /// Seats a party where it fits as a plan would have it. The decision, the community's word, the room and the seats stand in one transaction.
    pub async fn assign(&self, caller: &Caller, key: &Key, seen: Seen, trip: TripId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let trip = turn.trip(trip, &scope).await?;
        let (gate, receiver) = party.may_be_seated()?;
        let mut stop = NewStop { id: StopId::new(turn.new_id()), before: None };
        // What the trip itself refuses is said before what a plan would.
        trip.decide(seats(&party, (gate, receiver), stop), turn.now)?;
        stop.before = fits(&mut turn, &trip, &party).await?;
        let events = trip.decide(seats(&party, (gate, receiver), stop), turn.now)?;
        let trip = turn.save_trip(trip, &events).await?;
        let stop = trip.stop_of(party.id).ok_or(Refusal::NotSeated)?;
        self.finish(turn, party, Command::Seat { trip: trip.id, stop: stop.id }).await
    }

    /// Takes a party's seats back, with a reason for the trail.
    pub async fn unassign(&self, caller: &Caller, key: &Key, seen: Seen, reason: String) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        party.decide(Command::Unseat, turn.now)?;
        turn.record(party.id.uuid(), "seats.reason", trail::said(&party, &reason));
        give_back_seats(&mut turn, &party).await?;
        self.finish(turn, party, Command::Unseat).await
    }
}

/// Seats for a whole party to a gate.
pub(crate) fn seats(party: &Party, (gate, receiver): (&code::Gate, &code::Receiver), stop: NewStop) -> trip::Command {
    trip::Command::Seat {
        party: party.id,
        arrivals: party.members.iter().map(|member| member.arrival).collect(),
        receiver: receiver.clone(),
        gate: gate.clone(),
        stop,
    }
}
