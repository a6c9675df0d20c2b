//! What happens to a home nobody answered about, or whose rule or mode changes while it waits.

use crate::Refusal;
use crate::approval::{Approval, Confirmed, Mode};
use crate::disposition::{Disposition, Home, Terms};
use crate::party::{Event, Party, Transport};
use crate::silence::{Means, Silence};
use chrono::{DateTime, Utc};

impl Party {
    /// When somebody's silence about the party's home is acted upon next.
    #[must_use]
    pub fn answer_due_at(&self) -> Option<DateTime<Utc>> {
        match &self.disposition {
            Disposition::Home(home) if !self.closed() => home.due_at(),
            _ => None,
        }
    }

    /// At the deadline the rule answers for a silent sub-district, and the dispatcher is told either way; whoever is
    /// still waited for is asked again. Nothing happens before it is due, and nothing twice.
    pub(super) fn hear_silence(&self, now: DateTime<Utc>) -> Vec<Event> {
        let (Some(due_at), Ok(mut home)) = (self.answer_due_at(), self.home()) else { return Vec::new() };
        if now < due_at {
            return Vec::new();
        }
        let answer = home.by_rule(now).filter(|_| self.rule_may_answer(&home));
        let decided = answer.is_some();
        if let Some(answer) = answer {
            home.opinion = answer;
        }
        let home = Disposition::Home(Box::new(home.escalated(now)));
        vec![if decided { Event::OpinionByRule(home) } else { Event::AnswerOverdue(home) }]
    }

    /// A tag set since then may forbid the home: no rule agrees to that.
    fn rule_may_answer(&self, home: &Home) -> bool {
        home.terms.silence.means == Means::Site || self.home_not_forbidden().is_ok()
    }

    /// A rule chosen before the deadline counts for who is asked already; after it nothing is decided backwards.
    pub(super) fn take_rule(&self, silence: Silence, now: DateTime<Utc>) -> Vec<Event> {
        match self.home() {
            Ok(home) if home.opinion.is_pending() && home.overdue.is_none() && now < home.deadline_at => {
                let terms = Terms { silence, ..home.terms };
                vec![Event::RuleTaken(Disposition::Home(Box::new(Home { terms, ..home })))]
            }
            _ => Vec::new(),
        }
    }

    /// A new mode counts for every home that is not cleared yet; what was cleared, refused or seated stays as it is.
    pub(super) fn take_mode(&self, mode: Mode, version: u32) -> Vec<Event> {
        let open = |home: &Home| !home.refused() && home.cleared_to_depart().is_err();
        match self.home() {
            Ok(home)
                if !matches!(self.transport, Transport::Seats { .. })
                    && self.still_at_desk().is_ok()
                    && open(&home) =>
            {
                let terms = Terms { approval: Approval { mode, version, confirmed: None }, ..home.terms };
                vec![Event::ModeTaken(Disposition::Home(Box::new(Home { terms, ..home })))]
            }
            _ => Vec::new(),
        }
    }

    /// Refuses while the community has not agreed, and where nobody asks for a confirmation. Who was ordered elsewhere on
    /// the road is confirmed there: they get off only with it.
    pub(super) fn confirm_home(&self, by: String, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        self.not_received()?;
        self.home_not_forbidden()?;
        let home = self.home()?;
        match (home.cleared_to_depart(), home.terms.approval.confirmed.clone()) {
            (Err(Refusal::NotConfirmed), _) => {}
            (Err(other), _) => return Err(other),
            (Ok(()), Some(Confirmed { by, at })) => return Err(Refusal::AlreadyAnswered { by, at }),
            (Ok(()), None) => return Err(Refusal::NothingAsked),
        }
        let approval = Approval { confirmed: Some(Confirmed { by, at: now }), ..home.terms.approval };
        let terms = Terms { approval, ..home.terms };
        Ok(vec![Event::HomeConfirmed(Disposition::Home(Box::new(Home { terms, ..home })))])
    }
}
