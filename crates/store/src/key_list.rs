//! Versions of the key list. A version is published once and never changed; the next one replaces it from an instant.

use crate::{Conn, Error, Json, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{AccountId, Country, KeyList, RiskTag};
use std::collections::BTreeMap;

type Row = (i64, Micros, Json<BTreeMap<Country, RiskTag>>, String);

fn list((version, effective_at, entries, note): Row) -> Result<KeyList, Error> {
    let version = u32::try_from(version).map_err(|_| Error::corrupt("key_list", "version", version))?;
    Ok(KeyList { version, effective_at: effective_at.at(), entries: entries.0, note })
}

/// Every version, oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<KeyList>, Error> {
    let rows: Vec<Row> = conn
        .sql("select version, effective_at, entries, note from key_list order by version limit 10000")
        .all()
        .await?;
    rows.into_iter().map(list).collect()
}

/// Publishes a version.
pub async fn insert(conn: &mut Conn, list: &KeyList, by: Option<AccountId>, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql(
        "insert into key_list (version, effective_at, entries, note, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(i64::from(list.version))
    .bind(Micros::from(list.effective_at))
    .bind(Json(&list.entries))
    .bind(&list.note)
    .bind(by.map(AccountId::uuid))
    .bind(Micros::from(now))
    .run()
    .await?;
    Ok(())
}
