//! Settings: flags and environment over a file over defaults. An unknown or senseless one is an error, never ignored.

use crate::fault::Fault;
use crate::log::Format;
use homeward_routing::{Engine, Router};
use homeward_store::Store;
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
    /// The routing engine and its address; none is asked when unset.
    pub routing: Option<(Engine, String)>,
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
    pub routing_engine: Option<String>,
    pub routing_url: Option<String>,
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
    routing_engine: Option<String>,
    routing_url: Option<String>,
}

/// More in a commit make nobody faster, and the first has waited for all of them.
const COMMIT_TOGETHER_MAX: usize = 64;

/// Reads and checks them.
pub fn read(path: Option<&Path>, over: Overrides) -> Result<Settings, Fault> {
    let file = path.map(file).transpose()?.unwrap_or_default();
    let listen = over.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8300".into());
    let database = over.database.or(file.database).unwrap_or_else(|| "sqlite:homeward.db".into());
    Store::shown(&database).map_err(|error| Fault::Setting { name: "database", why: error.to_string() })?;
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
        routing: routing(over.routing_engine.or(file.routing_engine), over.routing_url.or(file.routing_url))?,
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

/// Both or neither: an engine without an address, or an address that nobody speaks to, is a mistake and never ignored.
fn routing(engine: Option<String>, url: Option<String>) -> Result<Option<(Engine, String)>, Fault> {
    let wrong = |name, why: String| Err(Fault::Setting { name, why });
    let (engine, url) = match (engine, url) {
        (None, None) => return Ok(None),
        (Some(_), None) => return wrong("routing_url", "name the engine's address, http://HOST:PORT".into()),
        (None, Some(_)) => return wrong("routing_engine", "say which engine is there: osrm or valhalla".into()),
        (Some(engine), Some(url)) => (engine, url),
    };
    let Some(engine) = Engine::find(&engine) else {
        return wrong("routing_engine", format!("{engine:?} is not known; write osrm or valhalla"));
    };
    match Router::new(engine, &url) {
        Ok(_) => Ok(Some((engine, url))),
        Err(bad) => wrong("routing_url", bad.to_string()),
    }
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
        let bad = read(None, Overrides { database: Some("nonsense".into()), ..Overrides::default() });
        assert!(matches!(bad, Err(Fault::Setting { name: "database", .. })));
    }

    #[test]
    fn a_routing_engine_needs_its_name_and_its_address() {
        let set = |engine: Option<&str>, url: Option<&str>| {
            let (routing_engine, routing_url) = (engine.map(str::to_owned), url.map(str::to_owned));
            read(None, Overrides { routing_engine, routing_url, ..Overrides::default() })
        };
        let at = "http://127.0.0.1:5000";
        let found = set(Some("osrm"), Some(at)).expect("valid").routing;
        assert_eq!(found, Some((Engine::Osrm, at.to_owned())));
        for (engine, url, field) in [
            (Some("osrm"), None, "routing_url"),
            (Some("osrm"), Some("osrm:5000"), "routing_url"),
            (None, Some(at), "routing_engine"),
            (Some("graphhopper"), Some(at), "routing_engine"),
        ] {
            assert!(
                matches!(set(engine, url), Err(Fault::Setting { name, .. }) if name == field),
                "{engine:?} {url:?}"
            );
        }
    }

    #[test]
    fn what_an_operator_did_not_ask_for_is_off() {
        let settings = read(None, Overrides::default()).expect("valid");
        assert_eq!((settings.metrics_listen, settings.otlp_endpoint, settings.routing), (None, None, None));
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
