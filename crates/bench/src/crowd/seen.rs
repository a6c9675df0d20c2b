//! What all boards of a run saw together: where they are, how old the facts were, which lines were lost.

use crate::board::{Board, Heard, Line, Lost};
use crate::latency::{Latency, Summary};
use crate::report::Troubles;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Histograms that share the writing of many boards.
const SHARDS: usize = 16;

/// What all boards saw; kept over several crowds of the same boards.
pub(crate) struct Seen {
    pub(super) line: Line,
    pub(super) at_once: Semaphore,
    /// By board, the last number it applied.
    pub(super) positions: Vec<AtomicI64>,
    /// Boards of this crowd that came to what there was.
    pub(super) whole: AtomicUsize,
    /// Boards that were not whole and will not be.
    pub(super) given_up: AtomicUsize,
    deliveries: AtomicU64,
    before_answer: AtomicU64,
    ages: Vec<Mutex<Age>>,
    pub(super) wholes: Mutex<Latency>,
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

    /// Counts what a board heard.
    pub(super) fn heard(&self, board: &Board, node: usize, heard: &Heard) {
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

    /// Counts a line that failed or ended.
    pub(super) fn lost(&self, lost: Lost) {
        *lock(&self.troubles).entry(lost.kind).or_default() += 1;
    }
}

/// Counting goes on after a panic elsewhere.
pub(super) fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
