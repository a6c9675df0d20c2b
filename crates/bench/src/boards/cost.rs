//! What boards and deliveries cost the server, from looks at its processes.

use crate::process::Usage;
use crate::report::{float, round};
use serde::Serialize;

/// What the server's processes used, summed.
#[derive(Debug, Serialize)]
pub(super) struct Cost {
    rss_bytes_before: u64,
    rss_bytes_with_boards: u64,
    rss_bytes_after_load: u64,
    /// User space only: the kernel's socket buffers are not in it.
    rss_bytes_per_board: f64,
    cpu_seconds_while_published: f64,
    /// Of one change without boards, from the baseline; nothing without one.
    cpu_ms_per_change_alone: Option<f64>,
    /// Everything that was used while changes were written, the writes included.
    cpu_seconds_per_million_deliveries: f64,
    /// The same without what the writes use alone.
    cpu_seconds_per_million_deliveries_without_writes: Option<f64>,
}

/// Looks at the processes, one after the other.
#[derive(Default)]
pub(super) struct Looks {
    /// Before the boards.
    pub before: Option<Usage>,
    /// Boards open, nothing written.
    pub with_boards: Option<Usage>,
    /// After the changes.
    pub after: Option<Usage>,
    /// CPU seconds of one change without boards.
    pub alone: Option<f64>,
}

impl Looks {
    /// The costs; nothing when no process was looked at.
    pub fn cost(&self, boards: u32, deliveries: u64, changes: u64) -> Option<Cost> {
        let (before, with_boards, after) = (self.before?, self.with_boards?, self.after?);
        let used = after.cpu_seconds - with_boards.cpu_seconds;
        let millions = float(deliveries) / 1e6;
        let per_million = |seconds: f64| if deliveries == 0 { 0.0 } else { round(seconds / millions) };
        let grown = with_boards.rss_bytes.saturating_sub(before.rss_bytes);
        Some(Cost {
            rss_bytes_before: before.rss_bytes,
            rss_bytes_with_boards: with_boards.rss_bytes,
            rss_bytes_after_load: after.rss_bytes,
            rss_bytes_per_board: round(float(grown) / f64::from(boards)),
            cpu_seconds_while_published: round(used),
            cpu_ms_per_change_alone: self.alone.map(|one| round(one * 1_000.0)),
            cpu_seconds_per_million_deliveries: per_million(used),
            cpu_seconds_per_million_deliveries_without_writes: self
                .alone
                .map(|one| per_million((used - one * float(changes)).max(0.0))),
        })
    }
}
