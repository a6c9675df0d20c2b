//! Many boards over many receivers while changes are written: how long a change takes to reach them, and what they cost.

use crate::Fault;
use crate::board::{Board, Line};
use crate::cast::Cast;
use crate::crowd::{Crowd, Seen, counts, nodes};
use crate::latency::Summary;
use crate::limits::make_room;
use crate::options::{BoardsOptions, Crowded};
use crate::process::{Usage, look};
use crate::publish::{Published, Topics};
use crate::report::{Document, Troubles, float, rate, round, say};
use crate::track::Counts;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

/// Opening twenty thousand lines takes half a minute on a small machine.
const WHOLE_WITHIN: Duration = Duration::from_mins(2);
/// What was written reaches every board within this time, or it is behind.
const AT_HEAD_WITHIN: Duration = Duration::from_secs(30);
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

/// What the server's processes used, summed.
#[derive(Debug, Serialize)]
struct Cost {
    rss_bytes_before: u64,
    rss_bytes_with_boards: u64,
    rss_bytes_after_load: u64,
    /// User space only: the kernel's socket buffers are not in it.
    rss_bytes_per_board: f64,
    cpu_seconds_while_published: f64,
    /// Of one change without boards, from the baseline; nothing without one.
    cpu_ms_per_change_alone: Option<f64>,
    /// Everything that was used while changes were written, the writes included.
    cpu_seconds_per_million_deliveries: f64,
    /// The same without what the writes use alone.
    cpu_seconds_per_million_deliveries_without_writes: Option<f64>,
}

/// Looks at the processes, one after the other.
#[derive(Default)]
struct Looks {
    before: Option<Usage>,
    with_boards: Option<Usage>,
    after: Option<Usage>,
    alone: Option<f64>,
}

/// Runs the load.
pub(crate) async fn run(options: BoardsOptions) -> Result<(), Fault> {
    let crowded = &options.crowded;
    let mut stage = Stage::set(crowded).await?;
    let mut looks = Looks { alone: baseline(&options, &stage.topics).await?, ..Looks::default() };
    looks.before = look(&options.pid)?;
    let began = Instant::now();
    let crowd = Crowd::open(&stage.seen, stage.boards(crowded), 0, began);
    let missing = crowd.until_whole(WHOLE_WITHIN).await;
    let seconds = round(began.elapsed().as_secs_f64());
    let opened = u64::from(crowded.boards) - u64::try_from(missing).unwrap_or(0);
    let opening = Opening { seconds, boards_per_second: rate(opened, seconds), boards_not_whole: missing };
    say(&format!("{opened} boards stand after {seconds} s"));
    sleep(SETTLE).await;
    looks.with_boards = look(&options.pid)?;
    let (heard_before, own) = (stage.seen.deliveries(), own_cpu()?);
    let published = publish_for(&stage.topics, crowded, options.seconds, &stage.seen).await;
    let heads = stage.topics.heads(&stage.watcher).await?;
    let behind = crowd.until_at(&heads, AT_HEAD_WITHIN).await;
    looks.after = look(&options.pid)?;
    let (deliveries, tool_cpu_seconds) = (stage.seen.deliveries() - heard_before, round(own_cpu()? - own));
    let boards = crowd.cut().await;
    let told = stage.seen.told();
    let figures = Figures {
        opening,
        deliveries,
        deliveries_per_second: rate(deliveries, published.seconds),
        tool_cpu_seconds,
        process: looks.cost(crowded.boards, deliveries, published.acknowledged),
        published,
        sent_to_socket: told.sent,
        answered_to_socket: told.answered,
        across_nodes: told.across,
        before_answer: told.before_answer,
        checked: counts(&boards),
        boards_behind: behind,
        troubles: stage.seen.troubles(),
    };
    let mut faults = figures.faults();
    faults.extend(stage.strike().await);
    let document = Document {
        bench: "boards",
        version: env!("CARGO_PKG_VERSION"),
        nodes: stage.urls,
        asked: asked(&options),
        result: figures,
        faults,
    };
    document.deliver(crowded.target.out.as_deref())
}

/// The accounts, the parties and the places of the boards.
pub(crate) struct Stage {
    cast: Option<Cast>,
    pub urls: Vec<String>,
    pub topics: Arc<Topics>,
    pub watcher: crate::api::Session,
    pub seen: Arc<Seen>,
}

impl Stage {
    /// Prepares everything but the lines.
    pub async fn set(crowded: &Crowded) -> Result<Self, Fault> {
        make_room(crowded.boards, crowded.target.url.len())?;
        let mut cast = Cast::gather(&crowded.target).await?;
        let urls = cast.bases().to_vec();
        let topics = Arc::new(Topics::prepare(&mut cast, crowded.receivers, crowded.rate, crowded.writers).await?);
        let watcher = cast.watcher().await?;
        let line = Line {
            nodes: nodes(&urls).await?,
            token: Arc::clone(&watcher.token),
            heartbeat: crowded.heartbeat,
            topics: Arc::clone(&topics),
        };
        let seen = Seen::new(line, crowded.boards as usize, crowded.at_once);
        Ok(Self { cast: Some(cast), urls, topics, watcher, seen })
    }

    /// New boards, spread evenly over the communities.
    pub fn boards(&self, crowded: &Crowded) -> Vec<Board> {
        (0..crowded.boards as usize).map(|number| Board::new(number, number % self.topics.communities.len())).collect()
    }

    /// Takes away what was prepared; says what stays.
    pub async fn strike(&mut self) -> Vec<String> {
        let mut faults = self.topics.clear().await;
        if let Some(cast) = self.cast.take() {
            faults.extend(cast.dismiss().await);
        }
        faults
    }
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

impl Looks {
    fn cost(&self, boards: u32, deliveries: u64, changes: u64) -> Option<Cost> {
        let (before, with_boards, after) = (self.before?, self.with_boards?, self.after?);
        let used = after.cpu_seconds - with_boards.cpu_seconds;
        let millions = float(deliveries) / 1e6;
        let per_million = |seconds: f64| if deliveries == 0 { 0.0 } else { round(seconds / millions) };
        let grown = with_boards.rss_bytes.saturating_sub(before.rss_bytes);
        Some(Cost {
            rss_bytes_before: before.rss_bytes,
            rss_bytes_with_boards: with_boards.rss_bytes,
            rss_bytes_after_load: after.rss_bytes,
            rss_bytes_per_board: round(float(grown) / f64::from(boards)),
            cpu_seconds_while_published: round(used),
            cpu_ms_per_change_alone: self.alone.map(|one| round(one * 1_000.0)),
            cpu_seconds_per_million_deliveries: per_million(used),
            cpu_seconds_per_million_deliveries_without_writes: self
                .alone
                .map(|one| per_million((used - one * float(changes)).max(0.0))),
        })
    }
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
