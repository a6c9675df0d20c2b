//! What comes back: a receipt or a problem. Anything else is a fault of the product and fails the story here.

use super::published;
use chrono::{DateTime, Utc};
use reqwest::{Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;

/// The answer to a write.
pub type Written = Result<Receipt, Problem>;

/// It is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// The id of what was written.
    pub subject: String,
    /// How often it has changed.
    pub version: i64,
    /// When, by the clock of the story.
    pub at: DateTime<Utc>,
    /// Whether this answer was given before.
    #[serde(skip)]
    pub replayed: bool,
}

/// It was refused (RFC 9457).
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The stable code, e.g. `vehicle-full`.
    pub code: String,
    /// The field to mend; empty if it is none.
    pub field: String,
    /// Everything else that came with it.
    pub body: Value,
}

impl Problem {
    fn read(status: StatusCode, body: Value) -> Self {
        let text = |member: &str| body[member].as_str().unwrap_or_default().to_owned();
        assert!(status.is_client_error(), "the product broke with {status}: {body:#}");
        assert_eq!(body["status"], status.as_u16(), "the body repeats the status: {body:#}");
        assert!(!text("code").is_empty() && !text("title").is_empty(), "a problem has a code and a title: {body:#}");
        Self { status: status.as_u16(), code: text("code"), field: text("field"), body }
    }

    /// Status and code, for a comparison that reads aloud.
    #[must_use]
    pub fn said(&self) -> (u16, &str) {
        (self.status, &self.code)
    }
}

/// The body of a good answer; null when there is none.
pub(super) async fn read(method: &Method, response: Response) -> Result<Value, Problem> {
    let (status, path) = (response.status(), response.url().path().to_owned());
    let kind = response.headers().get("content-type").and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let text = response.text().await.expect("a whole body");
    let parse = || serde_json::from_str(&text).unwrap_or_else(|error| panic!("{status} {error}: {text}"));
    let body = if text.is_empty() { Value::Null } else { parse() };
    let fault = published::fault(method.as_str(), &path, status.as_u16(), &body);
    assert_eq!(fault, None, "not as published: {method} {path} {status} {body:#}");
    if status.is_success() {
        return Ok(body);
    }
    assert_eq!(kind, "application/problem+json", "{status}: {text}");
    Err(Problem::read(status, body))
}

/// The receipt of a write; what is written nowhere (a position) is a receipt about nothing.
pub(super) async fn receipt(method: &Method, response: Response) -> Written {
    let replayed = response.headers().get("idempotency-replayed").is_some_and(|value| value == "true");
    let body = read(method, response).await?;
    if body.get("subject").is_none() {
        return Ok(Receipt { subject: String::new(), version: 0, at: DateTime::UNIX_EPOCH, replayed });
    }
    let receipt: Receipt = serde_json::from_value(body).expect("every write answers a receipt");
    Ok(Receipt { replayed, ..receipt })
}
