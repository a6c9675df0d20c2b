//! A stream's log as watchers read it: where it stands, what came after, what is there now.
//!
//! Whoever asks has been allowed to (see the feed); nothing here knows about rights.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::conn::{Conn, Json};
use crate::{Error, Micros, Stream, feed_body, publish};

/// Where a stream stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of its last entry; 0 before the first.
    pub seq: i64,
    /// Changes when the log was replaced: positions of another epoch mean nothing.
    pub epoch: String,
}

/// One numbered fact.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number, one more than the entry's before it.
    pub seq: i64,
    /// The row it is about.
    pub key: String,
    /// The event code.
    pub kind: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Its id.
    pub event: Uuid,
    /// The row as it then was; `None` when it went away.
    pub row: Option<Box<RawValue>>,
}

/// Everything a stream shows, as of one number.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// As of this entry.
    pub seq: i64,
    /// In this epoch; empty for a stream that has not begun.
    pub epoch: String,
    /// Key and row (JSON text), in the order of the keys.
    pub rows: Vec<(String, Box<RawValue>)>,
}

/// Key, number, open part, sealed whole.
type Shown = (String, i64, Json<Box<RawValue>>, Option<Vec<u8>>);

#[derive(sqlx::FromRow)]
struct Line {
    seq: i64,
    key: String,
    kind: String,
    at: Micros,
    event: Uuid,
    body: Option<Json<Box<RawValue>>>,
    sealed: Option<Vec<u8>>,
}

/// Where the stream stands; `None` before its first entry.
pub async fn head(conn: &mut Conn, stream: &Stream) -> Result<Option<Head>, Error> {
    let row: Option<(i64, String)> =
        conn.sql("select seq, epoch from stream where id = $1").bind(stream.as_str()).maybe().await?;
    Ok(row.map(|(seq, epoch)| Head { seq, epoch }))
}

/// Where these streams stand; those that have not begun are left out.
pub async fn heads(conn: &mut Conn, streams: &[Stream]) -> Result<Vec<(Stream, Head)>, Error> {
    let rows: Vec<(String, i64, String)> = conn
        .either(
            "select id, seq, epoch from stream where id in (select value from json_each($1)) order by id",
            "select id, seq, epoch from stream
             where id in (select value from jsonb_array_elements_text($1)) order by id",
        )
        .bind(Json(streams))
        .all()
        .await?;
    rows.into_iter()
        .map(|(id, seq, epoch)| {
            let stream = Stream::parse(&id).map_err(|_| Error::corrupt("stream", "id", &id))?;
            Ok((stream, Head { seq, epoch }))
        })
        .collect()
}

/// Begins the stream at 0 if it has not begun, so that even a watcher who comes before the first entry has a position.
pub async fn open(conn: &mut Conn, stream: &Stream) -> Result<(), Error> {
    conn.sql("insert into stream (id, epoch, seq) values ($1, $2, 0) on conflict (id) do nothing")
        .bind(stream.as_str())
        .bind(publish::epoch())
        .run()
        .await?;
    Ok(())
}

/// At most `limit` entries after number `after`, in order.
pub async fn entries_after(conn: &mut Conn, stream: &Stream, after: i64, limit: u32) -> Result<Vec<Entry>, Error> {
    let lines: Vec<Line> = conn
        .sql(
            "select seq, key, kind, at, event, body, sealed from feed_entry
             where stream = $1 and seq > $2 order by seq limit $3",
        )
        .bind(stream.as_str())
        .bind(after)
        .bind(i64::from(limit))
        .all()
        .await?;
    lines.into_iter().map(|line| line.open(conn, stream)).collect()
}

/// What the stream shows now. Number and rows belong together because the reader is one snapshot.
pub async fn snapshot(conn: &mut Conn, stream: &Stream) -> Result<Snapshot, Error> {
    let head = head(conn, stream).await?.unwrap_or(Head { seq: 0, epoch: String::new() });
    let rows: Vec<Shown> = conn
        .sql("select key, seq, body, sealed from feed_row where stream = $1 order by key")
        .bind(stream.as_str())
        .all()
        .await?;
    let keys = conn.keys();
    let open = |(key, seq, body, sealed): Shown| {
        Ok((key, feed_body::open(keys, stream.as_str(), seq, (body.0, sealed.as_deref()))?))
    };
    let rows = rows.into_iter().map(open).collect::<Result<_, Error>>()?;
    Ok(Snapshot { seq: head.seq, epoch: head.epoch, rows })
}

impl Line {
    fn open(self, conn: &Conn, stream: &Stream) -> Result<Entry, Error> {
        let Self { seq, key, kind, at, event, body, sealed } = self;
        let open = |body: Json<_>| feed_body::open(conn.keys(), stream.as_str(), seq, (body.0, sealed.as_deref()));
        Ok(Entry { seq, key, kind, at: at.at(), event, row: body.map(open).transpose()? })
    }
}
