//! Requests that were carried out, by the key their sender gave them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::conn::Conn;
use crate::set::hex;
use crate::{Error, Micros};

/// What a request did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of method, path and body.
    pub fingerprint: [u8; 32],
    /// What was changed.
    pub subject: Uuid,
    /// Its version afterwards.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// What this account's request with this key did, if it was carried out.
pub async fn find(conn: &mut Conn, account: Uuid, key: &str) -> Result<Option<Kept>, Error> {
    let row: Option<(Vec<u8>, Uuid, i64, Micros)> = conn
        .sql("select fingerprint, subject, version, at from idempotency where account = $1 and key = $2")
        .bind(account)
        .bind(key)
        .maybe()
        .await?;
    row.map(|(fingerprint, subject, version, at)| {
        let fingerprint = fingerprint.try_into().map_err(|_| Error::corrupt("idempotency", "fingerprint", key))?;
        Ok(Kept { fingerprint, subject, version, at: at.at() })
    })
    .transpose()
}

/// Remembers it, in the transaction of the change. A second one with the key is a conflict `idempotency_pkey`.
pub async fn keep(conn: &mut Conn, account: Uuid, key: &str, kept: &Kept) -> Result<(), Error> {
    conn.sql(
        "insert into idempotency (account, key, fingerprint, subject, version, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(account)
    .bind(key)
    .bind(kept.fingerprint.to_vec())
    .bind(kept.subject)
    .bind(kept.version)
    .bind(Micros::from(kept.at))
    .run()
    .await?;
    Ok(())
}

/// What these requests did, of those that were carried out: by account and key.
pub async fn find_all(conn: &mut Conn, asked: &[(Uuid, &str)]) -> Result<HashMap<(Uuid, String), Kept>, Error> {
    let rows: Vec<_> = asked.iter().map(|(account, key)| (hex(account.as_bytes()), key)).collect();
    let found: Vec<(Uuid, String, Vec<u8>, Uuid, i64, Micros)> = conn
        .over(
            "select account, key, fingerprint, subject, version, at from idempotency
             where (account, key) in (select {0 uuid}, {1 text} from {rows})",
            &rows,
        )
        .all()
        .await?;
    let kept = |(account, key, fingerprint, subject, version, at): (Uuid, String, Vec<u8>, Uuid, i64, Micros)| {
        let fingerprint = fingerprint.try_into().map_err(|_| Error::corrupt("idempotency", "fingerprint", &key))?;
        Ok(((account, key), Kept { fingerprint, subject, version, at: at.at() }))
    };
    found.into_iter().map(kept).collect()
}

/// Remembers several at once, in the transaction of the changes.
pub async fn keep_all(conn: &mut Conn, all: &[(Uuid, &str, Kept)]) -> Result<(), Error> {
    let row = |(account, key, kept): &(Uuid, &str, Kept)| {
        let fingerprint = hex(&kept.fingerprint);
        json!([
            hex(account.as_bytes()),
            key,
            fingerprint,
            hex(kept.subject.as_bytes()),
            kept.version,
            kept.at.timestamp_micros()
        ])
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    conn.over(
        "insert into idempotency (account, key, fingerprint, subject, version, at)
         select {0 uuid}, {1 text}, {2 bytes}, {3 uuid}, {4 int}, {5 int} from {rows}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

/// Forgets what is older than `before`; how many it forgot.
pub async fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64, Error> {
    conn.sql("delete from idempotency where at < $1").bind(Micros::from(before)).run().await
}
