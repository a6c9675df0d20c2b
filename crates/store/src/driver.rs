//! Drivers of a district. Name and phone lie sealed, as one document; a phone is found again by its keyed index.

mod erase;

pub use erase::erase;

use crate::sealed::{seal, unseal};
use crate::trip::SealedDriver;
use crate::vehicle::shift;
use crate::veil::{Veiled, opened};
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::driver::{Driver, Off, one_number};
use homeward_domain::vehicle::Shift;
use homeward_domain::{DriverId, Jurisdiction, Personal, TripId, VehicleId};
use uuid::Uuid;

const PERSON: (&str, &str) = ("driver", "person");

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    district: String,
    person: Vec<u8>,
    shift_from: Option<String>,
    shift_until: Option<String>,
    usual: Option<Uuid>,
    off_by: Option<Veiled>,
    off_since: Option<Micros>,
    version: i64,
}

impl Row {
    fn open(self, conn: &Conn) -> Result<Driver, Error> {
        let corrupt = |column| Error::corrupt("driver", column, self.id);
        let person: SealedDriver = unseal(conn, PERSON, self.id, &self.person)?;
        let shift = shift(self.shift_from, self.shift_until).map_err(|_| corrupt("shift_from"))?;
        Ok(Driver {
            id: DriverId::new(self.id),
            district: Jurisdiction::parse(&self.district).map_err(|_| corrupt("district"))?,
            name: Personal::new(person.name),
            phone: Personal::new(person.phone),
            shift,
            usual: self.usual.map(VehicleId::new),
            off: opened(conn.keys(), self.off_by)?.zip(self.off_since).map(|(by, since)| Off { by, since: since.at() }),
            version: self.version,
        })
    }
}

fn by_phone(conn: &Conn, phone: &str) -> [u8; 32] {
    conn.keys().blind("driver.phone", &one_number(phone))
}

fn person(conn: &Conn, driver: &Driver) -> Vec<u8> {
    let person = SealedDriver { name: driver.name.reveal().clone(), phone: driver.phone.reveal().clone() };
    seal(conn, PERSON, driver.id.uuid(), &person)
}

/// Writes a new driver, on duty. A second one with the phone breaks `driver_phone_once`.
pub async fn insert(conn: &mut Conn, driver: &Driver, now: DateTime<Utc>) -> Result<(), Error> {
    let (person, index) = (person(conn, driver), by_phone(conn, driver.phone.reveal()));
    conn.sql(
        "insert into driver (id, district, person, phone_index, shift_from, shift_until, usual, added_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
    )
    .bind(driver.id.uuid())
    .bind(driver.district.as_str())
    .bind(person)
    .bind(index.as_slice())
    .bind(driver.shift.map(Shift::from))
    .bind(driver.shift.map(Shift::until))
    .bind(driver.usual.map(VehicleId::uuid))
    .bind(Micros::from(now))
    .run()
    .await?;
    Ok(())
}

/// Saves a changed driver over the version that was loaded; gives the new version. `Stale` if somebody was faster.
pub async fn save(conn: &mut Conn, driver: &Driver) -> Result<i64, Error> {
    let (person, index) = (person(conn, driver), by_phone(conn, driver.phone.reveal()));
    let off_by = Veiled::maybe(conn.keys(), driver.off.as_ref().map(|off| off.by.as_str()));
    let saved = conn
        .sql(
            "update driver set person = $3, phone_index = $4, shift_from = $5, shift_until = $6, usual = $7, off_by = $8,
                               off_since = $9, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(driver.id.uuid())
        .bind(driver.version)
        .bind(person)
        .bind(index.as_slice())
        .bind(driver.shift.map(Shift::from))
        .bind(driver.shift.map(Shift::until))
        .bind(driver.usual.map(VehicleId::uuid))
        .bind(off_by)
        .bind(driver.off.as_ref().map(|off| Micros::from(off.since)))
        .run()
        .await?;
    if saved == 0 {
        let (found,): (i64,) =
            conn.sql("select version from driver where id = $1").bind(driver.id.uuid()).one().await?;
        return Err(Error::Stale { expected: driver.version, found });
    }
    Ok(driver.version + 1)
}

/// Every driver of a district, by name.
pub async fn of_district(conn: &mut Conn, district: &str) -> Result<Vec<Driver>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, district, person, shift_from, shift_until, usual, off_by, off_since, version from driver
             where district = $1 and erased_at is null order by id",
        )
        .bind(district)
        .all()
        .await?;
    let mut drivers = rows.into_iter().map(|row| row.open(conn)).collect::<Result<Vec<_>, _>>()?;
    drivers.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(drivers)
}

