//! Many boards over many receivers while changes are written: how long a change takes to reach them, and what they cost.

mod cost;

use crate::Fault;
use crate::crowd::{Crowd, Seen, counts};
use crate::latency::Summary;
use crate::options::{BoardsOptions, Crowded};
use crate::process::look;
use crate::publish::{Published, Topics};
use crate::report::{Document, Troubles, float, rate, round, say};
use crate::stage::{Stage, WHOLE_WITHIN};
use crate::track::Counts;
use cost::{Cost, Looks};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

/// Before memory is looked at: allocators settle.
const SETTLE: Duration = Duration::from_secs(1);

#[derive(Debug, Serialize)]
struct Figures {
    opening: Opening,
    published: Published,
    /// Numbered facts that boards read from their sockets.
    deliveries: u64,
    deliveries_per_second: f64,
    /// From sending the change to reading it at a board. The commit lies between sending and answer, so commit → socket
    /// is at most this and at least the next one.
    sent_to_socket: Summary,
    /// From the change's answer to reading it at a board; nothing for a board that was faster than the answer.
    answered_to_socket: Summary,
    /// The part of `sent_to_socket` where the change went to another node than the board hangs on; with several nodes.
    across_nodes: Option<Summary>,
    /// Deliveries that were faster than the answer.
    before_answer: u64,
    checked: Counts,
    boards_behind: usize,
    /// Lines that failed or ended although nobody cut them, by kind.
    troubles: Troubles,
    /// What this tool used meanwhile: on one machine the server had that much less.
    tool_cpu_seconds: f64,
    /// Only with `--pid`.
    process: Option<Cost>,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Opening {
    seconds: f64,
    boards_per_second: f64,
    boards_not_whole: usize,
}

/// Runs the load.
pub(crate) async fn run(options: BoardsOptions) -> Result<(), Fault> {
    let mut stage = Stage::set(&options.crowded).await?;
    let (figures, hindrance) = measure(&options, &stage).await?;
    let mut faults = figures.faults();
    faults.extend(hindrance);
    faults.extend(stage.strike().await);
    let (nodes, asked, version) = (stage.urls, asked(&options), env!("CARGO_PKG_VERSION"));
    let document = Document { bench: "boards", version, nodes, asked, result: figures, faults };
    document.deliver(options.crowded.target.out.as_deref())
}

async fn measure(options: &BoardsOptions, stage: &Stage) -> Result<(Figures, Option<String>), Fault> {
    let (crowded, seen) = (&options.crowded, &stage.seen);
    let mut looks = Looks { alone: baseline(options, &stage.topics).await?, ..Looks::default() };
    looks.before = look(&options.pid)?;
    let (crowd, opening) = open(crowded, stage).await;
    sleep(SETTLE).await;
    looks.with_boards = look(&options.pid)?;
    let (heard_before, own) = (seen.deliveries(), own_cpu()?);
    let published = publish_for(&stage.topics, crowded, options.seconds, seen).await;
    let (boards_behind, hindrance) = stage.behind(&crowd, crowded.boards).await;
    looks.after = look(&options.pid)?;
    let (deliveries, tool_cpu_seconds) = (seen.deliveries() - heard_before, round(own_cpu()? - own));
    let checked = counts(&crowd.cut().await);
    let told = seen.told();
    let figures = Figures {
        opening,
        deliveries,
        deliveries_per_second: rate(deliveries, published.seconds),
        process: looks.cost(crowded.boards, deliveries, published.acknowledged),
        published,
        sent_to_socket: told.sent,
        answered_to_socket: told.answered,
        across_nodes: told.across,
        before_answer: told.before_answer,
        checked,
        boards_behind,
        troubles: seen.troubles(),
        tool_cpu_seconds,
    };
    Ok((figures, hindrance))
}

async fn open(crowded: &Crowded, stage: &Stage) -> (Crowd, Opening) {
    let began = Instant::now();
    let crowd = Crowd::open(&stage.seen, stage.boards(crowded), 0, began);
    let missing = crowd.until_whole(WHOLE_WITHIN).await;
    let seconds = round(began.elapsed().as_secs_f64());
    let opened = u64::from(crowded.boards) - u64::try_from(missing).unwrap_or(0);
    say(&format!("{opened} boards stand after {seconds} s"));
    (crowd, Opening { seconds, boards_per_second: rate(opened, seconds), boards_not_whole: missing })
}

/// CPU seconds of one change without any board; nothing without processes or without time for it.
async fn baseline(options: &BoardsOptions, topics: &Arc<Topics>) -> Result<Option<f64>, Fault> {
    let Some(before) = look(&options.pid)?.filter(|_| options.baseline_seconds > 0) else { return Ok(None) };
    say(&format!("writing alone for {} s", options.baseline_seconds));
    let stop = CancellationToken::new();
    let Crowded { rate, writers, .. } = options.crowded;
    let alone = stop_after(&stop, options.baseline_seconds, || "writing alone".into());
    let (written, ()) = tokio::join!(topics.publish(rate, writers, &stop), alone);
    let used = look(&options.pid)?.map_or(0.0, |after| after.cpu_seconds - before.cpu_seconds);
    Ok((written.acknowledged > 0).then(|| used / float(written.acknowledged)))
}

fn own_cpu() -> Result<f64, Fault> {
    Ok(look(&[std::process::id()])?.map_or(0.0, |usage| usage.cpu_seconds))
}

async fn publish_for(topics: &Arc<Topics>, crowded: &Crowded, seconds: u32, seen: &Arc<Seen>) -> Published {
    let stop = CancellationToken::new();
    let end = stop_after(&stop, seconds, || format!("{} deliveries", seen.deliveries()));
    let (published, ()) = tokio::join!(topics.publish(crowded.rate, crowded.writers, &stop), end);
    published
}

/// Stops after a time, telling every second how it goes.
async fn stop_after(stop: &CancellationToken, seconds: u32, progress: impl Fn() -> String) {
    for second in 1..=seconds {
        sleep(Duration::from_secs(1)).await;
        say(&format!("{second:>4} s  {}", progress()));
    }
    stop.cancel();
}

impl Figures {
    fn faults(&self) -> Vec<String> {
        let mut faults = self.published.faults();
        let lost: u64 = self.troubles.values().sum();
        let counted = [
            (u64::try_from(self.opening.boards_not_whole).unwrap_or(0), "boards never stood"),
            (u64::try_from(self.boards_behind).unwrap_or(0), "boards did not come to the end of their stream"),
            (self.checked.gaps, "numbers were never delivered"),
            (self.checked.duplicates, "numbers were delivered twice"),
            (lost, "lines failed or ended by themselves"),
        ];
        faults
            .extend(counted.into_iter().filter(|(often, _)| *often > 0).map(|(often, what)| format!("{often} {what}")));
        faults
    }
}

fn asked(options: &BoardsOptions) -> Value {
    let Crowded { boards, receivers, rate, writers, at_once, heartbeat, .. } = options.crowded;
    json!({ "boards": boards, "receivers": receivers, "rate": rate, "writers": writers, "at_once": at_once,
        "heartbeat_seconds": heartbeat, "seconds": options.seconds, "baseline_seconds": options.baseline_seconds })
}
