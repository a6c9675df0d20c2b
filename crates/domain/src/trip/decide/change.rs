//! A change of vehicle: planned for whole halts, done person by person by both escorts, closed when both counts agree.

use crate::refusal::Change as Between;
use crate::trip::change::{self, Change, Command, Kept, Place, Rider, Stage, Step};
use crate::trip::{Event, Seat, State, Stop, StopStage, Trip, count};
use crate::{ArrivalId, ChangeId, Refusal, StopId};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

type Decided = Result<Vec<Event>, Refusal>;

/// Who stands between the two vehicles, as a refusal.
pub(super) fn still_open(change: &Change) -> Refusal {
    let counts = change.counts();
    Between::Open { open: counts.open(), passed: counts.passed, kept: counts.kept }.into()
}

fn told(step: Step, change: Change) -> Event {
    Event::Change(change::Event::Told(step, change))
}

impl Trip {
    pub(super) fn change_vehicles(&self, command: Command, now: DateTime<Utc>) -> Decided {
        match command {
            Command::HandOn { change, onto, place, stops } => self.hand_on(change, onto, place, &stops, now),
            Command::TakeOn { change, stops } => self.take_on(change, stops, now),
            Command::TakeBack { change, stops } => self.take_back(change, stops),
            Command::GiveBack { change } => self.give_back(change),
            Command::Meet { change } => self.meet(change, now),
            Command::Offer { change, arrival } => self.offer_onward(change, arrival, now),
            Command::Pass { change, arrival } => self.pass(change, arrival, now),
            Command::Take { change, arrival } => self.take(change, arrival, now),
            Command::Keep { change, kept, halt } => self.keep(change, kept, *halt),
            Command::Forgo { change, arrival, reason } => self.forgo(change, arrival, reason),
            Command::Close { change, head_count } => self.close(change, head_count, now),
            Command::BreakDown { reason, by } => self.break_down(reason, by, now),
            Command::Mend { reason } => self.mend(reason),
        }
    }

    fn hand_on(
        &self,
        id: ChangeId,
        (onto, vehicle): (crate::TripId, crate::VehicleId),
        place: Place,
        stops: &[(StopId, StopId)],
        now: DateTime<Utc>,
    ) -> Decided {
        if !self.state.open() {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" });
        }
        self.other_than_self(vehicle)?;
        self.may_meet_at(&place)?;
        let (mut riders, mut events) = (Vec::new(), Vec::new());
        for (own, theirs) in stops {
            let stop = self.stops.iter().find(|stop| stop.id == *own).ok_or(Refusal::NotFound)?;
            if stop.stage != StopStage::Expected {
                return Err(Refusal::StopStage { stage: stop.stage.code(), needed: "expected" });
            }
            if stop.seats.iter().any(|seat| seat.via.is_some() && seat.boarded_at.is_none()) {
                return Err(Between::PassesThere.into());
            }
            let rider = |&seat: &Seat| Rider { seat, stop: *theirs, offered_at: None, passed_at: None };
            riders.extend(stop.seats.iter().map(rider));
            events.push(Event::StopDropped(*own));
        }
        if riders.is_empty() {
            return Err(Refusal::NobodyAboard);
        }
        // Who stands still is there already.
        let stage = if matches!(place, Place::Road { .. }) { Stage::Met { at: now } } else { Stage::Expected };
        let change = Change { id, onto, place, made_at: now, stage, riders, kept: Vec::new() };
        events.insert(0, told(Step::Planned, change));
        Ok(events)
    }

    fn take_on(&self, id: ChangeId, stops: Vec<Stop>, now: DateTime<Utc>) -> Decided {
        self.loading()?;
        let needed = count(stops.iter().map(|stop| stop.seats.len()).sum());
        if needed > self.seats_free() {
            return Err(Refusal::VehicleFull { free: self.seats_free(), needed });
        }
        let taken: BTreeSet<i64> = self.manifest().map(|seat| seat.number).collect();
        let mut free = (1..=self.vehicle.seats).filter(|number| !taken.contains(number));
        let mut events = Vec::new();
        for mut stop in stops {
            for (seat, number) in stop.seats.iter_mut().zip(&mut free) {
                *seat = Seat { number, boarded_at: None, via: Some(id), ..*seat };
            }
            stop.notice.renewed_at = Some(now);
            events.push(self.joined(stop));
        }
        Ok(events)
    }

