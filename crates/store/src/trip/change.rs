//! The rows of `change`: the meeting of two vehicles. Who passes there stands in `seat`.

use super::stop::SeatRow;
use crate::{Conn, Error, Json, Keys, Micros, veil};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::Trip;
use homeward_domain::trip::change::{Change, Kept, Place, Rider, Stage};
use homeward_domain::{AccountId, ArrivalId, ChangeId, PartyId, Point, StopId, TripId, code};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    onto: Uuid,
    relay_point: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    made_at: Micros,
    stage: String,
    met_at: Option<Micros>,
    closed_at: Option<Micros>,
    head_count: Option<i64>,
    kept: Json<serde_json::Value>,
}

impl Row {
    fn open(mut self, keys: &Keys, legs: &[SeatRow]) -> Result<Change, Error> {
        let kept: Vec<Kept> = veil::read(keys, ("change", "kept", self.id), self.kept.0.take())?;
        let rider = |leg: &SeatRow| Rider {
            seat: leg.seat(),
            stop: StopId::new(leg.stop),
            offered_at: leg.offered_at.map(Micros::at),
            passed_at: leg.handed_over_at.map(Micros::at),
        };
        Ok(Change {
            id: ChangeId::new(self.id),
            onto: TripId::new(self.onto),
            place: self.place()?,
            made_at: self.made_at.at(),
            stage: self.stage().ok_or_else(|| Error::corrupt("change", "stage", self.id))?,
            riders: legs.iter().filter(|leg| leg.change == Some(self.id)).map(rider).collect(),
            kept,
        })
    }

    fn place(&self) -> Result<Place, Error> {
        let corrupt = |column| Error::corrupt("change", column, self.id);
        let at = match (self.lat, self.lon) {
            (Some(lat), Some(lon)) => Some(Point::parse(lat, lon).map_err(|_| corrupt("lat"))?),
            _ => None,
        };
        match &self.relay_point {
            None => Ok(Place::Road { at }),
            Some(code) => Ok(Place::Relay {
                point: code::RelayPoint::parse(code).map_err(|_| corrupt("relay_point"))?,
                at: at.ok_or_else(|| corrupt("lat"))?,
            }),
        }
    }

    fn stage(&self) -> Option<Stage> {
        let [met, closed] = [self.met_at, self.closed_at].map(|at| at.map(Micros::at));
        match self.stage.as_str() {
            "expected" => Some(Stage::Expected),
            "met" => Some(Stage::Met { at: met? }),
            "closed" => Some(Stage::Closed { met_at: met?, at: closed?, head_count: self.head_count? }),
            _ => None,
        }
    }
}

pub(super) async fn of_trip(conn: &mut Conn, trip: Uuid, legs: &[SeatRow]) -> Result<Vec<Change>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, onto, relay_point, lat, lon, made_at, stage, met_at, closed_at, head_count, kept
             from change where trip = $1 order by made_at, id",
        )
        .bind(trip)
        .all()
        .await?;
    rows.into_iter().map(|row| row.open(conn.keys(), legs)).collect()
}

