//! `homeward bench eta`: the learning model alone, on real trips in a file, in time order: predicted before it is learnt
//! from, learnt from only once it has ended. No server takes part.
//!
//! Whether a figure is good is not said here: `tests/eta/compare` sets a tuned peer beside it.

mod origins;
mod score;
mod table;
mod trips;
mod under_way;
mod written;

use crate::Fault;
use crate::options::EtaOptions;
use crate::report::say;
use score::Scores;
use serde::Serialize;
use table::Refused;

/// Refused lines that are named one by one; the rest is counted.
const NAMED_MAX: usize = 20;

/// What a run tells on standard output, as JSON; the same as a table goes to standard error.
#[derive(Debug, Serialize)]
struct Told {
    bench: &'static str,
    version: &'static str,
    file: String,
    /// Lines that were predicted.
    predicted: usize,
    /// Trips that were learnt from.
    learnt: usize,
    /// Lines that could not be used.
    refused: usize,
    /// The first of them, and why.
    refusals: Vec<Refused>,
    /// A prediction, in microseconds.
    micros: score::Micros,
    #[serde(flatten)]
    scores: Scores,
}

/// One line that was predicted, and how it came out.
#[derive(Debug, Clone, Copy)]
struct Predicted {
    /// In seconds.
    told: homeward_eta::Quantiles,
    /// In seconds.
    took: f64,
    /// What the prediction cost.
    micros: f64,
}

/// Replays a file and tells how good the predictions were.
pub(crate) fn run(options: &EtaOptions) -> Result<(), Fault> {
    let (path, replay) = match (&options.trips, &options.under_way) {
        (Some(path), None) => (path, trips::replay(path, options)?),
        (None, Some(path)) => (path, under_way::replay(path, options)?),
        _ => return Err(Fault::Option("give either --trips FILE or --under-way FILE".to_owned())),
    };
    let scores = Scores::of(&replay.groups, &replay.predicted);
    scores.say();
    for refused in replay.refused.iter().take(NAMED_MAX) {
        say(&format!("line {} is left out: {}", refused.line, refused.why));
    }
    tell(&Told {
        bench: "eta",
        version: env!("CARGO_PKG_VERSION"),
        file: path.display().to_string(),
        predicted: replay.predicted.len(),
        learnt: replay.learnt,
        refused: replay.refused.len(),
        micros: score::Micros::of(&replay.predicted),
        refusals: replay.refused.into_iter().take(NAMED_MAX).collect(),
        scores,
    })
}

/// What a replay leaves.
#[derive(Debug)]
struct Replay {
    predicted: Vec<Predicted>,
    /// For each of them, the groups it counts in: kind and name.
    groups: Vec<Vec<(&'static str, String)>>,
    learnt: usize,
    refused: Vec<Refused>,
}

#[expect(clippy::print_stdout, reason = "the answer of the command")]
fn tell(told: &Told) -> Result<(), Fault> {
    let text = serde_json::to_string_pretty(told).map_err(|error| Fault::Option(error.to_string()))?;
    println!("{text}");
    Ok(())
}
