//! Where a party goes: home with two answers, a site, an ambulance, onward, free.

use super::said;
use crate::custody::Holder;
use crate::disposition::{Answer, Disposition, Home, HomeFacts, Terms};
use crate::party::{Event, Party, Transport};
use crate::{ArrivalId, Refusal, RiskTag, code};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

impl Party {
    /// Refuses once somebody left the desk, or the ambulance was called.
    pub(super) fn still_at_desk(&self) -> Result<(), Refusal> {
        if matches!(self.disposition, Disposition::Referral { .. }) {
            return Err(Refusal::AlreadyReferred);
        }
        let here = self.members.iter().all(|member| member.custody.holder == Holder::Desk);
        if here { Ok(()) } else { Err(Refusal::AlreadyUnderWay) }
    }

    /// Refuses once somebody left the desk, and while the ambulance comes first.
    pub(super) fn well_at_desk(&self) -> Result<(), Refusal> {
        self.still_at_desk()?;
        if self.must_be_referred() { Err(Refusal::MustBeReferred) } else { Ok(()) }
    }

    /// Refuses once somebody is where the way ends, or left it.
    pub(super) fn not_received(&self) -> Result<(), Refusal> {
        let on_the_way = |holder: &Holder| matches!(holder, Holder::Desk | Holder::Vehicle { .. } | Holder::PrivateCar);
        if self.members.iter().all(|member| on_the_way(&member.custody.holder)) {
            Ok(())
        } else {
            Err(Refusal::AlreadyUnderWay)
        }
    }

    /// Refuses a new destination while seats go to the old one. A car that waits does not stand in the way: it is let go
    /// only to where the party goes.
    fn free_to_redirect(&self) -> Result<(), Refusal> {
        self.well_at_desk()?;
        match self.transport {
            Transport::None | Transport::Car(_) => Ok(()),
            Transport::Seats { .. } => Err(Refusal::AlreadySeated),
        }
    }

    /// The recorded car of who goes where no car brings them.
    fn without_car(&self) -> Vec<Event> {
        if self.transport == Transport::None { Vec::new() } else { vec![Event::CarDropped] }
    }

    pub(super) fn refer(
        &self,
        hospital: String,
        ambulance_plate: String,
        patients: Vec<ArrivalId>,
        now: DateTime<Utc>,
    ) -> Decided {
        self.still_at_desk()?;
        if patients.is_empty() || patients.iter().any(|patient| self.member(*patient).is_none()) {
            return Err(Refusal::NotInParty);
        }
        let to = Holder::Hospital { name: hospital.clone() };
        let mut events = Vec::new();
        if self.transport != Transport::None {
            events.push(Event::Unseated);
        }
        events.push(Event::Referred(Disposition::Referral { hospital, ambulance_plate, patients }));
        events.extend(self.offer_all(&to, now)?);
        Ok(events)
    }

    pub(super) fn ambulance_took(&self, now: DateTime<Utc>) -> Decided {
        match &self.disposition {
            Disposition::Referral { hospital, .. } => {
                self.accept_all(&Holder::Hospital { name: hospital.clone() }, now)
            }
            _ => Err(Refusal::NotOffered { to: "hospital" }),
        }
    }

    pub(super) fn propose_home(
        &self,
        (gate, receiver): (code::Gate, code::Receiver),
        facts: HomeFacts,
        terms: Terms,
        now: DateTime<Utc>,
    ) -> Decided {
        self.free_to_redirect()?;
        self.home_not_forbidden()?;
        let home = Home {
            gate,
            receiver,
            facts,
            check: Answer::Pending,
            opinion: Answer::Pending,
            asked_at: now,
            deadline_at: now + Home::ANSWER_WITHIN,
            terms,
            overdue: None,
        };
        Ok(vec![Event::HomeAsked(Disposition::Home(Box::new(home)))])
    }

    pub(super) fn home(&self) -> Result<Home, Refusal> {
        match &self.disposition {
            Disposition::Home(home) => Ok(home.as_ref().clone()),
            _ => Err(Refusal::NothingAsked),
        }
    }

    pub(super) fn give_opinion(&self, yes: bool, reason: Option<String>, by: String, now: DateTime<Utc>) -> Decided {
        let home = self.home()?;
        let opinion = home.opinion.give(yes, reason, by, now)?;
        Ok(vec![Event::OpinionGiven(Disposition::Home(Box::new(Home { opinion, ..home })))])
    }

    pub(super) fn answer_home_check(
        &self,
        yes: bool,
        reason: Option<String>,
        by: String,
        now: DateTime<Utc>,
    ) -> Decided {
        let home = self.home()?;
        let check = home.check.give(yes, reason, by, now)?;
        Ok(vec![Event::HomeChecked(Disposition::Home(Box::new(Home { check, ..home })))])
    }

    pub(super) fn place_at_site(
        &self,
        receiver: code::Receiver,
        gate: code::Gate,
        room: String,
        reason: String,
    ) -> Decided {
        self.free_to_redirect()?;
        let reason = said(reason)?;
        let opinion = match &self.disposition {
            Disposition::Home(home) => home.no().map(str::to_owned),
            _ => None,
        };
        Ok(vec![Event::Disposed(Disposition::Site { receiver, gate, room, reason, opinion })])
    }

    pub(super) fn send_onward(&self, to: String, reason: String, now: DateTime<Utc>) -> Decided {
        self.free_to_redirect()?;
        let mut events = self.without_car();
        events.push(Event::Disposed(Disposition::Onward { to: said(to)?, reason: said(reason)? }));
        events.extend(self.pass_all(&Holder::Released, now)?);
        Ok(events)
    }

    pub(super) fn free(&self, reason: String, now: DateTime<Utc>) -> Decided {
        self.free_to_redirect()?;
        if self.tag().tag != RiskTag::Green {
            return Err(Refusal::TagForbidsFree);
        }
        let mut events = self.without_car();
        events.push(Event::Disposed(Disposition::Free { reason: said(reason)? }));
        events.extend(self.pass_all(&Holder::Released, now)?);
        Ok(events)
    }
}
