//! A whole register, from one database into another: a backup, a restore, a move from SQLite to PostgreSQL and back.
//!
//! The source is read in one snapshot while nodes serve; the target is new and is written in one transaction, so that it
//! is there whole or not at all. Rows cross as JSON arrays, which both engines write and read by themselves.

mod words;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _};

use crate::conn::On;
use crate::link::{Link, Route};
use crate::options::{self, Address};
use crate::table::{self, Table};
use crate::{Error, Keys, Store, fault, names::Names, postgres, publish, schema, sqlite};
use words::Engine;

/// Rows that cross at a time: some hundred kilobytes.
const ROWS: usize = 500;

/// What was carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Rows by table, in the order they were written.
    pub rows: Vec<(String, u64)>,
}

/// What the copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The same register elsewhere: boards go on from their positions, people stay signed in.
    Move,
    /// An earlier state comes back: positions from after it mean nothing any more, so that every stream gets a new epoch
    /// and boards begin with a snapshot; and everybody signs in again, because rights may have been taken since.
    Restore,
}

/// Copies everything in `from` into `to`, which has to be empty. `told` hears of each table how many rows crossed so far.
///
/// The key is the same on both sides; both are at this program's newest step (the target is brought there).
pub async fn copy(
    from: &str,
    to: &str,
    keys: &Keys,
    purpose: Purpose,
    mut told: impl FnMut(&str, u64) + Send,
) -> Result<Copied, Error> {
    let mut source = link(from).await?;
    current(&mut source).await?;
    Store::open(to, keys.clone()).await?.close().await;
    let mut target = link(to).await?;
    let snapshot = words::snapshot(engine(&source));
    say(&mut source, snapshot).await?;
    target.begin().await.map_err(|error| fault::map(error, "begin", &Names::default()))?;
    let tables = table::all();
    empty(&mut target, &tables).await?;
    let mut rows = Vec::with_capacity(tables.len());
    for table in &tables {
        let count = carry(&mut source, &mut target, table, &mut told).await?;
        rows.push((table.name.clone(), count));
    }
    if purpose == Purpose::Restore {
        begin_anew(&mut target).await?;
    }
    target.commit().await.map_err(|error| fault::map(error, "commit", &Names::default()))?;
    // A snapshot has nothing to commit; it ends with its connection.
    for link in [source, target] {
        link.close().await.map_err(Error::unavailable)?;
    }
    Ok(Copied { rows })
}

/// A connection that may take its time.
pub(crate) async fn link(url: &str) -> Result<Link, Error> {
    match options::parse(url)? {
        Address::Sqlite(path) => {
            use sqlx::ConnectOptions as _;
            let opened = sqlite::settings(&path).connect().await;
            opened.map(Link::Sqlite).map_err(|error| sqlite::refused(&path, &error))
        }
        Address::Postgres(given) => {
            let route = Route::Postgres(Box::new(postgres::unhurried(postgres::settings(&given))));
            route.connect().await.map_err(|error| postgres::refused(&given, &error))
        }
    }
}

/// The newest step a database has seen; 0 before the first.
pub(crate) async fn step(link: &mut Link) -> Result<i64, Error> {
    const STEP: &str = "select coalesce(max(version), 0) from _sqlx_migrations where success";
    match count(link, STEP).await {
        Err(Error::Statement { .. }) => Ok(0),
        counted => counted,
    }
}

/// A source of another age would be read wrongly.
async fn current(source: &mut Link) -> Result<(), Error> {
    let step = step(source).await?;
    match schema::newest() {
        known if step > known => Err(Error::Newer { found: step, known }),
        known if step < known => Err(Error::Unsupported(format!(
            "what is to be copied is at step {step}, this program at {known}: bring it up with `homeward migrate` first"
        ))),
        _ => Ok(()),
    }
}

/// Takes away what the migrations put into a new register; anything else is somebody's.
async fn empty(target: &mut Link, tables: &[Table]) -> Result<(), Error> {
    const USED: &str =
        "select (select count(*) from account) + (select count(*) from event) + (select count(*) from stream)";
    if count(target, USED).await? > 0 {
        let why = "the target is not empty: copy into a new database, so that nothing is overwritten";
        return Err(Error::Unsupported(why.into()));
    }
    for table in tables.iter().rev() {
        say(target, &format!("delete from {}", table.name)).await?;
    }
    Ok(())
}

async fn carry(
    source: &mut Link,
    target: &mut Link,
    table: &Table,
    told: &mut (impl FnMut(&str, u64) + Send),
) -> Result<u64, Error> {
    let insert = words::insert(table, engine(target));
    let select = AssertSqlSafe(words::select(table, engine(source)));
    let mut rows = match source.on() {
        On::Sqlite(conn) => Box::pin(sqlx::query(select).fetch(conn).map_ok(|row| row.get::<String, _>(0))) as Rows<'_>,
        On::Postgres(conn) => Box::pin(sqlx::query(select).fetch(conn).map_ok(|row| row.get::<String, _>(0))),
    };
    let (mut gathered, mut count) = (Vec::with_capacity(ROWS), 0);
    while let Some(row) = rows.try_next().await.map_err(Error::unavailable)? {
        gathered.push(row);
        if gathered.len() == ROWS {
            count += put(target, &insert, &mut gathered).await?;
            told(&table.name, count);
        }
    }
    count += put(target, &insert, &mut gathered).await?;
    told(&table.name, count);
    Ok(count)
}

type Rows<'c> = std::pin::Pin<Box<dyn futures_util::Stream<Item = Result<String, sqlx::Error>> + Send + 'c>>;

async fn put(target: &mut Link, insert: &str, rows: &mut Vec<String>) -> Result<u64, Error> {
    if rows.is_empty() {
        return Ok(0);
    }
    let set = format!("[{}]", std::mem::take(rows).join(","));
    let insert = AssertSqlSafe(insert.to_owned());
    let done = match target.on() {
        On::Sqlite(conn) => sqlx::query(insert).bind(set).execute(conn).await.map(|done| done.rows_affected()),
        On::Postgres(conn) => sqlx::query(insert).bind(set).execute(conn).await.map(|done| done.rows_affected()),
    };
    done.map_err(|error| fault::map(error, "insert", &Names::default()))
}

async fn begin_anew(target: &mut Link) -> Result<(), Error> {
    say(target, "delete from session").await?;
    say(target, "delete from idempotency").await?;
    // One new epoch for all: it only has to differ from every one before.
    say(target, &format!("update stream set epoch = '{}'", publish::epoch())).await
}

async fn say(link: &mut Link, words: &str) -> Result<(), Error> {
    let words = AssertSqlSafe(words.to_owned());
    let said = match link.on() {
        On::Sqlite(conn) => sqlx::raw_sql(words).execute(conn).await.map(drop),
        On::Postgres(conn) => sqlx::raw_sql(words).execute(conn).await.map(drop),
    };
    said.map_err(|error| fault::map(error, "copy", &Names::default()))
}

async fn count(link: &mut Link, question: &'static str) -> Result<i64, Error> {
    let counted: Result<(i64,), _> = match link.on() {
        On::Sqlite(conn) => sqlx::query_as(question).fetch_one(conn).await,
        On::Postgres(conn) => sqlx::query_as(question).fetch_one(conn).await,
    };
    counted.map(|(count,)| count).map_err(|error| fault::map(error, question, &Names::default()))
}

fn engine(link: &Link) -> Engine {
    match link {
        Link::Sqlite(_) => Engine::Sqlite,
        Link::Postgres(_) => Engine::Postgres,
    }
}
