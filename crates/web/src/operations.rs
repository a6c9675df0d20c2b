//! What an operator's tools ask a node: does it live, may it be given work, what are its numbers. Nothing about a person
//! is here, and no right is needed; the numbers have a listener of their own, which the world does not reach.

use crate::App;
use crate::problem::Problem;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// A node whose database does not answer within this time is not ready: a proxy asks every few seconds.
const DATABASE_WITHIN: Duration = Duration::from_secs(1);
/// The text format of Prometheus, version 0.0.4.
const NUMBERS: &str = "text/plain; version=0.0.4; charset=utf-8";
const NEVER_STORED: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Why a node should be given no work now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unready {
    /// It was told to stop and finishes what it has.
    Draining,
    /// The database does not answer.
    Database,
}

/// `/healthz` and `/readyz`, as they are on every listener.
pub(crate) fn probes() -> Router<App> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

/// Serves `/healthz`, `/readyz` and `/metrics` until `over`, which should come after the drain: a node that drains still
/// says so. `numbers` writes the metrics down, in the text format of Prometheus.
pub async fn serve_operations(
    listener: TcpListener,
    app: App,
    numbers: impl Fn() -> String + Clone + Send + Sync + 'static,
    over: impl Future<Output = ()> + Send,
) -> std::io::Result<()> {
    let metrics = async move |State(app): State<App>| {
        metrics::gauge!("homeward_ready").set(if readiness(&app).await.is_ok() { 1.0 } else { 0.0 });
        ([NEVER_STORED, (header::CONTENT_TYPE, HeaderValue::from_static(NUMBERS))], numbers())
    };
    let router = probes().route("/metrics", get(metrics)).fallback(async || Problem::not_found()).with_state(app);
    tokio::select! {
        served = axum::serve(listener, router) => served,
        () = over => Ok(()),
    }
}

/// The process answers; whether its database does is another question, and no reason to kill it.
async fn alive() -> impl IntoResponse {
    ([NEVER_STORED], "ok")
}

async fn ready(State(app): State<App>) -> Response {
    match readiness(&app).await {
        Ok(()) => ([NEVER_STORED], "ready").into_response(),
        Err(unready) => unready.problem().into_response(),
    }
}

async fn readiness(app: &App) -> Result<(), Unready> {
    if app.closing.is_cancelled() {
        return Err(Unready::Draining);
    }
    match timeout(DATABASE_WITHIN, app.dispatcher.healthy()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(halt)) => {
            tracing::warn!(?halt, "not ready: the database does not answer");
            Err(Unready::Database)
        }
        Err(_) => {
            tracing::warn!(within = ?DATABASE_WITHIN, "not ready: the database does not answer in time");
            Err(Unready::Database)
        }
    }
}

impl Unready {
    fn problem(self) -> Problem {
        let (reason, detail) = match self {
            Self::Draining => ("draining", "this node was told to stop; ask another one"),
            Self::Database => ("database", "the database does not answer; the node heals when it does"),
        };
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unready", "This node takes no work now", detail)
            .with("reason", reason)
            .retry_after(1)
    }
}
