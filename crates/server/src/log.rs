//! Logs: one line an event, ids and codes only, never a person.

use crate::fault::Fault;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error.
pub fn start(filter: &str) -> Result<(), Fault> {
    let wrong = |why: String| Fault::Setting { name: "log", why };
    let filter = EnvFilter::try_new(filter).map_err(|error| wrong(error.to_string()))?;
    let started =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).try_init();
    started.map_err(|error| wrong(error.to_string()))
}
