//! The published interface, as a judge of answers: every answer in every story is held against `/openapi.json`.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(homeward_web::openapi()).expect("a document is JSON"));

/// Judges by method, path template and status (`200`, `4XX`).
type Judges = BTreeMap<(String, String, String), Judge>;

static JUDGES: LazyLock<Judges> = LazyLock::new(|| {
    let mut judges = Judges::new();
    for (path, item) in members(&DOCUMENT["paths"]) {
        for (method, operation) in members(item) {
            for (status, response) in members(&operation["responses"]) {
                let schema = &response["content"]["application/json"]["schema"];
                judges.insert((method.clone(), path.clone(), status.clone()), Judge { schema, made: OnceLock::new() });
            }
        }
    }
    judges
});

fn members(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of.as_object().into_iter().flatten()
}

/// What judges one kind of answer; made when the first one comes, because a story sees few of them.
struct Judge {
    /// Null where the document promises no body.
    schema: &'static Value,
    made: OnceLock<Validator>,
}

impl Judge {
    fn made(&self) -> &Validator {
        self.made.get_or_init(|| {
            let schema = json!({ "allOf": [self.schema], "components": DOCUMENT["components"] });
            jsonschema::validator_for(&schema).expect("the document's schemas are schemas")
        })
    }

    fn fault(&self, body: &Value) -> Option<String> {
        if self.schema.is_null() {
            return (!body.is_null()).then(|| "a body that is not published".to_owned());
        }
        self.made().iter_errors(body).next().map(|fault| format!("{}: {fault}", fault.instance_path()))
    }
}

/// Makes every judge, also those of answers that no story sees; says how many kinds of answers have a body.
#[must_use]
pub fn kinds_of_bodies() -> usize {
    JUDGES.values().filter(|judge| !judge.schema.is_null()).map(Judge::made).count()
}

/// What is wrong with an answer; `None` if the document describes it, or if the path is no part of the interface.
#[must_use]
pub fn fault(method: &str, path: &str, status: u16, body: &Value) -> Option<String> {
    let path = path.split('?').next().unwrap_or_default();
    if !path.starts_with("/v1/") {
        return None;
    }
    let method = method.to_lowercase();
    let kind = JUDGES.iter().find(|((known, template, promised), _)| {
        *known == method
            && fits(template, path)
            && (*promised == status.to_string() || (*promised == "4XX" && status / 100 == 4))
    });
    match kind {
        None => Some("nothing of the kind is published".to_owned()),
        Some((_, judge)) => judge.fault(body),
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
