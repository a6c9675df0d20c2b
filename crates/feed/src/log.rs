//! One stream that somebody watches on this node: its ring, its head, its ticks, its receipts.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use homeward_store::log::{self, Head};
use homeward_store::{Store, Stream};
use tokio::sync::watch;

use crate::receipt::Shown;
use crate::ring::{Fact, Ring};
use crate::tick::Slots;
use crate::{Error, wire};

/// Entries read at a time: bounds what one slow watcher makes us hold.
pub(crate) const PAGE_MAX: u32 = 256;

/// How far the log goes, as far as we were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The last number there is.
    pub(crate) head: i64,
    /// The log was replaced: nothing more comes from here.
    pub(crate) replaced: bool,
}

/// A watched stream in one epoch.
pub(crate) struct Log {
    pub(crate) stream: Stream,
    pub(crate) epoch: String,
    /// Watchers wait here.
    mark: watch::Sender<Mark>,
    /// The turn of the last tick; watchers wait here too.
    ticked: watch::Sender<u64>,
    ring: Mutex<Ring>,
    /// Only one reads ahead; the others find the ring filled.
    reading: tokio::sync::Mutex<()>,
    slots: Mutex<Slots>,
    shown: Mutex<Shown>,
    /// The last `sub` frame with a snapshot, shared by all who come at the same number.
    snapshot: Mutex<Option<(i64, Bytes)>>,
}

/// What a page of the log turned out to be.
pub(crate) enum Read {
    /// The frames that follow, none if there are none yet.
    Facts(Vec<Fact>),
    /// They are no longer there, or the log is another one: begin anew.
    Lost,
}

impl Log {
    pub(crate) fn new(stream: Stream, head: Head) -> Self {
        let mark = Mark { head: head.seq, replaced: false };
        Self {
            stream,
            epoch: head.epoch,
            mark: watch::Sender::new(mark),
            ticked: watch::Sender::new(0),
            ring: Mutex::new(Ring::after(head.seq)),
            reading: tokio::sync::Mutex::default(),
            slots: Mutex::default(),
            shown: Mutex::default(),
            snapshot: Mutex::default(),
        }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Mark> {
        self.mark.subscribe()
    }

    pub(crate) fn watch_ticks(&self) -> watch::Receiver<u64> {
        self.ticked.subscribe()
    }

    /// How far the log goes, as far as we were told.
    pub(crate) fn mark(&self) -> Mark {
        *self.mark.borrow()
    }

    /// The database, asked after the mark was `told`, says that the log goes this far.
    pub(crate) fn correct(&self, told: Mark, head: i64) {
        if head < told.head {
            self.lower(told.head, head);
        } else {
            self.raise(head);
        }
    }

    /// The log goes at least this far.
    pub(crate) fn raise(&self, head: i64) {
        self.mark.send_if_modified(|mark| {
            let further = head > mark.head;
            mark.head = mark.head.max(head);
            further
        });
    }

    /// Sends everybody away from here.
    pub(crate) fn replace(&self) {
        self.mark.send_modify(|mark| mark.replaced = true);
    }

    /// Whether what the database says can be this log, which had reached `last` before the database was asked.
    pub(crate) fn is(&self, last: i64, head: &Head) -> bool {
        head.epoch == self.epoch && head.seq >= last
    }

    pub(crate) fn fact(&self, seq: i64) -> Option<Fact> {
        self.ring().get(seq)
    }

    pub(crate) fn last(&self) -> i64 {
        self.ring().last()
    }

    /// Brings the ring up to the mark. Safe to drop at any point.
    pub(crate) async fn fill(&self, store: &Store) -> Result<(), Error> {
        let _only = self.reading.lock().await;
        loop {
            let (after, wanted) = (self.last(), self.mark().head);
            if after >= wanted {
                return Ok(());
            }
            match self.read(store, after).await? {
                Read::Lost => {
                    self.replace();
                    return Ok(());
                }
                // We were told of an entry that is not there: the database is right.
                Read::Facts(facts) if facts.is_empty() => self.lower(wanted, after),
                Read::Facts(facts) => {
                    let mut ring = self.ring();
                    for fact in facts {
                        ring.push(fact);
                    }
                }
            }
        }
    }

    /// A page of frames, read in one snapshot with the epoch it belongs to.
    pub(crate) async fn read(&self, store: &Store, after: i64) -> Result<Read, Error> {
        let mut reader = store.read().await?;
        let head = log::head(&mut reader, &self.stream).await?;
        if head.is_none_or(|head| head.epoch != self.epoch || head.seq < after) {
            return Ok(Read::Lost);
        }
        let entries = log::entries_after(&mut reader, &self.stream, after, PAGE_MAX).await?;
        let whole = (after + 1..).zip(&entries).all(|(seq, entry)| seq == entry.seq);
        let fact = |entry: &log::Entry| Fact { seq: entry.seq, at: entry.at, frame: wire::event(&self.stream, entry) };
        Ok(if whole { Read::Facts(entries.iter().map(fact).collect()) } else { Read::Lost })
    }

    /// The `sub` frame with a snapshot, if it was made at this number.
    pub(crate) fn snapshot(&self, seq: i64) -> Option<Bytes> {
        lock(&self.snapshot).as_ref().filter(|(at, _)| *at == seq).map(|(_, frame)| frame.clone())
    }

    pub(crate) fn keep_snapshot(&self, seq: i64, frame: Bytes) {
        *lock(&self.snapshot) = Some((seq, frame));
    }

    pub(crate) fn tick(&self, tick: crate::Tick) {
        let turn = self.slots().keep(tick);
        self.ticked.send_if_modified(|last| std::mem::replace(last, turn.max(*last)) < turn);
    }

    pub(crate) fn slots(&self) -> MutexGuard<'_, Slots> {
        lock(&self.slots)
    }

    pub(crate) fn shown(&self) -> MutexGuard<'_, Shown> {
        lock(&self.shown)
    }

    fn lower(&self, from: i64, to: i64) {
        self.mark.send_if_modified(|mark| {
            let unchanged = mark.head == from;
            mark.head = if unchanged { to } else { mark.head };
            unchanged
        });
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        lock(&self.ring)
    }
}

/// What is behind these locks is whole between any two statements, so a panic elsewhere leaves it usable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
