//! A cursor into one stream's log.
//!
//! History and live are one path: take the next frame from the ring, or a page from the store, or wait. Every future
//! here may be dropped at any point without losing or repeating a frame.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use homeward_store::log::{self, Head};
use homeward_store::{Reader, Stream};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::frame::{Begin, Subscribed, Ticks};
use crate::log::{Log, Mark, Read};
use crate::{Error, Hub, Position, ServerFrame, wire};

/// Further behind than this, a snapshot is the shorter way.
const BEHIND_MAX: i64 = 1_000;
/// How often a log may be replaced under a subscribe before it gives up.
const TRIES_MAX: u32 = 5;
/// At most one frame of ticks in this time.
const TICK_EVERY: Duration = Duration::from_secs(1);

/// Follows one stream. Made by [`Hub::subscribe`].
pub struct Subscription {
    hub: Hub,
    log: Arc<Log>,
    mark: watch::Receiver<Mark>,
    ticked: watch::Receiver<u64>,
    /// The last number that was given out.
    cursor: i64,
    /// Frames to give out before the ring is asked: the `sub` frame, or a page of history.
    ready: VecDeque<(i64, Bytes)>,
    /// What has a greater number happened while we watched; the rest is history.
    live_after: i64,
    /// When the frame that was given out last happened, if it was a live fact.
    happened_at: Option<DateTime<Utc>>,
    /// The turn up to which ticks were given out.
    tick_turn: u64,
    /// Not before then.
    tick_due: Instant,
}

/// Where the next frame may come from.
enum Step {
    Given(Bytes),
    Begin,
    Read,
    Wait,
}

impl Subscription {
    pub(crate) async fn open(hub: Hub, stream: Stream, position: Option<Position>) -> Result<Self, Error> {
        let (log, live_after, begun) = begin(&hub, &stream, position).await?;
        let (mark, ticked) = (log.watch(), log.watch_ticks());
        Ok(Self {
            hub,
            mark,
            ticked,
            log,
            cursor: begun.0,
            ready: VecDeque::from([begun]),
            live_after,
            happened_at: None,
            tick_turn: 0,
            tick_due: Instant::now(),
        })
    }

    /// The stream.
    #[must_use]
    pub fn stream(&self) -> &Stream {
        &self.log.stream
    }

    /// The last number that was given out.
    #[must_use]
    pub fn cursor(&self) -> i64 {
        self.cursor
    }

    /// Whether a numbered frame (or a `sub` frame) is there to be had without waiting for news.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        let mark = *self.mark.borrow();
        !self.ready.is_empty() || mark.replaced || self.cursor < mark.head
    }

    /// The next frame, already encoded: `sub` first, then `ev` in order without a gap, `tick` in between. Waits for one.
    ///
    /// A `sub` frame with a snapshot comes again when this watcher fell too far behind or the log was replaced.
    pub async fn next(&mut self) -> Result<Bytes, Error> {
        loop {
            match self.step() {
                Step::Given(frame) => return Ok(frame),
                // Boxed: a board that waits must not hold the room that reading would need.
                Step::Begin => Box::pin(self.begin_anew()).await?,
                Step::Read => Box::pin(self.read()).await?,
                Step::Wait => {
                    if let Some(frame) = self.wait().await {
                        return Ok(frame);
                    }
                }
            }
        }
    }

    /// When the frame that was given out last happened: only for a fact that came while this was watching, because
    /// history is late by its nature.
    #[must_use]
    pub fn happened_at(&self) -> Option<DateTime<Utc>> {
        self.happened_at
    }

    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    fn step(&mut self) -> Step {
        self.happened_at = None;
        let mark = *self.mark.borrow_and_update();
        if mark.replaced || mark.head - self.cursor > BEHIND_MAX {
            // A frame that begins a stream anew is given out even if more has happened since.
            if self.ready.front().is_none_or(|(seq, _)| *seq != self.cursor) {
                return Step::Begin;
            }
        }
        if let Some((seq, frame)) = self.ready.pop_front() {
            self.cursor = seq;
            return Step::Given(frame);
        }
        if self.cursor >= mark.head {
            return Step::Wait;
        }
        match self.log.fact(self.cursor + 1) {
            Some(fact) => {
                self.cursor = fact.seq;
                self.happened_at = (fact.seq > self.live_after).then_some(fact.at);
                Step::Given(fact.frame)
            }
            None => Step::Read,
        }
    }

    async fn begin_anew(&mut self) -> Result<(), Error> {
        let stream = self.log.stream.clone();
        let (log, live_after, begun) = begin(&self.hub, &stream, None).await?;
        if !Arc::ptr_eq(&log, &self.log) {
            (self.mark, self.ticked, self.tick_turn) = (log.watch(), log.watch_ticks(), 0);
            self.log = log;
        }
        (self.cursor, self.live_after) = (begun.0, live_after);
        self.ready = VecDeque::from([begun]);
        Ok(())
    }

    /// The next frame is not in the ring: it is newer (fill the ring for all) or older (a page for us alone).
    async fn read(&mut self) -> Result<(), Error> {
        if self.cursor >= self.log.last() {
            return self.log.fill(self.hub.store()).await;
        }
        match self.log.read(self.hub.store(), self.cursor).await? {
            Read::Facts(facts) if !facts.is_empty() => {
                self.ready = facts.into_iter().map(|fact| (fact.seq, fact.frame)).collect();
            }
            Read::Facts(_) | Read::Lost => self.begin_anew().await?,
        }
        Ok(())
    }

    /// Until there is news; a frame only if ticks are due.
    async fn wait(&mut self) -> Option<Bytes> {
        tokio::select! {
            biased;
            // The log lives as long as we hold it, so its senders do.
            changed = self.mark.changed() => { changed.expect("the log outlives its watchers"); None }
            () = tick_due(&mut self.ticked, self.tick_turn, self.tick_due) => self.ticks(),
        }
    }

    fn ticks(&mut self) -> Option<Bytes> {
        let (turn, eta) = self.log.slots().after(self.tick_turn);
        self.tick_turn = turn;
        if eta.is_empty() {
            return None;
        }
        self.tick_due = Instant::now() + TICK_EVERY;
        Some(ServerFrame::Tick(Ticks { c: self.log.stream.clone(), eta }).encode())
    }
}

