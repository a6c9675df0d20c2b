//! A party that passes from one vehicle to another: who brings it to its gate, and each member's custody.

use crate::custody::Holder;
use crate::party::{Event, Party, Transport};
use crate::{ArrivalId, Refusal, StopId, TripId};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

impl Party {
    /// Custody does not move by this: whoever sits in a vehicle stays in its escort's hands.
    pub(super) fn reseat(&self, trip: TripId, stop: StopId) -> Decided {
        match self.transport {
            Transport::Car(_) => Err(Refusal::OtherTransport),
            Transport::Seats { .. } | Transport::None => Ok(vec![Event::Seated(Transport::Seats { trip, stop })]),
        }
    }

    pub(super) fn offer_onward(&self, arrival: ArrivalId, onto: TripId, now: DateTime<Utc>) -> Decided {
        self.pass_one(arrival, |custody| match custody.holder {
            Holder::Vehicle { .. } => custody.offer(Holder::Vehicle { trip: onto }, now),
            _ => Err(Refusal::CustodyGap { from: custody.holder.code(), to: "vehicle" }),
        })
    }

    pub(super) fn keep(&self, arrival: ArrivalId) -> Decided {
        self.pass_one(arrival, |custody| Ok(custody.withdraw()))
    }
}
