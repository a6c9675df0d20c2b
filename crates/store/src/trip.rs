//! Trips with their stops, seats and notices. Reads take a [`Scope`]; a save takes the version that was loaded.

pub mod came;
pub mod change;
pub mod diverted;
pub mod promise;
mod row;
mod stop;
pub mod under_way;

use crate::sealed::seal;
use crate::veil::{self, Veiled};
use crate::{Conn, Error, Json, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::{State, Trip};
use homeward_domain::{AccountId, DriverId, StopId, TripId};
use row::Row;
use uuid::Uuid;

pub(crate) use row::SealedDriver;
pub use stop::{Estimate, ROWS_STAY, estimate, retire, set_estimate};

/// The trip, if it exists inside the scope: its district's, its crew's, or one that stops in the scope's place.
pub async fn load(conn: &mut Conn, id: TripId, scope: &Scope) -> Result<Option<Trip>, Error> {
    if scope.is_nothing() || scope.desk().is_some() {
        return Ok(None);
    }
    let found: Option<Row> = conn
        .sql(
            "select id, district, vehicle, vehicle_name, seats, plate, driver, driver_id, departs_at, state, state_at,
                    departed_at, head_count, cancelled_because, broken_at, broken_because, broken_by, ordered, version
             from trip
             where id = $1 and ($2 is null or district = $2)
               and ($3 is null or exists (select 1 from trip_escort where trip_escort.trip = trip.id and account = $3))
               and ($4 is null or exists (select 1 from stop where stop.trip = trip.id and place like $4 || '%'))
               and ($5 is null or exists (select 1 from stop where stop.trip = trip.id and receiver = $5))",
        )
        .bind(id.uuid())
        .bind(scope.district().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .maybe()
        .await?;
    let Some(row) = found else { return Ok(None) };
    let escorts: Vec<(Uuid,)> =
        conn.sql("select account from trip_escort where trip = $1 order by account").bind(id.uuid()).all().await?;
    let (stops, legs) = stop::of_trip(conn, id.uuid()).await?;
    let changes = change::of_trip(conn, id.uuid(), &legs).await?;
    row.open(conn, escorts.into_iter().map(|(account,)| AccountId::new(account)).collect(), (stops, changes)).map(Some)
}

/// Two texts, so that the trips under way and to come are found without those that ended. Of these none is left out: its people
/// would be on no board, and its vehicle free in every plan.
const OPEN: &str = "select id from trip
    where state in ('planned', 'boarding', 'en_route') and ($1 is null or district = $1)
    and ($2 is null or exists (select 1 from trip_escort where trip_escort.trip = trip.id and account = $2))
    and ($3 is null or exists (select 1 from stop where stop.trip = trip.id and place like $3 || '%'))
    and ($4 is null or exists (select 1 from stop where stop.trip = trip.id and receiver = $4))
    order by departs_at desc, id";
const ALL: &str = "select id from trip where ($1 is null or district = $1)
    and ($2 is null or exists (select 1 from trip_escort where trip_escort.trip = trip.id and account = $2))
    and ($3 is null or exists (select 1 from stop where stop.trip = trip.id and place like $3 || '%'))
    and ($4 is null or exists (select 1 from stop where stop.trip = trip.id and receiver = $4))
    order by departs_at desc limit 500";

/// Ids of the trips inside the scope: those under way or to come, all of them; or also those that ended, 500 at
/// most: who leaves some out says how many ([`count`]). The last departure comes first.
pub async fn ids(conn: &mut Conn, scope: &Scope, open_only: bool) -> Result<Vec<TripId>, Error> {
    if scope.is_nothing() || scope.desk().is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid,)> = conn
        .sql(if open_only { OPEN } else { ALL })
        .bind(scope.district().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| TripId::new(id)).collect())
}

/// How many trips there are inside the scope, ended or not.
pub async fn count(conn: &mut Conn, scope: &Scope) -> Result<i64, Error> {
    if scope.is_nothing() || scope.desk().is_some() {
        return Ok(0);
    }
    let (count,): (i64,) = conn
        .sql(
            "select count(*) from trip where ($1 is null or district = $1)
             and ($2 is null or exists (select 1 from trip_escort where trip_escort.trip = trip.id and account = $2))
             and ($3 is null or exists (select 1 from stop where stop.trip = trip.id and place like $3 || '%'))
             and ($4 is null or exists (select 1 from stop where stop.trip = trip.id and receiver = $4))",
        )
        .bind(scope.district().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .one()
        .await?;
    Ok(count)
}

/// Ids of the district's trips that ended after an instant: their vehicles may still be on the way back. All of
/// them, which are hours' worth: a vehicle that is left out would be taken for one that stands here.
pub async fn ended_since(conn: &mut Conn, district: &str, since: DateTime<Utc>) -> Result<Vec<TripId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql("select id from trip where district = $1 and state = 'completed' and state_at > $2 order by state_at, id")
        .bind(district)
        .bind(Micros::from(since))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| TripId::new(id)).collect())
}

/// The trip a stop belongs to, if the stop itself lies inside the scope.
pub async fn of_stop(conn: &mut Conn, stop: StopId, scope: &Scope) -> Result<Option<TripId>, Error> {
    if scope.is_nothing() || scope.desk().is_some() {
        return Ok(None);
    }
    let row: Option<(Uuid,)> = conn
        .sql(
            "select trip from stop
             where id = $1 and ($2 is null or place like $2 || '%') and ($3 is null or receiver = $3)
               and ($4 is null or exists (select 1 from trip where trip.id = stop.trip and district = $4))
               and ($5 is null or exists (select 1 from trip_escort where trip_escort.trip = stop.trip and account = $5))",
        )
        .bind(stop.uuid())
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .maybe()
        .await?;
    Ok(row.map(|(id,)| TripId::new(id)))
}

