//! Another vehicle makes a journey that is laid out: the bus that was meant to is late, or does not come. Whoever has a seat keeps
//! it, and the squads' answers stand; their boards show the other plate.

use crate::day_plan::fits_all;
use crate::drivers::{NamedDriver, who_drives};
use crate::plan_trip::own_vehicle;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::trip::{Command, Trip, Vehicle};
use homeward_domain::{TripId, VehicleId};

/// Which vehicle, and who drives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherVehicle {
    /// One of the district's.
    pub vehicle: VehicleId,
    /// Who drives. Without one its usual driver does, where that is one person who is free; the driver of the other vehicle stays
    /// with that.
    pub driver: Option<NamedDriver>,
    /// The plate, if not that of the registry.
    pub plate: Option<String>,
}

impl Dispatcher {
    /// Gives a trip that nobody has boarded another vehicle, which has to take everybody who rides, as whoever seats by hand is asked.
    /// Taken back by giving it the first one.
    pub async fn take_vehicle(
        &self,
        caller: &Caller,
        key: &Key,
        trip: TripId,
        other: OtherVehicle,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        let command = takes(&mut turn, &scope, &trip, other).await?;
        let events = trip.decide(command, turn.now)?;
        fits_all(&mut turn, &events.iter().fold(trip.clone(), Trip::apply)).await?;
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }
}

async fn takes(turn: &mut Turn<'_>, scope: &Scope, trip: &Trip, other: OtherVehicle) -> Result<Command, Halt> {
    let vehicle = own_vehicle(turn, scope, other.vehicle).await?;
    let driver = who_drives(turn, &vehicle, other.driver, (trip.departs_at, Some(trip.id))).await?;
    let plate = other.plate.or(vehicle.plate);
    let vehicle = Vehicle { id: vehicle.id, name: vehicle.name, seats: vehicle.seats };
    Ok(Command::TakeVehicle { vehicle, plate, driver })
}
