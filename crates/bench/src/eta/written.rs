//! The file of predictions: `trip_id,p10,p50,p90,micros` (under way `trip_id,elapsed_s,…`), seconds, a line a prediction.

use super::Predicted;
use crate::Fault;
use std::fmt::Write as _;
use std::path::Path;

/// Writes it, if it is asked for.
pub(super) fn write(
    path: Option<&Path>,
    name: &str,
    names: impl Iterator<Item = String>,
    predicted: &[Predicted],
) -> Result<(), Fault> {
    let Some(path) = path else { return Ok(()) };
    let mut text = format!("{name},p10,p50,p90,micros\n");
    for (name, one) in names.zip(predicted) {
        let told = one.told;
        writeln!(text, "{name},{:.1},{:.1},{:.1},{:.1}", told.p10, told.p50, told.p90, one.micros)
            .expect("a string takes everything");
    }
    std::fs::write(path, text).map_err(|error| Fault::Out { path: path.to_owned(), error })
}
