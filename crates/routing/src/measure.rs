//! What became of questions, for the operator's numbers.

use crate::{Engine, Silence};
use metrics::Unit;

const QUESTIONS: &str = "homeward_routing_questions_total";
const SECONDS: &str = "homeward_routing_seconds";

/// Says what the numbers mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(
        QUESTIONS,
        Unit::Count,
        "Questions to the routing engine by outcome: answered, or why there was no answer (resting: not sent)."
    );
    metrics::describe_histogram!(SECONDS, Unit::Seconds, "How long a question took, whatever came of it.");
}

pub fn count(engine: Engine, outcome: Result<(), &Silence>) {
    let outcome = outcome.err().map_or("answered", Silence::code);
    metrics::counter!(QUESTIONS, "engine" => engine.as_str(), "outcome" => outcome).increment(1);
}

pub fn took(engine: Engine, time: std::time::Duration) {
    metrics::histogram!(SECONDS, "engine" => engine.as_str()).record(time);
}
