//! The writer's own connection, and the words that begin and end what is written through it.
//!
//! A batch is a transaction; each unit in it is a savepoint of that transaction, so that one unit's end is not another's.

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, PgConnection, SqliteConnection};

use crate::conn::{On, patient};

/// The writers of all nodes take turns: every rule was checked against what the writer before left behind. The number
/// is only a name (`homeward` in ASCII); the lock ends with the transaction, whatever becomes of the node.
const TURN: &str = "begin; select pg_advisory_xact_lock(7525910283374780004); savepoint unit";

/// Where the writer connects to, again and again.
pub(crate) enum Route {
    Sqlite(Box<SqliteConnectOptions>, File),
    Postgres(Box<PgConnectOptions>),
}

impl Route {
    pub(crate) async fn connect(&self) -> Result<Link, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(options, file) => {
                file.is_there().await?;
                Link::Sqlite(options.connect().await?)
            }
            Self::Postgres(options) => Link::Postgres(patient(options.connect()).await?),
        })
    }

    /// Whether what is written through an open connection is still what everybody reads.
    pub(crate) async fn still_leads_there(&self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(_, file) => Ok(file.is_there().await?),
            Self::Postgres(_) => Ok(()),
        }
    }
}

/// A file as it was opened. One that was moved away or replaced could still be written through an open connection, and
/// nobody would ever read it again: what was acknowledged would be lost.
#[derive(Clone)]
pub(crate) struct File {
    path: PathBuf,
    id: (u64, u64),
}

impl File {
    pub(crate) fn of(path: &Path) -> std::io::Result<Self> {
        Ok(Self { path: path.into(), id: id(&std::fs::metadata(path)?) })
    }

    /// Whether the path still leads to the same file.
    pub(crate) async fn is_there(&self) -> std::io::Result<()> {
        if id(&tokio::fs::metadata(&self.path).await?) == self.id {
            return Ok(());
        }
        Err(std::io::Error::other("another file lies where the register was: put it back, or restart on the new one"))
    }
}

#[cfg(unix)]
fn id(file: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn id(_file: &std::fs::Metadata) -> (u64, u64) {
    (0, 0)
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

    /// Begins a batch and its first unit, when no other node and no other process writes.
    pub(crate) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        self.say("begin immediate; savepoint unit", TURN).await
    }

    /// Makes the batch durable.
    pub(crate) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        self.say("commit", "commit").await
    }

    /// Takes the batch back.
    pub(crate) async fn rollback(&mut self) -> Result<(), sqlx::Error> {
        self.say("rollback", "rollback").await
    }

    /// Ends the unit, which stays in the batch, and begins the next one. The last one needs no end but the commit.
    pub(crate) async fn next_unit(&mut self) -> Result<(), sqlx::Error> {
        const NEXT: &str = "release unit; savepoint unit";
        self.say(NEXT, NEXT).await
    }

    /// Takes the unit back out of the batch: the next one begins where it did.
    pub(crate) async fn drop_unit(&mut self) -> Result<(), sqlx::Error> {
        self.say("rollback to unit", "rollback to unit").await
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
