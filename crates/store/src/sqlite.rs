//! Opening SQLite: the file, and the settings that make a commit durable.

use std::path::Path;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::Error;

/// Boards and look-ups read for a millisecond each; eight at a time outrun two cores.
const READERS: u32 = 8;
/// 16 MiB, in negative KiB: documents and names fall anywhere into their indexes, whose pages are read again with the usual 2.
const WRITER_CACHE: &str = "-16384";
/// How long another process (a backup) may hold the file before we say busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a reader waits for a free connection before we say unavailable.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings of every connection. The file must be there: one that vanished is not begun anew, empty.
pub(crate) fn settings(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}

/// The settings of the connection that writes. What is taken away or written over is overwritten with zeros, because a name that was
/// erased is not to lie in a free page. What a unit or a statement could take back is kept in memory: a set is more
/// than the engine keeps there by itself, and was written into a file beside for each of its statements.
pub(crate) fn writer(path: &Path) -> SqliteConnectOptions {
    settings(path).pragma("secure_delete", "on").pragma("temp_store", "memory").pragma("cache_size", WRITER_CACHE)
}

/// Writes the file anew, without the pages that are free.
pub(crate) async fn vacuum(path: &Path) -> Result<(), Error> {
    use sqlx::Connection as _;
    let mut conn = settings(path).connect().await.map_err(|error| refused(path, &error))?;
    sqlx::query("vacuum").execute(&mut conn).await.map_err(|error| refused(path, &error))?;
    conn.close().await.map_err(|error| refused(path, &error))
}

/// Creates the file if it is missing, readable by its owner alone. The engine gives its two companions the file's own
/// mode.
pub(crate) fn create(path: &Path) -> Result<(), Error> {
    let created = if path.exists() { Ok(()) } else { private(path) };
    created.map_err(|error| Error::Open { path: path.into(), why: error.to_string() })
}

/// The connections that only read.
pub(crate) async fn readers(path: &Path) -> Result<SqlitePool, Error> {
    let pool = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(READ_TIMEOUT);
    pool.connect_with(settings(path).read_only(true)).await.map_err(|error| refused(path, &error))
}

/// Why the file cannot be used, and what to do about it.
pub(crate) fn refused(path: &Path, error: &sqlx::Error) -> Error {
    let code =
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).and_then(|code| code.parse::<i32>().ok());
    let why = match code.map(|code| code & 0xff) {
        Some(11) => "the file is damaged: restore the last backup over it, or ask `homeward check` what is left".into(),
        Some(26) => "the file is no database: is the path right? A backup can be restored over it".into(),
        _ => error.to_string(),
    };
    Error::Open { path: path.into(), why }
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

#[cfg(not(unix))]
fn private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
