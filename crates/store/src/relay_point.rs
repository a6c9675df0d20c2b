//! Relay points: opened, taken out of use and put back. They are read with the reference data.

use crate::reference::RelayPoint;
use crate::veil::Veiled;
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::code;
use homeward_domain::site::Closure;
use uuid::Uuid;

/// Writes a new one. A second one of the same code breaks `relay_point_pkey`.
pub async fn insert(conn: &mut Conn, point: &RelayPoint) -> Result<(), Error> {
    conn.sql("insert into relay_point (code, district, name_zh, name_en, lat, lon) values ($1, $2, $3, $4, $5, $6)")
        .bind(point.code.as_str())
        .bind(point.district.as_str())
        .bind(&point.name.zh)
        .bind(&point.name.en)
        .bind(point.location.lat())
        .bind(point.location.lon())
        .run()
        .await?;
    Ok(())
}

/// Takes one out of use that is in use.
pub async fn take_out(conn: &mut Conn, id: Uuid, code: &code::RelayPoint, closure: &Closure) -> Result<(), Error> {
    let [reason, by] = [&closure.reason, &closure.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into relay_point_closure (id, relay_point, reason, closed_by, closed_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(code.as_str())
    .bind(reason)
    .bind(by)
    .bind(Micros::from(closure.at))
    .run()
    .await?;
    Ok(())
}

/// Puts it back into use; gives the id of the closure that ended.
pub async fn put_back(
    conn: &mut Conn,
    code: &code::RelayPoint,
    (reason, by): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Error> {
    let [reason, by] = [reason, by].map(|said| Veiled::of(conn.keys(), said));
    let ended: Option<(Uuid,)> = conn
        .sql(
            "update relay_point_closure set opened_reason = $2, opened_by = $3, opened_at = $4
             where relay_point = $1 and opened_at is null returning id",
        )
        .bind(code.as_str())
        .bind(reason)
        .bind(by)
        .bind(Micros::from(now))
        .maybe()
        .await?;
    Ok(ended.map(|(id,)| id))
}
