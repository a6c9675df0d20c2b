//! The published interface, as a judge of answers: every answer in every story is held against `/openapi.json`.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Judges by method, path template and status (`200`, `4XX`); `None` where the document promises no body.
type Judges = BTreeMap<(String, String, String), Option<Validator>>;

static JUDGES: LazyLock<Judges> = LazyLock::new(|| {
    let document = serde_json::to_value(homeward_web::openapi()).expect("a document is JSON");
    let mut judges = Judges::new();
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            for (status, response) in members(&operation["responses"]) {
                let schema = &response["content"]["application/json"]["schema"];
                judges.insert((method.clone(), path.clone(), status.clone()), judge(&document, schema));
            }
        }
    }
    judges
});

fn members(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of.as_object().into_iter().flatten()
}

fn judge(document: &Value, schema: &Value) -> Option<Validator> {
    if schema.is_null() {
        return None;
    }
    let schema = json!({ "allOf": [schema], "components": document["components"] });
    Some(jsonschema::validator_for(&schema).expect("the document's schemas are schemas"))
}

/// What is wrong with an answer; `None` if the document describes it, or if the path is no part of the interface.
#[must_use]
pub fn fault(method: &str, path: &str, status: u16, body: &Value) -> Option<String> {
    let path = path.split('?').next().unwrap_or_default();
    if !path.starts_with("/v1/") {
        return None;
    }
    let method = method.to_lowercase();
    let judge = JUDGES.iter().find(|((known, template, promised), _)| {
        *known == method
            && fits(template, path)
            && (*promised == status.to_string() || (*promised == "4XX" && status / 100 == 4))
    });
    match judge {
        None => Some("nothing of the kind is published".to_owned()),
        Some((_, None)) => (!body.is_null()).then(|| "a body that is not published".to_owned()),
        Some((_, Some(judge))) => {
            judge.iter_errors(body).next().map(|fault| format!("{}: {fault}", fault.instance_path()))
        }
    }
}

/// A fixed segment beats a parameter only where it stands; our paths never need more.
fn fits(template: &str, path: &str) -> bool {
    let (mut known, mut told) = (template.split('/'), path.split('/'));
    loop {
        match (known.next(), told.next()) {
            (None, None) => return true,
            (Some(known), Some(told)) if known == told || known.starts_with('{') => {}
            _ => return false,
        }
    }
}
