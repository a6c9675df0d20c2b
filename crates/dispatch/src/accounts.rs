//! Accounts: an administrator makes, disables and enables them. Disabling ends every session at once.

use crate::password::Password;
use crate::set_up::NewAccount;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Grant};
use homeward_domain::{AccountId, Invalid, Refusal};
use homeward_store::account::{self, Account};
use homeward_store::{Conn, reference};
use serde_json::json;

impl Dispatcher {
    /// Every account.
    pub async fn accounts(&self, caller: &Caller) -> Result<Vec<Account>, Halt> {
        caller.may(Action::ManageAccounts)?;
        Ok(account::all(self.store.read().await?.conn()).await?)
    }

    /// Makes an account.
    pub async fn add_account(
        &self,
        caller: &Caller,
        key: &Key,
        new: NewAccount,
        password: Password,
        grant: Grant,
    ) -> Result<Receipt, Halt> {
        caller.may(Action::ManageAccounts)?;
        let hashed = self.hasher.hash(password).await;
        let mut turn = Turn::open(self, caller, key).await?;
        known_place(turn.conn(), &grant).await?;
        let account = new.account(AccountId::new(turn.new_id()), grant);
        let now = turn.now;
        account::insert(turn.conn(), &account, &hashed, now).await?;
        turn.record(account.id.uuid(), "account.added", json!({ "grant": account.grant }));
        turn.close(account.id.uuid(), account.version).await
    }

    /// Disables or enables an account.
    pub async fn set_account_disabled(
        &self,
        caller: &Caller,
        key: &Key,
        id: AccountId,
        disabled: bool,
    ) -> Result<Receipt, Halt> {
        caller.may(Action::ManageAccounts)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let account = account::load(turn.conn(), id).await?.ok_or(Refusal::NotFound)?;
        let last = account.grant == Grant::Administrator && account::administrators(turn.conn()).await? <= 1;
        if disabled && last {
            return Err(Refusal::LastAdministrator.into());
        }
        let now = turn.now;
        account::set_disabled(turn.conn(), id, disabled.then_some(now)).await?;
        if disabled {
            homeward_store::session::end_all_of(turn.conn(), id, now).await?;
        }
        let kind = if disabled { "account.disabled" } else { "account.enabled" };
        turn.record(id.uuid(), kind, json!({}));
        let receipt = turn.close(id.uuid(), account.version + 1).await?;
        self.rights_changed();
        Ok(receipt)
    }
}

/// A grant holds for a place that exists.
async fn known_place(conn: &mut Conn, grant: &Grant) -> Result<(), Halt> {
    let known = match grant {
        Grant::DutyOfficer { desk } => reference::desk(conn, desk).await?.is_some(),
        Grant::SiteManager { site } => reference::receiver_of(conn, site).await?.is_some_and(|receiver| receiver.site),
        Grant::Dispatcher { district: place }
        | Grant::Escort { district: place }
        | Grant::Command { district: place }
        | Grant::Export { district: place }
        | Grant::Squad { place, .. } => {
            reference::jurisdictions(conn).await?.iter().any(|known| known.code == place.as_str())
        }
        Grant::Auditor | Grant::Administrator => true,
    };
    if known {
        Ok(())
    } else {
        Err(Invalid::new("unknown-place", "choose a place from /v1/reference").at("grant").into())
    }
}
