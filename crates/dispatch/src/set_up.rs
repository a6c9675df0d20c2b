//! The first run: a one-time code on the console makes the first administrator.

use crate::password::Password;
use crate::{Dispatcher, Halt, Receipt, token, turn::Turn};
use homeward_domain::access::Grant;
use homeward_domain::{AccountId, Refusal};
use homeward_store::{account, reference, set_up};

/// What the code is made for.
const FIRST: &str = "the first administrator";

impl Dispatcher {
    /// The set-up code to print, or `None` once the first administrator exists. It is made from the register's key, so
    /// that every node, and every start, prints the same one.
    pub async fn set_up_code(&self) -> Result<Option<String>, Halt> {
        let mut unit = self.store.begin().await?;
        if set_up::done(unit.conn()).await? {
            return Ok(None);
        }
        let code = token::set_up_code(&self.store.keys().blind("set_up.code", FIRST));
        set_up::renew(unit.conn(), &token::hash(&code), self.clock.now()).await?;
        unit.commit().await?;
        Ok(Some(code))
    }

    /// Whether the first administrator is still to be made.
    pub async fn needs_set_up(&self) -> Result<bool, Halt> {
        Ok(!set_up::done(self.store.read().await?.conn()).await?)
    }

    /// Makes the first administrator.
    pub async fn set_up(&self, code: &str, new: NewAccount, password: Password) -> Result<Receipt, Halt> {
        let now = self.clock.now();
        self.throttle.admit("set-up", now)?;
        let hashed = self.hasher.hash(password).await;
        let mut turn = Turn::following(self).await?;
        let pending = set_up::pending(turn.conn()).await?.ok_or(Refusal::AlreadySetUp)?;
        if pending != token::hash(&code.trim().to_uppercase()) {
            self.throttle.failed("set-up", now);
            return Err(Refusal::WrongSetUpCode.into());
        }
        if set_up::used(turn.conn(), now).await? == 0 {
            return Err(Refusal::AlreadySetUp.into());
        }
        let account = new.account(AccountId::new(self.ids.new_at(now)), Grant::Administrator);
        account::insert(turn.conn(), &account, &hashed, now).await?;
        // A dispatcher chooses among the sites on the board, so every site is there before the first one signs in.
        let sites = reference::receivers(turn.conn()).await?.into_iter().filter(|receiver| receiver.site);
        turn.changed.sites = sites.map(|site| (site.code, "site.changed")).collect();
        turn.close(account.id.uuid(), account.version).await
    }
}

/// What an administrator writes down about somebody who will sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// What they sign in with.
    pub username: String,
    /// What is written beside their deeds.
    pub display_name: String,
    /// Work phone.
    pub phone: Option<String>,
}

impl NewAccount {
    pub(crate) fn account(self, id: AccountId, grant: Grant) -> account::Account {
        account::Account {
            id,
            username: self.username,
            display_name: self.display_name,
            phone: self.phone,
            languages: Vec::new(),
            grant,
            disabled_at: None,
            version: 1,
        }
    }
}
