//! Register a party at a desk: the only way a person enters the chain. Desks that register at the same time enter
//! together, as one set in one unit; who is refused is refused alone.

mod enter;
mod queue;

pub(crate) use queue::Queue;

use crate::{Caller, Dispatcher, Halt, Key, Receipt};
use homeward_domain::access::{Action, Grant};
use homeward_domain::party::{Flight, Needs, Person};
use homeward_domain::{Jurisdiction, Personal, Refusal, Screening, TravelHistory, code};
use queue::Request;

/// A party as the desk wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// The desk.
    pub desk: code::Desk,
    /// How it came.
    pub flight: Flight,
    /// The sub-district that answers for it.
    pub responsible: Jurisdiction,
    /// Where it says it lives.
    pub address: Option<Personal<String>>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// One or more; a party is never larger than the largest vehicle.
    pub members: Vec<Registrant>,
}

/// One person of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Registrant {
    /// Who they are.
    pub person: Person,
    /// What they need.
    pub needs: Needs,
    /// Health answers.
    pub screening: Screening,
    /// Where they were.
    pub history: TravelHistory,
}

impl Dispatcher {
    /// Registers a party; the tag is computed with the list in force, whose version is stored.
    pub async fn register(&self, caller: &Caller, key: &Key, registration: Registration) -> Result<Receipt, Halt> {
        caller.may(Action::Register)?;
        if !matches!(&caller.actor.grant, Grant::DutyOfficer { desk } if *desk == registration.desk) {
            return Err(Refusal::NotFound.into());
        }
        let account = caller.actor.account.uuid();
        queue::stand(self, Request { account, key: key.clone(), registration }).await
    }
}
