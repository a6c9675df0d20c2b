//! The room at a site: given up when nobody comes for it, left when the stay ends.

use crate::Refusal;
use crate::custody::Holder;
use crate::disposition::Disposition;
use crate::party::{Event, Party, Transport};
use chrono::{DateTime, Utc};

impl Party {
    /// Undecided again, with seats and a recorded car given up. Nothing once somebody set out: their room waits for them.
    pub(super) fn expire_hold(&self, now: DateTime<Utc>) -> Vec<Event> {
        let Disposition::Site { receiver, room, .. } = &self.disposition else { return Vec::new() };
        if self.still_at_desk().is_err() {
            return Vec::new();
        }
        let lapsed = Disposition::Lapsed { receiver: receiver.clone(), room: room.clone(), at: now };
        let mut events = vec![Event::HoldExpired(lapsed)];
        match self.transport {
            Transport::None => {}
            Transport::Car(_) => events.push(Event::CarDropped),
            Transport::Seats { .. } => {
                events.push(Event::Unseated);
                events.extend(self.withdraw_all());
            }
        }
        events
    }

    /// Everybody of the party leaves the site, out of the chain's hands.
    pub(super) fn discharge(&self, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        let lives_there = |holder: &Holder| matches!(holder, Holder::Site { .. });
        if !self.members.iter().all(|member| lives_there(&member.custody.holder)) {
            return Err(Refusal::NotAtSite);
        }
        let mut events = vec![Event::Discharged];
        events.extend(self.pass_all(&Holder::Released, now)?);
        Ok(events)
    }
}
