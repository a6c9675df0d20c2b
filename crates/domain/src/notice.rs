//! The advance notice of a stop: sent, acknowledged by role, mustered, escalated. An object, not a phone call.

use crate::{Refusal, SquadRole};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// One role's "received, we are coming".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// Which role answered.
    pub role: SquadRole,
    /// Display name of the account, as it was.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the squad was told, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// When the board first showed it.
    pub sent_at: DateTime<Utc>,
    /// When it was last sent anew because something the squad relies on changed.
    pub renewed_at: Option<DateTime<Utc>>,
    /// Until when the first acknowledgement is due; then the dispatcher is told.
    pub deadline_at: DateTime<Utc>,
    /// At most one a role, in the order they came.
    pub acks: Vec<Ack>,
    /// When the squad said "we are at the gate".
    pub mustered_at: Option<DateTime<Utc>>,
    /// When silence was escalated to the dispatcher.
    pub escalated_at: Option<DateTime<Utc>>,
}

impl Notice {
    /// How long a squad has before its silence is escalated. The shortest notice of the time was 40 minutes before the
    /// gate (mission.md), so ten minutes of silence still leave half an hour to phone.
    pub const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(10);

    /// A fresh notice.
    #[must_use]
    pub fn sent(at: DateTime<Utc>) -> Self {
        Self {
            sent_at: at,
            renewed_at: None,
            deadline_at: at + Self::ANSWER_WITHIN,
            acks: Vec::new(),
            mustered_at: None,
            escalated_at: None,
        }
    }

    /// A role answers. The second answer of a role is refused with the first one's name.
    pub fn acknowledge(mut self, ack: Ack) -> Result<Self, Refusal> {
        if let Some(first) = self.acks.iter().find(|first| first.role == ack.role) {
            return Err(Refusal::AlreadyAcknowledged { role: first.role, by: first.by.clone(), at: first.at });
        }
        self.acks.push(ack);
        Ok(self)
    }

    /// The squad is in place.
    pub fn muster(self, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.mustered_at {
            Some(at) => Err(Refusal::AlreadyMustered { at }),
            None => Ok(Self { mustered_at: Some(at), ..self }),
        }
    }

    /// Whether silence has lasted past the deadline and nobody was told yet.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        self.acks.is_empty() && self.mustered_at.is_none() && self.escalated_at.is_none() && now >= self.deadline_at
    }

    /// The roles of [`SquadRole::EXPECTED`] that have not answered.
    #[must_use]
    pub fn silent_roles(&self) -> Vec<SquadRole> {
        let answered = |role: &SquadRole| self.acks.iter().any(|ack| ack.role == *role);
        SquadRole::EXPECTED.into_iter().filter(|role| !answered(role)).collect()
    }
}
