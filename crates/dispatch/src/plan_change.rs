//! Plan a change of vehicle, or call it off: whole halts go from one trip to another, with their notices.

use crate::day_plan::fit_on;
use crate::plan_trip::unknown;
use crate::{Caller, Crew, Dispatcher, Halt, Key, Receipt, pass_on, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party;
use homeward_domain::refusal::Door;
use homeward_domain::site::Closure;
use homeward_domain::trip::change::{Command, Place};
use homeward_domain::trip::{self, Stop, StopStage, Trip};
use homeward_domain::{ChangeId, Point, Refusal, StopId, TripId, VehicleId, code};
use homeward_store::trip::change as rows;
use serde_json::json;

/// The trip that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onto {
    /// One that stands in the plan.
    Trip(TripId),
    /// A new one of this vehicle, meant to leave as soon as it has everybody; its crew is named afterwards.
    Vehicle(VehicleId),
}

/// A change to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Whose halts go on.
    pub trip: TripId,
    /// Which of them; none named: all where the vehicle has not been.
    pub stops: Vec<StopId>,
    /// Who takes them over.
    pub onto: Onto,
    /// Where they meet; none: where the vehicle broke down.
    pub relay_point: Option<code::RelayPoint>,
}

impl Dispatcher {
    /// Gives halts of a trip to another one. Nobody moves by this: custody passes later, person by person.
    pub async fn plan_change(&self, caller: &Caller, key: &Key, new: NewChange) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let first = turn.trip(new.trip, &scope).await?;
        let place = self.place(&mut turn, &first, new.relay_point).await?;
        let onto = self.going_on(&mut turn, &scope, new.onto).await?;
        let stops = chosen(&first, &new.stops)?;
        let id = ChangeId::new(turn.new_id());
        let pairs: Vec<_> = stops.iter().map(|stop| (stop.id, onto.halt_for(stop))).collect();
        let hand_on = Command::HandOn {
            change: id,
            onto: (onto.id, onto.vehicle.id),
            place: place.clone(),
            stops: pairs.clone(),
        };
        let on_first = first.decide(trip::Command::Change(hand_on), turn.now)?;
        let take_on = Command::TakeOn { change: id, stops: stops.clone() };
        let on_onto = onto.decide(trip::Command::Change(take_on), turn.now)?;
        fit_on(&mut turn, (&first, &onto), &place, &stops).await?;
        for &(own, theirs) in &pairs {
            if own == theirs {
                rows::move_stop(turn.conn(), own, onto.id).await?;
            } else {
                rows::replace_stop(turn.conn(), own, theirs).await?;
            }
        }
        let first = turn.save_trip(first, &on_first).await?;
        let onto = turn.save_trip(onto, &on_onto).await?;
        turn.record(id.uuid(), "change.planned", json!({ "from": first.id, "onto": onto.id }));
        for (stop, (_, theirs)) in stops.iter().zip(pairs) {
            reseat(&mut turn, stop, onto.id, theirs).await?;
        }
        turn.close(id.uuid(), first.version).await
    }

    /// Calls a change off before anybody was offered: the halts come back to the first trip.
    pub async fn call_off_change(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        reason: String,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let mut turn = Turn::open(self, caller, key).await?;
        let (first, onto) = pass_on::both(&mut turn, id, &scope).await?;
        let stops = coming_back(&turn, &first, &onto, id)?;
        let back = Command::TakeBack { change: id, stops: stops.clone() };
        let on_first = first.decide(trip::Command::Change(back), turn.now)?;
        let on_onto = onto.decide(trip::Command::Change(Command::GiveBack { change: id }), turn.now)?;
        let pairs: Vec<_> = stops.iter().map(|stop| first.halt_for(stop)).collect();
        rows::loosen(turn.conn(), id).await?;
        for (stop, theirs) in stops.iter().zip(&pairs) {
            let whole = onto.stops.iter().any(|halt| halt.id == stop.id);
            if whole && stop.id == *theirs {
                rows::move_stop(turn.conn(), stop.id, first.id).await?;
            } else if whole {
                rows::replace_stop(turn.conn(), stop.id, *theirs).await?;
            }
        }
        turn.record(id.uuid(), "change.called_off", json!({ "reason": reason }));
        turn.save_trip(onto, &on_onto).await?;
        let first = turn.save_trip(first, &on_first).await?;
        for (stop, theirs) in stops.iter().zip(pairs) {
            for seat in &stop.seats {
                rows::follow(turn.conn(), seat.arrival, seat.via, (seat.party, theirs)).await?;
            }
            reseat(&mut turn, stop, first.id, theirs).await?;
        }
        turn.close(id.uuid(), first.version).await
    }

    async fn going_on(&self, turn: &mut Turn<'_>, scope: &Scope, onto: Onto) -> Result<Trip, Halt> {
        match onto {
            Onto::Trip(id) => match turn.trip(id, scope).await {
                Err(Halt::Refused(Refusal::NotFound)) => Err(unknown("onto").into()),
                found => found,
            },
            Onto::Vehicle(vehicle) => {
                let crew = Crew { driver: None, escorts: Vec::new(), plate: None };
                let now = turn.now;
                self.begin_trip(turn, scope, vehicle, now, crew).await
            }
        }
    }

    async fn place(
        &self,
        turn: &mut Turn<'_>,
        first: &Trip,
        relay_point: Option<code::RelayPoint>,
    ) -> Result<Place, Halt> {
        let Some(code) = relay_point else {
            return Ok(Place::Road { at: self.last_seen(first) });
        };
        let point = homeward_store::reference::relay_point_of(turn.conn(), &code).await?;
        let point = point.filter(|point| point.district == first.district).ok_or_else(|| unknown("relay_point"))?;
        if let Some(Closure { reason, .. }) = point.out {
            return Err(Refusal::from(Door::RelayPointOut { reason }).into());
        }
        Ok(Place::Relay { point: point.code, at: point.location })
    }

    fn last_seen(&self, trip: &Trip) -> Option<Point> {
        self.under_way.of(trip.id).position.map(|position| position.point)
    }
}

