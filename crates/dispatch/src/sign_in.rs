//! Sign in, stay signed in, sign out. Sessions are rows; a change of rights ends them.

use crate::password::Password;
use crate::{Caller, Dispatcher, Halt, recognise, token};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::{Personal, Refusal, SessionId};
use homeward_store::account::Account;
use homeward_store::session::{self, Session};

/// A session ends after a shift and a half, whatever happens.
const LASTS: TimeDelta = TimeDelta::hours(14);
/// Or after so long without a sign of life; a board's feed is one.
const IDLE: TimeDelta = TimeDelta::hours(4);
/// How often a sign of life is written down.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Somebody who just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The secret to come back with; shown once.
    pub token: Personal<String>,
    /// Who it is.
    pub account: Account,
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
}

/// A request's session, looked up.
#[derive(Debug, Clone)]
pub struct Known {
    /// Who asks.
    pub caller: Caller,
    /// Their account.
    pub account: Account,
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
}

impl Dispatcher {
    /// Opens a session. Which of name and password was wrong is not said.
    pub async fn sign_in(&self, username: &str, password: Password) -> Result<SignedIn, Halt> {
        let now = self.clock.now();
        self.throttle.admit(username, now)?;
        let found = homeward_store::account::to_sign_in(self.store.read().await?.conn(), username).await?;
        let (account, kept) = found.unzip();
        let right = self.hasher.verify(password, kept).await;
        let account = match account {
            Some(account) if right && account.disabled_at.is_none() => account,
            _ => {
                self.throttle.failed(username, now);
                return Err(Refusal::SignInFailed.into());
            }
        };
        self.throttle.succeeded(username);
        self.open_session(account, now).await
    }

    async fn open_session(&self, account: Account, now: DateTime<Utc>) -> Result<SignedIn, Halt> {
        let token = token::session();
        let session = Session {
            id: SessionId::new(self.ids.new_at(now)),
            account: account.id,
            last_seen_at: now,
            expires_at: now + LASTS,
        };
        let mut unit = self.store.begin().await?;
        session::insert(unit.conn(), &session, &token::hash(token.reveal()), now).await?;
        unit.commit().await?;
        Ok(SignedIn { token, account, expires_at: session.expires_at })
    }

    /// Who a token belongs to, as of now.
    pub async fn recognise(&self, token: &str) -> Result<Known, Halt> {
        let now = self.clock.now();
        let (session, account) = recognise::look_up(self, token::hash(token)).await?.ok_or(Refusal::NotSignedIn)?;
        if now >= session.expires_at || now >= session.last_seen_at + IDLE {
            return Err(Refusal::NotSignedIn.into());
        }
        if now >= session.last_seen_at + TOUCH_EVERY {
            self.touch(session.id, now).await;
        }
        let caller = Caller { actor: account.actor(), session: session.id };
        Ok(Known { caller, account, expires_at: session.expires_at })
    }

    /// When it was last seen is a courtesy: a register that cannot be written now can still be read.
    async fn touch(&self, id: SessionId, now: DateTime<Utc>) {
        let touched = async {
            let mut unit = self.store.begin().await?;
            session::touch(unit.conn(), id, now).await?;
            unit.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "a session could not be marked as seen");
        }
    }

    /// Ends the caller's session.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), Halt> {
        let mut unit = self.store.begin().await?;
        session::end(unit.conn(), caller.session, self.clock.now()).await?;
        unit.commit().await?;
        self.rights_changed();
        Ok(())
    }
}
