//! Registrations a second: begun at a rate or as fast as they are answered, each with a key of its own, and every
//! acknowledged one read back afterwards.

mod check;

use crate::Fault;
use crate::api::{Insisted, Trouble};
use crate::cast::{Cast, Officer};
use crate::latency::{Latency, Summary};
use crate::options::RegisterOptions;
use crate::report::{Document, Troubles, add, count, rate, say};
use crate::sample;
use check::Checked;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep_until};

/// What one worker, or all of them together, saw.
pub(super) struct Tally {
    /// Party and the officer who registered it.
    pub acknowledged: Vec<(String, usize)>,
    latency: Latency,
    replayed: u64,
    refused: u64,
    unanswered: u64,
    troubles: Troubles,
}

#[derive(Debug, Serialize)]
struct Figures {
    seconds: f64,
    acknowledged: u64,
    acknowledged_per_second: f64,
    /// From the instant a registration was due (with a rate) or sent, to its answer, tries included.
    latency: Summary,
    /// Answers that a repeated try got because an earlier one had been written.
    replayed: u64,
    refused: u64,
    /// Given up after every try; may be stored or not.
    unanswered: u64,
    /// Every try that went wrong, by kind; most are healed by the next one.
    troubles: Troubles,
    read_back: Checked,
}

/// What the workers share.
struct Plan {
    run: String,
    today: String,
    officers: Vec<Officer>,
    began: Instant,
    rate: Option<u32>,
    seconds: u32,
    count: u64,
    next: AtomicU64,
    answered: AtomicU64,
}

impl Tally {
    fn new() -> Self {
        Self {
            acknowledged: Vec::new(),
            latency: Latency::new(),
            replayed: 0,
            refused: 0,
            unanswered: 0,
            troubles: Troubles::new(),
        }
    }

    fn merge(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.latency.add(&other.latency);
        self.replayed += other.replayed;
        self.refused += other.refused;
        self.unanswered += other.unanswered;
        add(&mut self.troubles, &other.troubles);
    }

    fn note(&mut self, insisted: Insisted, officer: usize, took: Duration) {
        insisted.healed.iter().for_each(|trouble| count(&mut self.troubles, trouble));
        match insisted.outcome {
            Ok(receipt) => {
                self.latency.record(took);
                self.replayed += u64::from(receipt.replayed);
                self.acknowledged.push((receipt.subject, officer));
            }
            Err(trouble) => {
                count(&mut self.troubles, &trouble);
                match trouble {
                    Trouble::Refused { .. } => self.refused += 1,
                    _ => self.unanswered += 1,
                }
            }
        }
    }
}

impl Plan {
    /// The next registration and when it is due; nothing when the run is over.
    fn take(&self) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let now = Instant::now();
        let due = self.rate.map_or(now, |rate| {
            self.began + Duration::from_secs(1).mul_f64(crate::report::float(number) / f64::from(rate))
        });
        let over = self.began + Duration::from_secs(self.seconds.into());
        (number < self.count && due < over).then_some((number, due))
    }

    async fn work(self: Arc<Self>) -> Tally {
        let mut tally = Tally::new();
        let mut lines = self.officers[0].session.lines();
        while let Some((number, due)) = self.take() {
            sleep_until(due).await;
            let place = usize::try_from(number).unwrap_or(0);
            let officer = place % self.officers.len();
            let Officer { session, desk, responsible } = &self.officers[officer];
            let body = sample::party(desk, responsible, &self.today, &self.run, number);
            let key = format!("bench-{}-{number}", self.run);
            let insisted = session.insist_over(&mut lines, place, ("/v1/parties", &key, &body)).await;
            self.answered.fetch_add(1, Ordering::Relaxed);
            tally.note(insisted, officer, due.elapsed());
        }
        tally
    }
}

/// Registrations at a rate beside another load.
pub(crate) struct Beside {
    pub officers: Vec<Officer>,
    /// Eight letters and digits of its own, as documents are made of it.
    pub run: String,
    pub today: String,
    /// A second; 0 for none.
    pub rate: u32,
    pub seconds: u32,
}