/// The first and the second trip of a change, if the scope covers one of them: its district's, or one it is crew of.
pub async fn trips(conn: &mut Conn, id: ChangeId, scope: &Scope) -> Result<Option<(TripId, TripId)>, Error> {
    if scope.is_nothing() || scope.desk().is_some() || scope.place().is_some() || scope.site().is_some() {
        return Ok(None);
    }
    let row: Option<(Uuid, Uuid)> = conn
        .sql(
            "select trip, onto from change where id = $1
               and ($2 is null or exists (select 1 from trip where trip.id = change.trip and district = $2))
               and ($3 is null or exists (select 1 from trip_escort where account = $3
                    and (trip_escort.trip = change.trip or trip_escort.trip = change.onto)))",
        )
        .bind(id.uuid())
        .bind(scope.district().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .maybe()
        .await?;
    Ok(row.map(|(trip, onto)| (TripId::new(trip), TripId::new(onto))))
}

/// The trip somebody was to pass to by a change.
pub async fn onto(conn: &mut Conn, arrival: ArrivalId, id: ChangeId) -> Result<Option<TripId>, Error> {
    let row: Option<(Uuid,)> = conn
        .sql("select trip from seat where arrival = $1 and via = $2 and boarded_at is null")
        .bind(arrival.uuid())
        .bind(id.uuid())
        .maybe()
        .await?;
    Ok(row.map(|(trip,)| TripId::new(trip)))
}

/// The trips whose people pass to this one, in the order it was planned.
pub async fn leading_to(conn: &mut Conn, onto: TripId) -> Result<Vec<(ChangeId, TripId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> =
        conn.sql("select id, trip from change where onto = $1 order by made_at, id").bind(onto.uuid()).all().await?;
    Ok(rows.into_iter().map(|(id, trip)| (ChangeId::new(id), TripId::new(trip))).collect())
}

/// Brings a halt with its notice and its published estimate over to another trip.
pub async fn move_stop(conn: &mut Conn, stop: StopId, onto: TripId) -> Result<(), Error> {
    conn.sql("update stop set trip = $2 where id = $1").bind(stop.uuid()).bind(onto.uuid()).run().await?;
    Ok(())
}

/// Whoever was on the way to a halt is now on the way to another one, which takes its place.
pub async fn replace_stop(conn: &mut Conn, stop: StopId, by: StopId) -> Result<(), Error> {
    conn.sql("update seat set stop = $2 where stop = $1").bind(stop.uuid()).bind(by.uuid()).run().await?;
    Ok(())
}

/// Takes the seats that end at a change away until their trip is saved: what they lead to may go in between.
pub async fn loosen(conn: &mut Conn, id: ChangeId) -> Result<(), Error> {
    conn.sql("delete from seat where change = $1").bind(id.uuid()).run().await?;
    Ok(())
}

/// Who is in another party now, and gets off at another halt, is and does so on the earlier legs of their way, too: those that
/// led to this one, change by change.
pub async fn follow(
    conn: &mut Conn,
    arrival: ArrivalId,
    mut came_by: Option<ChangeId>,
    (party, stop): (PartyId, StopId),
) -> Result<(), Error> {
    while let Some(change) = came_by {
        let leg: Option<(Option<Uuid>,)> = conn
            .sql("update seat set party = $3, stop = $4 where change = $1 and arrival = $2 returning via")
            .bind(change.uuid())
            .bind(arrival.uuid())
            .bind(party.uuid())
            .bind(stop.uuid())
            .maybe()
            .await?;
        came_by = leg.and_then(|(via,)| via).map(ChangeId::new);
    }
    Ok(())
}

/// What people call a trip's vehicle.
pub async fn vehicle_name(conn: &mut Conn, trip: TripId) -> Result<Option<String>, Error> {
    let row: Option<(String,)> =
        conn.sql("select vehicle_name from trip where id = $1").bind(trip.uuid()).maybe().await?;
    Ok(row.map(|(name,)| name))
}

/// Brings the rows to what the trip says.
pub(super) async fn save_all(conn: &mut Conn, trip: &Trip) -> Result<(), Error> {
    let before: Vec<(Uuid,)> = conn.sql("select id from change where trip = $1").bind(trip.id.uuid()).all().await?;
    for (gone,) in before.into_iter().filter(|(old,)| trip.changes.iter().all(|change| change.id.uuid() != *old)) {
        conn.sql("delete from change where id = $1").bind(gone).run().await?;
    }
    for change in &trip.changes {
        save(conn, trip.id, change).await?;
    }
    Ok(())
}

/// When it was met, when closed, with which count.
const fn ending(stage: Stage) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<i64>) {
    match stage {
        Stage::Expected => (None, None, None),
        Stage::Met { at } => (Some(at), None, None),
        Stage::Closed { met_at, at, head_count } => (Some(met_at), Some(at), Some(head_count)),
    }
}

async fn save(conn: &mut Conn, trip: TripId, change: &Change) -> Result<(), Error> {
    let (met_at, closed_at, head_count) = ending(change.stage);
    let kept = Json(veil::document(conn.keys(), &change.kept));
    let point = match &change.place {
        Place::Relay { point, .. } => Some(point.as_str().to_owned()),
        Place::Road { .. } => None,
    };
    conn.sql(
        "insert into change (id, trip, onto, relay_point, lat, lon, made_at, stage, met_at, closed_at, head_count, kept)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do update set stage = excluded.stage, met_at = excluded.met_at, closed_at = excluded.closed_at,
             head_count = excluded.head_count, kept = excluded.kept",
    )
    .bind(change.id.uuid())
    .bind(trip.uuid())
    .bind(change.onto.uuid())
    .bind(point)
    .bind(change.place.location().map(Point::lat))
    .bind(change.place.location().map(Point::lon))
    .bind(Micros::from(change.made_at))
    .bind(change.stage.code())
    .bind(met_at.map(Micros::from))
    .bind(closed_at.map(Micros::from))
    .bind(head_count)
    .bind(kept)
    .run()
    .await?;
    Ok(())
}
