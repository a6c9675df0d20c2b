//! The end of a unit: the trail and the streams, each written as one set.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::conn::Conn;
use crate::rows::{Cell, Rows};
use crate::unit::{Happened, Publication};
use crate::{Error, Stream, feed_body, veil};

/// Appends to the trail.
pub(crate) async fn trail(conn: &mut Conn, happened: &[Happened]) -> Result<(), Error> {
    if happened.is_empty() {
        return Ok(());
    }
    let keys = conn.keys();
    let rows: Rows<'_> = (1_i64..)
        .zip(happened)
        .map(|(place, one)| {
            let (id, at, body) = (event_id(one.at), micros(one.at), Cell::doc(&veil::document(keys, &one.body)));
            [place.into(), id.into(), one.subject.into(), one.actor.into(), one.kind.into(), at.into(), body]
        })
        .collect();
    conn.over(
        "insert into event (number, id, subject, actor, kind, at, body)
         select (select coalesce(max(number), 0) from event) + {0 int}, {1 uuid}, {2 uuid}, {3 uuid}, {4 text}, {5 int},
                {6 doc}
         from {rows}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

/// Gives every publication its number and writes it down; gives each stream's new head.
pub(crate) async fn streams(conn: &mut Conn, publications: &[Publication]) -> Result<Vec<(Stream, i64)>, Error> {
    if publications.is_empty() {
        return Ok(Vec::new());
    }
    let mut by_stream: BTreeMap<&Stream, Vec<&Publication>> = BTreeMap::new();
    for publication in publications {
        by_stream.entry(&publication.stream).or_default().push(publication);
    }
    let heads = advance(conn, &by_stream).await?;
    let mut numbered = Vec::with_capacity(publications.len());
    for ((_, head), told) in heads.iter().zip(by_stream.values()) {
        numbered.extend((head - count(told) + 1..).zip(told.iter().copied()));
    }
    keep(conn, &numbered).await?;
    Ok(heads)
}

fn count(told: &[&Publication]) -> i64 {
    i64::try_from(told.len()).expect("a unit publishes fewer than 2^63 entries")
}

/// Takes the next numbers of the streams, in the order of their names; one begins with its first publication.
async fn advance(
    conn: &mut Conn,
    by_stream: &BTreeMap<&Stream, Vec<&Publication>>,
) -> Result<Vec<(Stream, i64)>, Error> {
    let rows: Rows<'_> =
        by_stream.iter().map(|(stream, told)| [stream.as_str().into(), epoch().into(), count(told).into()]).collect();
    let heads: Vec<(String, i64)> = conn
        .over(
            "insert into stream (id, epoch, seq) select {0 text}, {1 text}, {2 int} from {rows} where true order by 1
             on conflict (id) do update set seq = stream.seq + excluded.seq returning id, seq",
            &rows,
        )
        .all()
        .await?;
    let heads: BTreeMap<String, i64> = heads.into_iter().collect();
    let head = |stream: &Stream| heads.get(stream.as_str()).copied();
    let told = |stream: &Stream| Some((stream.clone(), head(stream)?));
    by_stream.keys().map(|stream| told(stream).ok_or_else(|| Error::corrupt("stream", "seq", stream))).collect()
}

/// What becomes of a stream's row with an entry.
#[derive(Clone, Copy)]
enum Now {
    /// A later entry of the same unit says.
    Passed,
    Present,
    Gone,
}

/// Appends the entries and brings the streams' rows up to the last one of each key. Sealed and written down once, read thrice.
async fn keep(conn: &mut Conn, numbered: &[(i64, &Publication)]) -> Result<(), Error> {
    let last: BTreeMap<_, _> = numbered.iter().map(|(seq, told)| ((&told.stream, &told.key), *seq)).collect();
    let now = |seq: i64, told: &Publication| match &told.row {
        _ if last.get(&(&told.stream, &told.key)) != Some(&seq) => Now::Passed,
        Some(_) => Now::Present,
        None => Now::Gone,
    };
    let keys = conn.keys();
    let rows: Rows<'_> = numbered
        .iter()
        .map(|&(seq, told)| {
            let (event, at, now) = (event_id(told.at), micros(told.at), now(seq, told) as i64);
            let (stream, key) = (told.stream.as_str(), told.key.as_str());
            let row = told.row.as_deref();
            let (body, sealed) = row.map(|row| feed_body::shut(keys, stream, seq, row)).unzip();
            let (body, driver) = (body.unwrap_or(Cell::Null), told.driver);
            let (stream, key, kind) = (stream.into(), key.into(), told.kind.into());
            [stream, seq.into(), event.into(), key, kind, at.into(), body, now.into(), sealed.into(), driver.into()]
        })
        .collect();
    let gone = numbered.iter().any(|&(seq, told)| matches!(now(seq, told), Now::Gone));
    conn.over(
        "insert into feed_entry (stream, seq, event, key, kind, at, body, sealed, driver)
         select {0 text}, {1 int}, {2 uuid}, {3 text}, {4 text}, {5 int}, {6 doc}, {8 bytes}, {9 uuid} from {rows}",
        &rows,
    )
    .run()
    .await?;
    conn.over(
        "insert into feed_row (stream, key, seq, body, sealed)
         select {0 text}, {3 text}, {1 int}, {6 doc}, {8 bytes} from {rows} where {7 int} = 1
         on conflict (stream, key) do update set seq = excluded.seq, body = excluded.body, sealed = excluded.sealed",
        &rows,
    )
    .run()
    .await?;
    if gone {
        conn.over(
            "delete from feed_row where (stream, key) in (select {0 text}, {3 text} from {rows} where {7 int} = 2)",
            &rows,
        )
        .run()
        .await?;
    }
    Ok(())
}

fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
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
