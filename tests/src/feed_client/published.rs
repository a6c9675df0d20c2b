//! The published description of the feed, as a judge of frames.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A judge for every operation the server sends.
static JUDGES: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| {
    let document = homeward_feed::asyncapi::document();
    let messages = document["components"]["messages"].as_object().expect("the document describes messages");
    let sent = messages.iter().filter_map(|(name, message)| Some((name.strip_prefix("server_")?, message)));
    sent.map(|(op, message)| (op.to_owned(), judge(&document, message))).collect()
});

fn judge(document: &Value, message: &Value) -> Validator {
    let schema = json!({ "allOf": message["payload"]["allOf"], "components": document["components"] });
    jsonschema::validator_for(&schema).expect("the document's schemas are schemas")
}

/// What is wrong with a frame; `None` if the document describes it.
#[must_use]
pub fn fault(frame: &Value) -> Option<String> {
    let op = frame["op"].as_str().unwrap_or_default();
    match JUDGES.get(op) {
        Some(judge) => judge.iter_errors(frame).next().map(|fault| format!("{}: {fault}", fault.instance_path())),
        None => Some(format!("the operation {op:?} is not published")),
    }
}
