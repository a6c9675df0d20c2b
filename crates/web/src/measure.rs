//! Every request gets an id, a span and its place in the numbers. Routes go in as they are written in the router, never
//! as they were asked, and nothing about a person goes in at all.

use crate::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Counter, Gauge, Histogram, Unit};
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

const REQUESTS: &str = "homeward_http_requests_total";
const REQUEST_SECONDS: &str = "homeward_http_request_seconds";
const BOARDS: &str = "homeward_boards";
const FRAMES: &str = "homeward_frames_sent_total";
const BOARD_LAG: &str = "homeward_board_lag_seconds";

/// The header that carries a request's id, in and out.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A proxy's id is a UUID or a few hexadecimal words.
const REQUEST_ID_CHARS_MAX: usize = 64;
/// What no route took is a file of the pages, or nothing.
const PAGES: &str = "pages";

/// The id under which a request stands in the log.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(String);

/// Says what this crate's numbers mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(REQUESTS, Unit::Count, "Requests answered, by route, method and status.");
    metrics::describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "Time to the head of the answer.");
    metrics::describe_gauge!(BOARDS, Unit::Count, "Sockets open on this node.");
    metrics::describe_counter!(FRAMES, Unit::Count, "Feed frames handed to sockets.");
    metrics::describe_histogram!(BOARD_LAG, Unit::Seconds, "From a fact to the socket that was waiting for it.");
    metrics::describe_gauge!("homeward_ready", Unit::Count, "1 when this node may be given work, as /readyz says.");
    metrics::gauge!(BOARDS).set(0.0);
    metrics::counter!(FRAMES).absolute(0);
}

/// Around every request of the public listener.
pub(crate) async fn request(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers()).unwrap_or_else(|| RequestId(app.dispatcher.new_id().to_string()));
    let route = request.extensions().get::<MatchedPath>().map_or(PAGES, MatchedPath::as_str).to_owned();
    let method = method(request.method());
    let span = span(&id, method, &route);
    let echo = HeaderValue::from_str(&id.0).expect("an id is made of visible ASCII");
    request.extensions_mut().insert(id);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    span.record("http.response.status_code", status);
    span.in_scope(|| tracing::debug!(seconds = took.as_secs_f64(), "answered"));
    metrics::histogram!(REQUEST_SECONDS, "route" => route.clone(), "method" => method).record(took);
    metrics::counter!(REQUESTS, "route" => route, "method" => method, "status" => status.to_string()).increment(1);
    response.headers_mut().insert(REQUEST_ID, echo);
    response
}

/// Named as OpenTelemetry names them, so that a collector understands them without being told.
fn span(id: &RequestId, method: &'static str, route: &str) -> Span {
    tracing::info_span!(
        "request",
        id = %id.0,
        otel.kind = "server",
        otel.name = format!("{method} {route}"),
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
    )
}

/// Whoever asks may invent a method; the numbers know those of the standard.
fn method(asked: &Method) -> &'static str {
    match *asked {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}

impl RequestId {
    /// The proxy's, if it is short and made of letters, digits, `-`, `_` and `.` only: it goes into logs and headers.
    fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(REQUEST_ID)?.to_str().ok()?;
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        (plain && (1..=REQUEST_ID_CHARS_MAX).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The span of the socket that this request became: it lives on when the request was answered long ago.
    pub fn socket(&self) -> Span {
        tracing::info_span!(parent: None, "socket", request = %self.0)
    }
}

/// One open socket in the numbers, until it is dropped.
pub(crate) struct Board {
    open: Gauge,
    frames: Counter,
    lag: Histogram,
}

impl Board {
    pub fn opened() -> Self {
        let open = metrics::gauge!(BOARDS);
        open.increment(1.0);
        Self { open, frames: metrics::counter!(FRAMES), lag: metrics::histogram!(BOARD_LAG) }
    }

    /// A frame went out.
    pub fn sent(&self) {
        self.frames.increment(1);
    }

    /// A live fact went out so long after it happened. Clocks of two nodes may differ: less than nothing is nothing.
    pub fn late(&self, by: chrono::TimeDelta) {
        self.lag.record(by.to_std().unwrap_or_default());
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.open.decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(id: &str) -> Option<String> {
        let value = HeaderValue::from_bytes(id.as_bytes()).expect("a header");
        RequestId::of(&HeaderMap::from_iter([(REQUEST_ID, value)])).map(|id| id.0)
    }

    #[test]
    fn a_proxys_id_is_kept_if_it_is_harmless() {
        assert_eq!(asked("0af7651916cd43dd-8448_eb.2").as_deref(), Some("0af7651916cd43dd-8448_eb.2"));
        for bad in ["", "a b", "a\"b", "王", "a=b", &"x".repeat(65)] {
            assert_eq!(asked(bad), None, "{bad}");
        }
        assert!(RequestId::of(&HeaderMap::new()).is_none());
    }

    #[test]
    fn an_invented_method_makes_no_new_number() {
        assert_eq!(method(&Method::DELETE), "DELETE");
        assert_eq!(method(&Method::from_bytes(b"STEAL").expect("a token")), "OTHER");
    }
}
