//! Say that a vehicle under way cannot go on, or that it goes on after all. Its boards are told in the same transaction.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::TripId;
use homeward_domain::access::{Action, Grant, Scope};
use homeward_domain::trip::{self, change::Command};
use serde_json::json;

impl Dispatcher {
    /// The escort or the dispatcher reports a breakdown.
    pub async fn break_down(&self, caller: &Caller, key: &Key, trip: TripId, reason: String) -> Result<Receipt, Halt> {
        let by = caller.actor.name.clone();
        let said = reason.clone();
        self.on_the_road(caller, key, trip, Command::BreakDown { reason, by }, said).await
    }

    /// It was repaired where it stands.
    pub async fn go_on(&self, caller: &Caller, key: &Key, trip: TripId, reason: String) -> Result<Receipt, Halt> {
        let said = reason.clone();
        self.on_the_road(caller, key, trip, Command::Mend { reason }, said).await
    }

    async fn on_the_road(
        &self,
        caller: &Caller,
        key: &Key,
        trip: TripId,
        command: Command,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = either(caller)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        let events = trip.decide(trip::Command::Change(command), turn.now)?;
        turn.record(trip.id.uuid(), "trip.reason", json!({ "reason": reason }));
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }
}

/// Who sits in it, or who sent it.
fn either(caller: &Caller) -> Result<Scope, Halt> {
    let action = if matches!(caller.actor.grant, Grant::Escort { .. }) { Action::Escort } else { Action::Dispatch };
    Ok(caller.may(action)?.scope)
}
