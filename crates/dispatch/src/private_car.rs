//! Record a private car, let it go after the check, order it elsewhere on its way, receive it at the gate.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, Towards, dispose::move_in, trail, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::Action;
use homeward_domain::party::{Command, Party, Transport};
use homeward_domain::private_car::{PickUp, ReleaseCheck};
use homeward_domain::{Invalid, PartyId, Refusal, code};

impl Dispatcher {
    /// Records the five fields.
    pub async fn record_car(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        pick_up: PickUp,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Register)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let gate = homeward_store::reference::gate_of(turn.conn(), &pick_up.gate).await?;
        let unknown =
            || Invalid::new("unknown-gate", "choose a gate from /v1/reference").at("pick_up/destination_gate");
        let receiver = gate.ok_or_else(unknown)?.receiver;
        self.finish(turn, party, Command::RecordCar { pick_up, receiver }).await
    }

    /// Nobody picks up after all; the party waits for seats again. The reason is for the trail.
    pub async fn drop_car(&self, caller: &Caller, key: &Key, party: PartyId, reason: String) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Register)?.scope;
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        turn.record(party.id.uuid(), "private_car.reason", trail::said(&party, &reason));
        self.finish(turn, party, Command::DropCar).await
    }

    /// Lets the car go; the expected arrival is the late end of the drive's estimate.
    pub async fn release_car(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        check: ReleaseCheck,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Register)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let expected_at = expected_at(&mut turn, &party).await?;
        self.finish(turn, party, Command::ReleaseCar { check, expected_at }).await
    }

    /// Orders a car on its way elsewhere; whoever gives the order phones the driver. From where the car is nobody knows: it
    /// is expected as late as if it set out for the new gate at the desk now.
    pub async fn redirect_car(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        to: Towards,
        (reason, spread): (String, Option<String>),
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let to = crate::divert::instead(&mut turn, &party, &to, spread.as_deref()).await?;
        let expected_at = drive_to(&mut turn, &party, to.gate()).await?;
        self.finish(turn, party, Command::RedirectCar { to, expected_at, reason }).await
    }

    /// The gate saw them.
    pub async fn receive_car(&self, caller: &Caller, key: &Key, party: PartyId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::AcceptCustody)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let events = party.decide(Command::ReceiveCar, turn.now)?;
        let party = turn.save_party(party, &events).await?;
        move_in(&mut turn, &party).await?;
        turn.close(party.id.uuid(), party.version).await
    }
}

async fn expected_at(turn: &mut Turn<'_>, party: &Party) -> Result<DateTime<Utc>, Halt> {
    let Transport::Car(car) = &party.transport else { return Err(Refusal::CarNotRecorded.into()) };
    drive_to(turn, party, &car.pick_up.gate).await
}

/// The late end of a drive from the desk to a gate that begins now.
async fn drive_to(turn: &mut Turn<'_>, party: &Party, gate: &code::Gate) -> Result<DateTime<Utc>, Halt> {
    let desk = homeward_store::reference::desk(turn.conn(), &party.desk).await?.ok_or(Refusal::NotFound)?;
    let gate = homeward_store::reference::gate_of(turn.conn(), gate).await?.ok_or(Refusal::NotFound)?;
    let lore = turn.dispatcher().lore.now();
    Ok(crate::estimate::private_drive(&lore, &party.district, (desk.location, gate.location), turn.now).p90)
}
