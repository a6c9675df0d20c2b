//! Parties and their members. Reads take a [`Scope`]; a save takes the version that was loaded.

mod arrival;
mod car;
mod person;
mod row;

use crate::rows::Rows;
use crate::{Conn, Error, Json, Micros, veil};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::{Party, Stage};
use homeward_domain::{AccountId, ArrivalId, Jurisdiction, PartyId, TripId};
use row::{Columns, Row};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The party, if it exists inside the scope.
pub async fn load(conn: &mut Conn, id: PartyId, scope: &Scope) -> Result<Option<Party>, Error> {
    if scope.is_nothing() {
        return Ok(None);
    }
    let found: Option<Row> = conn
        .sql(
            "select id, label, desk, district, responsible, flight, origin, landed_on, languages, address, decided,
                    transport, trip, stop, car, registered_at, version
             from party
             where id = $1
               and ($2 is null or desk = $2) and ($3 is null or district = $3) and ($4 is null or place like $4 || '%')
               and ($5 is null or receiver = $5)
               and ($6 is null or exists (select 1 from trip_escort where trip_escort.trip = party.trip and account = $6))",
        )
        .bind(id.uuid())
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .maybe()
        .await?;
    match found {
        None => Ok(None),
        Some(row) => {
            let members = arrival::of_party(conn, id.uuid()).await?;
            row.open(conn, members).map(Some)
        }
    }
}

/// How many parties there are inside the scope, open or not.
pub async fn count(conn: &mut Conn, scope: &Scope) -> Result<i64, Error> {
    if scope.is_nothing() {
        return Ok(0);
    }
    let (count,): (i64,) = conn
        .sql(
            "select count(*) from party where ($1 is null or desk = $1) and ($2 is null or district = $2)
               and ($3 is null or place like $3 || '%') and ($4 is null or receiver = $4)
               and ($5 is null or exists (select 1 from trip_escort where trip_escort.trip = party.trip and account = $5))",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .one()
        .await?;
    Ok(count)
}

/// Ids of all parties inside the scope, newest first, 1,000 at most: who leaves some out says how many ([`count`]).
pub async fn ids(conn: &mut Conn, scope: &Scope) -> Result<Vec<PartyId>, Error> {
    if scope.is_nothing() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select id from party where ($1 is null or desk = $1) and ($2 is null or district = $2)
               and ($3 is null or place like $3 || '%') and ($4 is null or receiver = $4)
               and ($5 is null or exists (select 1 from trip_escort where trip_escort.trip = party.trip and account = $5))
             order by registered_at desc limit 1000",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// The parties inside the scope that somebody still has to act for, all of them, who waits longest first: the queue, in two
/// statements however many stand in it. There is no limit, because whoever lay behind one would be in no plan and in no list,
/// and their members were read anyway. `closed = 0` is written down, so that an engine
/// looks at the open ones alone and the queue costs what is open, however many there ever were.
pub async fn open(conn: &mut Conn, scope: &Scope) -> Result<Vec<Party>, Error> {
    if scope.is_nothing() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = conn
        .sql(
            "select id, label, desk, district, responsible, flight, origin, landed_on, languages, address, decided,
                    transport, trip, stop, car, registered_at, version
             from party
             where closed = 0
               and ($1 is null or desk = $1) and ($2 is null or district = $2) and ($3 is null or place like $3 || '%')
               and ($4 is null or receiver = $4)
               and ($5 is null or exists (select 1 from trip_escort where trip_escort.trip = party.trip and account = $5))
             order by registered_at, id",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .all()
        .await?;
    let mut members = arrival::of_open(conn, scope).await?;
    rows.into_iter()
        .map(|row| {
            let members = members.remove(&row.id).unwrap_or_default();
            row.open(conn, members)
        })
        .collect()
}

/// The party an arrival belongs to.
pub async fn of_arrival(conn: &mut Conn, arrival: ArrivalId) -> Result<Option<PartyId>, Error> {
    let row: Option<(Uuid,)> = conn.sql("select party from arrival where id = $1").bind(arrival.uuid()).maybe().await?;
    Ok(row.map(|(id,)| PartyId::new(id)))
}

/// Parties with seats on a trip.
pub async fn on_trip(conn: &mut Conn, trip: TripId) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> =
        conn.sql("select id from party where trip = $1 order by label").bind(trip.uuid()).all().await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// Parties whose private car is due an alarm at `now`, all of them: one nobody can do anything for hides no other.
pub async fn cars_overdue(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql("select id from party where car_due_at is not null and car_due_at <= $1 order by car_due_at")
        .bind(Micros::from(now))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// Parties about whose home somebody is silent past the instant that was named, all of them, the longest
/// silence first.
pub async fn answers_overdue(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql("select id from party where answer_due_at is not null and answer_due_at <= $1 order by answer_due_at")
        .bind(Micros::from(now))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// Parties whose home lies in a place and was asked about, all of them: what is laid down anew holds for everybody.
pub async fn homes_at(conn: &mut Conn, place: &Jurisdiction) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select id from party where closed = 0 and disposition = 'home' and place like $1 || '%'
             order by registered_at, id",
        )
        .bind(place.as_str())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// Parties of a district that wait without seats for a home to be cleared, all of them.
pub async fn homes_of(conn: &mut Conn, district: &Jurisdiction) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select id from party where closed = 0 and district = $1 and stage in ('asked', 'to_confirm')
             order by registered_at, id",
        )
        .bind(district.as_str())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| PartyId::new(id)).collect())
}

