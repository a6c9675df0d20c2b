//! What the store answers when it cannot do what was asked. No rule of the domain is here.

use std::path::PathBuf;

/// The driver's own error, kept as a source for the log and never matched upon.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A named constraint refused the change.
    ///
    /// The name is the one in `migrations/`: of a `constraint … check`, of a `create unique index`, `<table>_pkey` of a
    /// primary key, `<table>_<column>_not_null`, and `foreign_key` (SQLite does not say which).
    #[error("the constraint {constraint} refused the change")]
    Conflict {
        /// The constraint's name.
        constraint: String,
    },
    /// Somebody else changed the row first.
    #[error("version {expected} was expected, version {found} was found")]
    Stale {
        /// The version the caller had read.
        expected: i64,
        /// The version that is there.
        found: i64,
    },
    /// Too many are waiting to write, or another process holds the file.
    #[error("the store is busy")]
    Busy,
    /// The database cannot be reached, read or written now.
    #[error("the store is unavailable")]
    Unavailable(#[source] Source),
    /// A statement and the schema do not agree: a fault of ours.
    #[error("a statement failed: {sql}")]
    Statement {
        /// The text as written in the source.
        sql: &'static str,
        /// What the engine said.
        #[source]
        source: Source,
    },
    /// What is stored cannot be what we wrote.
    #[error("what is stored in {table}.{column} of {row} is corrupt")]
    Corrupt {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The row's key, as text.
        row: String,
    },
    /// A newer program has already changed this database.
    #[error("the database is at step {found}, this program knows {known}: use the newer program")]
    Newer {
        /// The newest step the database has seen.
        found: i64,
        /// The newest step this program has.
        known: i64,
    },
    /// The address asks for something this version does not have.
    #[error("{0}")]
    Unsupported(String),
    /// A file could not be opened or is not what it should be.
    #[error("cannot open {}: {why}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, for the operator.
        why: String,
    },
}

impl Error {
    /// A stored value that cannot be read.
    #[must_use]
    pub fn corrupt(table: &str, column: &str, row: impl std::fmt::Display) -> Self {
        Self::Corrupt { table: table.into(), column: column.into(), row: row.to_string() }
    }

    pub(crate) fn unavailable(source: impl Into<Source>) -> Self {
        Self::Unavailable(source.into())
    }
}
