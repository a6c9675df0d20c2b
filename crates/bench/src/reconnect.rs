//! The storm: every line is cut at once while changes are written, every board comes back with its position, to the next
//! node if there are several. Nothing may be missing and nothing may come twice.

use crate::Fault;
use crate::crowd::{Crowd, counts};
use crate::latency::Summary;
use crate::options::{Crowded, ReconnectOptions};
use crate::publish::Published;
use crate::report::{Document, Troubles, round as seconds, say};
use crate::stage::{Stage, WHOLE_WITHIN};
use crate::track::Counts;
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

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
    let mut stage = Stage::set(&options.crowded).await?;
    let (figures, mut faults) = measure(&options, &stage).await;
    faults.extend(stage.strike().await);
    let (nodes, asked, version) = (stage.urls, asked(&options), env!("CARGO_PKG_VERSION"));
    let document = Document { bench: "reconnect", version, nodes, asked, result: figures, faults };
    document.deliver(options.crowded.target.out.as_deref())
}

async fn measure(options: &ReconnectOptions, stage: &Stage) -> (Figures, Vec<String>) {
    let crowded = &options.crowded;
    let crowd = Crowd::open(&stage.seen, stage.boards(crowded), 0, Instant::now());
    let never_stood = crowd.until_whole(WHOLE_WITHIN).await;
    let stand = crowded.boards as usize - never_stood;
    say(&format!("{stand} boards stand"));
    let stop = CancellationToken::new();
    let writing = stage.topics.publish(crowded.rate, crowded.writers, &stop);
    let storms = async {
        let ended = storms(options, stage, crowd).await;
        stop.cancel();
        ended
    };
    let (published, (rounds, crowd)) = tokio::join!(writing, storms);
    let (boards_behind, hindrance) = stage.behind(&crowd, crowded.boards).await;
    let checked = counts(&crowd.cut().await);
    let snapshots_needed = checked.snapshots.saturating_sub(u64::try_from(stand).unwrap_or(0));
    let troubles = stage.seen.troubles();
    let figures = Figures { rounds, published, checked, snapshots_needed, boards_behind, troubles };
    let mut faults = figures.faults(never_stood);
    faults.extend(hindrance);
    (figures, faults)
}

async fn storms(options: &ReconnectOptions, stage: &Stage, mut crowd: Crowd) -> (Vec<Round>, Crowd) {
    let mut rounds = Vec::new();
    for round in 1..=options.rounds {
        let told;
        (told, crowd) = storm(stage, crowd, round, options.away_ms).await;
        say(&format!("round {round}: the last board was whole after {} s", told.last_board_whole_seconds));
        rounds.push(told);
    }
    (rounds, crowd)
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