/// How they went.
pub(crate) struct Went(Tally);

impl Beside {
    pub async fn load(self) -> Went {
        let Self { officers, run, today, rate, seconds } = self;
        if rate == 0 {
            return Went(Tally::new());
        }
        let (next, answered, count) = (AtomicU64::new(0), AtomicU64::new(0), u64::MAX);
        let plan =
            Plan { run, today, officers, began: Instant::now(), rate: Some(rate), seconds, count, next, answered };
        Went(work(&Arc::new(plan), 16).await)
    }
}

impl Went {
    /// Nothing, if there were none.
    pub fn summary(&self) -> Option<Summary> {
        Some(self.0.latency.summary()).filter(|summary| summary.count > 0)
    }

    pub fn faults(&self) -> Vec<String> {
        let lost = self.0.refused + self.0.unanswered;
        if lost > 0 { vec![format!("{lost} registrations were refused or not answered")] } else { Vec::new() }
    }
}

/// Runs the load.
pub(crate) async fn run(options: RegisterOptions) -> Result<(), Fault> {
    let mut cast = Cast::gather(&options.target).await?;
    let officers = cast.officers().await?;
    let plan = Arc::new(Plan {
        run: cast.run.clone(),
        today: cast.today.clone(),
        officers: officers.clone(),
        began: Instant::now(),
        rate: options.rate,
        seconds: options.seconds,
        count: options.count,
        next: AtomicU64::new(0),
        answered: AtomicU64::new(0),
    });
    let tally = work(&plan, options.concurrency).await;
    let seconds = plan.began.elapsed().as_secs_f64();
    let read_back = check::read_back(&officers, &tally.acknowledged, options.concurrency).await;
    let nodes = cast.bases().to_vec();
    let mut faults = faults(&tally, &read_back);
    faults.extend(cast.dismiss().await);
    let result = figures(&tally, seconds, read_back);
    let document = Document {
        bench: "register",
        version: env!("CARGO_PKG_VERSION"),
        nodes,
        asked: asked(&options),
        result,
        faults,
    };
    document.deliver(options.target.out.as_deref())
}

async fn work(plan: &Arc<Plan>, concurrency: u32) -> Tally {
    let mut workers = JoinSet::new();
    for _ in 0..concurrency {
        workers.spawn(Arc::clone(plan).work());
    }
    let mut tally = Tally::new();
    let mut beat = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            done = workers.join_next() => match done {
                Some(done) => tally.merge(done.expect("a worker does not panic")),
                None => return tally,
            },
            _ = beat.tick() => say(&format!(
                "{:>4} s  {} answered",
                plan.began.elapsed().as_secs(),
                plan.answered.load(Ordering::Relaxed)
            )),
        }
    }
}

fn figures(tally: &Tally, seconds: f64, read_back: Checked) -> Figures {
    let acknowledged = tally.latency.summary().count;
    Figures {
        seconds: crate::report::round(seconds),
        acknowledged,
        acknowledged_per_second: rate(acknowledged, seconds),
        latency: tally.latency.summary(),
        replayed: tally.replayed,
        refused: tally.refused,
        unanswered: tally.unanswered,
        troubles: tally.troubles.clone(),
        read_back,
    }
}

fn asked(options: &RegisterOptions) -> Value {
    let RegisterOptions { concurrency, rate, seconds, count, .. } = options;
    json!({ "concurrency": concurrency, "rate": rate, "seconds": seconds, "count": count })
}

fn faults(tally: &Tally, read_back: &Checked) -> Vec<String> {
    let counted = [
        (tally.unanswered, "registrations were never answered"),
        (tally.refused, "registrations were refused"),
        (read_back.missing, "acknowledged registrations could not be read back"),
        (read_back.doubled, "acknowledgements name a party that was acknowledged before"),
    ];
    let mut faults: Vec<String> =
        counted.into_iter().filter(|(often, _)| *often > 0).map(|(often, what)| format!("{often} {what}")).collect();
    if tally.acknowledged.is_empty() {
        faults.push("nothing was acknowledged".into());
    }
    faults
}
