//! The thin typed executor: the only code that knows which engine runs a statement.
//!
//! A statement is a literal with `$1` parameters. A value is whatever the engines encode, a row is a tuple or
//! `#[derive(sqlx::FromRow)]`. PostgreSQL joins as a second arm of `Held`.

use std::sync::Arc;

use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Arguments, Encode, FromRow, Sqlite, Transaction, Type};
use tokio::sync::OwnedMutexGuard;

pub use sqlx::types::Json;

use crate::Keys;
use crate::error::{Error, Source};
use crate::names::Names;

/// What can be bound to a parameter.
pub trait Value: Type<Sqlite> + for<'q> Encode<'q, Sqlite> {}
impl<T: Type<Sqlite> + for<'q> Encode<'q, Sqlite>> Value for T {}

/// What a row can be read into.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin> Record for T {}

/// A connection inside a transaction: the writer's of a [`Unit`](crate::Unit) or a reader's snapshot.
///
/// Dropping it ends the transaction without a trace before anybody else gets the connection.
pub struct Conn {
    // Dropped in this order: the rollback is queued before the next writer's turn comes.
    held: Held,
    turn: Option<OwnedMutexGuard<()>>,
    names: Arc<Names>,
    keys: Keys,
}

/// The engines.
enum Held {
    Sqlite(Transaction<'static, Sqlite>),
}

impl Conn {
    /// Begins to write. The engine rolls back by itself if this future is dropped half-way.
    pub(crate) async fn write(
        pool: &SqlitePool,
        turn: OwnedMutexGuard<()>,
        names: Arc<Names>,
        keys: Keys,
    ) -> Result<Self, Error> {
        const BEGIN: &str = "begin immediate";
        let begun = pool.begin_with(BEGIN).await.map_err(|error| map(error, BEGIN, &names))?;
        Ok(Self { held: Held::Sqlite(begun), turn: Some(turn), names, keys })
    }

    /// Begins to read.
    pub(crate) async fn read(pool: &SqlitePool, names: Arc<Names>, keys: Keys) -> Result<Self, Error> {
        let begun = pool.begin().await.map_err(|error| map(error, "begin", &names))?;
        Ok(Self { held: Held::Sqlite(begun), turn: None, names, keys })
    }

    /// Makes what was written durable. Whatever goes wrong, what is not confirmed is rolled back.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let Self { held, turn, names, .. } = self;
        let Held::Sqlite(transaction) = held;
        let done = transaction.commit().await.map_err(|error| map(error, "commit", &names));
        drop(turn);
        done
    }

    /// The keys that seal and blind what is personal.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// A statement to run here.
    pub fn sql(&mut self, sql: &'static str) -> Statement<'_> {
        let Held::Sqlite(transaction) = &mut self.held;
        Statement { sql, on: transaction, arguments: SqliteArguments::default(), fault: None, names: &self.names }
    }
}

/// A statement with its parameters, bound to the connection it will run on.
#[must_use = "a statement does nothing until it is run"]
pub struct Statement<'c> {
    sql: &'static str,
    on: &'c mut SqliteConnection,
    arguments: SqliteArguments,
    fault: Option<Source>,
    names: &'c Names,
}

impl Statement<'_> {
    /// The next parameter. Bind `Option` for null, [`Json`] for a document, [`Micros`](crate::Micros) for an instant.
    pub fn bind(mut self, value: impl Value) -> Self {
        if let Err(fault) = self.arguments.add(value) {
            self.fault.get_or_insert(fault);
        }
        self
    }

    /// Runs it; how many rows it touched.
    pub async fn run(mut self) -> Result<u64, Error> {
        self.check()?;
        let done = sqlx::query_with(self.sql, self.arguments).execute(self.on).await;
        Ok(done.map_err(|error| map(error, self.sql, self.names))?.rows_affected())
    }

    /// Every row. Bound it with `limit` unless the table itself is bounded.
    pub async fn all<T: Record>(mut self) -> Result<Vec<T>, Error> {
        self.check()?;
        let rows = sqlx::query_as_with(self.sql, self.arguments).fetch_all(self.on).await;
        rows.map_err(|error| map(error, self.sql, self.names))
    }

    /// The row, if there is one.
    pub async fn maybe<T: Record>(mut self) -> Result<Option<T>, Error> {
        self.check()?;
        let row = sqlx::query_as_with(self.sql, self.arguments).fetch_optional(self.on).await;
        row.map_err(|error| map(error, self.sql, self.names))
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

/// SQLite's primary result codes (the low byte of the extended code), <https://sqlite.org/rescode.html>.
mod code {
    pub(super) const ERROR: i32 = 1;
    pub(super) const BUSY: i32 = 5;
    pub(super) const CONSTRAINT: i32 = 19;
    pub(super) const MISMATCH: i32 = 20;
    pub(super) const RANGE: i32 = 25;
}

/// The engine's error in our words.
fn map(error: sqlx::Error, sql: &'static str, names: &Names) -> Error {
    let Some(told) = error.as_database_error() else {
        return undatabased(error, sql);
    };
    let code = told.code().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff);
    match code {
        Some(code::CONSTRAINT) => match names.find(told.message()) {
            Some(constraint) => Error::Conflict { constraint },
            None => Error::Statement { sql, source: error.into() },
        },
        Some(code::BUSY) => Error::Busy,
        Some(code::ERROR | code::MISMATCH | code::RANGE) => Error::Statement { sql, source: error.into() },
        _ => Error::unavailable(error),
    }
}

/// Errors of the driver rather than of the database.
fn undatabased(error: sqlx::Error, sql: &'static str) -> Error {
    match error {
        sqlx::Error::ColumnDecode { index, source } => {
            tracing::error!(sql, %index, %source, "a stored value cannot be read");
            Error::corrupt(table(sql), index.trim_matches('"'), "unknown")
        }
        gone @ (sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed) => Error::unavailable(gone),
        other => Error::Statement { sql, source: other.into() },
    }
}

/// The table a query reads first, for the message about a corrupt column.
fn table(sql: &'static str) -> &'static str {
    let mut words = sql.split_ascii_whitespace();
    words.by_ref().find(|word| *word == "from" || *word == "update" || *word == "into");
    words.next().unwrap_or("unknown")
}
