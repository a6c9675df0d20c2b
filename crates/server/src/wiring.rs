//! One process: the floors wired together, a listener, the background steps; drained when told to stop.

use crate::fault::Fault;
use crate::settings::Settings;
use crate::steps;
use homeward_dispatch::{Clock, Dispatcher, Ids};
use homeward_feed::Hub;
use homeward_routing::Router;
use homeward_store::{Keys, Store};
use homeward_web::{App, Reach};
use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long a drain waits for requests and sockets before it gives up on them.
const DRAIN_WITHIN: Duration = Duration::from_secs(10);

/// Connections that wait to be taken; the system may allow fewer.
const BACKLOG: u32 = 4_096;

/// The floors, wired; nothing runs yet.
pub struct House {
    /// What handlers reach.
    pub app: App,
    /// The register, for whoever wires a second dispatcher to it.
    pub store: Store,
}

impl House {
    /// Opens the register and wires the floors.
    pub async fn open(database: &str, key_file: &Path, clock: Clock, demo: bool) -> Result<Self, Fault> {
        // A key is not begun for a register that cannot be.
        Store::understands(database)?;
        let store = Store::open(database, Keys::open(key_file)?).await?;
        Ok(Self::over(store, clock, demo))
    }

    /// The same, with so many commands in a commit at most.
    pub async fn open_together(settings: &Settings, clock: Clock) -> Result<Self, Fault> {
        Store::understands(&settings.database)?;
        let keys = Keys::open(&settings.key_file)?;
        let store = Store::open_together(&settings.database, keys, settings.commit_together).await?;
        Ok(Self::over(store, clock, false))
    }

    fn over(store: Store, clock: Clock, demo: bool) -> Self {
        let hub = Hub::new(store.clone());
        let dispatcher = Dispatcher::new(store.clone(), hub.clone(), clock, Ids::System);
        let reach = Reach { dispatcher, hub, tasks: TaskTracker::new(), closing: CancellationToken::new(), demo };
        Self { app: reach.into(), store }
    }

    /// The same house, with a routing engine to ask.
    pub fn with_engine(self, router: Router) -> Self {
        let reach = Reach::clone(&self.app);
        Self { app: Reach { dispatcher: reach.dispatcher.with_engine(router), ..reach }.into(), ..self }
    }

    /// Serves until the signal, then drains: no new request, sockets say goodbye, steps end.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Fault> {
        let at = listener.local_addr().map_err(|error| Fault::Start(error.to_string()))?;
        let app = self.app;
        let dispatcher = app.dispatcher.clone();
        if let Err(error) = dispatcher.stand_duty().await {
            tracing::warn!(?error, "the duty could not be taken yet; it is asked for again every few seconds");
        }
        if let Err(error) = dispatcher.look_at_lore().await {
            tracing::warn!(?error, "what was learnt from trips could not be read yet; it is asked for every second");
        }
        steps::start(&app);
        let closing = app.closing.clone();
        let signal = async move {
            stop.await;
            tracing::info!("stopping: requests end, sockets come back elsewhere");
            closing.cancel();
        };
        let tasks = app.tasks.clone();
        let late = late(app.closing.clone());
        let drained = async {
            let served = homeward_web::serve(listener, app, signal, DRAIN_WITHIN).await;
            tasks.close();
            tasks.wait().await;
            served
        };
        let served = tokio::select! {
            served = drained => served,
            () = late => {
                tracing::warn!("some requests or sockets did not end in time");
                Ok(())
            }
        };
        if let Err(error) = dispatcher.leave_duty().await {
            tracing::warn!(
                ?error,
                "the background steps could not be handed on; another node takes them in a few seconds"
            );
        }
        self.store.close().await;
        served.map_err(|error| Fault::Listen { at, flag: "--listen", error })
    }
}

/// One limit for requests, sockets and steps together.
async fn late(closing: CancellationToken) {
    closing.cancelled().await;
    tokio::time::sleep(DRAIN_WITHIN).await;
}

/// Takes the address, or says that somebody has it and which flag chooses another.
pub async fn listen(at: SocketAddr, flag: &'static str) -> Result<TcpListener, Fault> {
    bound(at).map_err(|error| Fault::Listen { at, flag, error })
}

/// All boards may come back at once; the usual queue of 128 would send most of them away for a second.
fn bound(at: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if at.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    socket.listen(BACKLOG)
}

/// Resolves when the process is told to stop: Ctrl-C, or SIGTERM from whoever runs it.
pub async fn told_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "cannot hear SIGTERM");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
