//! Leases: what only one node of the cluster does. Times are the database's, so the nodes' clocks need not agree.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{Conn, Error};

/// The database's clock, microseconds since 1970: the engines have no word for it in common.
async fn now(conn: &mut Conn) -> Result<i64, Error> {
    let (now,): (i64,) = conn
        .either(
            "select cast(unixepoch('subsec') * 1000000 as integer)",
            "select (extract(epoch from clock_timestamp()) * 1000000)::bigint",
        )
        .one()
        .await?;
    Ok(now)
}

/// Takes the lease for `ttl`, or keeps it; the token to write with, or `None` when another node holds it.
///
/// The token grows with every new holder (fencing: Kleppmann, "How to do distributed locking", 2016).
pub async fn take(conn: &mut Conn, name: &str, holder: Uuid, ttl: TimeDelta) -> Result<Option<i64>, Error> {
    let now = now(conn).await?;
    let row: Option<(i64,)> = conn
        .sql(
            "insert into lease (name, holder, token, until) values ($1, $2, 1, $3)
             on conflict (name) do update set holder = excluded.holder, until = excluded.until,
                 token = case when lease.holder = excluded.holder then lease.token else lease.token + 1 end
             where lease.holder = excluded.holder or lease.until <= $4
             returning token",
        )
        .bind(name)
        .bind(holder)
        .bind(now.saturating_add(ttl.num_microseconds().unwrap_or(i64::MAX)))
        .bind(now)
        .maybe()
        .await?;
    Ok(row.map(|(token,)| token))
}

/// Whether another node holds the lease now: a cheap look before [`take`].
pub async fn held_by_another(conn: &mut Conn, name: &str, holder: Uuid) -> Result<bool, Error> {
    let now = now(conn).await?;
    let (held,): (i64,) = conn
        .sql("select count(*) from lease where name = $1 and holder <> $2 and until > $3")
        .bind(name)
        .bind(holder)
        .bind(now)
        .one()
        .await?;
    Ok(held > 0)
}

/// Whether this token is still the lease's: to be asked in the transaction that writes.
pub async fn holds(conn: &mut Conn, name: &str, holder: Uuid, token: i64) -> Result<bool, Error> {
    let (holds,): (i64,) = conn
        .sql("select count(*) from lease where name = $1 and holder = $2 and token = $3")
        .bind(name)
        .bind(holder)
        .bind(token)
        .one()
        .await?;
    Ok(holds > 0)
}

/// Gives the lease back, so that another node can take it at once.
pub async fn give_back(conn: &mut Conn, name: &str, holder: Uuid) -> Result<(), Error> {
    conn.sql("update lease set until = 0 where name = $1 and holder = $2").bind(name).bind(holder).run().await?;
    Ok(())
}
