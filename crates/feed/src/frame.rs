//! The frames of `transfer-feed.v1`, as documented in `/asyncapi.json`. Unknown operations and fields are ignored.

mod close;

pub use close::Close;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use homeward_store::Stream;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Row, Tick};

/// What the server says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The connection stands.
    Welcome(Welcome),
    /// A stream follows from here; also sent anew, as a snapshot, when the watcher fell too far behind.
    Sub(Subscribed),
    /// A numbered fact.
    Ev(Event),
    /// The latest raw estimates: not numbered, at most one frame a second a stream.
    Tick(Ticks),
    /// A sign of life.
    Hb(Heartbeat),
    /// The server closes.
    Bye(Bye),
}

/// The connection stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Welcome {
    /// The connection's id, for the log of the watcher.
    pub conn: Uuid,
    /// Seconds between signs of life.
    pub hb: u8,
    /// When the sign-in behind it ends.
    pub expires: DateTime<Utc>,
    /// The server's time.
    pub now: DateTime<Utc>,
}

/// A stream follows from here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Subscribed {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
    /// Keep it with the last number: both together are a position.
    pub epoch: String,
    /// From where.
    #[serde(flatten)]
    pub from: Begin,
}

/// From where a stream follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Begin {
    /// Exactly what was missed: `after + 1` comes next.
    Resume {
        /// The position that was asked for.
        after: i64,
        /// Where the stream stands.
        head: i64,
    },
    /// Everything as of `seq`; `seq + 1` comes next.
    Snapshot {
        /// The number the rows are read at.
        seq: i64,
        /// What there is.
        board: Rows,
    },
}

/// The rows of a stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rows {
    /// In the order of their keys; a row tells its own key, see [`Row`].
    pub rows: Vec<Row>,
}

/// A numbered fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
    /// Its number: one more than the frame's before it.
    pub s: i64,
    /// The event code, e.g. `trip.departed`; an unknown one still counts.
    pub t: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Its id.
    pub id: Uuid,
    /// What to do with the board.
    pub d: Change,
}

/// One row as it now is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The row's key.
    pub key: String,
    /// The row; `null` removes it.
    #[schema(required)]
    pub row: Option<Row>,
}

/// The latest raw estimates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ticks {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
    /// Each stop that moved since the last such frame.
    pub eta: Vec<Tick>,
}

/// A sign of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Heartbeat {
    /// The server's time.
    pub now: DateTime<Utc>,
    /// By stream, the last number sent on this connection: who has less has lost a frame.
    pub heads: BTreeMap<String, i64>,
    /// Seconds until the sign-in ends, in its last minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u8>,
    /// The server cannot see its register now: what is shown may be out of date, and this is no sign of life.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub behind: bool,
}

/// The server closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Bye {
    /// Why, as a word.
    pub why: String,
    /// Come back after a random time between these two, milliseconds.
    pub retry_ms: [u32; 2],
}

/// What a watcher says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame, within 10 s.
    Hello(Hello),
    /// Watch one more stream.
    Sub(Subscribe),
    /// Watch it no longer.
    Unsub(Unsubscribe),
    /// A receipt: everything up to here was shown. At most one a second a stream.
    Ack(Acknowledge),
    /// A new ticket, before the old sign-in ends.
    Auth(Auth),
    /// A sign of life.
    Ping,
    /// Of a later version: ignored.
    #[serde(other)]
    Unknown,
}

/// The first frame.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hello {
    /// A ticket, when neither cookie nor bearer came with the upgrade.
    pub auth: Option<String>,
    /// What to watch at once.
    #[serde(default)]
    pub subs: Vec<Subscribe>,
    /// Seconds between signs of life, 1 to 60; 15 when left out.
    #[schema(minimum = 1, maximum = 60)]
    pub hb: Option<u8>,
}

/// Watch a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Subscribe {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
    /// The last number that was applied.
    pub after: Option<i64>,
    /// The epoch it was given in.
    pub epoch: Option<String>,
}

/// Watch a stream no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unsubscribe {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledge {
    /// The stream.
    #[schema(value_type = String)]
    pub c: Stream,
    /// Shown up to here.
    pub s: i64,
}

/// A new ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Auth {
    /// The ticket.
    pub auth: String,
}

/// Where a watcher left off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The last number it applied.
    pub after: i64,
    /// The epoch it was given in.
    pub epoch: String,
}

impl Subscribe {
    /// The position, if the watcher has one.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        Some(Position { after: self.after?, epoch: self.epoch.clone()? })
    }
}

impl ClientFrame {
    /// Reads a text frame. What fails is answered with [`Close::BadFrame`].
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl ServerFrame {
    /// The frame as it is sent.
    #[must_use]
    pub fn encode(&self) -> bytes::Bytes {
        serde_json::to_vec(self).expect("a frame has string keys only").into()
    }
}
