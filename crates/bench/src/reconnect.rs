//! The storm: every line is cut at once while changes are written, every board comes back with its position, to the next
//! node if there are several. Nothing may be missing and nothing may come twice.

use crate::Fault;
use crate::boards::Stage;
use crate::crowd::{Crowd, counts};
use crate::latency::Summary;
use crate::options::{Crowded, ReconnectOptions};
use crate::publish::Published;
use crate::report::{Document, Troubles, round as seconds, say};
use crate::track::Counts;
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

/// A storm of twenty thousand on a small machine, with room to spare.
const WHOLE_WITHIN: Duration = Duration::from_mins(2);
/// What was written reaches every board within this time, or it is behind.
const AT_HEAD_WITHIN: Duration = Duration::from_secs(30);

#[derive(Debug, Serialize)]
struct Figures {
    rounds: Vec<Round>,
    published: Published,
    /// Over all rounds; the first snapshot of each board is the one it begins with.
    checked: Counts,
    /// Snapshots that were sent although the board came with a position.
    snapshots_needed: u64,
    boards_behind: usize,
    /// Lines that failed or ended although nobody cut them, by kind; refused lines try again.
    troubles: Troubles,
}

#[derive(Debug, Serialize)]
struct Round {
    /// From the first try to come back until a board has what there was when its line stood, all boards.
    whole: Summary,
    /// Until the last one.
    last_board_whole_seconds: f64,
    boards_not_whole: usize,
}

/// Runs the load.
pub(crate) async fn run(options: ReconnectOptions) -> Result<(), Fault> {
    let crowded = &options.crowded;
    let mut stage = Stage::set(crowded).await?;
    let mut crowd = Crowd::open(&stage.seen, stage.boards(crowded), 0, Instant::now());
    let never_stood = crowd.until_whole(WHOLE_WITHIN).await;
    say(&format!("{} boards stand", crowded.boards as usize - never_stood));
    let stop = CancellationToken::new();
    let writing = stage.topics.publish(crowded.rate, crowded.writers, &stop);
    let storms = async {
        let mut rounds = Vec::new();
        for round in 1..=options.rounds {
            let (told, back) = storm(&stage, crowd, round, options.away_ms).await;
            say(&format!("round {round}: the last board was whole after {} s", told.last_board_whole_seconds));
            rounds.push(told);
            crowd = back;
        }
        stop.cancel();
        (rounds, crowd)
    };
    let (published, (rounds, crowd)) = tokio::join!(writing, storms);
    let heads = stage.topics.heads(&stage.watcher).await?;
    let boards_behind = crowd.until_at(&heads, AT_HEAD_WITHIN).await;
    let boards = crowd.cut().await;
    let checked = counts(&boards);
    let first = u64::from(crowded.boards) - u64::try_from(never_stood).unwrap_or(0);
    let figures = Figures {
        rounds,
        published,
        checked,
        snapshots_needed: checked.snapshots.saturating_sub(first),
        boards_behind,
        troubles: stage.seen.troubles(),
    };
    let mut faults = figures.faults(never_stood);
    faults.extend(stage.strike().await);
    let document = Document {
        bench: "reconnect",
        version: env!("CARGO_PKG_VERSION"),
        nodes: stage.urls,
        asked: asked(&options),
        result: figures,
        faults,
    };
    document.deliver(crowded.target.out.as_deref())
}

/// Cuts all lines, waits, and brings all boards back.
async fn storm(stage: &Stage, crowd: Crowd, round: u32, away_ms: u32) -> (Round, Crowd) {
    let boards = crowd.cut().await;
    sleep(Duration::from_millis(away_ms.into())).await;
    let crowd = Crowd::open(&stage.seen, boards, round as usize, Instant::now());
    let boards_not_whole = crowd.until_whole(WHOLE_WITHIN).await;
    let whole = stage.seen.wholes();
    (Round { last_board_whole_seconds: seconds(whole.max_ms / 1_000.0), whole, boards_not_whole }, crowd)
}

impl Figures {
    fn faults(&self, never_stood: usize) -> Vec<String> {
        let mut faults = self.published.faults();
        let not_back: usize = self.rounds.iter().map(|round| round.boards_not_whole).sum();
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let counted = [
            (number(never_stood), "boards never stood"),
            (number(not_back), "times a board did not come back"),
            (number(self.boards_behind), "boards did not come to the end of their stream"),
            (self.checked.gaps, "numbers were never delivered"),
            (self.checked.duplicates, "numbers were delivered twice"),
        ];
        faults
            .extend(counted.into_iter().filter(|(often, _)| *often > 0).map(|(often, what)| format!("{often} {what}")));
        faults
    }
}

fn asked(options: &ReconnectOptions) -> Value {
    let Crowded { boards, receivers, rate, writers, at_once, heartbeat, .. } = options.crowded;
    json!({ "boards": boards, "receivers": receivers, "rate": rate, "writers": writers, "at_once": at_once,
        "heartbeat_seconds": heartbeat, "rounds": options.rounds, "away_ms": options.away_ms })
}
