//! The one-time set-up code of the first run, hashed.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};

/// The hash of the code that is still good, if the first administrator does not exist yet.
pub async fn pending(conn: &mut Conn) -> Result<Option<Vec<u8>>, Error> {
    let row: Option<(Vec<u8>,)> = conn.sql("select code_hash from set_up where used_at is null").maybe().await?;
    Ok(row.map(|(hash,)| hash))
}

/// Whether the first administrator exists.
pub async fn done(conn: &mut Conn) -> Result<bool, Error> {
    let (count,): (i64,) = conn.sql("select count(*) from set_up where used_at is not null").one().await?;
    Ok(count > 0)
}

/// Puts a new code in the place of an unused one.
pub async fn renew(conn: &mut Conn, hash: &[u8], now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql(
        "insert into set_up (id, code_hash, made_at, used_at) values (1, $1, $2, null)
         on conflict (id) do update set code_hash = excluded.code_hash, made_at = excluded.made_at where set_up.used_at is null",
    )
    .bind(hash)
    .bind(Micros::from(now))
    .run()
    .await?;
    Ok(())
}

/// Marks the code as used; 0 if somebody was faster.
pub async fn used(conn: &mut Conn, now: DateTime<Utc>) -> Result<u64, Error> {
    conn.sql("update set_up set used_at = $1 where id = 1 and used_at is null").bind(Micros::from(now)).run().await
}
