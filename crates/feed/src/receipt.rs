//! Receipts: which connections have shown what. Kept while they are connected, and never on disk.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Who has shown an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receipts {
    /// How many connections have it.
    pub connections: usize,
    /// The earliest of their latest receipts: it was shown no later than this.
    pub by: Option<DateTime<Utc>>,
}

/// The latest receipt of each connection.
#[derive(Default)]
pub(crate) struct Shown(HashMap<Uuid, (i64, DateTime<Utc>)>);

impl Shown {
    /// A connection has shown everything up to `seq`; a smaller number is a late frame.
    pub(crate) fn keep(&mut self, connection: Uuid, seq: i64, at: DateTime<Utc>) {
        let kept = self.0.entry(connection).or_insert((seq, at));
        if seq > kept.0 {
            *kept = (seq, at);
        }
    }

    pub(crate) fn forget(&mut self, connection: Uuid) {
        self.0.remove(&connection);
    }

    pub(crate) fn of(&self, seq: i64) -> Receipts {
        let mut receipts = Receipts::default();
        for (_, at) in self.0.values().filter(|(shown, _)| *shown >= seq) {
            receipts.connections += 1;
            receipts.by = Some(receipts.by.map_or(*at, |by| by.min(*at)));
        }
        receipts
    }
}
