//! Close a gate for a while, and open it early. Boards and the queue see it on every vehicle that comes there; plans reckon
//! with it from the next question on.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::gate::{Closing, GateClosure};
use homeward_domain::{GateClosureId, Refusal, code};
use homeward_store::{Conn, gate_closure, reference};
use serde_json::json;

impl Dispatcher {
    /// The closures of the caller's gates of which something lies ahead, the earliest first.
    pub async fn gate_closures(&self, caller: &Caller) -> Result<Vec<GateClosure>, Halt> {
        let scope = caller.may(Action::CloseGates)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let mut own = Vec::new();
        for closure in gate_closure::standing(reader.conn(), now).await? {
            if covers(reader.conn(), &scope, &closure.gate).await? {
                own.push(closure);
            }
        }
        Ok(own)
    }

    /// Closes a gate. Every open trip that comes there shows it; nobody is sent elsewhere by it.
    pub async fn close_gate(&self, caller: &Caller, key: &Key, closing: Closing) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::CloseGates)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        if !covers(turn.conn(), &scope, &closing.gate).await? {
            return Err(Refusal::NotFound.into());
        }
        let (id, now) = (GateClosureId::new(turn.new_id()), turn.now);
        let others = gate_closure::standing(turn.conn(), now).await?;
        let closure = GateClosure::say(id, closing, caller.actor.name.clone(), &others, now)?;
        gate_closure::insert(turn.conn(), &closure, caller.actor.account).await?;
        let kept = json!({ "gate": closure.gate.as_str(), "from": closure.spell.begins, "until": closure.spell.ends, "reason": closure.spell.reason });
        turn.record(id.uuid(), "gate.closed", kept);
        tell(&mut turn, &closure.gate, "gate.closed").await?;
        turn.close(id.uuid(), 1).await
    }

    /// Opens it now, or calls a closure off that has not begun.
    pub async fn open_gate(&self, caller: &Caller, key: &Key, id: GateClosureId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::CloseGates)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let closure = gate_closure::load(turn.conn(), id).await?.ok_or(Refusal::NotFound)?;
        if !covers(turn.conn(), &scope, &closure.gate).await? {
            return Err(Refusal::NotFound.into());
        }
        let ended = closure.end(caller.actor.name.clone(), turn.now)?;
        gate_closure::end(turn.conn(), id, &ended).await?;
        turn.record(id.uuid(), "gate.opened", json!({ "gate": closure.gate.as_str() }));
        tell(&mut turn, &closure.gate, "gate.opened").await?;
        turn.close(id.uuid(), 2).await
    }
}

/// Whether the gate exists and its receiver lies inside the scope.
async fn covers(conn: &mut Conn, scope: &Scope, gate: &code::Gate) -> Result<bool, Halt> {
    let Some(gate) = reference::gate_of(conn, gate).await? else { return Ok(false) };
    let receiver = reference::receiver_of(conn, &gate.receiver).await?;
    Ok(receiver.is_some_and(|it| scope.covers_receiver(&it.code, &it.jurisdiction)))
}

/// Shows it on every open trip that comes there.
async fn tell(turn: &mut Turn<'_>, gate: &code::Gate, kind: &'static str) -> Result<(), Halt> {
    for trip in gate_closure::trips(turn.conn(), gate).await? {
        turn.changed.trips.insert(trip, kind);
    }
    Ok(())
}
