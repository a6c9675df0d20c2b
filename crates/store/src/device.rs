//! Phones that tell where a vehicle is, by the SHA-256 of their token. Their positions are not here, nor anywhere.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{DeviceId, VehicleId};
use uuid::Uuid;

/// More phones than this are not looked at: a city has 650 vehicles, a bench ten thousand phones.
const DEVICES_MAX: i64 = 20_000;

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id; no secret.
    pub id: DeviceId,
    /// The vehicle it tells about.
    pub vehicle: VehicleId,
    /// What that vehicle is called.
    pub vehicle_name: String,
    /// What people call the phone.
    pub label: String,
    /// Display name of who enrolled it.
    pub enrolled_by: String,
    /// When.
    pub enrolled_at: DateTime<Utc>,
    /// Since when it is not heard any more.
    pub revoked_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    vehicle: Uuid,
    vehicle_name: String,
    label: String,
    enrolled_by: Veiled,
    enrolled_at: Micros,
    revoked_at: Option<Micros>,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Device, Error> {
        Ok(Device {
            id: DeviceId::new(self.id),
            vehicle: VehicleId::new(self.vehicle),
            vehicle_name: self.vehicle_name,
            label: self.label,
            enrolled_by: self.enrolled_by.open(keys)?,
            enrolled_at: self.enrolled_at.at(),
            revoked_at: self.revoked_at.map(Micros::at),
        })
    }
}

/// Writes a new phone by the SHA-256 of its token.
pub async fn insert(conn: &mut Conn, device: &Device, token_hash: &[u8]) -> Result<(), Error> {
    let by = Veiled::of(conn.keys(), &device.enrolled_by);
    conn.sql(
        "insert into device (id, vehicle, label, token_hash, enrolled_by, enrolled_at, revoked_by, revoked_at)
         values ($1, $2, $3, $4, $5, $6, null, null)",
    )
    .bind(device.id.uuid())
    .bind(device.vehicle.uuid())
    .bind(&device.label)
    .bind(token_hash)
    .bind(by)
    .bind(Micros::from(device.enrolled_at))
    .run()
    .await?;
    Ok(())
}

/// The phones of a district's vehicles, newest first: all that can tell where a vehicle is, and the 200 that were revoked last.
pub async fn of_district(conn: &mut Conn, district: &str) -> Result<Vec<Device>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select device.id, vehicle.id as vehicle, vehicle.name as vehicle_name, label, enrolled_by, enrolled_at, revoked_at
             from device join vehicle on vehicle.id = device.vehicle
             where district = $1 and (revoked_at is null or device.id in (
                 select gone.id from device as gone join vehicle as its on its.id = gone.vehicle
                 where its.district = $1 and gone.revoked_at is not null order by gone.revoked_at desc, gone.id limit 200))
             order by enrolled_at desc, device.id",
        )
        .bind(district)
        .all()
        .await?;
    rows.into_iter().map(|row| row.open(conn.keys())).collect()
}

/// Revokes a phone of a district; `false` if there is none that could be.
pub async fn revoke(
    conn: &mut Conn,
    id: DeviceId,
    district: &str,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let by = Veiled::of(conn.keys(), by);
    let revoked = conn
        .sql(
            "update device set revoked_by = $3, revoked_at = $4
             where id = $1 and revoked_at is null
               and exists (select 1 from vehicle where vehicle.id = device.vehicle and district = $2)",
        )
        .bind(id.uuid())
        .bind(district)
        .bind(by)
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(revoked == 1)
}

/// Every phone that may be heard: the hash of its token, itself, its vehicle.
pub async fn heard(conn: &mut Conn) -> Result<Vec<(Vec<u8>, DeviceId, VehicleId)>, Error> {
    let rows: Vec<(Vec<u8>, Uuid, Uuid)> = conn
        .sql("select token_hash, id, vehicle from device where revoked_at is null order by enrolled_at desc limit $1")
        .bind(DEVICES_MAX)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(hash, id, vehicle)| (hash, DeviceId::new(id), VehicleId::new(vehicle))).collect())
}
