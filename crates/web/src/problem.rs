//! Errors on the wire: problem+json (RFC 9457) with a stable code. One exhaustive match, so a new refusal does not compile
//! until it has a status; nothing internal leaks; a failure is logged once, here.

mod refusal;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use homeward_dispatch::Halt;
use homeward_domain::{Invalid, Refusal};
use serde_json::{Map, Value, json};

/// A problem to answer with.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    /// Boxed, so that a `Result` with a problem stays small.
    data: Box<Map<String, Value>>,
    retry_after_seconds: Option<i64>,
}

impl Problem {
    /// A problem with a code the screens word and a sentence for programs.
    pub fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, title, detail: detail.into(), data: Box::default(), retry_after_seconds: None }
    }

    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Adds a member.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.data.insert(member.to_owned(), value.into());
        self
    }

    /// When to try again.
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// A value that does not parse.
    pub fn invalid(invalid: &Invalid) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field", "A field is not right", invalid.to_string())
            .with("field", invalid.field.clone())
            .with("reason", invalid.reason)
            .with("mend", invalid.mend.clone())
    }

    /// A body that is no JSON at all.
    pub fn malformed(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed-json", "The body is not JSON", why)
            .with("mend", "send one JSON object with content-type application/json")
    }

    /// Nobody is signed in.
    pub fn not_signed_in() -> Self {
        Self::from(Refusal::NotSignedIn)
    }

    /// No route, or nothing there for this caller.
    pub fn not_found() -> Self {
        Self::from(Refusal::NotFound)
    }

    /// A request from somewhere else.
    pub fn foreign_origin() -> Self {
        let detail = "a browser may change things only from this server's own pages";
        Self::new(StatusCode::FORBIDDEN, "foreign-origin", "The request came from another site", detail)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        refusal::problem(refusal)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Self::invalid(&invalid)
    }
}

impl From<homeward_dispatch::StoreError> for Problem {
    fn from(error: homeward_dispatch::StoreError) -> Self {
        tracing::error!(error = %Chain(&error), "the store could not");
        match error {
            homeward_dispatch::StoreError::Busy | homeward_dispatch::StoreError::Unavailable(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The register cannot be reached now",
                "nothing was changed; the same request with the same key may be sent again",
            )
            .retry_after(1),
            _ => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something broke here",
                "nothing was changed; the operator's log says what broke",
            ),
        }
    }
}

impl From<homeward_feed::Error> for Problem {
    fn from(error: homeward_feed::Error) -> Self {
        match error {
            homeward_feed::Error::Store(error) => error.into(),
            other => {
                tracing::error!(error = %other, "the feed could not");
                let detail = "try again in a moment";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The feed is busy", detail).retry_after(1)
            }
        }
    }
}

/// An error with its sources, on one line.
struct Chain<'e>(&'e dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl From<Halt> for Problem {
    /// A replayed receipt is an answer, not a problem: writes take it out before they come here.
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) => refusal.into(),
            Halt::Store(error) => error.into(),
            // Only background steps are refused so, and they ask nobody's pardon; a caller may come again.
            Halt::OffDuty => homeward_dispatch::StoreError::Busy.into(),
            Halt::Replayed(_) => refusal::problem(Refusal::KeyReused),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = *self.data;
        body.insert("type".into(), json!(format!("/problems/{}", self.code)));
        body.insert("title".into(), json!(self.title));
        body.insert("status".into(), json!(self.status.as_u16()));
        body.insert("code".into(), json!(self.code));
        body.insert("detail".into(), json!(self.detail));
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        (self.status, headers, Json(Value::Object(body))).into_response()
    }
}
