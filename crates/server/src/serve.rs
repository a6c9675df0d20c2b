//! `homeward serve`: the real register, and the guided first run.

use crate::fault::Fault;
use crate::log;
use crate::operations::Numbers;
use crate::otlp::Traces;
use crate::settings::Settings;
use crate::wiring::{House, listen, told_to_stop};
use homeward_dispatch::Clock;
use homeward_routing::Router;
use homeward_store::Store;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Runs until it is told to stop.
#[expect(clippy::print_stdout, reason = "start-up says where it listens and keeps its data")]
pub async fn run(settings: Settings) -> Result<(), Fault> {
    let traces = Traces::to(settings.otlp_endpoint.as_deref())?;
    log::start(&settings.log, settings.log_format, &traces)?;
    let listener = listen(settings.listen, "--listen").await?;
    let at = listener.local_addr().map_err(|error| Fault::Start(error.to_string()))?;
    let watched = watched(settings.metrics_listen).await?;
    let house = House::open_together(&settings, Clock::system()).await?;
    let house = match &settings.routing {
        None => house,
        Some((engine, url)) => {
            let router = Router::new(*engine, url).map_err(|error| Fault::Start(error.to_string()))?;
            println!("routing engine: {} at {url}", engine.as_str());
            house.with_engine(router)
        }
    };
    println!("register: {}", Store::shown(&settings.database)?);
    println!("key file: {} (keep a copy; without it names and documents cannot be read)", settings.key_file.display());
    if let Some(code) = house.app.dispatcher.set_up_code().await? {
        println!("first run: open http://{}/setup and make the first administrator", door(at));
        println!("set-up code: {code}");
    }
    if !at.ip().is_loopback() {
        println!(
            "browsers sign in over https or on localhost only: put a TLS proxy before this address (deploy/README.md)"
        );
    }
    let operations = watched.map(|(numbers, listener, at)| {
        println!("metrics on http://{at}/metrics");
        numbers.serve(listener, at, house.app.clone())
    });
    println!("listening on http://{at}");
    let served = house.serve(listener, told_to_stop()).await;
    if let Some(operations) = operations {
        operations.end().await;
    }
    traces.end().await;
    served
}

/// Where a browser on this machine finds a listener: one on every address is no address to open.
fn door(at: SocketAddr) -> String {
    if at.ip().is_unspecified() { format!("localhost:{}", at.port()) } else { at.to_string() }
}

/// The operator's listener, when one is wanted: taken and counting before the register is opened.
async fn watched(at: Option<SocketAddr>) -> Result<Option<(Numbers, TcpListener, SocketAddr)>, Fault> {
    let Some(at) = at else { return Ok(None) };
    let listener = listen(at, "--metrics-listen").await?;
    let at = listener.local_addr().map_err(|error| Fault::Start(error.to_string()))?;
    Ok(Some((Numbers::start()?, listener, at)))
}