/// Until ticks after `turn` are there and the second is over.
async fn tick_due(ticked: &mut watch::Receiver<u64>, turn: u64, due: Instant) {
    if ticked.wait_for(|last| *last > turn).await.is_err() {
        pending::<()>().await;
    }
    sleep_until(due).await;
}

/// A stream's log, the number it stood at, and the frame that begins it with the number that one leaves the watcher at.
type Begun = (Arc<Log>, i64, (i64, Bytes));

async fn begin(hub: &Hub, stream: &Stream, mut position: Option<Position>) -> Result<Begun, Error> {
    for _ in 0..TRIES_MAX {
        // First in the table of the watched, then the look at the database: a commit in between wakes us or is seen.
        let log = hub.log(stream).await?;
        let (last, told) = (log.last(), log.mark());
        // Whoever comes back asks for the head alone, at the price of one statement; a snapshot and its head are one.
        let mut reader = if position.is_some() { hub.store().glance().await? } else { hub.store().read().await? };
        let Some(head) = log::head(&mut reader, stream).await?.filter(|head| log.is(last, head)) else {
            hub.discard(&log);
            continue;
        };
        log.correct(told, head.seq);
        let stands_at = head.seq;
        let begun = match &position {
            Some(known) if resumes(known, &head) => (known.after, resume(stream, known.after, head)),
            Some(_) => {
                position = None;
                continue;
            }
            None => (head.seq, snapshot(&log, &mut reader, head.seq).await?),
        };
        return Ok((log, stands_at, begun));
    }
    Err(Error::Restless(stream.clone()))
}

/// Whether what was missed can be given piece by piece.
fn resumes(position: &Position, head: &Head) -> bool {
    let missed = head.seq.checked_sub(position.after);
    position.epoch == head.epoch
        && position.after >= 0
        && missed.is_some_and(|missed| (0..=BEHIND_MAX).contains(&missed))
}

fn resume(stream: &Stream, after: i64, head: Head) -> Bytes {
    let from = Begin::Resume { after, head: head.seq };
    ServerFrame::Sub(Subscribed { c: stream.clone(), epoch: head.epoch, from }).encode()
}

async fn snapshot(log: &Log, reader: &mut Reader, seq: i64) -> Result<Bytes, Error> {
    if let Some(frame) = log.snapshot(seq) {
        return Ok(frame);
    }
    let frame = wire::snapshot(&log.stream, &log::snapshot(reader, &log.stream).await?);
    log.keep_snapshot(seq, frame.clone());
    Ok(frame)
}
