//! The district's vehicles and escorts, as the dispatcher plans with them.

use crate::estimate::local_midnight;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Grant};
use homeward_domain::vehicle::{Cleaning, Command, Service, Shift, Vehicle};
use homeward_domain::{AccountId, Jurisdiction, Refusal, VehicleId};
use homeward_store::account::{self, Account};
use homeward_store::vehicle;
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
    /// Large pieces of luggage it takes; not limited while nobody wrote it down.
    pub luggage_places: Option<i64>,
    /// When it is on duty; at any hour where none is set.
    pub shift: Option<Shift>,
}

/// A vehicle with what it did today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtWork {
    /// The vehicle.
    pub vehicle: Vehicle,
    /// How often it left since midnight, local time.
    pub trips_today: i64,
}

impl Dispatcher {
    /// The vehicles of the caller's district.
    pub async fn vehicles(&self, caller: &Caller) -> Result<Vec<AtWork>, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let today = local_midnight(self.clock.now());
        let mut reader = self.store.read().await?;
        let trips = vehicle::round_trips(reader.conn(), district.as_str(), today).await?;
        let all = vehicle::of_district(reader.conn(), district.as_str()).await?.into_iter();
        let at_work = |vehicle: Vehicle| AtWork { trips_today: trips.get(&vehicle.id).copied().unwrap_or(0), vehicle };
        Ok(all.map(at_work).collect())
    }

    /// The escorts of the caller's district who may sign in.
    pub async fn escorts(&self, caller: &Caller) -> Result<Vec<Account>, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        Ok(account::of_role(self.store.read().await?.conn(), "escort", district.as_str()).await?)
    }

    /// Writes down which languages an escort of the district speaks, as BCP 47 tags.
    pub async fn set_languages(
        &self,
        caller: &Caller,
        key: &Key,
        escort: AccountId,
        languages: Vec<String>,
    ) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let escorts = account::of_role(turn.conn(), "escort", district.as_str()).await?;
        let escort = escorts.into_iter().find(|it| it.id == escort).ok_or(Refusal::NotFound)?;
        let version = account::set_languages(turn.conn(), &escort, &languages).await?;
        turn.record(escort.id.uuid(), "escort.languages", json!({ "languages": languages }));
        turn.close(escort.id.uuid(), version).await
    }

    /// Adds a vehicle to the district's registry.
    pub async fn add_vehicle(&self, caller: &Caller, key: &Key, new: NewVehicle) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let vehicle = Vehicle {
            id: VehicleId::new(turn.new_id()),
            district,
            name: new.name,
            plate: new.plate,
            seats: new.seats,
            wheelchair_places: new.wheelchair_places,
            luggage_places: new.luggage_places,
            shift: new.shift,
            service: Service::In,
            cleaning: Cleaning::Done(None),
            version: 1,
        };
        let now = turn.now;
        vehicle::insert(turn.conn(), &vehicle, now).await?;
        turn.record(vehicle.id.uuid(), "vehicle.added", json!({ "seats": vehicle.seats }));
        turn.changed.vehicles.insert(vehicle.id, "vehicle.added");
        turn.close(vehicle.id.uuid(), vehicle.version).await
    }

    /// Takes a vehicle out of service, puts it back, or sets its hours or its luggage places.
    pub async fn keep_vehicle(
        &self,
        caller: &Caller,
        key: &Key,
        vehicle: VehicleId,
        command: Command,
    ) -> Result<Receipt, Halt> {
        self.change_vehicle(caller, key, Action::Dispatch, vehicle, command).await
    }

    /// Confirms that a vehicle was disinfected since it came back: the dispatcher, or an escort of the district.
    pub async fn confirm_clean(&self, caller: &Caller, key: &Key, vehicle: VehicleId) -> Result<Receipt, Halt> {
        self.change_vehicle(caller, key, Action::ConfirmClean, vehicle, Command::ConfirmClean).await
    }

    async fn change_vehicle(
        &self,
        caller: &Caller,
        key: &Key,
        action: Action,
        id: VehicleId,
        command: Command,
    ) -> Result<Receipt, Halt> {
        let district = own_district(caller, action)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = vehicle::load(turn.conn(), id).await?.filter(|vehicle| vehicle.district == district);
        let known = known.ok_or(Refusal::NotFound)?;
        let event = known.decide(command, &caller.actor.name, turn.now)?;
        let changed = known.apply(&event);
        let version = vehicle::save(turn.conn(), &changed).await?;
        let reason = match &changed.service {
            Service::Out { reason, .. } => Some(reason),
            Service::In => None,
        };
        turn.record(id.uuid(), event.code(), json!({ "reason": reason }));
        turn.changed.vehicles.insert(id, event.code());
        turn.close(id.uuid(), version).await
    }
}

pub(crate) fn own_district(caller: &Caller, action: Action) -> Result<Jurisdiction, Refusal> {
    caller.may(action)?;
    match &caller.actor.grant {
        Grant::Dispatcher { district } | Grant::Escort { district } => Ok(district.clone()),
        _ => Err(Refusal::NotYourRole),
    }
}
