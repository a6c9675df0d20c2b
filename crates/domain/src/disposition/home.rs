//! A home that was proposed: whom it waits for, until when, what silence means, and whether a dispatcher confirms.

use super::{Answer, HomeFacts};
use crate::approval::Approval;
use crate::silence::Silence;
use crate::{Refusal, code};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// What the community and the district have laid down beforehand, as it stood when the home was asked about. A newer
/// rule or mode replaces it while the question is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What silence means at the deadline.
    pub silence: Silence,
    /// Whether a dispatcher confirms.
    pub approval: Approval,
}

/// Silence after the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// When the dispatcher was told.
    pub escalated_at: DateTime<Utc>,
    /// How often the community was asked again.
    pub asked_again: u32,
    /// When it was asked again last; when the dispatcher was told, if never.
    pub last_asked_at: DateTime<Utc>,
}

/// A home that was proposed: the committee visits, the sub-district says its opinion, in parallel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The gate of the compound.
    pub gate: code::Gate,
    /// The community that would receive.
    pub receiver: code::Receiver,
    /// What the traveller said.
    pub facts: HomeFacts,
    /// The committee's visit. Blocks getting off, not departure.
    pub check: Answer,
    /// The sub-district's opinion. Blocks departure.
    pub opinion: Answer,
    /// When both were asked.
    pub asked_at: DateTime<Utc>,
    /// Until when the answers are due.
    pub deadline_at: DateTime<Utc>,
    /// What was laid down beforehand.
    #[serde(default)]
    pub terms: Terms,
    /// Silence after the deadline, once there was any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Overdue>,
}

impl Home {
    /// How long the community has to answer. The wait at the desk was four hours at its worst and forty minutes at its
    /// best (mission.md, facts); the answer must come inside the best.
    pub const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(40);

    /// After the deadline the community is asked again this often: as long as a squad has for a notice.
    pub const ASK_AGAIN_EVERY: TimeDelta = TimeDelta::minutes(10);

    /// And no more than so many times, two hours in all: by then the dispatcher has long been told, and another ring
    /// helps nobody.
    pub const ASK_AGAIN_MAX: u32 = 12;

    /// Refuses when the sub-district said no or nothing yet, or the dispatcher's confirmation is missing.
    pub fn cleared_to_depart(&self) -> Result<(), Refusal> {
        if let Answer::No { reason, .. } = &self.check {
            return Err(Refusal::HomeUnsuitable { reason: reason.clone() });
        }
        match &self.opinion {
            Answer::Yes { .. } => self.terms.approval.given(),
            Answer::Pending => Err(Refusal::OpinionPending),
            Answer::No { reason, .. } => Err(Refusal::OpinionRefused { reason: reason.clone() }),
        }
    }

    /// Refuses unless both the opinion and the home check are a yes.
    pub fn cleared_to_unload(&self) -> Result<(), Refusal> {
        self.cleared_to_depart()?;
        match &self.check {
            Answer::Yes { .. } => Ok(()),
            Answer::Pending => Err(Refusal::HomeCheckPending),
            Answer::No { reason, .. } => Err(Refusal::HomeUnsuitable { reason: reason.clone() }),
        }
    }

    /// Refuses seats once somebody said no, and before the dispatcher confirmed where the district asks for that.
    /// Under automatic approval seats may be given while the answers are under way.
    pub fn cleared_to_be_seated(&self) -> Result<(), Refusal> {
        if self.refused() {
            self.cleared_to_unload()?;
        }
        if self.terms.approval.given().is_err() { self.cleared_to_depart() } else { Ok(()) }
    }

    /// Why somebody said no, the sub-district before the committee.
    #[must_use]
    pub fn no(&self) -> Option<&str> {
        [&self.opinion, &self.check].into_iter().find_map(|answer| match answer {
            Answer::No { reason, .. } => Some(reason.as_str()),
            Answer::Pending | Answer::Yes { .. } => None,
        })
    }

    /// Whether somebody said no.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.no().is_some()
    }

    /// Whether an answer is still waited for. After a no nobody is: the dispatcher chooses another way.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.refused() && (self.opinion.is_pending() || self.check.is_pending())
    }

    /// When silence is acted upon next: at the deadline, then each time it is asked again.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        match self.overdue {
            _ if !self.waits() => None,
            None => Some(self.deadline_at),
            Some(overdue) if overdue.asked_again < Self::ASK_AGAIN_MAX => {
                Some(overdue.last_asked_at + Self::ASK_AGAIN_EVERY)
            }
            Some(_) => None,
        }
    }

    /// The opinion the rule gives in place of a silent sub-district. A rule agrees only to a home that suits by what the
    /// traveller said; any other waits for a person.
    #[must_use]
    pub fn by_rule(&self, now: DateTime<Utc>) -> Option<Answer> {
        use crate::silence::Means;
        let rule = self.terms.silence.rule.clone().filter(|_| self.opinion.is_pending() && self.overdue.is_none())?;
        let by = rule.by.clone();
        match self.terms.silence.means {
            Means::Agree if self.facts.suit() => Some(Answer::Yes { by, at: now, rule: Some(rule) }),
            Means::Site => Some(Answer::No { by, at: now, reason: rule.reason.clone(), rule: Some(rule) }),
            Means::Agree | Means::AskAgain => None,
        }
    }

    /// The home after silence was told to the dispatcher, and asked again where an answer is still waited for.
    #[must_use]
    pub fn escalated(mut self, now: DateTime<Utc>) -> Self {
        let waits = self.waits();
        let before = self.overdue.unwrap_or(Overdue { escalated_at: now, asked_again: 0, last_asked_at: now });
        let asked_again = before.asked_again + u32::from(waits);
        self.overdue = Some(Overdue { asked_again, last_asked_at: now, ..before });
        self
    }
}
