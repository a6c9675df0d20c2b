//! Custody of the members: boarding one by one, handing over all who came.

use crate::custody::{Custody, Holder};
use crate::disposition::Disposition;
use crate::party::{Event, Party, Transport};
use crate::{ArrivalId, Refusal, TripId};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

type Decided = Result<Vec<Event>, Refusal>;

impl Party {
    fn pass_each(&self, with: impl Fn(Custody) -> Result<Custody, Refusal>) -> Decided {
        let passed = self.members.iter().map(|member| {
            let custody = with(member.custody.clone())?;
            Ok(Event::Passed { arrival: member.arrival, custody })
        });
        passed.collect()
    }

    pub(super) fn offer_all(&self, to: &Holder, now: DateTime<Utc>) -> Decided {
        self.pass_each(|custody| custody.offer(to.clone(), now))
    }

    pub(super) fn accept_all(&self, to: &Holder, now: DateTime<Utc>) -> Decided {
        self.pass_each(|custody| custody.accept(to, now))
    }

    /// Both sides at once, where both stand before the same person: the release zone, the exit.
    pub(super) fn pass_all(&self, to: &Holder, now: DateTime<Utc>) -> Decided {
        self.pass_each(|custody| custody.offer(to.clone(), now)?.accept(to, now))
    }

    pub(super) fn withdraw_all(&self) -> Vec<Event> {
        let withdrawn = |member: &crate::party::Member| Event::Passed {
            arrival: member.arrival,
            custody: member.custody.clone().withdraw(),
        };
        self.members.iter().map(withdrawn).collect()
    }

    pub(super) fn pass_one(
        &self,
        arrival: ArrivalId,
        with: impl FnOnce(Custody) -> Result<Custody, Refusal>,
    ) -> Decided {
        let member = self.member(arrival).ok_or(Refusal::NotInParty)?;
        Ok(vec![Event::Passed { arrival, custody: with(member.custody.clone())? }])
    }

    pub(super) fn board(&self, arrival: ArrivalId, trip: TripId, now: DateTime<Utc>) -> Decided {
        self.pass_one(arrival, |custody| custody.accept(&Holder::Vehicle { trip }, now))
    }

    /// Back to the desk, and offered to the vehicle again: the seat is still theirs.
    pub(super) fn unboard(&self, arrival: ArrivalId, now: DateTime<Utc>) -> Decided {
        let Transport::Seats { .. } = self.transport else { return Err(Refusal::NotSeated) };
        self.pass_one(arrival, |custody| {
            let vehicle = custody.holder.clone();
            let back = custody.offer(Holder::Desk, now)?.accept(&Holder::Desk, now)?;
            back.offer(vehicle, now)
        })
    }

    /// Who takes the party over at its gate.
    pub(super) fn receiving(&self) -> Result<Holder, Refusal> {
        match &self.disposition {
            Disposition::Home(home) => Ok(Holder::Receiver { receiver: home.receiver.clone() }),
            Disposition::Site { receiver, .. } => Ok(Holder::Site { receiver: receiver.clone() }),
            _ => Err(Refusal::NoDestination),
        }
    }

    pub(super) fn offer(&self, now: DateTime<Utc>) -> Decided {
        self.disposition.cleared_to_unload()?;
        self.offer_all(&self.receiving()?, now)
    }

    pub(super) fn accept(&self, now: DateTime<Utc>) -> Decided {
        let open: Vec<_> =
            self.members.iter().map(|member| member.reception.missing()).filter(|m| !m.is_empty()).collect();
        if !open.is_empty() {
            let steps: BTreeSet<&'static str> = open.iter().flatten().copied().collect();
            return Err(Refusal::ReceptionIncomplete { persons: open.len(), steps: steps.into_iter().collect() });
        }
        self.accept_all(&self.receiving()?, now)
    }
}
