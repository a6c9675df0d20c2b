//! The trips that are not over, in a word each: what a node keeps in memory so that a position costs no read.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{AccountId, TripId, VehicleId};
use uuid::Uuid;

/// More open trips than this are not looked at: a city has 650 vehicles.
const TRIPS_MAX: i64 = 20_000;

/// An open trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub trip: TripId,
    /// What drives.
    pub vehicle: VehicleId,
    /// When it left; nothing before.
    pub departed_at: Option<DateTime<Utc>>,
    /// Counts changes.
    pub version: i64,
}

/// The open trips.
pub async fn open(conn: &mut Conn) -> Result<Vec<Open>, Error> {
    let rows: Vec<(Uuid, Uuid, Option<Micros>, i64)> = conn
        .sql(
            "select id, vehicle, departed_at, version from trip
             where state in ('planned', 'boarding', 'en_route') limit $1",
        )
        .bind(TRIPS_MAX)
        .all()
        .await?;
    let trip = |(id, vehicle, departed, version): (Uuid, Uuid, Option<Micros>, i64)| Open {
        trip: TripId::new(id),
        vehicle: VehicleId::new(vehicle),
        departed_at: departed.map(Micros::at),
        version,
    };
    Ok(rows.into_iter().map(trip).collect())
}

/// Who rides along on the trips that are on the road.
pub async fn crews(conn: &mut Conn) -> Result<Vec<(TripId, AccountId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> = conn
        .sql(
            "select trip, account from trip_escort
             where trip in (select id from trip where state = 'en_route') limit 100000",
        )
        .all()
        .await?;
    Ok(rows.into_iter().map(|(trip, account)| (TripId::new(trip), AccountId::new(account))).collect())
}
