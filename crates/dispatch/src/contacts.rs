//! Whom a dispatcher calls when nobody answers: the people of a gate, with their work phones.

use crate::vehicles::own_district;
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::{Action, Grant};
use homeward_domain::{Refusal, SquadRole, code};
use homeward_store::account::{self, Account};
use homeward_store::reference;

impl Dispatcher {
    /// Who receives at a receiver of the caller's district, who leads first.
    pub async fn contacts(&self, caller: &Caller, receiver: &code::Receiver) -> Result<Vec<Account>, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut reader = self.store.read().await?;
        let known = reference::receiver_of(reader.conn(), receiver).await?;
        let known = known.filter(|known| known.jurisdiction.district().as_ref() == Some(&district));
        let mut all = account::at_receiver(reader.conn(), &known.ok_or(Refusal::NotFound)?).await?;
        all.sort_by_key(|account| rank(&account.grant));
        Ok(all)
    }
}

/// The roles of a squad in the order they are named everywhere.
fn rank(grant: &Grant) -> usize {
    let Grant::Squad { role, .. } = grant else { return 0 };
    SquadRole::EXPECTED.iter().position(|expected| expected == role).unwrap_or(SquadRole::EXPECTED.len())
}
