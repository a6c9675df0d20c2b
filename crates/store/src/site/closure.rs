//! When a site takes nobody new. One closure a site is open-ended at most (`site_closed_once`); the past ones stay.

use crate::veil::Veiled;
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::code;
use homeward_domain::site::Closure;
use uuid::Uuid;

/// The closure in force.
pub async fn of(conn: &mut Conn, site: &code::Receiver) -> Result<Option<Closure>, Error> {
    let row: Option<(Veiled, Veiled, Micros)> = conn
        .sql("select reason, closed_by, closed_at from closure where site = $1 and opened_at is null")
        .bind(site.as_str())
        .maybe()
        .await?;
    let keys = conn.keys();
    row.map(|(reason, by, at)| Ok(Closure { reason: reason.open(keys)?, by: by.open(keys)?, at: at.at() })).transpose()
}

/// Closes a site that is open.
pub async fn close(conn: &mut Conn, id: Uuid, site: &code::Receiver, closure: &Closure) -> Result<(), Error> {
    let [reason, by] = [&closure.reason, &closure.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql("insert into closure (id, site, reason, closed_by, closed_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(site.as_str())
        .bind(reason)
        .bind(by)
        .bind(Micros::from(closure.at))
        .run()
        .await?;
    Ok(())
}

/// Opens a site that is closed; gives the id of the closure that ended.
pub async fn open(
    conn: &mut Conn,
    site: &code::Receiver,
    (reason, by): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Error> {
    let [reason, by] = [reason, by].map(|said| Veiled::of(conn.keys(), said));
    let ended: Option<(Uuid,)> = conn
        .sql(
            "update closure set opened_reason = $2, opened_by = $3, opened_at = $4
             where site = $1 and opened_at is null returning id",
        )
        .bind(site.as_str())
        .bind(reason)
        .bind(by)
        .bind(Micros::from(now))
        .maybe()
        .await?;
    Ok(ended.map(|(id,)| id))
}
