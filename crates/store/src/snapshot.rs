//! A reader's connection: one consistent snapshot, given back to the pool when it is dropped.

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::conn::{On, patient};

/// The pools readers come from.
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Readers {
    /// A snapshot, fixed by its first statement.
    pub(crate) async fn begin(&self) -> Result<Snapshot, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => pool.begin().await.map(|begun| Snapshot::Sqlite(begun, false)),
            Self::Postgres(pool) => patient(taken(pool)).await.map(Snapshot::Postgres),
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A read transaction on one engine.
pub(crate) enum Snapshot {
    /// With a flag nobody reads: a file does not hang.
    Sqlite(Transaction<'static, Sqlite>, bool),
    Postgres(Taken),
}

impl Snapshot {
    /// The connection, and the flag to raise when it broke.
    pub(crate) fn on(&mut self) -> (On<'_>, &mut bool) {
        match self {
            Self::Sqlite(conn, broken) => (On::Sqlite(conn), broken),
            Self::Postgres(Taken { conn, broken }) => (On::Postgres(conn), broken),
        }
    }
}

/// A connection taken from the pool; the pool ends its transaction when it comes back (see `postgres::readers`).
pub(crate) struct Taken {
    conn: PoolConnection<Postgres>,
    broken: bool,
}

async fn taken(pool: &PgPool) -> Result<Taken, sqlx::Error> {
    let conn = pool.acquire().await?;
    let mut taken = Taken { conn, broken: true };
    sqlx::raw_sql("begin isolation level repeatable read read only").execute(&mut *taken.conn).await?;
    taken.broken = false;
    Ok(taken)
}

impl Drop for Taken {
    fn drop(&mut self) {
        if self.broken {
            self.conn.close_on_drop();
        }
    }
}
