//! The same log as plain answers, for programs and for a board without a socket.

use homeward_store::Stream;
use homeward_store::log;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::frame::Event;
use crate::log::PAGE_MAX;
use crate::{Error, Hub, Row, wire};

/// A piece of a stream's log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page {
    /// Positions of another epoch mean nothing.
    pub epoch: String,
    /// Where the stream stands.
    pub head: i64,
    /// What follows, the `ev` frames of the feed.
    #[schema(value_type = Vec<Event>)]
    pub entries: Vec<Box<RawValue>>,
}

/// What a stream shows, and the position it shows it at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// Positions of another epoch mean nothing.
    pub epoch: String,
    /// The number the rows are read at.
    pub seq: i64,
    /// In the order of their keys.
    #[schema(value_type = Vec<Row>)]
    pub rows: Vec<Box<RawValue>>,
}

impl Hub {
    /// At most `limit` (and 256) entries after a number. The caller has checked the rights.
    pub async fn page(&self, stream: &Stream, after: i64, limit: u32) -> Result<Page, Error> {
        let mut reader = self.store().read().await?;
        let head = log::head(&mut reader, stream).await?;
        let entries = log::entries_after(&mut reader, stream, after, limit.min(PAGE_MAX)).await?;
        let frames = entries.iter().map(|entry| {
            let frame = String::from_utf8(wire::event(stream, entry).into()).expect("JSON is UTF-8");
            RawValue::from_string(frame).expect("a frame is JSON")
        });
        let (epoch, head) = head.map(|head| (head.epoch, head.seq)).unwrap_or_default();
        Ok(Page { epoch, head, entries: frames.collect() })
    }

    /// What the stream shows now. The caller has checked the rights.
    pub async fn board(&self, stream: &Stream) -> Result<Board, Error> {
        let mut reader = self.store().read().await?;
        let snapshot = log::snapshot(&mut reader, stream).await?;
        let rows = snapshot.rows.into_iter().map(|(_, row)| row).collect();
        Ok(Board { epoch: snapshot.epoch, seq: snapshot.seq, rows })
    }
}
