//! The advance notice of a stop: sent, acknowledged by role, mustered, escalated. An object, not a phone call.

use crate::{Refusal, SquadRole};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The times a board shows for a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The best guess of when the vehicle stands at the gate.
    pub gate_at: DateTime<Utc>,
    /// When the squad has to go.
    pub go_at: DateTime<Utc>,
}

impl Told {
    /// Later than this is another arrangement: the squad has to say again that it comes (product.md, "the board").
    pub const SLIP: TimeDelta = TimeDelta::minutes(10);
    /// Earlier by less is noise to somebody who walks to a gate (product.md: a shown time moves by two minutes or more).
    pub const EARLIER_MIN: TimeDelta = TimeDelta::minutes(2);
    /// A squad gathers in a quarter of an hour; who has to go sooner than that than they answered to has lost lead time.
    pub const GATHERING: TimeDelta = TimeDelta::minutes(15);

    /// Whether somebody who answered to these times would come at the wrong one if `new` is right: the vehicle comes more
    /// than [`Self::SLIP`] later, or they have to go earlier than they know and within [`Self::GATHERING`]. Who should have
    /// gone already loses nothing by an even earlier vehicle.
    #[must_use]
    pub fn overtaken_by(&self, new: &Self, now: DateTime<Utc>) -> bool {
        let later = new.gate_at - self.gate_at > Self::SLIP;
        let earlier = now < self.go_at && self.go_at - new.go_at >= Self::EARLIER_MIN;
        later || (earlier && new.go_at - now <= Self::GATHERING)
    }
}

/// One role's "received, we are coming".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// Which role answered.
    pub role: SquadRole,
    /// Display name of the account, as it was.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What the board showed then; nothing if it showed no time, or if a version before this one wrote the answer down.
    #[serde(default)]
    pub told: Option<Told>,
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
    /// Answers that count no longer, because the vehicle comes at another time than they answered to. At most one a role, and
    /// none of a role that has answered since.
    #[serde(default)]
    pub lapsed: Vec<Ack>,
    /// When the squad said "we are at the gate".
    pub mustered_at: Option<DateTime<Utc>>,
    /// When silence was escalated to the dispatcher.
    pub escalated_at: Option<DateTime<Utc>>,
}

impl Notice {
    /// How long a squad has before its silence is escalated. The shortest notice of the time was 40 minutes before the
    /// gate (mission.md), so ten minutes of silence still leave half an hour to phone.
    pub const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(10);
    /// A renewed notice may be about a vehicle that is nearly there. Shorter than this nobody reads, walks up and taps.
    pub const ANSWER_WITHIN_MIN: TimeDelta = TimeDelta::minutes(2);

    /// A fresh notice.
    #[must_use]
    pub fn sent(at: DateTime<Utc>) -> Self {
        Self {
            sent_at: at,
            renewed_at: None,
            deadline_at: at + Self::ANSWER_WITHIN,
            acks: Vec::new(),
            lapsed: Vec::new(),
            mustered_at: None,
            escalated_at: None,
        }
    }

    /// A role answers. The second answer of a role is refused with the first one's name.
    pub fn acknowledge(mut self, ack: Ack) -> Result<Self, Refusal> {
        if let Some(first) = self.acks.iter().find(|first| first.role == ack.role) {
            return Err(Refusal::AlreadyAcknowledged { role: first.role, by: first.by.clone(), at: first.at });
        }
        self.lapsed.retain(|before| before.role != ack.role);
        self.acks.push(ack);
        Ok(self)
    }

    /// Whether an answer counts no longer when the board shows these times. A squad that stands at the gate has nothing to
    /// answer: it sees the new time where it stands.
    #[must_use]
    pub fn overtaken_by(&self, new: &Told, now: DateTime<Utc>) -> bool {
        let lapses = |ack: &Ack| ack.told.is_some_and(|told| told.overtaken_by(new, now));
        self.mustered_at.is_none() && self.acks.iter().any(lapses)
    }

    /// Sent anew, because the times moved to `new`: the answers these overtake count no longer, the squad is asked again, and
    /// its silence is escalated again: like that of a first notice, or before it has to go if that is sooner.
    #[must_use]
    pub fn renewed(self, new: &Told, now: DateTime<Utc>) -> Self {
        let lapses = |ack: &Ack| ack.told.is_some_and(|told| told.overtaken_by(new, now));
        let (gone, acks): (Vec<Ack>, Vec<Ack>) = self.acks.into_iter().partition(lapses);
        let (soonest, latest) = (now + Self::ANSWER_WITHIN_MIN, now + Self::ANSWER_WITHIN);
        Self {
            renewed_at: Some(now),
            deadline_at: new.go_at.clamp(soonest, latest),
            acks,
            lapsed: self.lapsed.into_iter().chain(gone).collect(),
            escalated_at: None,
            ..self
        }
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
