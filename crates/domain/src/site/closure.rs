//! What takes nobody new for a while, with a reason: a site, one of its rooms, a relay point.

use crate::Refusal;
use crate::refusal::Door;
use chrono::{DateTime, Utc};

/// Nobody new comes here. Whoever has a room there, or is on the way there, still comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Why.
    pub reason: String,
    /// Display name of who closed it.
    pub by: String,
    /// Since when.
    pub at: DateTime<Utc>,
}

impl Closure {
    /// Takes a room or a relay point out of use. It must be in use, and the reason must say something.
    pub fn take_out(self, standing: Option<&Self>) -> Result<Self, Refusal> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        match standing {
            Some(Self { by, at, .. }) => Err(Door::OutOfUseAlready { by: by.clone(), at: *at }.into()),
            None => Ok(self),
        }
    }

    /// Puts it back into use. It must be out of use, and the reason must say something.
    pub fn put_back(standing: Option<&Self>, reason: &str) -> Result<(), Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if standing.is_some() { Ok(()) } else { Err(Door::InUse.into()) }
    }
}
