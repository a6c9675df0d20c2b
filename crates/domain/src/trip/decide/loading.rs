//! Before the road: seats, boarding person by person, departure.

use crate::notice::Notice;
use crate::refusal::Change as Between;
use crate::trip::{ESCORTS_MIN, Event, NewStop, Seat, State, Stop, StopStage, Trip, count};
use crate::{ArrivalId, PartyId, Refusal, StopId, code};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

type Decided = Result<Vec<Event>, Refusal>;

impl Trip {
    pub(super) fn seat(
        &self,
        party: PartyId,
        arrivals: &[ArrivalId],
        (receiver, gate): (&code::Receiver, &code::Gate),
        new: NewStop,
        now: DateTime<Utc>,
    ) -> Decided {
        self.loading()?;
        if self.manifest().any(|seat| seat.party == party) {
            return Err(Refusal::AlreadySeated);
        }
        let needed = count(arrivals.len());
        if needed > self.seats_free() {
            return Err(Refusal::VehicleFull { free: self.seats_free(), needed });
        }
        let mut events = Vec::new();
        let stop = self.stops.iter().find(|stop| stop.gate == *gate).map_or_else(
            || {
                let stop = expected(new.id, receiver, gate, now);
                events.push(Event::StopAdded { stop, before: new.before });
                new.id
            },
            |stop| stop.id,
        );
        let taken: BTreeSet<i64> = self.manifest().map(|seat| seat.number).collect();
        let free = (1..=self.vehicle.seats).filter(|number| !taken.contains(number));
        let seat = |(number, &arrival)| Seat { number, arrival, party, boarded_at: None, via: None };
        let seats = free.zip(arrivals).map(seat);
        events.push(Event::SeatsGiven { stop, seats: seats.collect() });
        Ok(events)
    }

    pub(super) fn unseat(&self, party: PartyId) -> Decided {
        self.loading()?;
        if self.manifest().all(|seat| seat.party != party) {
            return Err(Refusal::NotSeated);
        }
        Ok(std::iter::once(Event::SeatsTakenBack(party)).chain(self.emptied(|seat| seat.party == party)).collect())
    }

    pub(super) fn open_boarding(&self, now: DateTime<Utc>) -> Decided {
        match self.state {
            State::Planned => Ok(vec![Event::BoardingOpened(State::Boarding { since: now })]),
            _ => Err(Refusal::WrongStage { stage: self.state.code(), needed: "planned" }),
        }
    }

    fn boarding(&self) -> Result<(), Refusal> {
        match self.state {
            State::Boarding { .. } => Ok(()),
            _ => Err(Refusal::WrongStage { stage: self.state.code(), needed: "boarding" }),
        }
    }

    fn seated(&self, arrival: ArrivalId) -> Result<Seat, Refusal> {
        self.seat_of(arrival).copied().ok_or(Refusal::NotOnManifest)
    }

    pub(super) fn board(&self, arrival: ArrivalId, now: DateTime<Utc>) -> Decided {
        self.boarding()?;
        let seat = self.seated(arrival)?;
        not_by_change(&seat)?;
        Ok(vec![Event::Boarded(Seat { boarded_at: Some(seat.boarded_at.unwrap_or(now)), ..seat })])
    }

    pub(super) fn unboard(&self, arrival: ArrivalId) -> Decided {
        self.boarding()?;
        let seat = self.seated(arrival)?;
        not_by_change(&seat)?;
        Ok(vec![Event::Unboarded(Seat { boarded_at: None, ..seat })])
    }

    pub(super) fn no_show(&self, arrival: ArrivalId, reason: String) -> Decided {
        self.boarding()?;
        let seat = self.seated(arrival)?;
        not_by_change(&seat)?;
        if seat.boarded_at.is_some() {
            return Err(Refusal::AlreadyUnderWay);
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        let gone = self.emptied(|seat| seat.arrival == arrival);
        Ok(std::iter::once(Event::NoShow { arrival, reason }).chain(gone).collect())
    }

    /// Driver, two escorts, plate, head count = manifest (mission.md, rules 11 and 14).
    pub(super) fn depart(&self, head_count: i64, now: DateTime<Utc>) -> Decided {
        self.boarding()?;
        if self.driver.is_none() || self.escorts.len() < ESCORTS_MIN {
            return Err(Refusal::CrewIncomplete { driver: self.driver.is_some(), escorts: self.escorts.len() });
        }
        if self.plate.is_none() {
            return Err(Refusal::PlateMissing);
        }
        let (boarded, manifest) = (self.boarded(), self.seats_taken());
        if manifest == 0 {
            return Err(Refusal::NobodyAboard);
        }
        if boarded < manifest {
            return Err(Refusal::NotBoarded { boarded, manifest });
        }
        if head_count != manifest {
            return Err(Refusal::HeadCountDiffers { counted: head_count, manifest });
        }
        Ok(vec![Event::Departed(State::EnRoute { departed_at: now, head_count })])
    }
}

pub(super) fn expected(id: StopId, receiver: &code::Receiver, gate: &code::Gate, now: DateTime<Utc>) -> Stop {
    Stop {
        id,
        receiver: receiver.clone(),
        gate: gate.clone(),
        stage: StopStage::Expected,
        notice: Notice::sent(now),
        seats: Vec::new(),
    }
}

/// Who comes from another vehicle is taken over there, not at the airport.
fn not_by_change(seat: &Seat) -> Result<(), Refusal> {
    if seat.via.is_some() { Err(Between::PassesThere.into()) } else { Ok(()) }
}
