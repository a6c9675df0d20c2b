//! How an engine is opened: the address, the file, the settings that make a commit durable.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::Error;

/// Boards and look-ups read for a millisecond each; eight at a time outrun two cores.
const READERS: u32 = 8;
/// How long another process (a backup) may hold the file before we say busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a reader waits for a free connection before we say unavailable.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The file of `sqlite:PATH`; another engine is refused with a sentence for the operator.
pub(crate) fn parse(url: &str) -> Result<PathBuf, Error> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Err(Error::Unsupported("PostgreSQL is not supported by this version; use sqlite:PATH".into()));
    }
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
    match path {
        Some(path) if !path.is_empty() && !path.contains(":memory:") => Ok(path.into()),
        _ => Err(Error::Unsupported(format!("{url:?} is no store; use sqlite:PATH"))),
    }
}

fn settings(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}

/// The one connection that writes; creates the file, readable by its owner alone. The engine gives its two companions
/// the file's own mode.
pub(crate) async fn writer(path: &Path) -> Result<SqlitePool, Error> {
    if !path.exists() {
        private(path).map_err(|error| Error::Open { path: path.into(), why: error.to_string() })?;
    }
    let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    open(pool, settings(path).create_if_missing(true), path).await
}

/// The connections that only read.
pub(crate) async fn readers(path: &Path) -> Result<SqlitePool, Error> {
    let pool = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(READ_TIMEOUT);
    open(pool, settings(path).read_only(true), path).await
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

async fn open(pool: SqlitePoolOptions, settings: SqliteConnectOptions, path: &Path) -> Result<SqlitePool, Error> {
    let opened = pool.connect_with(settings).await;
    opened.map_err(|error| Error::Open { path: path.into(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_address_is_a_file_or_a_sentence() {
        assert_eq!(parse("sqlite:homeward.db").unwrap().to_str(), Some("homeward.db"));
        assert_eq!(parse("sqlite:///var/lib/h.db").unwrap().to_str(), Some("/var/lib/h.db"));
        assert!(parse("postgres://db/homeward").unwrap_err().to_string().contains("PostgreSQL"));
        assert!(parse("sqlite:").is_err());
        assert!(parse("homeward.db").is_err());
    }
}
