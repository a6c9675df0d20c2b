//! The trail of one subject, read: what happened to it, when, by whose hand.

use crate::veil::{self, Veiled, opened};
use crate::{Conn, Error, Json, Micros};
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The event's code.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Display name of who did it; `None` when a background step did.
    pub by: Option<String>,
    /// What the trail kept beside it: reason, list version, rule.
    pub body: Value,
}

type Row = (String, Micros, Option<Veiled>, Json<Value>);

/// Everything that happened to a subject, oldest first, 1,000 at most.
pub async fn of(conn: &mut Conn, subject: Uuid) -> Result<Vec<Entry>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select event.kind, event.at, account.display_name, event.body from event
             left join account on account.id = event.actor where event.subject = $1 order by event.number limit 1000",
        )
        .bind(subject)
        .all()
        .await?;
    let keys = conn.keys();
    let entry = |(kind, at, by, body): Row| {
        let body = veil::read(keys, ("event", "body", subject), body.0)?;
        Ok(Entry { kind, at: at.at(), by: opened(keys, by)?, body })
    };
    rows.into_iter().map(entry).collect()
}

/// Whether something of a kind happened to a subject since an instant.
pub async fn happened(conn: &mut Conn, subject: Uuid, kind: &str, since: DateTime<Utc>) -> Result<bool, Error> {
    let (times,): (i64,) = conn
        .sql("select count(*) from event where subject = $1 and kind = $2 and at >= $3")
        .bind(subject)
        .bind(kind)
        .bind(Micros::from(since))
        .one()
        .await?;
    Ok(times > 0)
}
