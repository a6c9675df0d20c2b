//! The operator's listener: life, readiness and the numbers, for those who may reach its address. It outlives the drain.

use crate::fault::Fault;
use homeward_web::App;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// From a read on a quiet node to the time limits of proxies, in seconds; 0.25 is what a board on another node may take.
const BUCKETS_SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Measurements are added up this often, so that a node nobody scrapes does not keep them one by one.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// The numbers of this process, from now on.
pub struct Numbers(PrometheusHandle);

/// The open listener.
pub struct Operations {
    tasks: TaskTracker,
    over: CancellationToken,
}

impl Numbers {
    /// Begins to count; until then every measuring point does nothing.
    pub fn start() -> Result<Self, Fault> {
        let broken = |why: String| Fault::Start(format!("the numbers cannot be counted: {why}"));
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS_SECONDS)
            .map_err(|error| broken(error.to_string()))?;
        let handle = builder.install_recorder().map_err(|error| broken(error.to_string()))?;
        homeward_routing::describe_numbers();
        homeward_store::describe_numbers();
        homeward_dispatch::describe_numbers();
        homeward_web::describe_numbers();
        crate::steps::describe_numbers();
        metrics::describe_gauge!("homeward_build_info", "1, with the version that runs.");
        metrics::gauge!("homeward_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Ok(Self(handle))
    }

    /// Serves them.
    pub fn serve(self, listener: TcpListener, at: SocketAddr, app: App) -> Operations {
        let (tasks, over) = (TaskTracker::new(), CancellationToken::new());
        let (kept, until) = (self.0.clone(), over.clone());
        tasks.spawn(async move {
            let mut beat = tokio::time::interval(UPKEEP_EVERY);
            while until.run_until_cancelled(beat.tick()).await.is_some() {
                kept.run_upkeep();
            }
        });
        let until = over.clone();
        tasks.spawn(async move {
            let numbers = move || self.0.render();
            if let Err(error) = homeward_web::serve_operations(listener, app, numbers, until.cancelled()).await {
                tracing::error!(%error, %at, "the operator's listener ended");
            }
        });
        Operations { tasks, over }
    }
}

impl Operations {
    /// Closes it, after everything else.
    pub async fn end(self) {
        self.over.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
