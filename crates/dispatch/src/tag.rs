//! Set a person's tag otherwise than the list says, with a reason.

use crate::{Caller, Dispatcher, Halt, Key, Receipt};
use homeward_domain::access::Action;
use homeward_domain::party::Command;
use homeward_domain::{ArrivalId, PartyId, RiskTag};

impl Dispatcher {
    /// Overrides a tag; the list's version stays beside it.
    pub async fn tag(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        (arrival, tag): (ArrivalId, RiskTag),
        reason: String,
    ) -> Result<Receipt, Halt> {
        self.on_party(caller, key, Action::Register, party, Command::Tag { arrival, tag, reason }).await
    }
}
