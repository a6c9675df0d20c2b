//! The address of a database: which engine, where.

use std::path::PathBuf;
use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;

use crate::Error;

/// An engine and where it is.
pub(crate) enum Address {
    /// A file.
    Sqlite(PathBuf),
    /// A database of a server.
    Postgres(Box<PgConnectOptions>),
}

/// Reads `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`; anything else gets a sentence for the operator, which
/// never repeats a password.
pub(crate) fn parse(url: &str) -> Result<Address, Error> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return match PgConnectOptions::from_str(url) {
            Ok(options) if options.get_database().is_some_and(|name| !name.is_empty()) => {
                Ok(Address::Postgres(Box::new(options)))
            }
            _ => Err(Error::Unsupported(
                "the address of the PostgreSQL database cannot be read; write postgres://USER:PASSWORD@HOST:PORT/NAME"
                    .into(),
            )),
        };
    }
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
    match path {
        Some(path) if !path.is_empty() && !path.contains(":memory:") => Ok(Address::Sqlite(path.into())),
        _ => Err(Error::Unsupported(format!(
            "{:?} is no store; use sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME",
            url.split_once('@').map_or(url, |_| "what was given")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, parse};

    fn path(url: &str) -> Option<String> {
        match parse(url) {
            Ok(Address::Sqlite(path)) => Some(path.display().to_string()),
            _ => None,
        }
    }

    #[test]
    fn an_address_is_a_file_a_server_or_a_sentence() {
        assert_eq!(path("sqlite:homeward.db").as_deref(), Some("homeward.db"));
        assert_eq!(path("sqlite:///var/lib/h.db").as_deref(), Some("/var/lib/h.db"));
        for server in ["postgres://db/homeward", "postgresql://me:secret@[::1]:5433/homeward?sslmode=require"] {
            assert!(matches!(parse(server), Ok(Address::Postgres(_))), "{server}");
        }
        for bad in
            ["sqlite:", "sqlite::memory:", "homeward.db", "mysql://me:secret@db/x", "postgres://me:secret@db:x/y"]
        {
            let told = parse(bad).err().map(|why| why.to_string()).unwrap_or_default();
            assert!(told.contains("postgres://USER") && !told.contains("secret"), "{bad}: {told}");
        }
    }
}
