//! On the road: everybody still aboard, or those of chosen halts, is ordered elsewhere, and the crew says that it has seen it.
//! Who was handed over stays handed over.

use super::loading::expected;
use crate::refusal::{Order as No, same_destination};
use crate::trip::{Diversion, Event, Order, SeenBy, State, Stop, StopStage, Trip, count};
use crate::{Invalid, Refusal, StopId, code};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

/// Where a vehicle under way is ordered to, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Whose passengers; empty means everybody still aboard.
    pub stops: Vec<StopId>,
    /// Who takes over there.
    pub receiver: code::Receiver,
    /// Where.
    pub gate: code::Gate,
    /// The id of the halt, if it is not on the way yet.
    pub stop: StopId,
    /// Why.
    pub reason: String,
    /// Display name of the dispatcher.
    pub by: String,
}

impl Trip {
    pub(super) fn divert(&self, to: Elsewhere, now: DateTime<Utc>) -> Decided {
        self.on_the_road()?;
        if self.changes.iter().any(|change| !change.closed()) || self.manifest().any(|seat| seat.boarded_at.is_none()) {
            return Err(No::ChangeAhead.into());
        }
        if to.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        let there = self.stops.iter().find(|stop| stop.gate == to.gate);
        if there.is_some_and(served) {
            let mend = "this vehicle has handed people over at that gate already; choose another gate";
            return Err(Invalid::new("gate-served", mend).at("to").into());
        }
        let from = self.concerned(&to)?;
        let people = count(self.stops.iter().filter(|stop| from.contains(&stop.id)).map(|stop| stop.seats.len()).sum());
        let halt = there.cloned().unwrap_or_else(|| expected(to.stop, &to.receiver, &to.gate, now));
        let order = Order { to: halt.id, people, reason: to.reason, by: to.by, at: now, seen: None };
        Ok(vec![Event::Diverted(Box::new(Diversion { from, to: halt, order }))])
    }

    fn on_the_road(&self) -> Result<(), Refusal> {
        match self.state {
            State::EnRoute { .. } => Ok(()),
            State::Planned | State::Boarding { .. } => Err(No::NotOnTheRoad.into()),
            _ => Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" }),
        }
    }

    /// The halts whose passengers the order sends elsewhere.
    fn concerned(&self, to: &Elsewhere) -> Result<Vec<StopId>, Refusal> {
        for id in &to.stops {
            let stop = self.stops.iter().find(|stop| stop.id == *id).ok_or(Refusal::NotFound)?;
            if served(stop) {
                return Err(Refusal::StopStage { stage: stop.stage.code(), needed: "expected" });
            }
        }
        let named = |stop: &&Stop| to.stops.is_empty() || to.stops.contains(&stop.id);
        let elsewhere = self.stops.iter().filter(named).filter(|stop| !served(stop) && stop.gate != to.gate);
        let from: Vec<StopId> = elsewhere.map(|stop| stop.id).collect();
        if from.is_empty() {
            return Err(same_destination());
        }
        Ok(from)
    }

    pub(super) fn see_order(&self, seen: SeenBy) -> Decided {
        let order = self.order.clone().ok_or(No::Nothing)?;
        Ok(vec![Event::OrderSeen(order.see(seen)?)])
    }

    /// Refuses a next step of the crew while an order lies there unseen.
    pub(super) fn order_seen(&self) -> Result<(), Refusal> {
        match &self.order {
            Some(order) if order.seen.is_none() => Err(No::NotSeen { reason: order.reason.clone() }.into()),
            _ => Ok(()),
        }
    }

    /// The trip after a diversion: the seats move, the left halts are gone.
    pub(in crate::trip) fn diverted(mut self, diversion: &Diversion) -> Self {
        let (left, mut stops): (Vec<Stop>, Vec<Stop>) =
            self.stops.into_iter().partition(|stop| diversion.from.contains(&stop.id));
        if stops.iter().all(|stop| stop.id != diversion.to.id) {
            stops.push(diversion.to.clone());
        }
        let moved = left.into_iter().flat_map(|stop| stop.seats);
        if let Some(to) = stops.iter_mut().find(|stop| stop.id == diversion.to.id) {
            // More get off there than were offered: everybody is offered again.
            if let StopStage::Offered { arrived_at, .. } = to.stage {
                to.stage = StopStage::Arrived { at: arrived_at };
            }
            to.seats.extend(moved);
            to.seats.sort_unstable_by_key(|seat| seat.number);
        }
        (self.stops, self.order) = (stops, Some(diversion.order.clone()));
        self
    }
}

/// Whether the halt is behind the vehicle.
const fn served(stop: &Stop) -> bool {
    matches!(stop.stage, StopStage::HandedOver { .. })
}
