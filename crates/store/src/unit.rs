//! A unit of work: everything one command changes, in one transaction.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::conn::Conn;
use crate::relay::Relay;
use crate::{Error, Stream, publish};

/// What watchers of a stream are told.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Who watches.
    pub stream: Stream,
    /// The row's key within the stream.
    pub key: String,
    /// The event code, e.g. `trip.departed`.
    pub kind: &'static str,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The row as it now is, an object, written out; `None` when it went away.
    pub row: Option<Box<RawValue>>,
    /// The driver of the registry whom the row names, to find it by when they are erased.
    pub driver: Option<Uuid>,
}

/// What happened, for the trail. No personal values in the body.
#[derive(Clone, Debug)]
pub struct Happened {
    /// What it happened to.
    pub subject: Uuid,
    /// The account that did it; `None` for a background step.
    pub actor: Option<Uuid>,
    /// The event code.
    pub kind: &'static str,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What it consisted of.
    pub body: serde_json::Value,
}

/// The writer's turn. Dropped without [`Unit::commit`], nothing of it remains.
pub struct Unit {
    conn: Conn,
    relay: Relay,
    publications: Vec<Publication>,
    happened: Vec<Happened>,
}

impl Unit {
    pub(crate) fn new(conn: Conn, relay: Relay) -> Self {
        Self { conn, relay, publications: Vec::new(), happened: Vec::new() }
    }

    /// The connection to load and save through.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Tells a stream's watchers, at commit. Told twice about a key, they get both entries in this order.
    pub fn publish(&mut self, publication: Publication) {
        self.publications.push(publication);
    }

    /// Adds to the trail, at commit.
    pub fn record(&mut self, happened: Happened) {
        self.happened.push(happened);
    }

    /// Writes the trail and the streams (in the order of their names) and makes all of it durable.
    ///
    /// Gives each stream's new head, to wake its watchers on this node with; the other nodes are told.
    pub async fn commit(mut self) -> Result<Vec<(Stream, i64)>, Error> {
        publish::trail(&mut self.conn, &self.happened).await?;
        let heads = publish::streams(&mut self.conn, &self.publications).await?;
        self.conn.commit().await?;
        self.relay.heads(&heads);
        Ok(heads)
    }
}
