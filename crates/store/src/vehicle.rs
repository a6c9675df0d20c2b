//! Dedicated vehicles of a district. When one came back last, and how often it was out, is read off its trips.

use crate::veil::{Veiled, opened};
use crate::{Conn, Error, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::trip::Trip;
use homeward_domain::vehicle::{Busy, Cleaned, Cleaning, Service, Shift, Vehicle};
use homeward_domain::{Invalid, Jurisdiction, TripId, VehicleId};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    district: String,
    name: String,
    plate: Option<String>,
    seats: i64,
    wheelchair_places: i64,
    luggage_places: Option<i64>,
    out_because: Option<Veiled>,
    out_by: Option<Veiled>,
    out_since: Option<Micros>,
    cleaned_by: Option<Veiled>,
    cleaned_at: Option<Micros>,
    back_at: Option<Micros>,
    shift_from: Option<String>,
    shift_until: Option<String>,
    version: i64,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Vehicle, Error> {
        let corrupt = |column| Error::corrupt("vehicle", column, self.id);
        let shift = shift(self.shift_from, self.shift_until).map_err(|_| corrupt("shift_from"))?;
        let district = Jurisdiction::parse(&self.district).map_err(|_| corrupt("district"))?;
        let (because, out_by) = (opened(keys, self.out_because)?, opened(keys, self.out_by)?);
        let service = match (because, out_by, self.out_since) {
            (Some(reason), Some(by), Some(since)) => Service::Out { reason, by, since: since.at() },
            _ => Service::In,
        };
        let cleaned = opened(keys, self.cleaned_by)?.zip(self.cleaned_at).map(|(by, at)| Cleaned { by, at: at.at() });
        Ok(Vehicle {
            id: VehicleId::new(self.id),
            district,
            name: self.name,
            plate: self.plate,
            seats: self.seats,
            wheelchair_places: self.wheelchair_places,
            luggage_places: self.luggage_places,
            shift,
            service,
            cleaning: Cleaning::of(cleaned, self.back_at.map(Micros::at)),
            version: self.version,
        })
    }
}

/// The hours of two columns, of a vehicle or of a driver; none where there are none.
pub(crate) fn shift(from: Option<String>, until: Option<String>) -> Result<Option<Shift>, Invalid> {
    from.zip(until).map(|(from, until)| Shift::parse(&from, &until)).transpose()
}

/// Writes a new vehicle, in service and clean. A second one of the same name or plate breaks `vehicle_name_once`,
/// `vehicle_plate_once`.
pub async fn insert(conn: &mut Conn, vehicle: &Vehicle, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql(
        "insert into vehicle (id, district, name, plate, seats, wheelchair_places, added_at, shift_from, shift_until,
                              luggage_places, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
    )
    .bind(vehicle.id.uuid())
    .bind(vehicle.district.as_str())
    .bind(&vehicle.name)
    .bind(&vehicle.plate)
    .bind(vehicle.seats)
    .bind(vehicle.wheelchair_places)
    .bind(Micros::from(now))
    .bind(vehicle.shift.map(Shift::from))
    .bind(vehicle.shift.map(Shift::until))
    .bind(vehicle.luggage_places)
    .run()
    .await?;
    Ok(())
}

/// Saves a changed vehicle over the version that was loaded; gives the new version. `Stale` if somebody was faster.
pub async fn save(conn: &mut Conn, vehicle: &Vehicle) -> Result<i64, Error> {
    let (because, out_by, since) = match &vehicle.service {
        Service::In => (None, None, None),
        Service::Out { reason, by, since } => (Some(reason), Some(by), Some(Micros::from(*since))),
    };
    let cleaned = match &vehicle.cleaning {
        Cleaning::Done(cleaned) => cleaned.as_ref(),
        Cleaning::Due { .. } => None,
    };
    let keys = conn.keys();
    let [because, out_by, cleaned_by] =
        [because, out_by, cleaned.map(|cleaned| &cleaned.by)].map(|said| Veiled::maybe(keys, said.map(String::as_str)));
    let saved = conn
        .sql(
            "update vehicle set out_because = $3, out_by = $4, out_since = $5, cleaned_by = coalesce($6, cleaned_by),
                                cleaned_at = coalesce($7, cleaned_at), shift_from = $8, shift_until = $9, luggage_places = $10,
                                version = version + 1
             where id = $1 and version = $2",
        )
        .bind(vehicle.id.uuid())
        .bind(vehicle.version)
        .bind(because)
        .bind(out_by)
        .bind(since)
        .bind(cleaned_by)
        .bind(cleaned.map(|cleaned| Micros::from(cleaned.at)))
        .bind(vehicle.shift.map(Shift::from))
        .bind(vehicle.shift.map(Shift::until))
        .bind(vehicle.luggage_places)
        .run()
        .await?;
    if saved == 0 {
        let (found,): (i64,) =
            conn.sql("select version from vehicle where id = $1").bind(vehicle.id.uuid()).one().await?;
        return Err(Error::Stale { expected: vehicle.version, found });
    }
    Ok(vehicle.version + 1)
}