/// Names the instant of a party anew, where it was not the one its home says.
pub async fn set_answer_due(conn: &mut Conn, party: &Party) -> Result<(), Error> {
    conn.sql("update party set answer_due_at = $2 where id = $1")
        .bind(party.id.uuid())
        .bind(party.answer_due_at().map(Micros::from))
        .run()
        .await?;
    Ok(())
}

/// Writes new parties with their members, all at once. The travellers exist already.
pub async fn insert(conn: &mut Conn, parties: &[Party]) -> Result<(), Error> {
    insert_rows(conn, parties).await?;
    arrival::insert_all(conn, parties).await
}

/// Writes a party whose members were registered with another one; they move over.
pub async fn insert_split(conn: &mut Conn, party: &Party) -> Result<(), Error> {
    insert_rows(conn, std::slice::from_ref(party)).await?;
    arrival::save_all(conn, party).await
}

async fn insert_rows(conn: &mut Conn, parties: &[Party]) -> Result<(), Error> {
    let rows: Rows<'_> = parties.iter().map(|party| row::of(conn, party)).collect();
    conn.over(
        "insert into party (id, label, desk, district, responsible, flight, origin, landed_on, languages, address, disposition,
                            decided, receiver, gate, place, transport, trip, stop, car, car_due_at, stage, closed,
                            registered_at, handed_over_at, version, answer_due_at)
         select {0 uuid}, {1 text}, {2 text}, {3 text}, {4 text}, {5 text}, {6 text}, {7 text}, {8 doc}, {9 bytes}, {10 text},
                {11 doc}, {12 text}, {13 text}, (select jurisdiction from receiver where code = {12 text}), {14 text},
                {15 uuid}, {16 uuid}, {17 bytes}, {18 int}, {19 text}, {20 int}, {21 int}, null, {22 int}, {23 int}
         from {rows}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

/// Saves a changed party over the version that was loaded; gives the new version. `Stale` if somebody was faster.
pub async fn save(conn: &mut Conn, party: &Party, now: DateTime<Utc>) -> Result<i64, Error> {
    let columns = Columns::of(conn, party);
    let decided = Json(veil::document(conn.keys(), &party.disposition));
    let handed_over = (party.stage() == Stage::HandedOver).then(|| Micros::from(now));
    let saved = conn
        .sql(
            "update party set disposition = $3, decided = $4, receiver = $5, gate = $6,
                              place = (select jurisdiction from receiver where code = $5), transport = $7, trip = $8, stop = $9,
                              car = $10, car_due_at = $11, stage = $12, closed = $13,
                              handed_over_at = coalesce(handed_over_at, $14), version = version + 1,
                              answer_due_at = $15
             where id = $1 and version = $2",
        )
        .bind(party.id.uuid())
        .bind(party.version)
        .bind(party.disposition.code())
        .bind(decided)
        .bind(columns.receiver)
        .bind(columns.gate)
        .bind(columns.transport)
        .bind(columns.trip)
        .bind(columns.stop)
        .bind(columns.car)
        .bind(columns.car_due_at)
        .bind(party.stage().code())
        .bind(i64::from(party.closed()))
        .bind(handed_over)
        .bind(columns.answer_due_at)
        .run()
        .await?;
    if saved == 0 {
        return Err(stale(conn, party).await?);
    }
    arrival::save_all(conn, party).await?;
    Ok(party.version + 1)
}

async fn stale(conn: &mut Conn, party: &Party) -> Result<Error, Error> {
    let (found,): (i64,) = conn.sql("select version from party where id = $1").bind(party.id.uuid()).one().await?;
    Ok(Error::Stale { expected: party.version, found })
}

/// When the whole party was handed over.
pub async fn handed_over_at(conn: &mut Conn, id: PartyId) -> Result<Option<DateTime<Utc>>, Error> {
    let row: Option<(Option<Micros>,)> =
        conn.sql("select handed_over_at from party where id = $1").bind(id.uuid()).maybe().await?;
    Ok(row.and_then(|(at,)| at).map(Micros::at))
}

/// The last numbers of these desks after so many more were taken: 1, 2, 3 … without a gap, held until the unit commits.
pub async fn take_serials(conn: &mut Conn, taken: &BTreeMap<&str, i64>) -> Result<BTreeMap<String, i64>, Error> {
    let rows: Rows<'_> = taken.iter().map(|(desk, count)| [(*desk).into(), (*count).into()]).collect();
    let last: Vec<(String, i64)> = conn
        .over(
            "insert into desk_serial (desk, last) select {0 text}, {1 int} from {rows} where true order by 1
             on conflict (desk) do update set last = desk_serial.last + excluded.last returning desk, last",
            &rows,
        )
        .all()
        .await?;
    Ok(last.into_iter().collect())
}
