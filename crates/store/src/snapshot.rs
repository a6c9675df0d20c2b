//! A reader's connection: one consistent snapshot, given back to the pool when it is dropped.

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::conn::{On, patient};

/// The pools readers come from.
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    /// Those for a glance are apart, because the others are cleaned up when they come back.
    Postgres {
        snapshots: PgPool,
        glances: PgPool,
    },
}

impl Readers {
    /// A connection for one statement, which is a snapshot by itself: nothing is begun and nothing has to be ended.
    pub(crate) async fn glance(&self) -> Result<Snapshot, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => pool.acquire().await.map(|conn| Snapshot::SqliteGlance(conn, false)),
            Self::Postgres { glances, .. } => {
                let conn = patient(glances.acquire()).await?;
                Ok(Snapshot::Postgres(Taken { conn, broken: false }))
            }
        }
    }

    /// A snapshot, fixed by its first statement.
    pub(crate) async fn begin(&self) -> Result<Snapshot, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => pool.begin().await.map(|begun| Snapshot::Sqlite(begun, false)),
            Self::Postgres { snapshots, .. } => patient(taken(snapshots)).await.map(Snapshot::Postgres),
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres { snapshots, glances } => {
                snapshots.close().await;
                glances.close().await;
            }
        }
    }
}

/// A read transaction on one engine.
pub(crate) enum Snapshot {
    /// With a flag nobody reads: a file does not hang.
    Sqlite(Transaction<'static, Sqlite>, bool),
    SqliteGlance(PoolConnection<Sqlite>, bool),
    Postgres(Taken),
}

impl Snapshot {
    /// The connection, and the flag to raise when it broke.
    pub(crate) fn on(&mut self) -> (On<'_>, &mut bool) {
        match self {
            Self::Sqlite(conn, broken) => (On::Sqlite(conn), broken),
            Self::SqliteGlance(conn, broken) => (On::Sqlite(conn), broken),
            Self::Postgres(Taken { conn, broken }) => (On::Postgres(conn), broken),
        }
    }
}

/// A connection taken from a pool; that of snapshots ends its transaction when it comes back (see `postgres::readers`).
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
