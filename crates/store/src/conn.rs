//! The thin typed executor: a statement is a literal with `$1` parameters, written once for both engines.
//!
//! A value is whatever both engines encode, a row is a tuple or `#[derive(sqlx::FromRow)]`. Only where the engines
//! need words of their own is a statement a pair, side by side: [`Conn::either`]. A set taken from a document is one text
//! with a few words for both: [`Conn::over`].

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    Arguments, Encode, Executor as _, FromRow, PgConnection, Postgres, SqlSafeStr as _, Sqlite, SqliteConnection,
    Statement as _, Type,
};

pub use sqlx::types::Json;

use crate::error::{Error, Source};
use crate::lane::Lent;
use crate::names::Names;
use crate::rows::Rows;
use crate::snapshot::Snapshot;
use crate::{Keys, fault, set};

/// How long the server of the database may take for one statement. Ours take a millisecond; whoever waits longer talks
/// to a database that is gone, and is told so.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// What can be bound to a parameter.
pub trait Value: Type<Sqlite> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + for<'q> Encode<'q, Postgres> {}
impl<T: Type<Sqlite> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + for<'q> Encode<'q, Postgres>> Value for T {}

/// What a row can be read into.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Record for T {}

/// A connection inside a transaction: the writer's of a [`Unit`](crate::Unit) or a reader's snapshot.
///
/// Dropping it ends the transaction without a trace before anybody else gets the connection.
pub struct Conn {
    held: Held,
    names: Arc<Names>,
    keys: Keys,
}

/// What for it is held.
enum Held {
    Read(Snapshot),
    Write(Lent),
}

/// A connection of one engine, to run something on.
pub(crate) enum On<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    pub(crate) fn reading(snapshot: Snapshot, names: Arc<Names>, keys: Keys) -> Self {
        Self { held: Held::Read(snapshot), names, keys }
    }

    pub(crate) fn writing(lent: Lent, names: Arc<Names>, keys: Keys) -> Self {
        Self { held: Held::Write(lent), names, keys }
    }

    /// Makes what was written durable, with what waits beside it. A reader has nothing to commit.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self.held {
            Held::Read(_) => Ok(()),
            Held::Write(lent) => lent.commit().await,
        }
    }

    /// The connection itself, for the few who write their own words.
    pub(crate) fn parts(&mut self) -> (On<'_>, &Names) {
        let (on, _) = match &mut self.held {
            Held::Read(snapshot) => snapshot.on(),
            Held::Write(lent) => lent.on(),
        };
        (on, &self.names)
    }

    /// The keys that seal and blind what is personal.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The columns a statement gives, by name, without running it: how the engines are compared with each other.
    pub async fn columns(&mut self, sql: &'static str) -> Result<Vec<String>, Error> {
        fn named<C: sqlx::Column>(columns: &[C]) -> Vec<String> {
            columns.iter().map(|column| column.name().to_owned()).collect()
        }
        let (on, broken) = match &mut self.held {
            Held::Read(snapshot) => snapshot.on(),
            Held::Write(lent) => lent.on(),
        };
        let prepared = match on {
            On::Sqlite(conn) => conn.prepare(sql.into_sql_str()).await.map(|done| named(done.columns())),
            On::Postgres(conn) => patient(conn.prepare(sql.into_sql_str())).await.map(|done| named(done.columns())),
        };
        prepared.map_err(|error| told(error, sql, &self.names, broken))
    }

    /// A statement to run here, the same on both engines.
    pub fn sql(&mut self, sql: &'static str) -> Statement<'_> {
        self.either(sql, sql)
    }

    /// A statement over a set of rows (see [`set`]).
    pub fn over(&mut self, sql: &'static str, rows: &Rows<'_>) -> Statement<'_> {
        let words = set::words(sql);
        let mut statement = self.either(&words.sqlite, &words.postgres);
        let added = match &mut statement.to {
            To::Sqlite(_, arguments) => arguments.add(rows.document()),
            To::Postgres(_, arguments) => rows.arrays(&words.members, arguments),
        };
        statement.fault = added.err();
        statement
    }

    /// A statement each engine has its own words for; the parameters and columns are the same.
    pub fn either(&mut self, sqlite: &'static str, postgres: &'static str) -> Statement<'_> {
        let (on, broken) = match &mut self.held {
            Held::Read(snapshot) => snapshot.on(),
            Held::Write(lent) => lent.on(),
        };
        let (sql, to) = match on {
            On::Sqlite(conn) => (sqlite, To::Sqlite(conn, SqliteArguments::default())),
            On::Postgres(conn) => (postgres, To::Postgres(conn, PgArguments::default())),
        };
        Statement { sql, to, broken, fault: None, names: &self.names }
    }
}

