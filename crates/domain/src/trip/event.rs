//! What happened to a trip, and what it is after it.

use super::{Diversion, Driver, Order, Seat, State, Stop, StopStage, Trip, Vehicle};
use crate::notice::Notice;
use crate::{AccountId, ArrivalId, PartyId, StopId};

/// One fact about a trip.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It stands in the plan.
    Planned,
    /// Crew or plate changed.
    Crewed {
        /// Who drives.
        driver: Option<Driver>,
        /// Who rides along.
        escorts: Vec<AccountId>,
        /// The plate.
        plate: Option<String>,
    },
    /// Its driver has another name or phone.
    DriverCorrected(Driver),
    /// Another vehicle makes the journey; nobody gets on before it is there.
    VehicleTaken {
        /// Which.
        vehicle: Vehicle,
        /// Its plate.
        plate: Option<String>,
        /// Who drives it.
        driver: Option<Driver>,
    },
    /// A halt was added; the squad has its notice.
    StopAdded {
        /// The halt.
        stop: Stop,
        /// Before which it comes on the way; the last one where that is nothing.
        before: Option<StopId>,
    },
    /// A halt nobody gets off at any more was dropped.
    StopDropped(StopId),
    /// Seats at a halt as they now are.
    SeatsGiven {
        /// Which halt.
        stop: StopId,
        /// The new seats.
        seats: Vec<Seat>,
    },
    /// A party's seats are free again.
    SeatsTakenBack(PartyId),
    /// People may get on.
    BoardingOpened(State),
    /// Somebody got on or off before departure.
    Boarded(Seat),
    /// Somebody got off again before departure.
    Unboarded(Seat),
    /// Somebody did not come; their seat is free.
    NoShow {
        /// Who.
        arrival: ArrivalId,
        /// Why, as the escort said it.
        reason: String,
    },
    /// On the road.
    Departed(State),
    /// At a gate.
    Arrived(StopId, StopStage),
    /// The escort offered.
    Offered(StopId, StopStage),
    /// The receiver accepted.
    Accepted(StopId, StopStage),
    /// A role acknowledged.
    Acknowledged(StopId, Notice),
    /// The vehicle comes at another time than the squad answered to; it is asked again.
    Renewed(StopId, Notice),
    /// The squad is in place.
    Mustered(StopId, Notice),
    /// Silence was escalated.
    Escalated(StopId, Notice),
    /// On the road, ordered elsewhere.
    Diverted(Box<Diversion>),
    /// Somebody aboard has seen the order.
    OrderSeen(Order),
    /// The last hand-over closed.
    Completed(State),
    /// Never left.
    Cancelled(State),
    /// People pass to another vehicle, or this one cannot go on.
    Change(super::change::Event),
}

impl Event {
    /// The code in the log and the feed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned => "trip.planned",
            Self::Crewed { .. } => "trip.crewed",
            Self::DriverCorrected(_) => "driver.corrected",
            Self::VehicleTaken { .. } => "trip.vehicle_taken",
            Self::StopAdded { .. } => "notice.sent",
            Self::StopDropped(_) | Self::SeatsTakenBack(_) => "seats.released",
            Self::SeatsGiven { .. } => "seats.assigned",
            Self::BoardingOpened(_) => "boarding.opened",
            Self::Boarded(_) => "person.boarded",
            Self::Unboarded(_) => "person.unboarded",
            Self::NoShow { .. } => "person.no_show",
            Self::Departed(_) => "trip.departed",
            Self::Arrived(..) => "stop.arrived",
            Self::Offered(..) => "handover.offered",
            Self::Accepted(..) => "handover.accepted",
            Self::Acknowledged(..) => "notice.acknowledged",
            Self::Renewed(..) => "notice.renewed",
            Self::Mustered(..) => "squad.mustered",
            Self::Escalated(..) => "notice.escalated",
            Self::Diverted(_) => "trip.diverted",
            Self::OrderSeen(_) => "order.seen",
            Self::Completed(_) => "trip.completed",
            Self::Cancelled(_) => "trip.cancelled",
            Self::Change(event) => event.code(),
        }
    }
}

impl Trip {
    /// The trip after the event. Total: an event that was decided can always be applied.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        match event {
            Event::Planned => {}
            Event::Crewed { driver, escorts, plate } => {
                (self.driver, self.escorts, self.plate) = (driver.clone(), escorts.clone(), plate.clone());
            }
            Event::DriverCorrected(driver) => self.driver = Some(driver.clone()),
            Event::VehicleTaken { vehicle, plate, driver } => {
                (self.vehicle, self.plate, self.driver) = (vehicle.clone(), plate.clone(), driver.clone());
                self.state = State::Planned;
                self.number_seats();
            }
            Event::StopAdded { stop, before } => {
                let at = before.and_then(|before| self.stops.iter().position(|stop| stop.id == before));
                self.stops.insert(at.unwrap_or(self.stops.len()), stop.clone());
            }
            Event::StopDropped(id) => self.stops.retain(|stop| stop.id != *id),
            Event::SeatsGiven { stop, seats } => self.change(*stop, |stop| stop.seats.extend(seats)),
            Event::SeatsTakenBack(party) => self.drop_seats(|seat| seat.party == *party),
            Event::NoShow { arrival, .. } => self.drop_seats(|seat| seat.arrival == *arrival),
            Event::Boarded(seat) | Event::Unboarded(seat) => self.reseat(*seat),
            Event::Diverted(diversion) => self = self.diverted(diversion),
            Event::OrderSeen(order) => self.order = Some(order.clone()),
            Event::BoardingOpened(state)
            | Event::Departed(state)
            | Event::Completed(state)
            | Event::Cancelled(state) => self.state = state.clone(),
            Event::Arrived(id, stage) | Event::Offered(id, stage) | Event::Accepted(id, stage) => {
                self.change(*id, |stop| stop.stage = *stage);
            }
            Event::Acknowledged(id, notice)
            | Event::Renewed(id, notice)
            | Event::Mustered(id, notice)
            | Event::Escalated(id, notice) => {
                self.change(*id, |stop| stop.notice = notice.clone());
            }
            Event::Change(event) => self.apply_change(event),
        }
        self
    }

    fn change(&mut self, id: StopId, with: impl FnOnce(&mut Stop)) {
        if let Some(stop) = self.stops.iter_mut().find(|stop| stop.id == id) {
            with(stop);
        }
    }

    fn drop_seats(&mut self, whose: impl Fn(&Seat) -> bool) {
        for stop in &mut self.stops {
            stop.seats.retain(|seat| !whose(seat));
        }
        for change in &mut self.changes {
            change.riders.retain(|rider| !whose(&rider.seat));
        }
    }

    /// Seats are those of the vehicle, from 1 on in the order of the halts.
    fn number_seats(&mut self) {
        for (number, seat) in (1..).zip(self.stops.iter_mut().flat_map(|stop| &mut stop.seats)) {
            seat.number = number;
        }
    }

    fn reseat(&mut self, new: Seat) {
        let onward = self.changes.iter_mut().flat_map(|change| &mut change.riders).map(|rider| &mut rider.seat);
        for seat in self.stops.iter_mut().flat_map(|stop| &mut stop.seats).chain(onward) {
            if seat.arrival == new.arrival {
                *seat = new;
            }
        }
    }
}