/// Stops whose notice nobody answered by `now`, with their trips, all of them, the longest silence first.
pub async fn unanswered(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<(TripId, StopId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> = conn
        .sql(
            "select trip, id from stop where unanswered_until is not null and unanswered_until <= $1
             order by unanswered_until, id",
        )
        .bind(Micros::from(now))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(trip, stop)| (TripId::new(trip), StopId::new(stop))).collect())
}

/// Writes a new trip, without stops.
pub async fn insert(conn: &mut Conn, trip: &Trip) -> Result<(), Error> {
    let driver = driver(conn, trip);
    conn.sql(
        "insert into trip (id, district, vehicle, vehicle_name, seats, plate, driver, escorts, departs_at, state, state_at,
                           departed_at, head_count, manifest, cancelled_because, version, driver_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', null, null, null, 0, null, $10, $11)",
    )
    .bind(trip.id.uuid())
    .bind(trip.district.as_str())
    .bind(trip.vehicle.id.uuid())
    .bind(&trip.vehicle.name)
    .bind(trip.vehicle.seats)
    .bind(&trip.plate)
    .bind(driver)
    .bind(escorts(trip))
    .bind(Micros::from(trip.departs_at))
    .bind(trip.version)
    .bind(driver_id(trip))
    .run()
    .await?;
    save_escorts(conn, trip).await
}

/// Gives a trip the vehicle it names, in the transaction in which it is then saved: seats are those of a vehicle, so they are put down
/// first and written anew by [`save`].
pub async fn take_vehicle(conn: &mut Conn, trip: &Trip) -> Result<(), Error> {
    conn.sql("delete from seat where trip = $1").bind(trip.id.uuid()).run().await?;
    conn.sql("update trip set vehicle = $2, vehicle_name = $3, seats = $4 where id = $1")
        .bind(trip.id.uuid())
        .bind(trip.vehicle.id.uuid())
        .bind(&trip.vehicle.name)
        .bind(trip.vehicle.seats)
        .run()
        .await?;
    Ok(())
}

/// Saves a changed trip over the version that was loaded; gives the new version. `Stale` if somebody was faster.
pub async fn save(conn: &mut Conn, trip: &Trip) -> Result<i64, Error> {
    // Seats first: they hold on to the row they came from, and the trip's own checks look at the result.
    stop::save_all(conn, trip).await?;
    let (state_at, head_count, because) = match &trip.state {
        State::Planned => (None, None, None),
        State::Boarding { since } => (Some(*since), None, None),
        State::EnRoute { departed_at, head_count } => (Some(*departed_at), Some(*head_count), None),
        State::Completed { at, .. } => (Some(*at), None, None),
        State::Cancelled { at, reason } => (Some(*at), None, Some(reason.as_str())),
    };
    let (driver, keys) = (driver(conn, trip), conn.keys());
    let (because, broken) = (Veiled::maybe(keys, because), trip.breakdown.as_ref());
    let [broken_because, broken_by] = [broken.map(|it| &it.reason), broken.map(|it| &it.by)]
        .map(|said| Veiled::maybe(keys, said.map(String::as_str)));
    let ordered = trip.order.as_ref().map(|order| Json(veil::document(keys, order)));
    let saved = conn
        .sql(
            "update trip set plate = $3, driver = $4, escorts = $5, state = $6, state_at = $7, departed_at = $8,
                             head_count = $9, manifest = $10, cancelled_because = $11, broken_at = $12,
                             broken_because = $13, broken_by = $14, ordered = $15, driver_id = $16,
                             version = version + 1
             where id = $1 and version = $2",
        )
        .bind(trip.id.uuid())
        .bind(trip.version)
        .bind(&trip.plate)
        .bind(driver)
        .bind(escorts(trip))
        .bind(trip.state.code())
        .bind(state_at.map(Micros::from))
        .bind(trip.state.departed_at().map(Micros::from))
        .bind(head_count)
        .bind(trip.seats_taken())
        .bind(because)
        .bind(broken.map(|it| Micros::from(it.at)))
        .bind(broken_because)
        .bind(broken_by)
        .bind(ordered)
        .bind(driver_id(trip))
        .run()
        .await?;
    if saved == 0 {
        let (found,): (i64,) = conn.sql("select version from trip where id = $1").bind(trip.id.uuid()).one().await?;
        return Err(Error::Stale { expected: trip.version, found });
    }
    change::save_all(conn, trip).await?;
    save_escorts(conn, trip).await?;
    Ok(trip.version + 1)
}

fn driver(conn: &Conn, trip: &Trip) -> Option<Vec<u8>> {
    trip.driver.as_ref().map(|driver| seal(conn, ("trip", "driver"), trip.id.uuid(), &SealedDriver::of(driver)))
}

fn driver_id(trip: &Trip) -> Option<Uuid> {
    trip.driver.as_ref()?.id.map(DriverId::uuid)
}

fn escorts(trip: &Trip) -> i64 {
    i64::try_from(trip.escorts.len()).expect("a crew is small")
}

async fn save_escorts(conn: &mut Conn, trip: &Trip) -> Result<(), Error> {
    conn.sql("delete from trip_escort where trip = $1").bind(trip.id.uuid()).run().await?;
    for account in &trip.escorts {
        conn.sql("insert into trip_escort (trip, account) values ($1, $2)")
            .bind(trip.id.uuid())
            .bind(account.uuid())
            .run()
            .await?;
    }
    Ok(())
}
