//! Settings: flags and environment over a file over defaults. An unknown or senseless one is an error, never ignored.

use crate::fault::Fault;
use crate::log::Format;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What `serve` runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the register is kept.
    pub database: String,
    /// The key file.
    pub key_file: PathBuf,
    /// What to log.
    pub log: String,
    /// How a line of the log looks.
    pub log_format: Format,
    /// Where the operator's tools ask; nowhere when unset.
    pub metrics_listen: Option<SocketAddr>,
    /// Where traces go; nowhere when unset.
    pub otlp_endpoint: Option<String>,
    /// How many commands may share a commit.
    pub commit_together: usize,
}

/// What the command line and the environment said.
#[derive(Debug, Default)]
pub struct Overrides {
    pub listen: Option<String>,
    pub database: Option<String>,
    pub key_file: Option<PathBuf>,
    pub log: Option<String>,
    pub log_format: Option<String>,
    pub metrics_listen: Option<String>,
    pub otlp_endpoint: Option<String>,
    pub commit_together: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    listen: Option<String>,
    database: Option<String>,
    key_file: Option<PathBuf>,
    log: Option<String>,
    log_format: Option<String>,
    metrics_listen: Option<String>,
    otlp_endpoint: Option<String>,
    commit_together: Option<usize>,
}

/// More in a commit make nobody faster, and the first has waited for all of them.
const COMMIT_TOGETHER_MAX: usize = 64;

/// Reads and checks them.
pub fn read(path: Option<&Path>, over: Overrides) -> Result<Settings, Fault> {
    let file = path.map(file).transpose()?.unwrap_or_default();
    let listen = over.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8300".into());
    let database = over.database.or(file.database).unwrap_or_else(|| "sqlite:homeward.db".into());
    let key_file = over.key_file.or(file.key_file).or_else(|| beside(&database)).ok_or(Fault::Setting {
        name: "key_file",
        why: "name the key file with --key-file; every node of this database needs a copy of the same one".into(),
    })?;
    let metrics_listen = over.metrics_listen.or(file.metrics_listen);
    Ok(Settings {
        listen: address("listen", &listen, 8300)?,
        database,
        key_file,
        log: over.log.or(file.log).unwrap_or_else(|| "info".into()),
        log_format: Format::parse(over.log_format.or(file.log_format).as_deref().unwrap_or("text"))?,
        metrics_listen: metrics_listen.map(|at| address("metrics_listen", &at, 9464)).transpose()?,
        otlp_endpoint: over.otlp_endpoint.or(file.otlp_endpoint),
        commit_together: together(over.commit_together.or(file.commit_together))?,
    })
}

fn together(asked: Option<usize>) -> Result<usize, Fault> {
    let count = asked.unwrap_or(COMMIT_TOGETHER_MAX);
    if (1..=COMMIT_TOGETHER_MAX).contains(&count) {
        return Ok(count);
    }
    let why = format!("{count} commands cannot share a commit; write 1 to {COMMIT_TOGETHER_MAX}");
    Err(Fault::Setting { name: "commit_together", why })
}

fn address(name: &'static str, text: &str, port: u16) -> Result<SocketAddr, Fault> {
    let wrong =
        |_| Fault::Setting { name, why: format!("{text:?} is no address; write IP:PORT, e.g. 127.0.0.1:{port}") };
    text.parse().map_err(wrong)
}

fn file(path: &Path) -> Result<Written, Fault> {
    let wrong = |why: String| Fault::Settings { path: path.into(), why };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| wrong(error.to_string().replace('\n', " ")))
}

/// The key lies beside the file of the database, and neither is worth anything without the other. A server's database
/// has nothing beside it, and nothing is guessed.
fn beside(database: &str) -> Option<PathBuf> {
    if database.starts_with("postgres") {
        return None;
    }
    let path = database.strip_prefix("sqlite:").unwrap_or("homeward.db");
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(format!("{path}.key")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let settings = read(None, Overrides { database: Some("sqlite:/tmp/x.db".into()), ..Overrides::default() });
        let settings = settings.expect("valid");
        assert_eq!(settings.key_file, PathBuf::from("/tmp/x.db.key"));
        assert_eq!(settings.listen.port(), 8300);
    }

    #[test]
    fn the_key_of_a_shared_database_is_never_guessed() {
        let shared = || Some("postgres://homeward@db/homeward".to_owned());
        let bare = read(None, Overrides { database: shared(), ..Overrides::default() });
        assert!(matches!(bare, Err(Fault::Setting { name: "key_file", .. })));
        let named =
            Overrides { database: shared(), key_file: Some("/etc/homeward/key".into()), ..Overrides::default() };
        assert_eq!(read(None, named).expect("valid").key_file, PathBuf::from("/etc/homeward/key"));
    }

    #[test]
    fn a_bad_address_is_named() {
        let bad = read(None, Overrides { listen: Some("here".into()), ..Overrides::default() });
        assert!(matches!(bad, Err(Fault::Setting { name: "listen", .. })));
        let bad = read(None, Overrides { metrics_listen: Some("9464".into()), ..Overrides::default() });
        assert!(matches!(bad, Err(Fault::Setting { name: "metrics_listen", .. })));
    }

    #[test]
    fn what_an_operator_did_not_ask_for_is_off() {
        let settings = read(None, Overrides::default()).expect("valid");
        assert_eq!((settings.metrics_listen, settings.otlp_endpoint), (None, None));
        assert_eq!(settings.log_format, Format::Text);
        assert_eq!(settings.commit_together, 64);
        for bad in [0, 65] {
            let bad = read(None, Overrides { commit_together: Some(bad), ..Overrides::default() });
            assert!(matches!(bad, Err(Fault::Setting { name: "commit_together", .. })));
        }
        let bad = read(None, Overrides { log_format: Some("xml".into()), ..Overrides::default() });
        assert!(matches!(bad, Err(Fault::Setting { name: "log_format", .. })));
    }
}
