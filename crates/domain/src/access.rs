//! Who may do what. One pure, exhaustive rule decides and alone mints a [`Scope`]; every read and every subscription
//! takes one, so an unscoped query does not compile. Inside the scope, [`Fields`] says how much of a person is shown.

mod action;
mod grant;
mod scope;

pub use action::Action;
pub use grant::Grant;
pub use scope::Scope;

use crate::{AccountId, Refusal, SquadRole};
use chrono::{DateTime, TimeDelta, Utc};

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Display name, as it is written beside what they do.
    pub name: String,
    /// What they were given.
    pub grant: Grant,
}

/// How much of a person the actor sees (security.md, three classes of data).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fields {
    /// Flight, head count, kind of destination.
    Operational,
    /// Also name, address, phone.
    Personal,
    /// Also document number and health answers.
    Sensitive,
}

/// What [`decide`] allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where.
    pub scope: Scope,
    /// How much of a person.
    pub fields: Fields,
}

/// How long a squad still sees the people it received (security.md: until the hand-over + 1 day).
pub const AFTER_HANDOVER: TimeDelta = TimeDelta::days(1);

/// Decides: refused with [`Refusal::NotYourRole`], or allowed inside a scope. What lies outside the scope is not found.
pub fn decide(actor: &Actor, action: Action) -> Result<Decision, Refusal> {
    if !action::allowed(&actor.grant, action) {
        return Err(Refusal::NotYourRole);
    }
    Ok(Decision { scope: Scope::of(actor), fields: fields(&actor.grant) })
}

const fn fields(grant: &Grant) -> Fields {
    match grant {
        Grant::DutyOfficer { .. } | Grant::Squad { role: SquadRole::Doctor, .. } => Fields::Sensitive,
        Grant::Dispatcher { .. } | Grant::Escort { .. } | Grant::Squad { .. } | Grant::SiteManager { .. } => {
            Fields::Personal
        }
        Grant::Command { .. } | Grant::Export { .. } | Grant::Auditor | Grant::Administrator => Fields::Operational,
    }
}

impl Decision {
    /// The fields that are left once a hand-over lies more than a day back.
    #[must_use]
    pub fn fields_after(&self, grant: &Grant, handed_over_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Fields {
        let receives = matches!(grant, Grant::Squad { .. } | Grant::Escort { .. });
        match handed_over_at {
            Some(at) if receives && now > at + AFTER_HANDOVER => Fields::Operational,
            _ => self.fields,
        }
    }
}