/// Every vehicle of a district, by name.
pub async fn of_district(conn: &mut Conn, district: &str) -> Result<Vec<Vehicle>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, district, name, plate, seats, wheelchair_places, luggage_places, out_because, out_by, out_since, cleaned_by,
                    cleaned_at, shift_from, shift_until, version,
                    (select max(state_at) from trip where trip.vehicle = vehicle.id and state = 'completed') as back_at
             from vehicle where district = $1 order by name",
        )
        .bind(district)
        .all()
        .await?;
    rows.into_iter().map(|row| row.open(conn.keys())).collect()
}

/// One vehicle.
pub async fn load(conn: &mut Conn, id: VehicleId) -> Result<Option<Vehicle>, Error> {
    let row: Option<Row> = conn
        .sql(
            "select id, district, name, plate, seats, wheelchair_places, luggage_places, out_because, out_by, out_since, cleaned_by,
                    cleaned_at, shift_from, shift_until, version,
                    (select max(state_at) from trip where trip.vehicle = vehicle.id and state = 'completed') as back_at
             from vehicle where id = $1",
        )
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(|row| row.open(conn.keys())).transpose()
}

/// How often each vehicle of a district left since an instant; those that did not are absent.
pub async fn round_trips(
    conn: &mut Conn,
    district: &str,
    since: DateTime<Utc>,
) -> Result<BTreeMap<VehicleId, i64>, Error> {
    let rows: Vec<(Uuid, i64)> = conn
        .sql(
            "select vehicle, count(*) from trip
             where district = $1 and state in ('en_route', 'completed') and departed_at >= $2 group by vehicle",
        )
        .bind(district)
        .bind(Micros::from(since))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id, trips)| (VehicleId::new(id), trips)).collect())
}

/// What the vehicle of a trip does on its other trips, the road first.
pub async fn busy(conn: &mut Conn, trip: &Trip) -> Result<Vec<Busy>, Error> {
    let rows: Vec<(Uuid, Option<Micros>, Option<Micros>, i64)> = conn
        .sql(
            "select id, departed_at, state_at,
                    (select count(*) from seat where seat.trip = trip.id and seat.boarded_at is not null) as aboard
             from trip where district = $1 and state in ('planned', 'boarding', 'en_route') and vehicle = $2
               and id <> $3 and state <> 'planned'
             order by state desc, state_at limit 100",
        )
        .bind(trip.district.as_str())
        .bind(trip.vehicle.id.uuid())
        .bind(trip.id.uuid())
        .all()
        .await?;
    let busy = |(trip, departed, state, aboard): (Uuid, Option<Micros>, Option<Micros>, i64)| match (departed, state) {
        (Some(since), _) => Ok(Busy::Away { since: since.at() }),
        (None, Some(since)) => Ok(Busy::Loading { since: since.at(), aboard }),
        (None, None) => Err(Error::corrupt("trip", "state_at", trip)),
    };
    rows.into_iter().map(busy).collect()
}

/// The other trips of a trip's vehicle: those that stand, and those that ended after an instant.
pub async fn others(conn: &mut Conn, trip: &Trip, ended_since: DateTime<Utc>) -> Result<Vec<TripId>, Error> {
    let open: Vec<(Uuid,)> = conn
        .sql(
            "select id from trip
             where district = $1 and state in ('planned', 'boarding', 'en_route') and vehicle = $2 and id <> $3
             order by departs_at, id limit 100",
        )
        .bind(trip.district.as_str())
        .bind(trip.vehicle.id.uuid())
        .bind(trip.id.uuid())
        .all()
        .await?;
    let ended: Vec<(Uuid,)> = conn
        .sql(
            "select id from trip where vehicle = $1 and state = 'completed' and state_at > $2
             order by state_at limit 100",
        )
        .bind(trip.vehicle.id.uuid())
        .bind(Micros::from(ended_since))
        .all()
        .await?;
    Ok(open.into_iter().chain(ended).map(|(id,)| TripId::new(id)).collect())
}

/// The trips of a vehicle that are laid out or loading.
pub async fn loading(conn: &mut Conn, id: VehicleId) -> Result<Vec<TripId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select id from trip where vehicle = $1 and state in ('planned', 'boarding') order by departs_at limit 100",
        )
        .bind(id.uuid())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| TripId::new(id)).collect())
}
