//! The node's watched streams. One [`Hub`] for a process; a clone is the same hub.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use homeward_store::log::{self, Head};
use homeward_store::{Store, Stream};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use crate::log::{Log, lock};
use crate::{Error, Position, Receipts, Subscription, Tick};

/// A city has 1,500 receivers; the rest is for its trips.
const STREAMS_MAX: usize = 8_192;
/// A register that does not answer a sweep within this cannot be seen, and boards say so: with the second between two
/// sweeps that is two seconds after it was gone.
const SWEEP_WITHIN: Duration = Duration::from_secs(1);

/// Reads each watched stream once and hands it to everybody who watches.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    logs: Mutex<HashMap<Stream, Arc<Log>>>,
    /// Since when sweeps have not seen the register.
    behind: watch::Sender<Option<Instant>>,
}

impl Hub {
    /// Over a store; nothing is watched yet.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { inner: Arc::new(Inner { store, logs: Mutex::default(), behind: watch::Sender::new(None) }) }
    }

    /// New heads after a commit. Never waits; a lost one costs latency until the next [`sweep`](Self::sweep).
    pub fn wake(&self, heads: &[(Stream, i64)]) {
        let logs = self.logs();
        for (stream, head) in heads {
            if let Some(log) = logs.get(stream) {
                log.raise(*head);
            }
        }
    }

    /// Asks the database where the watched streams stand and lets go of those nobody watches.
    ///
    /// To be called every second: it bounds what a lost wake-up costs and notices a replaced log.
    pub async fn sweep(&self) -> Result<(), Error> {
        let swept = timeout(SWEEP_WITHIN, self.look()).await;
        let swept = swept.unwrap_or(Err(Error::Unseen(SWEEP_WITHIN)));
        let since = swept.is_err().then(Instant::now);
        self.inner.behind.send_if_modified(|behind| {
            let turned = behind.is_some() != since.is_some();
            if turned {
                *behind = since;
            }
            turned
        });
        swept
    }

    /// Whether the register could not be seen at the last sweep; watchers are told when that changes.
    #[must_use]
    pub fn behind(&self) -> bool {
        self.inner.behind.borrow().is_some()
    }

    /// Since when the node is [`behind`](Self::behind); turns when it falls behind and when it sees again.
    #[must_use]
    pub fn falls_behind(&self) -> watch::Receiver<Option<Instant>> {
        self.inner.behind.subscribe()
    }

    async fn look(&self) -> Result<(), Error> {
        let watched = self.watched();
        let lasts: Vec<i64> = watched.iter().map(|log| log.last()).collect();
        let streams: Vec<Stream> = watched.iter().map(|log| log.stream.clone()).collect();
        let mut reader = self.inner.store.read().await?;
        let heads: HashMap<Stream, Head> = log::heads(&mut reader, &streams).await?.into_iter().collect();
        for (log, last) in watched.iter().zip(lasts) {
            match heads.get(&log.stream).filter(|head| log.is(last, head)) {
                Some(head) => log.raise(head.seq),
                None => self.discard(log),
            }
        }
        Ok(())
    }

    /// Follows a stream from a position, or from a snapshot.
    ///
    /// **Rights are not checked here**: the caller has made sure that the account may watch this stream, and drops the
    /// subscription when it may no longer.
    pub async fn subscribe(&self, stream: Stream, position: Option<Position>) -> Result<Subscription, Error> {
        Subscription::open(self.clone(), stream, position).await
    }

    /// The latest raw estimate of a stop, for those who watch the stream now. Never waits, never reaches the disk.
    pub fn tick(&self, stream: &Stream, tick: Tick) {
        if let Some(log) = self.watched_log(stream) {
            log.tick(tick);
        }
    }

    /// The stop has ended: whoever comes later is not told of its last estimate.
    pub fn end_ticks(&self, stream: &Stream, stop: Uuid) {
        if let Some(log) = self.watched_log(stream) {
            log.slots().forget(stop);
        }
    }

    /// Which of the connections on this node have shown entry `seq`.
    #[must_use]
    pub fn receipts(&self, stream: &Stream, seq: i64) -> Receipts {
        self.watched_log(stream).map(|log| log.shown().of(seq)).unwrap_or_default()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The stream's log on this node, which begins to be watched now if it was not.
    pub(crate) async fn log(&self, stream: &Stream) -> Result<Arc<Log>, Error> {
        if let Some(log) = self.watched_log(stream) {
            return Ok(log);
        }
        let head = self.head(stream).await?;
        let mut logs = self.logs();
        let count = logs.len();
        match logs.entry(stream.clone()) {
            Entry::Occupied(log) => Ok(Arc::clone(log.get())),
            Entry::Vacant(_) if count >= STREAMS_MAX => Err(Error::TooManyStreams(STREAMS_MAX)),
            Entry::Vacant(place) => Ok(Arc::clone(place.insert(Arc::new(Log::new(stream.clone(), head))))),
        }
    }

    /// Sends everybody away from a log that was replaced; who comes back finds the new one.
    pub(crate) fn discard(&self, log: &Arc<Log>) {
        let mut logs = self.logs();
        if logs.get(&log.stream).is_some_and(|now| Arc::ptr_eq(now, log)) {
            logs.remove(&log.stream);
        }
        drop(logs);
        log.replace();
    }

    async fn head(&self, stream: &Stream) -> Result<Head, Error> {
        if let Some(head) = log::head(&mut *self.inner.store.read().await?, stream).await? {
            return Ok(head);
        }
        let mut unit = self.inner.store.begin().await?;
        log::open(unit.conn(), stream).await?;
        let head = log::head(unit.conn(), stream).await?;
        unit.commit().await?;
        Ok(head.expect("the stream was begun in this very unit"))
    }

    fn watched(&self) -> Vec<Arc<Log>> {
        let mut logs = self.logs();
        logs.retain(|_, log| Arc::strong_count(log) > 1);
        logs.values().cloned().collect()
    }

    fn watched_log(&self, stream: &Stream) -> Option<Arc<Log>> {
        self.logs().get(stream).cloned()
    }

    fn logs(&self) -> MutexGuard<'_, HashMap<Stream, Arc<Log>>> {
        lock(&self.inner.logs)
    }
}
