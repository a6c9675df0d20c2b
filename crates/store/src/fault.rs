//! The engines' errors in our words.

use crate::error::Error;
use crate::names::Names;

/// SQLite's primary result codes (the low byte of the extended code), <https://sqlite.org/rescode.html>.
mod code {
    pub(super) const ERROR: i32 = 1;
    pub(super) const BUSY: i32 = 5;
    pub(super) const CONSTRAINT: i32 = 19;
    pub(super) const MISMATCH: i32 = 20;
    pub(super) const RANGE: i32 = 25;
}

/// What an error of the driver means for who asked.
pub(crate) fn map(error: sqlx::Error, sql: &'static str, names: &Names) -> Error {
    let Some(told) = error.as_database_error() else {
        return undatabased(error, sql);
    };
    match told.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
        Some(_) => postgres(error, sql),
        None => sqlite(error, sql, names),
    }
}

fn sqlite(error: sqlx::Error, sql: &'static str, names: &Names) -> Error {
    let Some(told) = error.as_database_error() else { return Error::unavailable(error) };
    let code = told.code().and_then(|code| code.parse::<i32>().ok()).map(|code| code & 0xff);
    match code {
        Some(code::CONSTRAINT) => match names.find(told.message()) {
            Some(constraint) => Error::Conflict { constraint },
            None => Error::Statement { sql, source: error.into() },
        },
        Some(code::BUSY) => Error::Busy,
        Some(code::ERROR | code::MISMATCH | code::RANGE) => Error::Statement { sql, source: error.into() },
        // Full, read-only, gone, torn: the file's matter, not the statement's.
        _ => Error::unavailable(error),
    }
}

/// By SQLSTATE, <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn postgres(error: sqlx::Error, sql: &'static str) -> Error {
    let Some(told) = error.as_database_error() else { return Error::unavailable(error) };
    let told = told.downcast_ref::<sqlx::postgres::PgDatabaseError>();
    let conflict = |constraint: Option<String>| constraint.map(|constraint| Error::Conflict { constraint });
    let known = match told.code() {
        // Unique and check are told by name; a foreign key as SQLite tells it.
        "23505" | "23514" => conflict(told.constraint().map(str::to_owned)),
        "23503" => conflict(Some("foreign_key".to_owned())),
        "23502" => {
            conflict(told.table().zip(told.column()).map(|(table, column)| format!("{table}_{column}_not_null")))
        }
        // Serialisation, deadlock, lock timeout: somebody else's turn.
        "40001" | "40P01" | "55P03" => Some(Error::Busy),
        _ => None,
    };
    match (known, told.code().get(..2)) {
        (Some(known), _) => known,
        (None, Some("22" | "23" | "42")) => Error::Statement { sql, source: error.into() },
        // Shutting down, out of disk, standby, cancelled: the server's matter.
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
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
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
