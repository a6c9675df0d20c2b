//! All boards at once: opened, followed, cut, and what they saw together.

use crate::Fault;
use crate::board::{Board, Heard, Line, Lost, Node};
use crate::latency::{Latency, Summary};
use crate::report::{Troubles, say};
use crate::track::Counts;
use rand::RngExt;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep};
use tokio_util::sync::CancellationToken;

/// A board that cannot be opened so often in a row is given up.
const TRIES_MAX: u32 = 30;
/// How long a board waits at most before it tries again, milliseconds; between nothing and this, by chance.
const PAUSE_MS_MAX: u64 = 1_000;
/// How often it is looked whether all are there.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Histograms that share the writing of many boards.
const SHARDS: usize = 16;

/// Boards with their lines.
pub(crate) struct Crowd {
    tasks: JoinSet<Board>,
    cut: CancellationToken,
    seen: Arc<Seen>,
    boards: usize,
}

/// What all boards saw; kept over several crowds of the same boards.
pub(crate) struct Seen {
    line: Line,
    at_once: Semaphore,
    /// By board, the last number it applied.
    positions: Vec<AtomicI64>,
    /// Boards of this crowd that came to what there was.
    whole: AtomicUsize,
    /// Boards that were not whole and will not be.
    given_up: AtomicUsize,
    deliveries: AtomicU64,
    before_answer: AtomicU64,
    ages: Vec<Mutex<Age>>,
    wholes: Mutex<Latency>,
    troubles: Mutex<Troubles>,
}

/// Ages of facts when they were read from the socket.
struct Age {
    sent: Latency,
    answered: Latency,
    /// Those whose change another node wrote, since it was sent.
    across: Latency,
}

impl Age {
    fn new() -> Self {
        Self { sent: Latency::new(), answered: Latency::new(), across: Latency::new() }
    }
}

/// The same, told.
pub(crate) struct Told {
    /// Since the change was sent.
    pub sent: Summary,
    /// Since its answer was there; nothing when the board was first.
    pub answered: Summary,
    /// Since the change was sent, where another node wrote it than the board hangs on; only with several nodes.
    pub across: Option<Summary>,
    /// Deliveries that were there before the writer's own answer.
    pub before_answer: u64,
}

impl Seen {
    pub fn new(line: Line, boards: usize, at_once: u32) -> Arc<Self> {
        Arc::new(Self {
            line,
            at_once: Semaphore::new(at_once as usize),
            positions: (0..boards).map(|_| AtomicI64::new(0)).collect(),
            whole: AtomicUsize::new(0),
            given_up: AtomicUsize::new(0),
            deliveries: AtomicU64::new(0),
            before_answer: AtomicU64::new(0),
            ages: (0..SHARDS).map(|_| Mutex::new(Age::new())).collect(),
            wholes: Mutex::new(Latency::new()),
            troubles: Mutex::new(Troubles::new()),
        })
    }

    /// Numbered facts that boards read so far.
    pub fn deliveries(&self) -> u64 {
        self.deliveries.load(Ordering::Relaxed)
    }

    /// Lines that failed or ended without being cut here, by kind.
    pub fn troubles(&self) -> Troubles {
        lock(&self.troubles).clone()
    }

    /// How old the facts were.
    pub fn told(&self) -> Told {
        let mut all = Age::new();
        for shard in &self.ages {
            let shard = lock(shard);
            all.sent.add(&shard.sent);
            all.answered.add(&shard.answered);
            all.across.add(&shard.across);
        }
        let before_answer = self.before_answer.load(Ordering::Relaxed);
        Told {
            sent: all.sent.summary(),
            answered: all.answered.summary(),
            across: (self.line.nodes.len() > 1).then(|| all.across.summary()),
            before_answer,
        }
    }

    /// How long the boards of the last crowd took until each was whole.
    pub fn wholes(&self) -> Summary {
        lock(&self.wholes).summary()
    }

    fn heard(&self, board: &Board, node: usize, heard: &Heard) {
        let Heard::Fact(ages) = heard else { return };
        self.deliveries.fetch_add(1, Ordering::Relaxed);
        let Some(ages) = ages else { return };
        let mut shard = lock(&self.ages[board.number % SHARDS]);
        shard.sent.record(ages.sent);
        if ages.node % self.line.nodes.len() != node % self.line.nodes.len() {
            shard.across.record(ages.sent);
        }
        shard.answered.record(ages.answered.unwrap_or_default());
        if ages.answered.is_none() {
            self.before_answer.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn lost(&self, lost: Lost) {
        *lock(&self.troubles).entry(lost.kind).or_default() += 1;
    }
}

/// Counting goes on after a panic elsewhere.
fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
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
