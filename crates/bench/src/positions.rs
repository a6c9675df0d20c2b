//! Phones that tell where vehicles are, as many a second as asked, in the query dialect of the Traccar Client app; and what
//! that costs whoever registers meanwhile: registrations at a rate, first alone, then beside the phones, in one run.

mod fleet;
mod road;

use crate::Fault;
use crate::cast::Cast;
use crate::latency::{Latency, Summary};
use crate::options::PositionsOptions;
use crate::register::Beside;
use crate::report::{Document, Troubles, add, rate, say};
use crate::wire::{self, Answer, Line};
use fleet::Fleet;
use road::Road;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// A phone gives up after so long.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

#[derive(Debug, Serialize)]
struct Figures {
    seconds: f64,
    heard: u64,
    heard_per_second: f64,
    /// From the instant a position was due to its answer.
    latency: Summary,
    troubles: Troubles,
    /// Trips that show a position afterwards.
    trips_seen: usize,
    registrations_alone: Option<Summary>,
    registrations_beside: Option<Summary>,
}

/// What the connections share.
struct Stream {
    address: String,
    tokens: Vec<String>,
    road: Road,
    began: Instant,
    rate: f64,
    seconds: u32,
    next: AtomicU64,
}

/// What one connection, or all of them, saw.
struct Heard {
    latency: Latency,
    troubles: Troubles,
}

impl Stream {
    /// The next position and when it is due; nothing when the run is over.
    fn take(&self) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = self.began + Duration::from_secs_f64(crate::report::float(number) / self.rate);
        (due < self.began + Duration::from_secs(self.seconds.into())).then_some((number, due))
    }

    async fn work(self: Arc<Self>) -> Heard {
        let mut heard = Heard { latency: Latency::new(), troubles: Troubles::new() };
        let mut line = None;
        while let Some((number, due)) = self.take() {
            sleep_until(due).await;
            let device = usize::try_from(number).unwrap_or(0) % self.tokens.len();
            let target = self.road.tell(device, &self.tokens[device], self.began.elapsed());
            let request = format!("GET {target} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address);
            match Line::told(&mut line, &self.address, request.as_bytes(), ANSWER_WITHIN).await {
                Ok(Answer { status: 200, .. }) => heard.latency.record(due.elapsed()),
                Ok(answer) => *heard.troubles.entry(format!("status-{}", answer.status)).or_default() += 1,
                Err(why) => *heard.troubles.entry(why.to_owned()).or_default() += 1,
            }
        }
        heard
    }
}

/// Runs the load.
pub(crate) async fn run(options: PositionsOptions) -> Result<(), Fault> {
    let gpx = options.gpx.as_deref().map(road::read).transpose()?;
    let mut cast = Cast::gather(&options.target).await?;
    let officers = cast.officers().await?;
    let fleet = Fleet::set_out(&mut cast, &officers, options.trips, options.devices).await?;
    let beside = |letter| Beside {
        officers: officers.clone(),
        run: format!("{}{letter}", &cast.run[1..]),
        today: cast.today.clone(),
        rate: options.registrations,
        seconds: options.seconds,
    };
    say("registrations alone");
    let alone = beside('Y').load().await;
    say("positions, and registrations beside them");
    let stream = Arc::new(Stream {
        address: wire::address(&cast.bases()[0]).0,
        tokens: fleet.tokens.clone(),
        road: gpx.unwrap_or_else(|| Road::straight(fleet.from, fleet.to)),
        began: Instant::now(),
        rate: f64::from(options.rate),
        seconds: options.seconds,
        next: AtomicU64::new(0),
    });
    let (heard, with) = tokio::join!(tell(&stream, options.connections), beside('Z').load());
    let seconds = stream.began.elapsed().as_secs_f64();
    let trips_seen = fleet.seen().await?;
    let mut faults = faults(&heard, &[alone.faults(), with.faults()].concat(), trips_seen, fleet.trips());
    faults.extend(fleet.dissolve().await);
    let nodes = cast.bases().to_vec();
    faults.extend(cast.dismiss().await);
    let latency = heard.latency.summary();
    let result = Figures {
        seconds: crate::report::round(seconds),
        heard: latency.count,
        heard_per_second: rate(latency.count, seconds),
        latency,
        troubles: heard.troubles,
        trips_seen,
        registrations_alone: alone.summary(),
        registrations_beside: with.summary(),
    };
    let (bench, version) = ("positions", env!("CARGO_PKG_VERSION"));
    Document { bench, version, nodes, asked: asked(&options), result, faults }.deliver(options.target.out.as_deref())
}

async fn tell(stream: &Arc<Stream>, connections: u32) -> Heard {
    let mut workers = JoinSet::new();
    for _ in 0..connections {
        workers.spawn(Arc::clone(stream).work());
    }
    let mut all = Heard { latency: Latency::new(), troubles: Troubles::new() };
    while let Some(done) = workers.join_next().await {
        let one = done.expect("a worker does not panic");
        all.latency.add(&one.latency);
        add(&mut all.troubles, &one.troubles);
    }
    all
}

fn faults(heard: &Heard, registrations: &[String], seen: usize, trips: usize) -> Vec<String> {
    let mut faults = registrations.to_vec();
    let lost: u64 = heard.troubles.values().sum();
    if lost > 0 {
        faults.push(format!("{lost} positions were not heard"));
    }
    if seen < trips {
        faults.push(format!("{} of {trips} trips show no position", trips - seen));
    }
    faults
}

fn asked(options: &PositionsOptions) -> Value {
    json!({ "devices": options.devices, "trips": options.trips, "rate": options.rate, "connections": options.connections,
        "seconds": options.seconds, "registrations": options.registrations, "gpx": options.gpx })
}
