//! End a stay: the party leaves its site, and its beds are free in the same transaction.

use crate::estimate::local_day;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, dispose::Seen, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::Command;
use homeward_domain::site::{Because, Leaving, Stay};
use homeward_domain::{Personal, Refusal};
use homeward_store::site;
use serde_json::json;

impl Dispatcher {
    /// Discharges a whole party. The queue and the boards forgot it long ago: only the site's row changes.
    pub async fn discharge(
        &self,
        caller: &Caller,
        key: &Key,
        seen: Seen,
        because: Because,
        note: Option<Personal<String>>,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Discharge)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let events = party.decide(Command::Discharge, turn.now)?;
        let Disposition::Site { receiver, .. } = &party.disposition else { return Err(Refusal::NotAtSite.into()) };
        let moved_in_at = site::moved_in_at(turn.conn(), party.id).await?.ok_or(Refusal::NotAtSite)?;
        let now = turn.now;
        let stay = Stay { moved_in_on: local_day(moved_in_at) };
        let leaving = Leaving::decide(stay, local_day(now), because, note)?;
        let left = site::discharge(turn.conn(), party.id, &leaving, now).await?;
        debug_assert!(left, "the room was looked up in this transaction");
        turn.record(party.id.uuid(), "stay.because", json!({ "because": because.code(), "site": receiver.as_str() }));
        turn.changed.sites.insert(receiver.clone(), "stay.ended");
        let party = turn.save_unseen(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await
    }
}
