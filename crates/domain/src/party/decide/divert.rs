//! On the way, and ordered elsewhere: another destination, the same hands. Custody stays with the vehicle or the car until
//! the hand-over.

use super::said;
use crate::custody::Holder;
use crate::disposition::{Answer, Disposition, Home, Terms};
use crate::party::{Event, Party, Transport};
use crate::refusal::same_destination;
use crate::{Invalid, Refusal, StopId, code};
use chrono::{DateTime, Utc};

/// Where a party aboard goes instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// To a site; the room was held in the same transaction.
    Site {
        /// The site.
        receiver: code::Receiver,
        /// Its gate.
        gate: code::Gate,
        /// The room.
        room: String,
    },
    /// To another gate of a community.
    Home {
        /// The community.
        receiver: code::Receiver,
        /// The gate.
        gate: code::Gate,
        /// What that community and the district have laid down beforehand.
        terms: Terms,
    },
}

impl Instead {
    /// The gate they go to.
    #[must_use]
    pub const fn gate(&self) -> &code::Gate {
        self.place().0
    }

    const fn place(&self) -> (&code::Gate, &code::Receiver) {
        match self {
            Self::Site { receiver, gate, .. } | Self::Home { receiver, gate, .. } => (gate, receiver),
        }
    }
}

impl Party {
    pub(super) fn divert(
        &self,
        stop: StopId,
        to: Instead,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<Vec<Event>, Refusal> {
        let Transport::Seats { trip, .. } = self.transport else { return Err(Refusal::NotSeated) };
        let aboard = Holder::Vehicle { trip };
        if self.members.iter().any(|member| member.custody.holder != aboard) {
            return Err(Refusal::NotOffered { to: "vehicle" });
        }
        let reason = said(reason)?;
        let to = self.instead(to, &reason, now)?;
        let mut events = vec![Event::Diverted { to, by: Transport::Seats { trip, stop }, reason }];
        events.extend(self.withdraw_all());
        Ok(events)
    }

    /// A car on the road is phoned: it goes elsewhere, is expected there, and the alarm counts anew.
    pub(super) fn redirect_car(
        &self,
        to: Instead,
        expected_at: DateTime<Utc>,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<Vec<Event>, Refusal> {
        let Transport::Car(car) = &self.transport else { return Err(Refusal::CarNotRecorded) };
        let (gate, receiver) = to.place();
        if *gate == car.pick_up.gate {
            return Err(same_destination());
        }
        let car = car.clone().redirect(gate.clone(), receiver.clone(), expected_at)?;
        let reason = said(reason)?;
        let to = self.instead(to, &reason, now)?;
        Ok(vec![Event::Diverted { to, by: Transport::Car(car), reason }])
    }

    fn instead(&self, to: Instead, reason: &str, now: DateTime<Utc>) -> Result<Disposition, Refusal> {
        match to {
            Instead::Site { receiver, gate, room } => {
                let opinion = match &self.disposition {
                    Disposition::Home(home) => home.no().map(str::to_owned),
                    _ => None,
                };
                Ok(Disposition::Site { receiver, gate, room, reason: reason.to_owned(), opinion })
            }
            Instead::Home { receiver, gate, terms } => {
                Ok(Disposition::Home(Box::new(self.home_at(receiver, gate, terms, now)?)))
            }
        }
    }

    /// The same community's answers stand at any of its gates; another community is asked anew about what was said of the
    /// home. Who never named a home is brought to no home.
    fn home_at(
        &self,
        receiver: code::Receiver,
        gate: code::Gate,
        terms: Terms,
        now: DateTime<Utc>,
    ) -> Result<Home, Refusal> {
        self.home_not_forbidden()?;
        let Disposition::Home(before) = &self.disposition else {
            let mend = "somebody aboard never named a home; order them to a site";
            return Err(Invalid::new("no-home-named", mend).at("to").into());
        };
        if before.receiver == receiver {
            return Ok(Home { gate, ..before.as_ref().clone() });
        }
        Ok(Home {
            gate,
            receiver,
            facts: before.facts,
            check: Answer::Pending,
            opinion: Answer::Pending,
            asked_at: now,
            deadline_at: now + Home::ANSWER_WITHIN,
            terms,
            overdue: None,
        })
    }
}