/// Where a statement runs, with its parameters in that engine's form.
enum To<'c> {
    Sqlite(&'c mut SqliteConnection, SqliteArguments),
    Postgres(&'c mut PgConnection, PgArguments),
}

/// A statement with its parameters, bound to the connection it will run on.
#[must_use = "a statement does nothing until it is run"]
pub struct Statement<'c> {
    sql: &'static str,
    to: To<'c>,
    /// Raised when the connection cannot be trusted any more.
    broken: &'c mut bool,
    fault: Option<Source>,
    names: &'c Names,
}

impl Statement<'_> {
    /// The next parameter. Bind `Option` for null, [`Json`] for a document, [`Micros`](crate::Micros) for an instant.
    pub fn bind(mut self, value: impl Value) -> Self {
        let added = match &mut self.to {
            To::Sqlite(_, arguments) => arguments.add(value),
            To::Postgres(_, arguments) => arguments.add(value),
        };
        if let Err(fault) = added {
            self.fault.get_or_insert(fault);
        }
        self
    }

    /// Runs it; how many rows it touched.
    pub async fn run(mut self) -> Result<u64, Error> {
        self.check()?;
        let Self { sql, to, broken, names, .. } = self;
        let done = match to {
            To::Sqlite(on, with) => sqlx::query_with(sql, with).execute(on).await.map(|done| done.rows_affected()),
            To::Postgres(on, with) => {
                patient(sqlx::query_with(sql, with).execute(on)).await.map(|done| done.rows_affected())
            }
        };
        done.map_err(|error| told(error, sql, names, broken))
    }

    /// Every row. Bound it with `limit` unless the table itself is bounded.
    pub async fn all<T: Record>(mut self) -> Result<Vec<T>, Error> {
        self.check()?;
        let Self { sql, to, broken, names, .. } = self;
        let rows = match to {
            To::Sqlite(on, with) => sqlx::query_as_with(sql, with).fetch_all(on).await,
            To::Postgres(on, with) => patient(sqlx::query_as_with(sql, with).fetch_all(on)).await,
        };
        rows.map_err(|error| told(error, sql, names, broken))
    }

    /// The row, if there is one.
    pub async fn maybe<T: Record>(mut self) -> Result<Option<T>, Error> {
        self.check()?;
        let Self { sql, to, broken, names, .. } = self;
        let row = match to {
            To::Sqlite(on, with) => sqlx::query_as_with(sql, with).fetch_optional(on).await,
            To::Postgres(on, with) => patient(sqlx::query_as_with(sql, with).fetch_optional(on)).await,
        };
        row.map_err(|error| told(error, sql, names, broken))
    }

    /// The row that must be there (a count, a `returning`).
    pub async fn one<T: Record>(self) -> Result<T, Error> {
        let sql = self.sql;
        self.maybe().await?.ok_or(Error::Statement { sql, source: "it gave no row".into() })
    }

    fn check(&mut self) -> Result<(), Error> {
        let sql = self.sql;
        self.fault.take().map_or(Ok(()), |source| Err(Error::Statement { sql, source }))
    }
}

/// The error in our words; the connection is given up when the error says that it, not the statement, is at fault.
fn told(error: sqlx::Error, sql: &'static str, names: &Names, broken: &mut bool) -> Error {
    let told = fault::map(error, sql, names);
    *broken |= matches!(told, Error::Unavailable(_) | Error::Busy);
    told
}

/// Waits for the database's server, but not for ever. Boxed: the driver's future is large, and thousands of sockets
/// hold ours.
pub(crate) fn patient<'w, T: 'w>(
    work: impl Future<Output = Result<T, sqlx::Error>> + Send + 'w,
) -> impl Future<Output = Result<T, sqlx::Error>> + Send + 'w {
    let work = tokio::time::timeout(PATIENCE, Box::pin(work));
    async move {
        work.await.unwrap_or_else(|_| {
            let why = format!("the database did not answer within {} s", PATIENCE.as_secs());
            Err(sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, why)))
        })
    }
}
