//! Put a trip into the plan, name its crew, open boarding, cancel it.

use crate::drivers::{NamedDriver, may_drive, named, who_drives};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Grant, Scope};
use homeward_domain::party;
use homeward_domain::trip::{Command, State, Trip, Vehicle};
use homeward_domain::{AccountId, Invalid, Refusal, TripId, VehicleId, vehicle};

/// Who drives and rides along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crew {
    /// Who drives. A new trip without one gets the vehicle's usual driver, where that is one person who is free.
    pub driver: Option<NamedDriver>,
    /// Staff aboard.
    pub escorts: Vec<AccountId>,
    /// The plate, when known.
    pub plate: Option<String>,
}

impl Dispatcher {
    /// Plans a trip of one of the district's vehicles.
    pub async fn plan_trip(
        &self,
        caller: &Caller,
        key: &Key,
        vehicle: VehicleId,
        departs_at: DateTime<Utc>,
        crew: Crew,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = self.begin_trip(&mut turn, &scope, vehicle, departs_at, crew).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }

    /// Writes a new trip of a vehicle inside the scope, in an open turn.
    pub(crate) async fn begin_trip(
        &self,
        turn: &mut Turn<'_>,
        scope: &Scope,
        vehicle: VehicleId,
        departs_at: DateTime<Utc>,
        crew: Crew,
    ) -> Result<Trip, Halt> {
        let vehicle = own_vehicle(turn, scope, vehicle).await?;
        known_escorts(turn, vehicle.district.as_str(), &crew.escorts).await?;
        let driver = who_drives(turn, &vehicle, crew.driver, (departs_at, None)).await?;
        let trip = Trip {
            id: TripId::new(turn.new_id()),
            district: vehicle.district,
            vehicle: Vehicle { id: vehicle.id, name: vehicle.name, seats: vehicle.seats },
            plate: crew.plate.or(vehicle.plate),
            driver,
            escorts: crew.escorts,
            departs_at,
            state: State::Planned,
            stops: Vec::new(),
            order: None,
            changes: Vec::new(),
            breakdown: None,
            version: 1,
        };
        homeward_store::trip::insert(turn.conn(), &trip).await?;
        turn.record(trip.id.uuid(), "trip.planned", serde_json::json!({ "vehicle": trip.vehicle.id }));
        turn.changed.trips.insert(trip.id, "trip.planned");
        Ok(trip)
    }

    /// Names crew and plate, until departure.
    pub async fn crew(&self, caller: &Caller, key: &Key, trip: TripId, crew: Crew) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        known_escorts(&mut turn, trip.district.as_str(), &crew.escorts).await?;
        let driver = match crew.driver {
            Some(driver) => Some(named(&mut turn, &trip.district, driver).await?),
            None => None,
        };
        let Crew { escorts, plate, .. } = crew;
        self.finish_trip(turn, trip, Command::Crew { driver, escorts, plate }).await
    }

    /// Opens boarding: the dispatcher or the escort.
    pub async fn open_boarding(&self, caller: &Caller, key: &Key, trip: TripId) -> Result<Receipt, Halt> {
        let action = if matches!(caller.actor.grant, Grant::Escort { .. }) { Action::Escort } else { Action::Dispatch };
        let scope = caller.may(action)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        may_begin(&mut turn, &trip).await?;
        self.finish_trip(turn, trip, Command::OpenBoarding).await
    }

    /// Cancels a trip nobody has boarded; its parties wait for seats again.
    pub async fn cancel_trip(&self, caller: &Caller, key: &Key, trip: TripId, reason: String) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        let events = trip.decide(Command::Cancel { reason }, turn.now)?;
        let riders = homeward_store::party::on_trip(turn.conn(), trip.id).await?;
        let trip = turn.save_trip(trip, &events).await?;
        for rider in riders {
            let party = turn.party(rider, &scope, None).await?;
            let events = party.decide(party::Command::Unseat, turn.now)?;
            turn.save_party(party, &events).await?;
        }
        turn.close(trip.id.uuid(), trip.version).await
    }

    /// Decides a command on a loaded trip and closes the turn.
    pub(crate) async fn finish_trip(&self, mut turn: Turn<'_>, trip: Trip, command: Command) -> Result<Receipt, Halt> {
        let events = trip.decide(command, turn.now)?;
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }
}

/// A vehicle of the district that is in service.
pub(crate) async fn own_vehicle(
    turn: &mut Turn<'_>,
    scope: &Scope,
    vehicle: VehicleId,
) -> Result<vehicle::Vehicle, Halt> {
    let vehicle = homeward_store::vehicle::load(turn.conn(), vehicle).await?;
    let vehicle = vehicle.filter(|vehicle| scope.district() == Some(vehicle.district.as_str()));
    let vehicle = vehicle.ok_or_else(|| Refusal::Invalid(unknown("vehicle")))?;
    vehicle.in_service()?;
    Ok(vehicle)
}

/// Refuses unless the trip's vehicle is here, takes nobody of another trip aboard, is in service and disinfected since it came
/// back.
async fn may_begin(turn: &mut Turn<'_>, trip: &Trip) -> Result<(), Halt> {
    vehicle::may_begin(&homeward_store::vehicle::busy(turn.conn(), trip).await?)?;
    may_load(turn, trip).await
}

/// The same for a trip that loads already, and its driver is at no other wheel. Whoever leaves is asked again: a vehicle can
/// break down between boarding and departure.
pub(crate) async fn may_leave(turn: &mut Turn<'_>, trip: &Trip) -> Result<(), Halt> {
    stands_here(turn, trip).await?;
    may_load(turn, trip).await?;
    may_drive(turn, trip).await
}

/// Refuses unless the vehicle of a trip that loads is here and has nobody of another trip aboard.
pub(crate) async fn stands_here(turn: &mut Turn<'_>, trip: &Trip) -> Result<(), Halt> {
    Ok(vehicle::may_go_on(&homeward_store::vehicle::busy(turn.conn(), trip).await?)?)
}

async fn may_load(turn: &mut Turn<'_>, trip: &Trip) -> Result<(), Halt> {
    let vehicle = homeward_store::vehicle::load(turn.conn(), trip.vehicle.id).await?;
    Ok(vehicle.ok_or(Refusal::NotFound)?.may_load()?)
}

pub(crate) fn unknown(field: &'static str) -> Invalid {
    Invalid::new("unknown", "choose one of your district").at(field)
}

async fn known_escorts(turn: &mut Turn<'_>, district: &str, escorts: &[AccountId]) -> Result<(), Halt> {
    let known = homeward_store::account::of_role(turn.conn(), "escort", district).await?;
    match escorts.iter().position(|escort| known.iter().all(|known| known.id != *escort)) {
        Some(place) => Err(Invalid::new("unknown", "choose escorts of your district").at(place).at("escorts").into()),
        None => Ok(()),
    }
}
