//! The only HTTP of Homeward: routes, wire JSON, the socket loop, the pages. No rule and no SQL is here; a handler turns a
//! request into a verb of `dispatch` and its answer into a response.

mod api;
mod asked;
mod asset;
mod caller;
mod in_sight;
mod live;
mod measure;
mod openapi;
mod operations;
mod problem;
mod security;
mod socket;
mod wire;

pub use api::router;
pub use measure::describe_numbers;
pub use openapi::document as openapi;
pub use operations::serve_operations;

use homeward_dispatch::Dispatcher;
use homeward_feed::Hub;
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What every handler can reach; a clone is the same and costs one count: every request and every socket takes several.
#[derive(Clone)]
pub struct App(Arc<Reach>);

/// What that is.
#[derive(Clone)]
pub struct Reach {
    /// The verbs.
    pub dispatcher: Dispatcher,
    /// The live feed.
    pub hub: Hub,
    /// Every socket's task, so that a drain can wait for them.
    pub tasks: TaskTracker,
    /// Raised when the process is told to stop: sockets say goodbye.
    pub closing: CancellationToken,
    /// Whether everything here is make-believe, and must say so on every page.
    pub demo: bool,
}

impl From<Reach> for App {
    fn from(reach: Reach) -> Self {
        Self(Arc::new(reach))
    }
}

impl Deref for App {
    type Target = Reach;

    fn deref(&self) -> &Reach {
        &self.0
    }
}

/// Serves until the signal; then requests in flight are answered, for at most `drain`.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    signal: impl Future<Output = ()> + Send + 'static,
    drain: std::time::Duration,
) -> std::io::Result<()> {
    let closing = app.closing.clone();
    // A frame goes out when it is written, and does not wait for the answer to the one before it (Nagle).
    let listener = axum::serve::ListenerExt::tap_io(listener, |line| {
        if let Err(error) = line.set_nodelay(true) {
            tracing::debug!(%error, "a line that was gone at once");
        }
    });
    // Made once: a bare router is put together anew for every line that comes, which was a fifth of a storm.
    let service = router(app).into_make_service();
    let serving = axum::serve(listener, service).with_graceful_shutdown(signal);
    let late = async {
        closing.cancelled().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        served = serving => served,
        () = late => Ok(()),
    }
}
