//! Is the register whole, and does everything in it hold? Reads only, and works while nodes serve.

mod laws;

use std::path::Path;

use homeward_domain::access::Scope;
use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection};

use crate::conn::On;
use crate::link::Route;
use crate::options::{self, Address};
use crate::{Conn, Error, fault, ledger, postgres, sqlite};

/// What was looked at, and how much of it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The law, or the part of the storage.
    pub what: String,
    /// How often it is broken; 0 is well.
    pub broken: i64,
}

/// Holds everything in a snapshot to the laws, the numbers included.
pub async fn laws(conn: &mut Conn) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for (law, counting) in laws::LAWS {
        let broken = conn.count(counting).await?;
        findings.push(Finding { what: (*law).to_owned(), broken });
    }
    let ledger = ledger::count(conn, &Scope::system()).await?;
    findings.push(Finding {
        what: "everybody who was registered stands somewhere".into(),
        broken: i64::from(!ledger.closes()),
    });
    Ok(findings)
}

/// Looks at the storage itself: every page and index of a file; of a server's database, whether its constraints hold
/// (its pages are the server's matter: `pg_amcheck`).
pub async fn storage(url: &str) -> Result<Vec<Finding>, Error> {
    match options::parse(url)? {
        Address::Sqlite(path) => file(&path).await.map_err(|error| sqlite::refused(&path, &error)),
        Address::Postgres(given) => {
            let route = Route::Postgres(Box::new(postgres::unhurried(postgres::settings(&given))));
            let mut link = route.connect().await.map_err(|error| postgres::refused(&given, &error))?;
            let found = match link.on() {
                On::Postgres(conn) => server(conn).await,
                On::Sqlite(_) => Ok(Vec::new()),
            };
            found.map_err(|error| postgres::refused(&given, &error))
        }
    }
}

async fn file(path: &Path) -> Result<Vec<Finding>, sqlx::Error> {
    use sqlx::ConnectOptions as _;
    let mut conn: SqliteConnection = sqlite::settings(path).read_only(true).connect().await?;
    let said: Vec<(String,)> = sqlx::query_as("pragma integrity_check").fetch_all(&mut conn).await?;
    let torn = said.iter().filter(|(line,)| line != "ok").count();
    let dangling = sqlx::query("pragma foreign_key_check").fetch_all(&mut conn).await?.len();
    Ok(vec![finding("pages and indexes are whole", torn), finding("nothing refers to what is not there", dangling)])
}

async fn server(conn: &mut PgConnection) -> Result<Vec<Finding>, sqlx::Error> {
    const LOOSE: &str = "select count(*) from pg_constraint where not convalidated
        or conrelid in (select indrelid from pg_index where not indisvalid)";
    let (loose,): (i64,) = sqlx::query_as(LOOSE).fetch_one(conn).await?;
    Ok(vec![Finding { what: "constraints and indexes are valid".into(), broken: loose }])
}

fn finding(what: &str, broken: usize) -> Finding {
    Finding { what: what.to_owned(), broken: i64::try_from(broken).unwrap_or(i64::MAX) }
}

impl Conn {
    /// What a law counts, in this engine's words for an id.
    async fn count(&mut self, law: &'static str) -> Result<i64, Error> {
        let (on, names) = self.parts();
        let counted = match on {
            On::Sqlite(conn) => {
                let text = expand(law, |id| format!("lower(hex({id}))"));
                sqlx::query_as::<_, (i64,)>(AssertSqlSafe(text)).fetch_one(conn).await
            }
            On::Postgres(conn) => {
                let text = expand(law, |id| format!("replace(cast({id} as text), '-', '')"));
                sqlx::query_as::<_, (i64,)>(AssertSqlSafe(text)).fetch_one(conn).await
            }
        };
        counted.map(|(count,)| count).map_err(|error| fault::map(error, law, names))
    }
}

/// Puts the engine's words in the place of `{table.column}`.
fn expand(law: &str, id: impl Fn(&str) -> String) -> String {
    let mut parts = law.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once('}') {
        Some((column, rest)) => text + &id(column) + rest,
        None => text + part,
    })
}
