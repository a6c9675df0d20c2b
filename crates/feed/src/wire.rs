//! Frames around rows that are JSON already: written once, never parsed. A test holds them to the types in `frame`.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use homeward_store::Stream;
use homeward_store::log::{Entry, Snapshot};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

#[derive(Serialize)]
struct Event<'a> {
    op: &'static str,
    c: &'a Stream,
    s: i64,
    t: &'a str,
    at: DateTime<Utc>,
    id: Uuid,
    d: Change<'a>,
}

#[derive(Serialize)]
struct Change<'a> {
    key: &'a str,
    row: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Subscribed<'a> {
    op: &'static str,
    c: &'a Stream,
    epoch: &'a str,
    mode: &'static str,
    seq: i64,
    board: Rows<'a>,
}

#[derive(Serialize)]
struct Rows<'a> {
    rows: Vec<&'a RawValue>,
}

/// An entry as its `ev` frame.
pub(crate) fn event(stream: &Stream, entry: &Entry) -> Bytes {
    let Entry { seq, key, kind, at, event, row } = entry;
    let d = Change { key, row: row.as_deref() };
    encode(&Event { op: "ev", c: stream, s: *seq, t: kind, at: *at, id: *event, d })
}

/// A `sub` frame with everything.
pub(crate) fn snapshot(stream: &Stream, snapshot: &Snapshot) -> Bytes {
    let board = Rows { rows: snapshot.rows.iter().map(|(_, row)| &**row).collect() };
    let Snapshot { seq, epoch, .. } = snapshot;
    encode(&Subscribed { op: "sub", c: stream, epoch, mode: "snapshot", seq: *seq, board })
}

fn encode(frame: &impl Serialize) -> Bytes {
    serde_json::to_vec(frame).expect("a frame has string keys only").into()
}
