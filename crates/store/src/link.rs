//! The writer's own connection, and the words that begin and end what is written through it.
//!
//! A batch is a transaction; each unit in it is a savepoint of that transaction, so that one unit's end is not another's.

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, PgConnection, SqliteConnection};

use crate::conn::{On, patient};

/// The writers of all nodes take turns: every rule was checked against what the writer before left behind. The number
/// is only a name (`homeward` in ASCII); the lock ends with the transaction, whatever becomes of the node.
const TURN: &str = "begin; select pg_advisory_xact_lock(7525910283374780004)";

/// Where the writer connects to, again and again.
pub(crate) enum Route {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

impl Route {
    pub(crate) async fn connect(&self) -> Result<Link, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(options) => Link::Sqlite(options.connect().await?),
            Self::Postgres(options) => Link::Postgres(patient(options.connect()).await?),
        })
    }
}

/// The connection itself.
pub(crate) enum Link {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Link {
    pub(crate) fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(conn) => On::Sqlite(conn),
            Self::Postgres(conn) => On::Postgres(conn),
        }
    }

    /// Begins a batch, when no other node and no other process writes.
    pub(crate) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.say("begin immediate", TURN).await
    }

    /// Makes the batch durable.
    pub(crate) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.say("commit", "commit").await
    }

    /// Takes the batch back.
    pub(crate) async fn rollback(&mut self) -> Result<(), sqlx::Error> {
        self.say("rollback", "rollback").await
    }

    /// Begins a unit of the batch.
    pub(crate) async fn begin_unit(&mut self) -> Result<(), sqlx::Error> {
        self.say("savepoint unit", "savepoint unit").await
    }

    /// Ends the unit: it stays in the batch.
    pub(crate) async fn keep_unit(&mut self) -> Result<(), sqlx::Error> {
        self.say("release unit", "release unit").await
    }

    /// Takes the unit back out of the batch.
    pub(crate) async fn drop_unit(&mut self) -> Result<(), sqlx::Error> {
        const BACK: &str = "rollback to unit; release unit";
        self.say(BACK, BACK).await
    }

    async fn say(&mut self, sqlite: &'static str, postgres: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(conn) => sqlx::raw_sql(sqlite).execute(conn).await.map(drop),
            Self::Postgres(conn) => patient(sqlx::raw_sql(postgres).execute(conn)).await.map(drop),
        }
    }

    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(conn) => conn.close().await,
            Self::Postgres(conn) => patient(conn.close()).await,
        }
    }
}
