//! At the gate: arrival, the two confirmations of the hand-over, the notice's answers.

use crate::notice::{Ack, Told};
use crate::trip::{Event, State, Stop, StopStage, Trip};
use crate::{Refusal, StopId};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

impl Trip {
    fn halt(&self, id: StopId) -> Result<&Stop, Refusal> {
        self.stops.iter().find(|stop| stop.id == id).ok_or(Refusal::NotFound)
    }

    pub(super) fn arrive(&self, id: StopId, now: DateTime<Utc>) -> Decided {
        let State::EnRoute { .. } = self.state else {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" });
        };
        self.order_seen()?;
        self.free_to_go_on()?;
        match self.halt(id)?.stage {
            StopStage::Expected => Ok(vec![Event::Arrived(id, StopStage::Arrived { at: now })]),
            other => Err(Refusal::StopStage { stage: other.code(), needed: "expected" }),
        }
    }

    pub(super) fn offer(&self, id: StopId, now: DateTime<Utc>) -> Decided {
        match self.halt(id)?.stage {
            StopStage::Arrived { at: arrived_at } => {
                Ok(vec![Event::Offered(id, StopStage::Offered { arrived_at, at: now })])
            }
            other => Err(Refusal::StopStage { stage: other.code(), needed: "arrived" }),
        }
    }

    pub(super) fn accept(&self, id: StopId, now: DateTime<Utc>) -> Decided {
        match self.halt(id)?.stage {
            StopStage::Offered { arrived_at, at: offered_at } => {
                let signed = StopStage::HandedOver { arrived_at, offered_at, at: now };
                let last = self.changes_closed()
                    && self
                        .stops
                        .iter()
                        .all(|stop| stop.id == id || matches!(stop.stage, StopStage::HandedOver { .. }));
                let mut events = vec![Event::Accepted(id, signed)];
                if let (true, State::EnRoute { departed_at, .. }) = (last, &self.state) {
                    events.push(Event::Completed(State::Completed { departed_at: *departed_at, at: now }));
                }
                Ok(events)
            }
            StopStage::HandedOver { .. } => Err(Refusal::AlreadyReceived),
            StopStage::Expected | StopStage::Arrived { .. } => Err(Refusal::HandoverNotOffered),
        }
    }

    fn before_handover(&self, id: StopId) -> Result<&Stop, Refusal> {
        let stop = self.halt(id)?;
        match stop.stage {
            StopStage::HandedOver { .. } => Err(Refusal::AlreadyReceived),
            _ => Ok(stop),
        }
    }

    pub(super) fn acknowledge(&self, id: StopId, ack: Ack) -> Decided {
        let notice = self.before_handover(id)?.notice.clone().acknowledge(ack)?;
        Ok(vec![Event::Acknowledged(id, notice)])
    }

    /// Whether a squad has to be asked anew if its board shows these times: as long as the vehicle has not come, and not while
    /// it is broken down, when no time is worth an answer until another one is sent.
    #[must_use]
    pub fn overtaken(&self, stop: &Stop, told: &Told, now: DateTime<Utc>) -> bool {
        self.breakdown.is_none() && stop.stage == StopStage::Expected && stop.notice.overtaken_by(told, now)
    }

    pub(super) fn show(&self, times: &[(StopId, Told)], now: DateTime<Utc>) -> Vec<Event> {
        let renewed = self.stops.iter().filter_map(|stop| {
            let (_, told) = times.iter().find(|(id, _)| *id == stop.id)?;
            let overtaken = self.overtaken(stop, told, now);
            overtaken.then(|| Event::Renewed(stop.id, stop.notice.clone().renewed(told, now)))
        });
        renewed.collect()
    }

    pub(super) fn muster(&self, id: StopId, now: DateTime<Utc>) -> Decided {
        let notice = self.before_handover(id)?.notice.clone().muster(now)?;
        Ok(vec![Event::Mustered(id, notice)])
    }

    pub(super) fn escalate(&self, id: StopId, now: DateTime<Utc>) -> Decided {
        let mut notice = self.before_handover(id)?.notice.clone();
        if !notice.overdue(now) {
            return Ok(Vec::new());
        }
        notice.escalated_at = Some(now);
        Ok(vec![Event::Escalated(id, notice)])
    }
}
