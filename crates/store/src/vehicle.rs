//! Dedicated vehicles of a district.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{Jurisdiction, VehicleId};
use uuid::Uuid;

/// One vehicle as the registry has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// Its id.
    pub id: VehicleId,
    /// The district that runs it.
    pub district: Jurisdiction,
    /// What people call it; unique in the district.
    pub name: String,
    /// Plate, when known.
    pub plate: Option<String>,
    /// Seats for travellers.
    pub seats: i64,
    /// Of these, places a wheelchair fits.
    pub wheelchair_places: i64,
}

type Row = (Uuid, String, String, Option<String>, i64, i64);

fn vehicle((id, district, name, plate, seats, wheelchair_places): Row) -> Result<Vehicle, Error> {
    let district = Jurisdiction::parse(&district).map_err(|_| Error::corrupt("vehicle", "district", id))?;
    Ok(Vehicle { id: VehicleId::new(id), district, name, plate, seats, wheelchair_places })
}

/// Writes a new vehicle. A second one of the same name or plate breaks `vehicle_name_once`, `vehicle_plate_once`.
pub async fn insert(conn: &mut Conn, vehicle: &Vehicle, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql(
        "insert into vehicle (id, district, name, plate, seats, wheelchair_places, added_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, 1)",
    )
    .bind(vehicle.id.uuid())
    .bind(vehicle.district.as_str())
    .bind(&vehicle.name)
    .bind(&vehicle.plate)
    .bind(vehicle.seats)
    .bind(vehicle.wheelchair_places)
    .bind(Micros::from(now))
    .run()
    .await?;
    Ok(())
}

/// Every vehicle of a district, by name.
pub async fn of_district(conn: &mut Conn, district: &str) -> Result<Vec<Vehicle>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, district, name, plate, seats, wheelchair_places
             from vehicle where district = $1 order by name limit 1000",
        )
        .bind(district)
        .all()
        .await?;
    rows.into_iter().map(vehicle).collect()
}

/// One vehicle.
pub async fn load(conn: &mut Conn, id: VehicleId) -> Result<Option<Vehicle>, Error> {
    let row: Option<Row> = conn
        .sql("select id, district, name, plate, seats, wheelchair_places from vehicle where id = $1")
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(vehicle).transpose()
}
