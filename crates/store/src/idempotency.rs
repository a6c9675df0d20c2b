//! Requests that were carried out, by the key their sender gave them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::conn::Conn;
use crate::keys::mac;
use crate::rows::Rows;
use crate::{Error, Keys, Micros, Store};

/// How many are keyed with one statement.
const PIECE: usize = 500;

/// What a request did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of method, path and body, under the key for it ([`Keys::fingerprint`]): whoever reads the row cannot try out whose
    /// registration it was.
    pub fingerprint: [u8; 32],
    /// What was changed.
    pub subject: Uuid,
    /// Its version afterwards.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
}

impl Keys {
    /// What is kept of a request, made from its SHA-256.
    #[must_use]
    pub fn fingerprint(&self, request: [u8; 32]) -> [u8; 32] {
        mac(&self.derive("fingerprint"), &request)
    }
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

/// What these requests did, of those that were carried out: by account and key. One look into the index each, whatever the
/// engine believes of the table: with a join, a plan made while it was small reads all of it ever after.
pub async fn find_all(conn: &mut Conn, asked: &[(Uuid, &str)]) -> Result<HashMap<(Uuid, String), Kept>, Error> {
    let rows: Rows<'_> = asked.iter().map(|(account, key)| [(*account).into(), (*key).into()]).collect();
    let found: Vec<(Uuid, String, Vec<u8>, Uuid, i64, Micros)> = conn
        .over(
            "select {0 uuid} as account, {1 text} as key,
                    (select fingerprint from idempotency where account = {0 uuid} and key = {1 text}) as fingerprint,
                    (select subject from idempotency where account = {0 uuid} and key = {1 text}) as subject,
                    (select version from idempotency where account = {0 uuid} and key = {1 text}) as version,
                    (select at from idempotency where account = {0 uuid} and key = {1 text}) as at
             from {rows} where (select count(*) from idempotency where account = {0 uuid} and key = {1 text}) = 1",
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
    let rows: Rows<'_> = all
        .iter()
        .map(|(account, key, kept)| {
            let Kept { fingerprint, subject, version, at } = kept;
            let at = at.timestamp_micros();
            [(*account).into(), (*key).into(), fingerprint[..].into(), (*subject).into(), (*version).into(), at.into()]
        })
        .collect();
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

/// Keys what was kept before step 22, once: whoever takes the mark away does it, in one unit with that.
pub(crate) async fn key_all(store: &Store) -> Result<(), Error> {
    let mut unit = store.begin().await?;
    let conn = unit.conn();
    if conn.sql("delete from unsealed where what = 'fingerprints'").run().await? == 0 {
        return Ok(());
    }
    let open: Vec<(Uuid, String, Vec<u8>)> =
        conn.sql("select account, key, fingerprint from idempotency").all().await?;
    for some in open.chunks(PIECE) {
        let mut rows = Vec::with_capacity(some.len());
        for (account, key, fingerprint) in some {
            let plain = <[u8; 32]>::try_from(fingerprint.as_slice());
            let plain = plain.map_err(|_| Error::corrupt("idempotency", "fingerprint", key))?;
            rows.push((*account, key.as_str(), conn.keys().fingerprint(plain)));
        }
        let rows: Rows<'_> =
            rows.iter().map(|(account, key, now)| [(*account).into(), (*key).into(), now[..].into()]).collect();
        conn.over(
            "update idempotency set fingerprint = {2 bytes} from {rows}
             where idempotency.account = {0 uuid} and idempotency.key = {1 text}",
            &rows,
        )
        .run()
        .await?;
    }
    unit.commit().await.map(drop)
}
