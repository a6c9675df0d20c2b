//! Take a room out of use, and put it back: a broken shower. Who has the room keeps it.

use crate::places::kept;
use crate::sites::own_site;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::refusal::Door;
use homeward_domain::site::Closure;
use homeward_domain::{Refusal, code};
use homeward_store::site::{self, out_of_use};
use serde_json::json;

impl Dispatcher {
    /// Gives a room to nobody new from now on; who has it keeps it. The receipt's subject is the closure.
    pub async fn take_room_out(
        &self,
        caller: &Caller,
        key: &Key,
        (site, room): (code::Receiver, String),
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = kept(caller, Action::CloseSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        own_site(turn.conn(), &scope, &site).await?;
        let known = site::load(turn.conn(), &site).await?.ok_or(Refusal::NotFound)?;
        let closure = Closure { reason, by: caller.actor.name.clone(), at: turn.now };
        let closure = closure.take_out(known.room(&room)?.out.as_ref())?;
        let id = turn.new_id();
        out_of_use::take_out(turn.conn(), id, (&site, &room), &closure).await?;
        turn.record(id, "room.out_of_use", json!({ "site": site.as_str(), "room": room, "reason": closure.reason }));
        turn.changed.sites.insert(site, "room.out_of_use");
        turn.close(id, 1).await
    }

    /// Gives a room to people again.
    pub async fn put_room_back(
        &self,
        caller: &Caller,
        key: &Key,
        (site, room): (code::Receiver, String),
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = kept(caller, Action::CloseSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        own_site(turn.conn(), &scope, &site).await?;
        let known = site::load(turn.conn(), &site).await?.ok_or(Refusal::NotFound)?;
        Closure::put_back(known.room(&room)?.out.as_ref(), &reason)?;
        let now = turn.now;
        let ended = out_of_use::put_back(turn.conn(), (&site, &room), (&reason, &caller.actor.name), now).await?;
        let id = ended.ok_or(Refusal::from(Door::InUse))?;
        turn.record(id, "room.in_use", json!({ "site": site.as_str(), "room": room, "reason": reason }));
        turn.changed.sites.insert(site, "room.in_use");
        turn.close(id, 2).await
    }
}