    /// The halt comes whole, or its people come to the halt that is at the same gate already.
    fn joined(&self, stop: Stop) -> Event {
        match self.stops.iter().find(|own| own.gate == stop.gate) {
            Some(own) => Event::SeatsGiven { stop: own.id, seats: stop.seats },
            None => Event::Change(change::Event::StopTaken(stop)),
        }
    }

    fn expected_change(&self, id: ChangeId) -> Result<&Change, Refusal> {
        let change = self.change_of(id).ok_or(Refusal::NotFound)?;
        let begun = !change.kept.is_empty()
            || change.closed()
            || change.riders.iter().any(|rider| rider.offered_at.is_some() || rider.passed_at.is_some());
        if begun { Err(Between::Begun.into()) } else { Ok(change) }
    }

    fn take_back(&self, id: ChangeId, stops: Vec<Stop>) -> Decided {
        self.expected_change(id)?;
        let dropped = Event::Change(change::Event::Dropped(id));
        Ok(std::iter::once(dropped).chain(stops.into_iter().map(|stop| self.joined(stop))).collect())
    }

    fn give_back(&self, id: ChangeId) -> Decided {
        self.loading()?;
        let gone = self.emptied(|seat| seat.via == Some(id));
        Ok(std::iter::once(Event::Change(change::Event::Forgone(id))).chain(gone).collect())
    }

    fn meet(&self, id: ChangeId, now: DateTime<Utc>) -> Decided {
        let State::EnRoute { .. } = self.state else {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" });
        };
        self.free_to_go_on()?;
        let change = self.change_of(id).ok_or(Refusal::NotFound)?;
        match change.stage {
            Stage::Expected => Ok(vec![told(Step::Met, Change { stage: Stage::Met { at: now }, ..change.clone() })]),
            other => Err(Refusal::StopStage { stage: other.code(), needed: "expected" }),
        }
    }

    fn met(&self, id: ChangeId) -> Result<&Change, Refusal> {
        let change = self.change_of(id).ok_or(Refusal::NotFound)?;
        match change.stage {
            Stage::Met { .. } => Ok(change),
            Stage::Expected => Err(Between::NotMet.into()),
            Stage::Closed { .. } => Err(Between::Begun.into()),
        }
    }

    /// The person as they stand between the vehicles, and the change with that person as `with` makes them.
    fn between(
        &self,
        id: ChangeId,
        arrival: ArrivalId,
        with: impl Fn(Rider) -> Rider,
    ) -> Result<(Rider, Change), Refusal> {
        let change = self.met(id)?;
        let rider = change.riders.iter().find(|rider| rider.seat.arrival == arrival).ok_or(Refusal::NotOnManifest)?;
        if rider.passed_at.is_some() {
            return Err(Refusal::AlreadyReceived);
        }
        let one = |other: &Rider| if other.seat.arrival == arrival { with(*other) } else { *other };
        Ok((*rider, Change { riders: change.riders.iter().map(one).collect(), ..change.clone() }))
    }

    fn offer_onward(&self, id: ChangeId, arrival: ArrivalId, now: DateTime<Utc>) -> Decided {
        let offered = |rider: Rider| Rider { offered_at: Some(rider.offered_at.unwrap_or(now)), ..rider };
        let (_, change) = self.between(id, arrival, offered)?;
        Ok(vec![told(Step::Offered, change)])
    }

    fn pass(&self, id: ChangeId, arrival: ArrivalId, now: DateTime<Utc>) -> Decided {
        let (rider, change) = self.between(id, arrival, |rider| Rider { passed_at: Some(now), ..rider })?;
        if rider.offered_at.is_none() {
            return Err(Refusal::HandoverNotOffered);
        }
        Ok(vec![told(Step::Passed, change)])
    }

