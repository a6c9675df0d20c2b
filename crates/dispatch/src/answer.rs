//! The squad answers a notice, stands at the gate, ticks the checklist.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, times, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Grant};
use homeward_domain::notice::Ack;
use homeward_domain::party;
use homeward_domain::reception::{Step, Tick};
use homeward_domain::trip::Command;
use homeward_domain::{ArrivalId, PartyId, Refusal, SquadRole, StopId};

impl Dispatcher {
    /// "Received, we are coming", for the caller's own squad role. A site has one role: its manager leads.
    pub async fn acknowledge(&self, caller: &Caller, key: &Key, stop: StopId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Answer)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip_of(stop, &scope).await?;
        let role = caller.actor.grant.squad_role().unwrap_or(SquadRole::Leader);
        let told = times::on_board(turn.conn(), stop).await?;
        let ack = Ack { role, by: caller.actor.name.clone(), at: turn.now, told };
        self.finish_trip(turn, trip, Command::Acknowledge { stop, ack }).await
    }

    /// "We are at the gate".
    pub async fn muster(&self, caller: &Caller, key: &Key, stop: StopId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Answer)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip_of(stop, &scope).await?;
        self.finish_trip(turn, trip, Command::Muster { stop }).await
    }

    /// Ticks a reception step of a person; each role its own.
    pub async fn check_off(
        &self,
        caller: &Caller,
        key: &Key,
        at: StopId,
        arrival: ArrivalId,
        step: Step,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Receive)?.scope;
        may_tick(&caller.actor.grant, &step)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip_of(at, &scope).await?;
        let halt = trip.stops.iter().find(|halt| halt.id == at).ok_or(Refusal::NotFound)?;
        if halt.stage == homeward_domain::trip::StopStage::Expected {
            return Err(Refusal::StopStage { stage: halt.stage.code(), needed: "arrived" }.into());
        }
        let seat = halt.seats.iter().find(|seat| seat.arrival == arrival).ok_or(Refusal::NotOnManifest)?;
        let party = turn.party(seat.party, &scope, None).await?;
        let tick = tick(caller, turn.now);
        self.finish(turn, party, party::Command::Check { arrival, step, tick }).await
    }

    /// The same for who came by private car and was received.
    pub async fn check_off_in_car(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        arrival: ArrivalId,
        step: Step,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Receive)?.scope;
        may_tick(&caller.actor.grant, &step)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let tick = tick(caller, turn.now);
        self.finish(turn, party, party::Command::CheckInCar { arrival, step, tick }).await
    }
}

fn tick(caller: &Caller, at: DateTime<Utc>) -> Tick {
    Tick { by: caller.actor.name.clone(), role: role_code(&caller.actor.grant).to_owned(), at }
}

fn may_tick(grant: &Grant, step: &Step) -> Result<(), Refusal> {
    let own = match grant {
        Grant::Squad { role, .. } => step.belongs_to(*role),
        Grant::SiteManager { .. } => true,
        _ => false,
    };
    if own { Ok(()) } else { Err(Refusal::StepOfAnotherRole { step: step.code() }) }
}

fn role_code(grant: &Grant) -> &'static str {
    grant.squad_role().map_or(grant.code(), SquadRole::code)
}
