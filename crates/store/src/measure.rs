//! What the store counts: commits, how long they take, how many share one, who waits. Nothing about anybody.

use metrics::Unit;
use tokio::time::Instant;

const COMMITS: &str = "homeward_commits_total";
const SECONDS: &str = "homeward_commit_seconds";
const UNITS: &str = "homeward_units_committed_total";
const STATEMENTS: &str = "homeward_writer_statements_total";
const WAITING: &str = "homeward_writers_waiting";

/// Says what this crate's numbers mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(COMMITS, Unit::Count, "Batches of writes by outcome: durable, or failed as a whole.");
    metrics::describe_counter!(
        UNITS,
        Unit::Count,
        "Units of work made durable; divided by the commits, how many share one."
    );
    metrics::describe_counter!(STATEMENTS, Unit::Count, "Statements in batches that were made durable.");
    metrics::describe_histogram!(SECONDS, Unit::Seconds, "How long making a batch durable took.");
    metrics::describe_gauge!(WAITING, Unit::Count, "Who waits for a turn to write on this node.");
    metrics::counter!(COMMITS, "outcome" => "durable").absolute(0);
    metrics::counter!(COMMITS, "outcome" => "failed").absolute(0);
    metrics::counter!(UNITS).absolute(0);
    metrics::counter!(STATEMENTS).absolute(0);
    metrics::gauge!(WAITING).set(0.0);
}

/// A batch ended.
pub(crate) fn committed(units: usize, statements: u64, began: Instant, durable: bool) {
    let outcome = if durable { "durable" } else { "failed" };
    metrics::counter!(COMMITS, "outcome" => outcome).increment(1);
    metrics::histogram!(SECONDS).record(began.elapsed());
    if durable {
        metrics::counter!(STATEMENTS).increment(statements);
        metrics::counter!(UNITS).increment(u64::try_from(units).unwrap_or(u64::MAX));
    }
}

/// Somebody who waits to write, counted as long as they do.
pub(crate) struct Waiting;

impl Waiting {
    pub(crate) fn begin() -> Self {
        metrics::gauge!(WAITING).increment(1.0);
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        metrics::gauge!(WAITING).decrement(1.0);
    }
}