/// The halts as they stand; named none, all where the vehicle has not been.
fn chosen(first: &Trip, named: &[StopId]) -> Result<Vec<Stop>, Refusal> {
    if named.is_empty() {
        return Ok(first.stops.iter().filter(|stop| stop.stage == StopStage::Expected).cloned().collect());
    }
    let one =
        |id: &StopId| first.stops.iter().find(|stop| stop.id == *id).cloned().ok_or_else(|| unknown("stops").into());
    named.iter().map(one).collect()
}

/// The halts of a change as the first trip gets them back: whole, or a new one where the other trip goes there anyway.
fn coming_back(turn: &Turn<'_>, first: &Trip, onto: &Trip, id: ChangeId) -> Result<Vec<Stop>, Refusal> {
    let change = first.change_of(id).ok_or(Refusal::NotFound)?;
    let mut stops: Vec<Stop> = Vec::new();
    for halt in &onto.stops {
        let mine = change.riders.iter().filter(|rider| rider.stop == halt.id);
        let seats: Vec<_> = mine.map(|rider| rider.seat).collect();
        if seats.is_empty() {
            continue;
        }
        let whole = halt.seats.iter().all(|seat| seat.via == Some(id));
        let stop = if whole { halt.id } else { StopId::new(turn.new_id()) };
        stops.push(Stop { id: stop, seats, ..halt.clone() });
    }
    Ok(stops)
}

async fn reseat(turn: &mut Turn<'_>, stop: &Stop, trip: TripId, at: StopId) -> Result<(), Halt> {
    for rider in stop.parties() {
        let party = turn.party(rider, &Scope::system(), None).await?;
        let events = party.decide(party::Command::Reseat { trip, stop: at }, turn.now)?;
        turn.save_party(party, &events).await?;
    }
    Ok(())
}
