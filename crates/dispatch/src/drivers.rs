//! The district's drivers: a registry, and whom a trip names. The trail says who changed what and when; no name and no phone.

mod erase;

use crate::estimate::local_time;
use crate::vehicles::own_district;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::driver::{self as rules, Command, Driver, Event};
use homeward_domain::refusal::Driver as No;
use homeward_domain::vehicle::Shift;
use homeward_domain::{DriverId, Invalid, Jurisdiction, Personal, Refusal, TripId, VehicleId, trip};
use homeward_store::driver::{self, Drives};
use homeward_store::trip::under_way;
use homeward_store::vehicle;
use serde_json::{Value, json};

/// A driver to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDriver {
    /// Name.
    pub name: Personal<String>,
    /// Phone.
    pub phone: Personal<String>,
    /// When they are on duty; at any hour where none is set.
    pub shift: Option<Shift>,
    /// The vehicle they drive as a rule.
    pub usual: Option<VehicleId>,
}

/// Whom a crew names as its driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedDriver {
    /// Somebody of the registry.
    Known(DriverId),
    /// Somebody by name and phone: the driver with this phone, or a new one.
    Typed {
        /// Name.
        name: Personal<String>,
        /// Phone.
        phone: Personal<String>,
    },
}

/// A driver with what they drive now and next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtTheWheel {
    /// The driver.
    pub driver: Driver,
    /// What people call their usual vehicle.
    pub usual: Option<String>,
    /// Their open trips, by departure.
    pub trips: Vec<Drives>,
}

impl Dispatcher {
    /// The drivers of the caller's district, by name, with what each does now.
    pub async fn drivers(&self, caller: &Caller) -> Result<Vec<AtTheWheel>, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut reader = self.store.read().await?;
        let vehicles = vehicle::of_district(reader.conn(), district.as_str()).await?;
        let trips = driver::open_trips(reader.conn(), district.as_str()).await?;
        let all = driver::of_district(reader.conn(), district.as_str()).await?.into_iter();
        let at_the_wheel = |driver: Driver| {
            let usual = vehicles.iter().find(|vehicle| Some(vehicle.id) == driver.usual);
            let trips = trips.iter().filter(|trip| trip.driver == driver.id).cloned().collect();
            AtTheWheel { usual: usual.map(|vehicle| vehicle.name.clone()), trips, driver }
        };
        Ok(all.map(at_the_wheel).collect())
    }

    /// Adds a driver to the district's registry.
    pub async fn add_driver(&self, caller: &Caller, key: &Key, new: NewDriver) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        known_vehicle(&mut turn, &district, new.usual).await?;
        let added = add(&mut turn, &district, new, "phone").await?;
        turn.close(added.id.uuid(), added.version).await
    }

    /// Writes down another name and phone, other hours, another usual vehicle, or that a driver is off or on duty. Trips that
    /// name them and are not over show it.
    pub async fn keep_driver(
        &self,
        caller: &Caller,
        key: &Key,
        id: DriverId,
        command: Command,
    ) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = of_district(&mut turn, &district, id).await?.ok_or(Refusal::NotFound)?;
        match &command {
            Command::Correct { phone, .. } => phone_is_free(&mut turn, &known, phone).await?,
            Command::SetUsual(vehicle) => known_vehicle(&mut turn, &district, *vehicle).await?,
            Command::SetShift(_) | Command::TakeOff | Command::PutOn => {}
        }
        let event = known.decide(command, &caller.actor.name, turn.now)?;
        let changed = known.apply(&event);
        let version = driver::save(turn.conn(), &changed).await?;
        turn.record(id.uuid(), event.code(), kept(&event));
        show_on_trips(&mut turn, &changed, &event).await?;
        turn.close(id.uuid(), version).await
    }
}

/// What the trail keeps of it.
fn kept(event: &Event) -> Value {
    match event {
        Event::ShiftSet(shift) => json!({ "from": shift.map(Shift::from), "until": shift.map(Shift::until) }),
        Event::UsualSet(vehicle) => json!({ "vehicle": vehicle }),
        Event::Corrected { .. } | Event::TakenOff(_) | Event::PutOn => json!({}),
    }
}

/// Open trips that name the driver take over a correction, and tell that the driver is off duty or has other hours.
async fn show_on_trips(turn: &mut Turn<'_>, driver: &Driver, event: &Event) -> Result<(), Halt> {
    if matches!(event, Event::UsualSet(_)) {
        return Ok(());
    }
    for Drives { trip, .. } in driver::trips_of(turn.conn(), driver.id).await? {
        if matches!(event, Event::Corrected { .. }) {
            let trip = turn.trip(trip, &Scope::system()).await?;
            let corrected = trip.decide(trip::Command::CorrectDriver(driver.at_the_wheel()), turn.now)?;
            turn.save_trip(trip, &corrected).await?;
        } else {
            turn.changed.trips.insert(trip, event.code());
        }
    }
    Ok(())
}

async fn of_district(turn: &mut Turn<'_>, district: &Jurisdiction, id: DriverId) -> Result<Option<Driver>, Halt> {
    Ok(driver::load(turn.conn(), id).await?.filter(|driver| driver.district == *district))
}

