//! Seals what lay open before step 21: rows of streams, names, typed words; and keys the fingerprints of before step 22. Done once, by
//! the first program that opens the register, in small units: whoever is interrupted goes on at the next start, and what is not sealed
//! yet is read as it is. Of a file, the free pages go too, where what lay open before can still be read; a server keeps its own (`vacuum full`).

use serde_json::Value;
use serde_json::value::RawValue;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::conn::{Conn, Json, On};
use crate::names::Names;
use crate::options::Address;
use crate::rows::Rows;
use crate::veil::{self, Veiled};
use crate::{Error, Store, fault, feed_body, idempotency, sqlite};

/// How many rows a unit seals: others write in between.
const ROWS: i64 = 500;

/// Columns of text, by table.
const TEXTS: &[(&str, &[&str])] = &[
    ("account", &["display_name", "phone"]),
    ("vehicle", &["out_because", "out_by", "cleaned_by"]),
    ("driver", &["off_by"]),
    ("device", &["enrolled_by", "revoked_by"]),
    ("trip", &["cancelled_because", "broken_because", "broken_by"]),
    ("closure", &["reason", "closed_by", "opened_reason", "opened_by"]),
    ("room_closure", &["reason", "closed_by", "opened_reason", "opened_by"]),
    ("relay_point_closure", &["reason", "closed_by", "opened_reason", "opened_by"]),
    ("gate_closure", &["reason", "said_by", "ended_by"]),
    ("road_word", &["reason", "said_by", "ended_by"]),
    ("opinion_rule", &["reason", "chosen_by"]),
    ("approval_mode", &["reason", "chosen_by"]),
    ("planning_rules", &["reason", "chosen_by"]),
];

/// Documents, by table; each of these has an `id`.
const DOCUMENTS: &[(&str, &str)] = &[
    ("stop", "notice"),
    ("party", "decided"),
    ("arrival", "tagged"),
    ("arrival", "reception"),
    ("trip", "ordered"),
    ("change", "kept"),
    ("event", "body"),
];

/// Seals everything that still waits for it.
pub(crate) async fn seal_all(store: &Store, address: &Address) -> Result<(), Error> {
    let waiting: Vec<(String,)> = store.read().await?.sql("select what from unsealed order by what").all().await?;
    for (what,) in waiting {
        match what.as_str() {
            "feed" => feed(store).await?,
            "names" => names(store).await?,
            "fingerprints" => idempotency::key_all(store).await?,
            _ => space(store, address).await?,
        }
        let mut unit = store.begin().await?;
        unit.conn().sql("delete from unsealed where what = $1").bind(what).run().await?;
        unit.commit().await?;
    }
    Ok(())
}

/// Nothing lay in a register that is new.
async fn space(store: &Store, address: &Address) -> Result<(), Error> {
    let (events,): (i64,) =
        store.read().await?.sql("select count(*) from (select 1 from event limit 1) as any_event").one().await?;
    match address {
        Address::Sqlite(path) if events > 0 => sqlite::vacuum(path).await,
        _ => Ok(()),
    }
}

type Line = (String, i64, String, Json<Box<RawValue>>);

async fn feed(store: &Store) -> Result<(), Error> {
    let mut last = (String::new(), 0);
    loop {
        let mut unit = store.begin().await?;
        let lines: Vec<Line> = unit
            .conn()
            .sql(
                "select stream, seq, key, body from feed_entry
                 where (stream, seq) > ($1, $2) and sealed is null and body is not null order by stream, seq limit $3",
            )
            .bind(last.0.as_str())
            .bind(last.1)
            .bind(ROWS)
            .all()
            .await?;
        let Some((stream, seq, ..)) = lines.last() else { return Ok(()) };
        last = (stream.clone(), *seq);
        entries(unit.conn(), &lines).await?;
        unit.commit().await?;
    }
}

async fn entries(conn: &mut Conn, lines: &[Line]) -> Result<(), Error> {
    let keys = conn.keys();
    let rows: Rows<'_> = lines
        .iter()
        .map(|(stream, seq, key, body)| {
            let (open, sealed) = feed_body::shut(keys, stream, *seq, &body.0);
            let trip = feed_body::trip(&body.0).into();
            [stream.as_str().into(), (*seq).into(), open, sealed.into(), key.as_str().into(), trip]
        })
        .collect();
    feed_body::rewrite(conn, &rows).await
}

async fn names(store: &Store) -> Result<(), Error> {
    for (table, columns) in TEXTS {
        for column in *columns {
            while texts(store, table, column).await? {}
        }
    }
    for (table, column) in DOCUMENTS {
        let mut last = Uuid::nil();
        while let Some(next) = documents(store, (table, column), last).await? {
            last = next;
        }
    }
    Ok(())
}

/// Some of the open texts of a column, wherever each stands; whether there were any.
async fn texts(store: &Store, table: &str, column: &str) -> Result<bool, Error> {
    let mut unit = store.begin().await?;
    let open = format!("select distinct {column} from {table} where substr({column}, 1, 1) <> '§' limit {ROWS}");
    let all: Vec<(String,)> = match unit.conn().parts().0 {
        On::Sqlite(conn) => sqlx::query_as(AssertSqlSafe(open)).fetch_all(conn).await,
        On::Postgres(conn) => sqlx::query_as(AssertSqlSafe(open)).fetch_all(conn).await,
    }
    .map_err(told)?;
    for (text,) in &all {
        let veiled = Veiled::of(unit.conn().keys(), text);
        let put = AssertSqlSafe(format!("update {table} set {column} = $2 where {column} = $1"));
        match unit.conn().parts().0 {
            On::Sqlite(conn) => sqlx::query(put).bind(text).bind(veiled).execute(conn).await.map(drop),
            On::Postgres(conn) => sqlx::query(put).bind(text).bind(veiled).execute(conn).await.map(drop),
        }
        .map_err(told)?;
    }
    unit.commit().await?;
    Ok(!all.is_empty())
}

/// Some of a column's documents after an id; the last id that was looked at.
async fn documents(store: &Store, (table, column): (&str, &str), after: Uuid) -> Result<Option<Uuid>, Error> {
    let mut unit = store.begin().await?;
    let some = AssertSqlSafe(format!(
        "select id, {column} from {table} where id > $1 and {column} is not null order by id limit {ROWS}"
    ));
    let all: Vec<(Uuid, Json<Value>)> = match unit.conn().parts().0 {
        On::Sqlite(conn) => sqlx::query_as(some).bind(after).fetch_all(conn).await,
        On::Postgres(conn) => sqlx::query_as(some).bind(after).fetch_all(conn).await,
    }
    .map_err(told)?;
    for (id, document) in &all {
        let veiled = veil::document(unit.conn().keys(), &document.0);
        if veiled == document.0 {
            continue;
        }
        let put = AssertSqlSafe(format!("update {table} set {column} = $2 where id = $1"));
        match unit.conn().parts().0 {
            On::Sqlite(conn) => sqlx::query(put).bind(id).bind(Json(veiled)).execute(conn).await.map(drop),
            On::Postgres(conn) => sqlx::query(put).bind(id).bind(Json(veiled)).execute(conn).await.map(drop),
        }
        .map_err(told)?;
    }
    unit.commit().await?;
    Ok(all.last().map(|(id, _)| *id))
}

fn told(error: sqlx::Error) -> Error {
    fault::map(error, "seal what lay open", &Names::default())
}