    fn coming(&self, id: ChangeId, arrival: ArrivalId) -> Result<Seat, Refusal> {
        let seat = self.seat_of(arrival).filter(|seat| seat.via == Some(id)).copied().ok_or(Refusal::NotOnManifest)?;
        if seat.boarded_at.is_some() { Err(Refusal::AlreadyReceived) } else { Ok(seat) }
    }

    fn take(&self, id: ChangeId, arrival: ArrivalId, now: DateTime<Utc>) -> Decided {
        let State::Boarding { .. } = self.state else {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "boarding" });
        };
        let seat = self.coming(id, arrival)?;
        Ok(vec![Event::Boarded(Seat { boarded_at: Some(now), ..seat })])
    }

    fn keep(&self, id: ChangeId, kept: Kept, mut halt: Stop) -> Decided {
        if kept.reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        let (rider, mut change) = self.between(id, kept.arrival, |rider| rider)?;
        change.riders.retain(|rider| rider.seat.arrival != kept.arrival);
        halt.seats = vec![Seat { party: kept.party, ..rider.seat }];
        change.kept.push(kept);
        Ok(vec![told(Step::Kept, change), self.joined(halt)])
    }

    fn forgo(&self, id: ChangeId, arrival: ArrivalId, reason: String) -> Decided {
        self.loading()?;
        self.coming(id, arrival)?;
        let gone = self.emptied(|seat| seat.arrival == arrival);
        Ok(std::iter::once(Event::NoShow { arrival, reason }).chain(gone).collect())
    }

    fn close(&self, id: ChangeId, head_count: i64, now: DateTime<Utc>) -> Decided {
        let change = self.met(id)?;
        let Stage::Met { at: met_at } = change.stage else { return Err(Between::NotMet.into()) };
        if change.counts().open() > 0 {
            return Err(still_open(change));
        }
        if head_count != self.aboard() {
            return Err(Refusal::HeadCountDiffers { counted: head_count, manifest: self.aboard() });
        }
        let stage = Stage::Closed { met_at, at: now, head_count };
        let mut events = vec![told(Step::Closed, Change { stage, ..change.clone() })];
        let others = self.changes.iter().all(|other| other.id == id || other.closed());
        if let (true, State::EnRoute { departed_at, .. }) =
            (others && self.stops.iter().all(Stop::handed_over), &self.state)
        {
            events.push(Event::Completed(State::Completed { departed_at: *departed_at, at: now }));
        }
        Ok(events)
    }

    /// Refuses while people stand between this vehicle and another, or while it is broken down.
    pub(super) fn free_to_go_on(&self) -> Result<(), Refusal> {
        self.not_broken_down()?;
        let standing = self.changes.iter().find(|change| matches!(change.stage, Stage::Met { .. }));
        standing.map_or(Ok(()), |change| Err(still_open(change)))
    }

    pub(super) fn changes_closed(&self) -> bool {
        self.changes.iter().all(Change::closed)
    }

    /// Refuses while a change from or to this trip is planned: it is called off first, so that nobody keeps half a way.
    pub(super) fn no_change_planned(&self) -> Result<(), Refusal> {
        if let Some(change) = self.changes.first() {
            return Err(still_open(change));
        }
        if self.manifest().any(|seat| seat.via.is_some()) { Err(Between::PassesThere.into()) } else { Ok(()) }
    }

    /// The halts and changes nobody is left of once these seats are free.
    pub(super) fn emptied(&self, going: impl Fn(&Seat) -> bool) -> Vec<Event> {
        let left = |seats: &[Seat]| seats.iter().any(|seat| !going(seat));
        let stops = self.stops.iter().filter(|stop| !stop.seats.is_empty() && !left(&stop.seats));
        let stops = stops.map(|stop| Event::StopDropped(stop.id));
        let riders = |change: &&Change| change.kept.is_empty() && change.riders.iter().all(|rider| going(&rider.seat));
        let changes = self.changes.iter().filter(riders).map(|change| Event::Change(change::Event::Dropped(change.id)));
        stops.chain(changes).collect()
    }
}
