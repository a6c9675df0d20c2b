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

/// Somebody of a trip's crew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The driver.
    Driver,
    /// An escort.
    Escort(AccountId),
}

/// Somebody of a trip's crew who is named on another one that is on the road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who.
    pub who: Who,
    /// What people call the vehicle of the other trip.
    pub vehicle: String,
    /// When that left.
    pub since: DateTime<Utc>,
}

/// Those of a trip, the driver first.
pub async fn crew_elsewhere(conn: &mut Conn, trip: TripId) -> Result<Vec<Elsewhere>, Error> {
    let mut elsewhere: Vec<_> = driver_elsewhere(conn, trip).await?.into_iter().collect();
    let rows: Vec<(Uuid, String, Micros)> = conn
        .sql(
            "select own.account, trip.vehicle_name, trip.departed_at from trip_escort own
             join trip_escort other on other.account = own.account and other.trip <> own.trip
             join trip on trip.id = other.trip and trip.state = 'en_route'
             where own.trip = $1 order by trip.departed_at limit 100",
        )
        .bind(trip.uuid())
        .all()
        .await?;
    let escort = |(account, vehicle, since): (Uuid, String, Micros)| Elsewhere {
        who: Who::Escort(AccountId::new(account)),
        vehicle,
        since: since.at(),
    };
    elsewhere.extend(rows.into_iter().map(escort));
    Ok(elsewhere)
}

/// The other trip that is on the road with a trip's driver.
pub async fn driver_elsewhere(conn: &mut Conn, trip: TripId) -> Result<Option<Elsewhere>, Error> {
    let row: Option<(String, Micros)> = conn
        .sql(
            "select other.vehicle_name, other.departed_at from trip own
             join trip other on other.driver_id = own.driver_id and other.id <> own.id and other.state = 'en_route'
             where own.id = $1",
        )
        .bind(trip.uuid())
        .maybe()
        .await?;
    Ok(row.map(|(vehicle, since)| Elsewhere { who: Who::Driver, vehicle, since: since.at() }))
}

/// Two texts: while the crew is away it is missed where people get on; when it is back, also where people were driven without.
const LOADING_WITH: &str = "select trip.id from trip_escort own
    join trip_escort other on other.account = own.account and other.trip <> own.trip
    join trip on trip.id = other.trip and trip.state = 'boarding'
    where own.trip = $1
    union select trip.id from trip own
    join trip on trip.driver_id = own.driver_id and trip.state in ('planned', 'boarding', 'en_route') and trip.id <> own.id
    where own.id = $1 and trip.state = 'boarding' order by id limit 20";
const BEGUN_WITH: &str = "select trip.id from trip_escort own
    join trip_escort other on other.account = own.account and other.trip <> own.trip
    join trip on trip.id = other.trip and trip.state in ('boarding', 'en_route')
    where own.trip = $1
    union select trip.id from trip own
    join trip on trip.driver_id = own.driver_id and trip.state in ('planned', 'boarding', 'en_route') and trip.id <> own.id
    where own.id = $1 and trip.state <> 'planned' order by id limit 20";

/// The trips with somebody of this one's crew that load, or when it is `over` that drive too. 20 at most: nobody has more
/// vehicles to get into.
pub async fn with_crew_of(conn: &mut Conn, trip: TripId, over: bool) -> Result<Vec<TripId>, Error> {
    let rows: Vec<(Uuid,)> = conn.sql(if over { BEGUN_WITH } else { LOADING_WITH }).bind(trip.uuid()).all().await?;
    Ok(rows.into_iter().map(|(id,)| TripId::new(id)).collect())
}
