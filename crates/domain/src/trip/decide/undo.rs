//! A plan is taken back: seats that were given by mistake are free again, as long as nobody prepares for these people.

use crate::refusal::Order as No;
use crate::trip::{Event, State, Trip};
use crate::{PartyId, Refusal};
use chrono::{DateTime, Utc};

impl Trip {
    /// Frees the seats of these parties; a trip that carries nobody else is cancelled. Refused once a receiver of theirs has
    /// acknowledged or boarding has begun: from then on the trip is changed, which tells everybody, and not undone.
    pub(super) fn undo(&self, parties: &[PartyId], reason: String, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        if self.state != State::Planned {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: State::Planned.code() });
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        self.no_change_planned()?;
        if !parties.iter().all(|party| self.manifest().any(|seat| seat.party == *party)) {
            return Err(Refusal::NotSeated);
        }
        let concerned = self.stops.iter().filter(|stop| stop.seats.iter().any(|seat| parties.contains(&seat.party)));
        if let Some(ack) = concerned.clone().find_map(|stop| stop.notice.acks.first()) {
            return Err(No::Acknowledged { by: ack.by.clone(), at: ack.at }.into());
        }
        if let Some(at) = concerned.into_iter().find_map(|stop| stop.notice.mustered_at) {
            return Err(Refusal::AlreadyMustered { at });
        }
        let freed = parties.iter().copied().map(Event::SeatsTakenBack);
        let emptied = self.emptied(|seat| parties.contains(&seat.party));
        let rest = self.manifest().any(|seat| !parties.contains(&seat.party));
        let cancelled = (!rest).then_some(Event::Cancelled(State::Cancelled { at: now, reason }));
        Ok(freed.chain(emptied).chain(cancelled).collect())
    }
}
