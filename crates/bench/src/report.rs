//! What a run tells: progress as lines on standard error, the figures as one JSON document.

use crate::Fault;
use crate::api::Trouble;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// How often each thing went wrong, by name.
pub(crate) type Troubles = BTreeMap<String, u64>;

/// Counts one more.
pub(crate) fn count(troubles: &mut Troubles, trouble: &Trouble) {
    *troubles.entry(trouble.kind()).or_default() += 1;
}

/// Adds another's counts.
pub(crate) fn add(troubles: &mut Troubles, others: &Troubles) {
    for (kind, often) in others {
        *troubles.entry(kind.clone()).or_default() += often;
    }
}

/// The whole document.
#[derive(Debug, Serialize)]
pub(crate) struct Document<P, R> {
    /// Which run: `register`, `boards` or `reconnect`.
    pub bench: &'static str,
    /// The load tool's version.
    pub version: &'static str,
    /// The nodes.
    pub nodes: Vec<String>,
    /// What was asked for.
    pub asked: P,
    /// What came out.
    pub result: R,
    /// What was wrong; an empty list is a clean run.
    pub faults: Vec<String>,
}

impl<P: Serialize, R: Serialize> Document<P, R> {
    /// Writes it, then fails if the run was not clean.
    pub fn deliver(self, out: Option<&Path>) -> Result<(), Fault> {
        let document: Value = serde_json::to_value(&self).expect("a document has string keys only");
        let text = format!("{document:#}\n");
        match out {
            None => print(&text),
            Some(path) => {
                std::fs::write(path, text).map_err(|error| Fault::Out { path: path.to_owned(), error })?;
            }
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Fault::NotClean(self.faults.join("; "))) }
    }
}

#[expect(clippy::print_stdout, reason = "the document is what the run is for")]
fn print(text: &str) {
    print!("{text}");
}

/// One line of progress.
#[expect(clippy::print_stderr, reason = "whoever waits for the run sees that it goes on")]
pub(crate) fn say(line: &str) {
    eprintln!("bench: {line}");
}

/// So many a second; nothing in no time.
pub(crate) fn rate(count: u64, seconds: f64) -> f64 {
    if seconds > 0.0 { round(float(count) / seconds) } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "counts of one run are far below 2^53")]
pub(crate) const fn float(count: u64) -> f64 {
    count as f64
}

/// Three digits behind the point: more is noise.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
