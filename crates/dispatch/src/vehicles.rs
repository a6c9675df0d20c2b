//! The district's vehicles and escorts, as the dispatcher plans with them.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Grant};
use homeward_domain::{Jurisdiction, Refusal, VehicleId};
use homeward_store::account::{self, Account};
use homeward_store::vehicle::{self, Vehicle};
use serde_json::json;

/// A vehicle to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVehicle {
    /// What people call it.
    pub name: String,
    /// Plate, when known.
    pub plate: Option<String>,
    /// Seats for travellers, 1 to 60.
    pub seats: i64,
    /// Of these, places a wheelchair fits.
    pub wheelchair_places: i64,
}

impl Dispatcher {
    /// The vehicles of the caller's district.
    pub async fn vehicles(&self, caller: &Caller) -> Result<Vec<Vehicle>, Halt> {
        let district = own_district(caller)?;
        Ok(vehicle::of_district(self.store.read().await?.conn(), district.as_str()).await?)
    }

    /// The escorts of the caller's district who may sign in.
    pub async fn escorts(&self, caller: &Caller) -> Result<Vec<Account>, Halt> {
        let district = own_district(caller)?;
        Ok(account::of_role(self.store.read().await?.conn(), "escort", district.as_str()).await?)
    }

    /// Adds a vehicle to the district's registry.
    pub async fn add_vehicle(&self, caller: &Caller, key: &Key, new: NewVehicle) -> Result<Receipt, Halt> {
        let district = own_district(caller)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let vehicle = Vehicle {
            id: VehicleId::new(turn.new_id()),
            district,
            name: new.name,
            plate: new.plate,
            seats: new.seats,
            wheelchair_places: new.wheelchair_places,
        };
        let now = turn.now;
        vehicle::insert(turn.conn(), &vehicle, now).await?;
        turn.record(vehicle.id.uuid(), "vehicle.added", json!({ "seats": vehicle.seats }));
        turn.close(vehicle.id.uuid(), 1).await
    }
}

pub(crate) fn own_district(caller: &Caller) -> Result<Jurisdiction, Refusal> {
    caller.may(Action::Dispatch)?;
    match &caller.actor.grant {
        Grant::Dispatcher { district } => Ok(district.clone()),
        _ => Err(Refusal::NotYourRole),
    }
}
