//! From when to when, and why, a room took nobody new.

use crate::veil::Veiled;
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::code;
use homeward_domain::site::Closure;
use uuid::Uuid;

/// Takes a room out of use that is in use.
pub async fn take_out(
    conn: &mut Conn,
    id: Uuid,
    (site, room): (&code::Receiver, &str),
    closure: &Closure,
) -> Result<(), Error> {
    let [reason, by] = [&closure.reason, &closure.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into room_closure (id, site, number, reason, closed_by, closed_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(site.as_str())
    .bind(room)
    .bind(reason)
    .bind(by)
    .bind(Micros::from(closure.at))
    .run()
    .await?;
    Ok(())
}

/// Puts a room back into use; gives the id of the closure that ended.
pub async fn put_back(
    conn: &mut Conn,
    (site, room): (&code::Receiver, &str),
    (reason, by): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Error> {
    let [reason, by] = [reason, by].map(|said| Veiled::of(conn.keys(), said));
    let ended: Option<(Uuid,)> = conn
        .sql(
            "update room_closure set opened_reason = $3, opened_by = $4, opened_at = $5
             where site = $1 and number = $2 and opened_at is null returning id",
        )
        .bind(site.as_str())
        .bind(room)
        .bind(reason)
        .bind(by)
        .bind(Micros::from(now))
        .maybe()
        .await?;
    Ok(ended.map(|(id,)| id))
}
