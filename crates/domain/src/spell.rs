//! Something that holds for a while because somebody said so: from when, until when, why, and who ended it early. What a word
//! about the roads and a closed gate have in common.

use crate::Refusal;
use crate::silence::reason_of;
use chrono::{DateTime, Utc};

/// Who ended it early, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// For a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// From when.
    pub begins: DateTime<Utc>,
    /// Until when.
    pub ends: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Display name of who said it.
    pub by: String,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// If somebody ended it early.
    pub ended: Option<Ended>,
}

impl Spell {
    /// One that is said now. Refuses an empty reason; how long it may be is for whoever knows what is said.
    pub(crate) fn say(
        (begins, ends): (DateTime<Utc>, DateTime<Utc>),
        reason: &str,
        by: String,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        Ok(Self { begins, ends, reason: reason_of(reason)?, by, at: now, ended: None })
    }

    /// When it ends, or ended.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.ended.as_ref().map_or(self.ends, |ended| self.ends.min(ended.at))
    }

    /// Whether nothing of it lies ahead.
    #[must_use]
    pub fn over(&self, now: DateTime<Utc>) -> bool {
        self.until() <= now
    }

    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.begins <= at && at < self.until()
    }

    /// Whether it holds at some moment between two instants, the second not included. One that was called off before it began
    /// never does.
    #[must_use]
    pub fn meets(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        self.begins < self.until() && self.begins < until && from < self.until()
    }
}
