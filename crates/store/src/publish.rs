//! The end of a unit: the trail and the streams, each written as one set.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::conn::{Conn, Json};
use crate::unit::{Happened, Publication};
use crate::{Error, Stream};

/// Appends to the trail.
pub(crate) async fn trail(conn: &mut Conn, happened: &[Happened]) -> Result<(), Error> {
    if happened.is_empty() {
        return Ok(());
    }
    let (last,): (i64,) = conn.sql("select coalesce(max(number), 0) from event").one().await?;
    let rows: Vec<_> = (last + 1..)
        .zip(happened)
        .map(|(number, one)| {
            let actor = one.actor.map(hex);
            json!([number, hex(event_id(one.at)), hex(one.subject), actor, one.kind, micros(one.at), one.body])
        })
        .collect();
    conn.either(
        "insert into event (number, id, subject, actor, kind, at, body)
         select value ->> 0, unhex(value ->> 1), unhex(value ->> 2), unhex(value ->> 3), value ->> 4, value ->> 5,
                value -> 6
         from json_each($1)",
        "insert into event (number, id, subject, actor, kind, at, body)
         select (value ->> 0)::bigint, (value ->> 1)::uuid, (value ->> 2)::uuid, (value ->> 3)::uuid, value ->> 4,
                (value ->> 5)::bigint, value -> 6
         from jsonb_array_elements($1)",
    )
    .bind(Json(rows))
    .run()
    .await?;
    Ok(())
}

/// Numbers and appends the publications; gives the new heads in the order of the streams' names.
///
/// The streams' rows are locked in that order until commit, so writers never wait for each other in a circle and
/// numbers become visible in the order they were given.
pub(crate) async fn streams(conn: &mut Conn, publications: &[Publication]) -> Result<Vec<(Stream, i64)>, Error> {
    let mut by_stream: BTreeMap<&Stream, Vec<&Publication>> = BTreeMap::new();
    for publication in publications {
        by_stream.entry(&publication.stream).or_default().push(publication);
    }
    let mut heads = Vec::with_capacity(by_stream.len());
    let mut numbered = Vec::with_capacity(publications.len());
    for (stream, told) in by_stream {
        let count = i64::try_from(told.len()).expect("a unit publishes fewer than 2^63 entries");
        let head = advance(conn, stream, count).await?;
        numbered.extend((head - count + 1..).zip(told));
        heads.push((stream.clone(), head));
    }
    if !numbered.is_empty() {
        append(conn, &numbered).await?;
        keep(conn, &numbered).await?;
    }
    Ok(heads)
}

/// Takes the next numbers of a stream, which begins with its first publication.
async fn advance(conn: &mut Conn, stream: &Stream, count: i64) -> Result<i64, Error> {
    let (head,): (i64,) = conn
        .sql(
            "insert into stream (id, epoch, seq) values ($1, $2, $3)
             on conflict (id) do update set seq = stream.seq + excluded.seq returning seq",
        )
        .bind(stream.as_str())
        .bind(epoch())
        .bind(count)
        .one()
        .await?;
    Ok(head)
}

async fn append(conn: &mut Conn, numbered: &[(i64, &Publication)]) -> Result<(), Error> {
    let rows: Vec<_> = numbered
        .iter()
        .map(|(seq, told)| {
            let event = hex(event_id(told.at));
            json!([told.stream, seq, event, told.key, told.kind, micros(told.at), told.row])
        })
        .collect();
    conn.either(
        "insert into feed_entry (stream, seq, event, key, kind, at, body)
         select value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3, value ->> 4, value ->> 5,
                nullif(value -> 6, 'null')
         from json_each($1)",
        "insert into feed_entry (stream, seq, event, key, kind, at, body)
         select value ->> 0, (value ->> 1)::bigint, (value ->> 2)::uuid, value ->> 3, value ->> 4,
                (value ->> 5)::bigint, nullif(value -> 6, 'null')
         from jsonb_array_elements($1)",
    )
    .bind(Json(rows))
    .run()
    .await?;
    Ok(())
}

/// Brings the streams' current rows up to their last entry in this unit.
async fn keep(conn: &mut Conn, numbered: &[(i64, &Publication)]) -> Result<(), Error> {
    let last: BTreeMap<_, _> =
        numbered.iter().map(|(seq, told)| ((&told.stream, &told.key), (*seq, &told.row))).collect();
    let (mut present, mut gone) = (Vec::new(), Vec::new());
    for ((stream, key), (seq, row)) in last {
        match row {
            Some(row) => present.push(json!([stream, key, seq, row])),
            None => gone.push((stream.to_string(), key.clone())),
        }
    }
    if !present.is_empty() {
        conn.either(
            "insert into feed_row (stream, key, seq, body)
             select value ->> 0, value ->> 1, value ->> 2, value -> 3 from json_each($1) where true
             on conflict (stream, key) do update set seq = excluded.seq, body = excluded.body",
            "insert into feed_row (stream, key, seq, body)
             select value ->> 0, value ->> 1, (value ->> 2)::bigint, value -> 3 from jsonb_array_elements($1)
             on conflict (stream, key) do update set seq = excluded.seq, body = excluded.body",
        )
        .bind(Json(present))
        .run()
        .await?;
    }
    for (stream, key) in gone {
        conn.sql("delete from feed_row where stream = $1 and key = $2").bind(stream).bind(key).run().await?;
    }
    Ok(())
}

fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

fn hex(id: Uuid) -> String {
    id.simple().to_string()
}

/// A UUIDv7 (RFC 9562) of the time it happened.
fn event_id(at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid()
}

/// 40 random bits as 8 characters of base 32 (the alphabet of RFC 4648 section 7, lower-case).
pub(crate) fn epoch() -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    rand::random::<[u8; 8]>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
