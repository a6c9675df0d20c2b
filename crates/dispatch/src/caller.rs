//! Who asks: an actor, the session behind it, and the key that makes a request repeatable.

use homeward_domain::access::{Action, Actor, Decision, decide};
use homeward_domain::{Invalid, Refusal, SessionId};

/// Somebody who is signed in, at this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who, and with which grant.
    pub actor: Actor,
    /// The session the request came with.
    pub session: SessionId,
}

impl Caller {
    /// The scope and fields of an action, or the refusal.
    pub fn may(&self, action: Action) -> Result<Decision, Refusal> {
        decide(&self.actor, action)
    }
}

/// An `Idempotency-Key` with the fingerprint of the request it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    text: String,
    fingerprint: [u8; 32],
}

impl Key {
    /// 1 to 64 of `A-Z a-z 0-9 _ -`; the fingerprint is [`Dispatcher::fingerprint`](crate::Dispatcher::fingerprint) of the request.
    pub fn parse(text: &str, fingerprint: [u8; 32]) -> Result<Self, Invalid> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if plain && (1..=64).contains(&text.len()) {
            return Ok(Self { text: text.to_owned(), fingerprint });
        }
        let mend = "send the header Idempotency-Key with 1 to 64 letters, digits, - or _, new for each intent";
        Err(Invalid::new("not-a-key", mend).at("Idempotency-Key"))
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) const fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint
    }
}
