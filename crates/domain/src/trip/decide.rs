//! What may be done with a trip, and when not. Pure: `now` and data in, events or a refusal out.

mod breakdown;
mod change;
mod divert;
mod gate;
mod loading;
mod undo;

pub use divert::Elsewhere;

use super::{Driver, Event, SeenBy, State, Trip, Vehicle};
use crate::notice::{Ack, Told};
use crate::{AccountId, ArrivalId, Invalid, PartyId, Refusal, StopId, code};
use chrono::{DateTime, Utc};

/// What somebody wants done with a trip.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is documented; its fields are what their names and types say")]
pub enum Command {
    /// Name the crew and the plate.
    Crew { driver: Option<Driver>, escorts: Vec<AccountId>, plate: Option<String> },
    /// Its driver has another name or phone now.
    CorrectDriver(Driver),
    /// Another vehicle makes the journey, with its own plate and driver; halts, seats and escorts stay.
    TakeVehicle { vehicle: Vehicle, plate: Option<String>, driver: Option<Driver> },
    /// Give a whole party seats to a gate.
    Seat { party: PartyId, arrivals: Vec<ArrivalId>, receiver: code::Receiver, gate: code::Gate, stop: NewStop },
    /// Take a party's seats back.
    Unseat { party: PartyId },
    /// Take back seats that were just given; nobody prepares for these people yet.
    Undo { parties: Vec<PartyId>, reason: String },
    /// Let people get on.
    OpenBoarding,
    /// Somebody got on.
    Board { arrival: ArrivalId },
    /// Somebody got off again.
    Unboard { arrival: ArrivalId },
    /// Somebody did not come.
    NoShow { arrival: ArrivalId, reason: String },
    /// Leave, with the escort's own count.
    Depart { head_count: i64 },
    /// Stand at a gate.
    Arrive { stop: StopId },
    /// The escort confirms the hand-over.
    Offer { stop: StopId },
    /// The receiver confirms the hand-over.
    Accept { stop: StopId },
    /// A squad role answers the notice.
    Acknowledge { stop: StopId, ack: Ack },
    /// Boards show these times now, each for its stop; what was shown asks, not a person.
    Show { times: Vec<(StopId, Told)> },
    /// The squad is at the gate.
    Muster { stop: StopId },
    /// Nobody answered; a background step asks, not a person.
    Escalate { stop: StopId },
    /// On the road: go elsewhere.
    Divert(Elsewhere),
    /// Somebody aboard has seen the order.
    SeeOrder(SeenBy),
    /// Do not go.
    Cancel { reason: String },
    /// Pass people to another vehicle, or say that this one cannot go on.
    Change(super::change::Command),
}

/// The halt to make if the gate is not on the way yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewStop {
    /// Its id.
    pub id: StopId,
    /// Before which halt of the way it comes; the last one where that is nothing, or no halt of this trip.
    pub before: Option<StopId>,
}

impl Trip {
    /// Decides one command. The events are to be applied in order and saved together.
    pub fn decide(&self, command: Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Crew { driver, escorts, plate } => self.crew(driver, escorts, plate),
            Command::CorrectDriver(driver) => self.correct_driver(driver),
            Command::TakeVehicle { vehicle, plate, driver } => self.take_vehicle(vehicle, plate, driver),
            Command::Seat { party, arrivals, receiver, gate, stop } => {
                self.seat(party, &arrivals, (&receiver, &gate), stop, now)
            }
            Command::Unseat { party } => self.unseat(party),
            Command::Undo { parties, reason } => self.undo(&parties, reason, now),
            Command::OpenBoarding => self.open_boarding(now),
            Command::Board { arrival } => self.board(arrival, now),
            Command::Unboard { arrival } => self.unboard(arrival),
            Command::NoShow { arrival, reason } => self.no_show(arrival, reason),
            Command::Depart { head_count } => self.depart(head_count, now),
            Command::Arrive { stop } => self.arrive(stop, now),
            Command::Offer { stop } => self.offer(stop, now),
            Command::Accept { stop } => self.accept(stop, now),
            Command::Acknowledge { stop, ack } => self.acknowledge(stop, ack),
            Command::Show { times } => Ok(self.show(&times, now)),
            Command::Muster { stop } => self.muster(stop, now),
            Command::Escalate { stop } => self.escalate(stop, now),
            Command::Divert(to) => self.divert(to, now),
            Command::SeeOrder(seen) => self.see_order(seen),
            Command::Cancel { reason } => self.cancel(reason, now),
            Command::Change(command) => self.change_vehicles(command, now),
        }
    }

    fn loading(&self) -> Result<(), Refusal> {
        if self.state.loading() {
            return Ok(());
        }
        Err(Refusal::WrongStage { stage: self.state.code(), needed: "planned" })
    }

    fn crew(
        &self,
        driver: Option<Driver>,
        mut escorts: Vec<AccountId>,
        plate: Option<String>,
    ) -> Result<Vec<Event>, Refusal> {
        self.loading()?;
        escorts.sort_unstable();
        escorts.dedup();
        Ok(vec![Event::Crewed { driver, escorts, plate }])
    }

    /// Before anybody is aboard; where people could get on already, they get on anew.
    fn take_vehicle(
        &self,
        vehicle: Vehicle,
        plate: Option<String>,
        driver: Option<Driver>,
    ) -> Result<Vec<Event>, Refusal> {
        self.loading()?;
        if self.boarded() > 0 {
            return Err(Refusal::AlreadyUnderWay);
        }
        self.no_change_planned()?;
        if vehicle.id == self.vehicle.id {
            return Err(Invalid::new("same-vehicle", "choose another vehicle").at("vehicle").into());
        }
        if vehicle.seats < self.seats_taken() {
            return Err(Refusal::VehicleFull { free: vehicle.seats, needed: self.seats_taken() });
        }
        Ok(vec![Event::VehicleTaken { vehicle, plate, driver }])
    }

    /// Also on the road: whoever waits at the gate calls the number that is shown.
    fn correct_driver(&self, driver: Driver) -> Result<Vec<Event>, Refusal> {
        if !self.state.open() {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" });
        }
        Ok(vec![Event::DriverCorrected(driver)])
    }

    fn cancel(&self, reason: String, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        self.loading()?;
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        if self.boarded() > 0 {
            return Err(Refusal::AlreadyUnderWay);
        }
        self.no_change_planned()?;
        let parties: Vec<PartyId> = self.stops.iter().flat_map(super::Stop::parties).collect();
        let given_back = parties.into_iter().map(Event::SeatsTakenBack);
        let dropped = self.stops.iter().map(|stop| Event::StopDropped(stop.id));
        Ok(given_back.chain(dropped).chain([Event::Cancelled(State::Cancelled { at: now, reason })]).collect())
    }
}