/// Whom a trip of the district names. Typed by name and phone, a new driver is written into the registry.
pub(crate) async fn named(
    turn: &mut Turn<'_>,
    district: &Jurisdiction,
    driver: NamedDriver,
) -> Result<trip::Driver, Halt> {
    let known = match driver {
        NamedDriver::Known(id) => {
            let unknown = || Invalid::new("unknown", "choose a driver of your district").at("driver/id");
            of_district(turn, district, id).await?.ok_or_else(unknown)?
        }
        NamedDriver::Typed { name, phone } => typed(turn, district, name, phone).await?,
    };
    known.on_duty()?;
    Ok(known.at_the_wheel())
}

async fn typed(
    turn: &mut Turn<'_>,
    district: &Jurisdiction,
    name: Personal<String>,
    phone: Personal<String>,
) -> Result<Driver, Halt> {
    match driver::of_phone(turn.conn(), district.as_str(), phone.reveal()).await? {
        Some(known) if known.is_called(name.reveal()) => Ok(known),
        _ => add(turn, district, NewDriver { name, phone, shift: None, usual: None }, "driver/phone").await,
    }
}

/// Writes a new driver; refused at `field` when somebody has the phone.
async fn add(
    turn: &mut Turn<'_>,
    district: &Jurisdiction,
    new: NewDriver,
    field: &'static str,
) -> Result<Driver, Halt> {
    if let Some(other) = driver::of_phone(turn.conn(), district.as_str(), new.phone.reveal()).await? {
        return Err(Refusal::from(No::PhoneTaken { field, name: other.name }).into());
    }
    let driver = Driver {
        id: DriverId::new(turn.new_id()),
        district: district.clone(),
        name: new.name,
        phone: new.phone,
        shift: new.shift,
        usual: new.usual,
        off: None,
        version: 1,
    };
    let now = turn.now;
    driver::insert(turn.conn(), &driver, now).await?;
    turn.record(driver.id.uuid(), "driver.added", json!({ "vehicle": driver.usual }));
    Ok(driver)
}

/// Refused when somebody else has the phone.
async fn phone_is_free(turn: &mut Turn<'_>, of: &Driver, phone: &Personal<String>) -> Result<(), Halt> {
    match driver::of_phone(turn.conn(), of.district.as_str(), phone.reveal()).await? {
        Some(other) if other.id != of.id => {
            Err(Refusal::from(No::PhoneTaken { field: "phone", name: other.name }).into())
        }
        _ => Ok(()),
    }
}

async fn known_vehicle(turn: &mut Turn<'_>, district: &Jurisdiction, vehicle: Option<VehicleId>) -> Result<(), Halt> {
    let Some(id) = vehicle else { return Ok(()) };
    let known = vehicle::load(turn.conn(), id).await?.filter(|vehicle| vehicle.district == *district);
    known.map(drop).ok_or_else(|| Invalid::new("unknown", "choose one of your district").at("usual").into())
}

/// Who drives a vehicle on a departure: whoever is named, else its usual driver. `own` is the trip, where it stands already.
pub(crate) async fn who_drives(
    turn: &mut Turn<'_>,
    vehicle: &homeward_domain::vehicle::Vehicle,
    driver: Option<NamedDriver>,
    (departs_at, own): (DateTime<Utc>, Option<TripId>),
) -> Result<Option<trip::Driver>, Halt> {
    match driver {
        Some(driver) => Ok(Some(named(turn, &vehicle.district, driver).await?)),
        None => usual_driver(turn, vehicle.id, departs_at, own).await,
    }
}

/// The one driver of a vehicle who is free for a departure, if that is one. Whom the trip itself named already is free for it.
async fn usual_driver(
    turn: &mut Turn<'_>,
    vehicle: VehicleId,
    departs_at: DateTime<Utc>,
    own: Option<TripId>,
) -> Result<Option<trip::Driver>, Halt> {
    let drivers = driver::usual_of(turn.conn(), vehicle).await?;
    let Some(district) = drivers.first().map(|driver| driver.district.clone()) else { return Ok(None) };
    let open = driver::open_trips(turn.conn(), district.as_str()).await?;
    let busy = open
        .into_iter()
        .filter(|trip| trip.vehicle != vehicle && Some(trip.trip) != own)
        .map(|trip| trip.driver)
        .collect();
    Ok(rules::usual_for(&drivers, vehicle, local_time(departs_at), &busy).map(Driver::at_the_wheel))
}

/// Refuses unless the driver of a trip that is about to leave is on duty and at no other wheel. Whoever was named before there
/// was a registry is not known to be anywhere.
pub(crate) async fn may_drive(turn: &mut Turn<'_>, trip: &trip::Trip) -> Result<(), Halt> {
    let Some(id) = trip.driver.as_ref().and_then(|driver| driver.id) else { return Ok(()) };
    let driver = driver::load(turn.conn(), id).await?.ok_or(Refusal::NotFound)?;
    let elsewhere = under_way::driver_elsewhere(turn.conn(), trip.id).await?;
    let elsewhere = elsewhere.map(|it| rules::Elsewhere { vehicle: it.vehicle, since: it.since });
    Ok(rules::may_leave(&driver, elsewhere)?)
}
