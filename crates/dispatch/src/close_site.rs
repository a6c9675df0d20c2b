//! Close a site to new people, and open it again. Who has a room there keeps it.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, sites::own_site, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::refusal::Door;
use homeward_domain::site::Closure;
use homeward_domain::{Refusal, code};
use homeward_store::site::{self, closure};
use serde_json::json;

impl Dispatcher {
    /// Takes nobody new from now on. The receipt's subject is the closure.
    pub async fn close_site(
        &self,
        caller: &Caller,
        key: &Key,
        site: code::Receiver,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::CloseSites)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        own_site(turn.conn(), &scope, &site).await?;
        let known = site::load(turn.conn(), &site).await?.ok_or(Refusal::NotFound)?;
        let closure = known.close(Closure { reason, by: caller.actor.name.clone(), at: turn.now })?;
        let id = turn.new_id();
        closure::close(turn.conn(), id, &site, &closure).await?;
        turn.record(id, "site.closed", json!({ "site": site.as_str(), "reason": closure.reason }));
        turn.changed.sites.insert(site, "site.closed");
        turn.close(id, 1).await
    }

    /// Takes people again.
    pub async fn open_site(
        &self,
        caller: &Caller,
        key: &Key,
        site: code::Receiver,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::CloseSites)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        own_site(turn.conn(), &scope, &site).await?;
        site::load(turn.conn(), &site).await?.ok_or(Refusal::NotFound)?.open(&reason)?;
        let now = turn.now;
        let ended = closure::open(turn.conn(), &site, (&reason, &caller.actor.name), now).await?;
        let id = ended.ok_or(Refusal::from(Door::SiteAlreadyOpen))?;
        turn.record(id, "site.opened", json!({ "site": site.as_str(), "reason": reason }));
        turn.changed.sites.insert(site, "site.opened");
        turn.close(id, 2).await
    }
}
