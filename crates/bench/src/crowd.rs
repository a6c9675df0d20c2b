//! All boards at once: opened, followed, cut, and what they saw together.

mod seen;

pub(crate) use seen::Seen;

use crate::Fault;
use crate::board::{Board, Lost, Node};
use crate::latency::Latency;
use crate::report::say;
use crate::track::Counts;
use rand::RngExt;
use seen::lock;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep};
use tokio_util::sync::CancellationToken;

/// A board that cannot be opened so often in a row is given up.
const TRIES_MAX: u32 = 30;
/// How long a board waits at most before it tries again, milliseconds; between nothing and this, by chance.
const PAUSE_MS_MAX: u64 = 1_000;
/// How often it is looked whether all are there.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Boards with their lines.
pub(crate) struct Crowd {
    tasks: JoinSet<Board>,
    cut: CancellationToken,
    seen: Arc<Seen>,
    boards: usize,
}

/// The nodes with their addresses.
pub(crate) async fn nodes(urls: &[String]) -> Result<Vec<Node>, Fault> {
    let mut nodes = Vec::new();
    for url in urls {
        let host = url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let named = if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
            host.to_owned()
        } else {
            format!("{host}:80")
        };
        let found = tokio::net::lookup_host(&named).await.ok().and_then(|mut found| found.next());
        let address = found.ok_or_else(|| Fault::Option(format!("{named} has no address")))?;
        nodes.push(Node { url: url.clone(), address });
    }
    Ok(nodes)
}

impl Crowd {
    /// Opens a line for every board, in each round to the next node.
    pub fn open(seen: &Arc<Seen>, boards: Vec<Board>, round: usize, began: Instant) -> Self {
        seen.whole.store(0, Ordering::Relaxed);
        seen.given_up.store(0, Ordering::Relaxed);
        *lock(&seen.wholes) = Latency::new();
        let (cut, count) = (CancellationToken::new(), boards.len());
        let mut tasks = JoinSet::new();
        for board in boards {
            let life = Life {
                seen: Arc::clone(seen),
                node: place(board.number, seen.line.topics.communities.len()) + round,
                began,
                whole: false,
                board,
            };
            tasks.spawn(life.live(cut.clone()));
        }
        Self { tasks, cut, seen: Arc::clone(seen), boards: count }
    }

    /// Until every board has come to what there was when its line began; how many have not in this time.
    pub async fn until_whole(&self, within: Duration) -> usize {
        let missing = || self.boards - self.seen.whole.load(Ordering::Relaxed).min(self.boards);
        let hopeless = || missing() <= self.seen.given_up.load(Ordering::Relaxed);
        until(
            within,
            || hopeless().then_some(()),
            || format!("{} of {} boards are whole", self.boards - missing(), self.boards),
        )
        .await;
        missing()
    }

    /// Until every board has come to these numbers, by community; how many have not in this time.
    pub async fn until_at(&self, heads: &[i64], within: Duration) -> usize {
        let behind = || {
            let at = self.seen.positions.iter().enumerate();
            at.filter(|(number, at)| at.load(Ordering::Relaxed) < heads[number % heads.len()]).count()
        };
        until(within, || (behind() == 0).then_some(()), || format!("{} boards are behind", behind())).await;
        behind()
    }

    /// Drops every line at once, without a word. Gives the boards with their positions.
    pub async fn cut(mut self) -> Vec<Board> {
        self.cut.cancel();
        let mut boards = Vec::with_capacity(self.boards);
        while let Some(board) = self.tasks.join_next().await {
            boards.push(board.expect("a board does not panic"));
        }
        boards
    }
}

/// The node a board begins with: the boards of one community go round the nodes, and so do the first of each.
const fn place(number: usize, communities: usize) -> usize {
    number / communities + number % communities
}

/// What all boards counted together.
pub(crate) fn counts(boards: &[Board]) -> Counts {
    let mut all = Counts::default();
    for board in boards {
        all.add(board.track.counts);
    }
    all
}

async fn until(within: Duration, done: impl Fn() -> Option<()>, progress: impl Fn() -> String) {
    let ends = Instant::now() + within;
    let mut beat = interval(Duration::from_secs(1));
    beat.tick().await;
    while done().is_none() && Instant::now() < ends {
        tokio::select! {
            _ = beat.tick() => say(&progress()),
            () = sleep(LOOK_EVERY) => {}
        }
    }
}

/// One board's time in a crowd.
struct Life {
    seen: Arc<Seen>,
    board: Board,
    node: usize,
    began: Instant,
    whole: bool,
}

impl Life {
    /// Comes back as long as the protocol says so, until it is cut.
    async fn live(mut self, cut: CancellationToken) -> Board {
        let mut failures = 0;
        loop {
            let before = self.board.track.counts;
            let Some(Err(lost)) = cut.run_until_cancelled(self.line()).await else { return self.board };
            failures = if self.board.track.counts == before { failures + 1 } else { 0 };
            let over = !lost.back || failures >= TRIES_MAX;
            self.seen.lost(lost);
            if over {
                self.seen.given_up.fetch_add(usize::from(!self.whole), Ordering::Relaxed);
                return self.board;
            }
            let pause = rand::rng().random_range(0..=PAUSE_MS_MAX);
            if cut.run_until_cancelled(sleep(Duration::from_millis(pause))).await.is_none() {
                return self.board;
            }
        }
    }

    /// One line, from the connection to its loss. Dropping it drops the socket.
    async fn line(&mut self) -> Result<(), Lost> {
        let seen = Arc::clone(&self.seen);
        let permit = seen.at_once.acquire().await.expect("the semaphore is never closed");
        let mut socket = self.board.open(&seen.line, self.node).await?;
        drop(permit);
        loop {
            self.look();
            let heard = self.board.hear(&mut socket, &seen.line).await?;
            seen.heard(&self.board, self.node, &heard);
        }
    }

    fn look(&mut self) {
        self.seen.positions[self.board.number].store(self.board.track.after(), Ordering::Relaxed);
        if !self.whole && self.board.track.whole() {
            self.whole = true;
            self.seen.whole.fetch_add(1, Ordering::Relaxed);
            lock(&self.seen.wholes).record(self.began.elapsed());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn boards_of_one_community_hang_on_every_node() {
        for (communities, nodes) in [(20, 2), (21, 2), (3, 3), (4, 3)] {
            for community in 0..communities {
                let boards = (0..nodes).map(|turn| turn * communities + community);
                let mut at: Vec<usize> = boards.map(|number| place(number, communities) % nodes).collect();
                at.sort_unstable();
                assert_eq!(at, (0..nodes).collect::<Vec<_>>(), "{communities} communities, {nodes} nodes");
            }
        }
    }
}
