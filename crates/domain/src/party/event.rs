//! What happened to a party, and what it is after it. Events carry the new state of the part they touch.

use super::{Party, Tag, Transport};
use crate::ArrivalId;
use crate::custody::Custody;
use crate::disposition::Disposition;
use crate::reception::Reception;
use std::collections::BTreeSet;

/// One fact about a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It stands in the register.
    Registered,
    /// A person set a tag otherwise than the list.
    Tagged {
        /// Whose.
        arrival: ArrivalId,
        /// The new tag.
        tag: Tag,
    },
    /// The community was asked about a home.
    HomeAsked(Disposition),
    /// The sub-district answered.
    OpinionGiven(Disposition),
    /// Nobody answered until the deadline, and the sub-district's rule gave the opinion.
    OpinionByRule(Disposition),
    /// Nobody answered until the deadline: the dispatcher is told, the community asked again.
    AnswerOverdue(Disposition),
    /// A newer rule says what silence means.
    RuleTaken(Disposition),
    /// A newer mode says whether a dispatcher confirms.
    ModeTaken(Disposition),
    /// The dispatcher confirmed the home.
    HomeConfirmed(Disposition),
    /// The committee answered.
    HomeChecked(Disposition),
    /// The destination stands.
    Disposed(Disposition),
    /// The room held at a site was given up; undecided again.
    HoldExpired(Disposition),
    /// Some of it are a party of their own from now on.
    Split {
        /// Who.
        leaving: BTreeSet<ArrivalId>,
        /// What people call them.
        label: String,
        /// Where the others go: as before, at a site perhaps in another room.
        to: Disposition,
        /// Why.
        reason: String,
    },
    /// Left the site where it lived.
    Discharged,
    /// Called an ambulance; seats, if any, are gone.
    Referred(Disposition),
    /// Seats were given or taken back.
    Seated(Transport),
    /// Aboard, and ordered elsewhere.
    Diverted {
        /// The new destination.
        to: Disposition,
        /// The same trip, the new halt.
        by: Transport,
        /// Why.
        reason: String,
    },
    /// Seats were given back.
    Unseated,
    /// A private car was recorded.
    CarRecorded(Transport),
    /// Nobody picks up after all.
    CarDropped,
    /// The private car was let go.
    CarReleased(Transport),
    /// The gate saw the private car.
    CarReceived(Transport),
    /// The private car did not come.
    CarOverdue(Transport),
    /// A person's custody changed or was offered.
    Passed {
        /// Whose.
        arrival: ArrivalId,
        /// The link as it now is.
        custody: Custody,
    },
    /// A reception step was ticked.
    Checked {
        /// Whose.
        arrival: ArrivalId,
        /// The checklist as it now is.
        reception: Reception,
    },
}

impl Event {
    /// The code in the log and the feed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Registered => "party.registered",
            Self::Tagged { .. } => "party.tagged",
            Self::HomeAsked(_) => "party.asked",
            Self::OpinionGiven(_) => "opinion.given",
            Self::OpinionByRule(_) => "opinion.by_rule",
            Self::AnswerOverdue(_) => "answer.overdue",
            Self::RuleTaken(_) => "opinion_rule.taken",
            Self::ModeTaken(_) => "approval_mode.taken",
            Self::HomeConfirmed(_) => "home.confirmed",
            Self::HomeChecked(_) => "home_check.answered",
            Self::Disposed(_) => "party.disposed",
            Self::HoldExpired(_) => "hold.expired",
            Self::Split { .. } => "party.split",
            Self::Discharged => "stay.ended",
            Self::Referred(_) => "party.referred",
            Self::Seated(_) => "seats.assigned",
            Self::Diverted { .. } => "party.diverted",
            Self::Unseated => "seats.released",
            Self::CarRecorded(_) => "private_car.recorded",
            Self::CarDropped => "private_car.dropped",
            Self::CarReleased(_) => "private_car.released",
            Self::CarReceived(_) => "private_car.received",
            Self::CarOverdue(_) => "private_car.overdue",
            Self::Passed { .. } => "custody.passed",
            Self::Checked { .. } => "reception.checked",
        }
    }
}

impl Party {
    /// The party after the event. Total: an event that was decided can always be applied.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        match event {
            Event::Registered | Event::Discharged => {}
            Event::Tagged { arrival, tag } => self.change(*arrival, |member| member.tag = tag.clone()),
            Event::HomeAsked(to)
            | Event::OpinionGiven(to)
            | Event::OpinionByRule(to)
            | Event::AnswerOverdue(to)
            | Event::RuleTaken(to)
            | Event::ModeTaken(to)
            | Event::HomeConfirmed(to)
            | Event::HomeChecked(to)
            | Event::Disposed(to)
            | Event::HoldExpired(to)
            | Event::Referred(to) => self.disposition = to.clone(),
            Event::Seated(by)
            | Event::CarRecorded(by)
            | Event::CarReleased(by)
            | Event::CarReceived(by)
            | Event::CarOverdue(by) => self.transport = by.clone(),
            Event::Diverted { to, by, .. } => {
                (self.disposition, self.transport) = (to.clone(), by.clone());
            }
            Event::Split { leaving, to, .. } => {
                self.members.retain(|member| !leaving.contains(&member.arrival));
                self.disposition = to.clone();
            }
            Event::Unseated | Event::CarDropped => self.transport = Transport::None,
            Event::Passed { arrival, custody } => self.change(*arrival, |member| member.custody = custody.clone()),
            Event::Checked { arrival, reception } => {
                self.change(*arrival, |member| member.reception = reception.clone());
            }
        }
        self
    }

    fn change(&mut self, arrival: ArrivalId, with: impl FnOnce(&mut super::Member)) {
        if let Some(member) = self.members.iter_mut().find(|member| member.arrival == arrival) {
            with(member);
        }
    }
}