/// Those whose usual vehicle this is.
pub async fn usual_of(conn: &mut Conn, vehicle: VehicleId) -> Result<Vec<Driver>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, district, person, shift_from, shift_until, usual, off_by, off_since, version from driver
             where usual = $1 order by id limit 1000",
        )
        .bind(vehicle.uuid())
        .all()
        .await?;
    rows.into_iter().map(|row| row.open(conn)).collect()
}

/// One driver, unless they were erased.
pub async fn load(conn: &mut Conn, id: DriverId) -> Result<Option<Driver>, Error> {
    let row: Option<Row> = conn
        .sql(
            "select id, district, person, shift_from, shift_until, usual, off_by, off_since, version from driver
             where id = $1 and erased_at is null",
        )
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(|row| row.open(conn)).transpose()
}

/// The driver of a district with this phone, however it is written.
pub async fn of_phone(conn: &mut Conn, district: &str, phone: &str) -> Result<Option<Driver>, Error> {
    let index = by_phone(conn, phone);
    let row: Option<Row> = conn
        .sql(
            "select id, district, person, shift_from, shift_until, usual, off_by, off_since, version from driver
             where district = $1 and phone_index = $2",
        )
        .bind(district)
        .bind(index.as_slice())
        .maybe()
        .await?;
    row.map(|row| row.open(conn)).transpose()
}

/// An open trip, and who drives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drives {
    /// Who.
    pub driver: DriverId,
    /// Which trip.
    pub trip: TripId,
    /// What drives.
    pub vehicle: VehicleId,
    /// What people call it.
    pub vehicle_name: String,
    /// `planned`, `boarding` or `en_route`.
    pub stage: String,
    /// When it is meant to leave.
    pub departs_at: DateTime<Utc>,
    /// When it left.
    pub departed_at: Option<DateTime<Utc>>,
}

type DrivesRow = (Uuid, Uuid, Uuid, String, String, Micros, Option<Micros>);

/// The open trips of a district that name a known driver, by departure.
pub async fn open_trips(conn: &mut Conn, district: &str) -> Result<Vec<Drives>, Error> {
    let rows: Vec<DrivesRow> = conn
        .sql(
            "select driver_id, id, vehicle, vehicle_name, state, departs_at, departed_at from trip
             where district = $1 and state in ('planned', 'boarding', 'en_route') and driver_id is not null
             order by departs_at, id limit 1000",
        )
        .bind(district)
        .all()
        .await?;
    Ok(rows.into_iter().map(drives).collect())
}

/// The open trips that name one driver, by departure.
pub async fn trips_of(conn: &mut Conn, driver: DriverId) -> Result<Vec<Drives>, Error> {
    let rows: Vec<DrivesRow> = conn
        .sql(
            "select driver_id, id, vehicle, vehicle_name, state, departs_at, departed_at from trip
             where driver_id = $1 and state in ('planned', 'boarding', 'en_route') order by departs_at, id limit 100",
        )
        .bind(driver.uuid())
        .all()
        .await?;
    Ok(rows.into_iter().map(drives).collect())
}

/// The trips of a driver that ended after an instant: boards may still show them. 100 at most.
pub async fn ended_since(conn: &mut Conn, driver: DriverId, since: DateTime<Utc>) -> Result<Vec<TripId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select id from trip where driver_id = $1 and state in ('completed', 'cancelled') and state_at > $2
             order by state_at desc limit 100",
        )
        .bind(driver.uuid())
        .bind(Micros::from(since))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| TripId::new(id)).collect())
}

fn drives((driver, trip, vehicle, vehicle_name, stage, departs, departed): DrivesRow) -> Drives {
    Drives {
        driver: DriverId::new(driver),
        trip: TripId::new(trip),
        vehicle: VehicleId::new(vehicle),
        vehicle_name,
        stage,
        departs_at: departs.at(),
        departed_at: departed.map(Micros::at),
    }
}
