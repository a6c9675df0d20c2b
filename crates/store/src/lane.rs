//! The writer's lane: units write one after the other, and what waits together commits together.
//!
//! The lane owns the one connection that writes and lends it to whoever's turn it is. A unit that is done waits while
//! those behind it write into the same batch; one commit then makes all of them durable, and each is told. A unit that
//! was refused or dropped is taken back alone, by its savepoint. When the connection itself fails, nobody in the batch
//! has been told yes: all are told no, and the next turn begins on a new connection.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use crate::conn::On;
use crate::error::Error;
use crate::fault;
use crate::link::{Link, Route};
use crate::measure;
use crate::names::Names;

/// The most units in a batch unless told otherwise: more make nobody faster, and the first has waited for all of them.
pub(crate) const TOGETHER_MAX: usize = 64;
/// The longest a batch stays open for the next unit; the other nodes' writers wait for it too.
const BATCH_TIME: Duration = Duration::from_millis(25);

/// Somebody who wants to write.
type Ask = oneshot::Sender<Result<Lent, Error>>;
/// Somebody who waits for the batch to be durable.
type Waiter = oneshot::Sender<Result<(), Error>>;

/// The way into the lane.
pub(crate) struct Lane {
    /// Taken away when the store closes.
    asks: Mutex<Option<mpsc::UnboundedSender<Ask>>>,
    keeper: TaskTracker,
    statements: Arc<AtomicU64>,
}

impl Lane {
    /// Starts the lane on a connection that stands.
    pub(crate) fn start(route: Route, link: Link, names: Arc<Names>, together_max: usize) -> Self {
        let (asks, asked) = mpsc::unbounded_channel();
        let statements = Arc::<AtomicU64>::default();
        let keeper =
            Keeper { route, link: Some(link), names, together_max, asked, statements: Arc::clone(&statements) };
        let tracker = TaskTracker::new();
        tracker.spawn(keeper.keep());
        Self { asks: Mutex::new(Some(asks)), keeper: tracker, statements }
    }

    /// How many statements its units have run.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The connection, when its turn comes. The queue is bounded by the store.
    pub(crate) async fn turn(&self) -> Result<Lent, Error> {
        let (ask, answer) = oneshot::channel();
        self.way_in().ok_or_else(closed)?.send(ask).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    fn way_in(&self) -> Option<mpsc::UnboundedSender<Ask>> {
        self.asks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for the last unit and closes the connection.
    pub(crate) async fn close(&self) {
        drop(self.asks.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.keeper.close();
        self.keeper.wait().await;
    }
}

fn closed() -> Error {
    Error::unavailable("the store is closed")
}

/// The connection in the hands of a unit. However it is dropped, the lane gets it back.
pub(crate) struct Lent {
    link: Option<Link>,
    broken: bool,
    /// How many were run through it.
    statements: Arc<AtomicU64>,
    back: Option<oneshot::Sender<Back>>,
}

/// What comes back to the lane.
struct Back {
    link: Link,
    broken: bool,
    /// Who wants it durable; nobody, when the unit was dropped.
    keep: Option<Waiter>,
}

impl Lent {
    /// What a statement runs on, and the flag to raise when it broke.
    pub(crate) fn on(&mut self) -> (On<'_>, &mut bool) {
        self.statements.fetch_add(1, Ordering::Relaxed);
        (self.link.as_mut().expect("the link is there until the unit ends").on(), &mut self.broken)
    }

    /// Gives it back to be made durable, and waits until it is.
    pub(crate) async fn commit(mut self) -> Result<(), Error> {
        let (keep, durable) = oneshot::channel();
        self.give_back(Some(keep));
        durable.await.map_err(|_| closed())?
    }

    fn give_back(&mut self, keep: Option<Waiter>) {
        if let (Some(link), Some(back)) = (self.link.take(), self.back.take()) {
            // A lane that ended with the runtime wants nothing back: the connection closes here.
            drop(back.send(Back { link, broken: self.broken, keep }));
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.give_back(None);
    }
}

/// The task that owns the connection.
struct Keeper {
    route: Route,
    link: Option<Link>,
    names: Arc<Names>,
    /// The most units in a batch.
    together_max: usize,
    statements: Arc<AtomicU64>,
    asked: mpsc::UnboundedReceiver<Ask>,
}

impl Keeper {
    async fn keep(mut self) {
        while let Some(ask) = self.asked.recv().await {
            if !ask.is_closed() {
                self.batch(ask).await;
            }
        }
        if let Some(link) = self.link.take()
            && let Err(error) = link.close().await
        {
            tracing::warn!(%error, "the writer's connection did not close well");
        }
    }

    /// One transaction, from the first unit to the commit of all.
    async fn batch(&mut self, first: Ask) {
        let link = match self.begin().await {
            Ok(link) => link,
            Err(error) => return self.refuse(first, error),
        };
        let (mut waiting, before) = (Vec::new(), self.statements.load(Ordering::Relaxed));
        let ended = match self.units(link, first, &mut waiting).await {
            Ok(link) => end(link, waiting.len(), self.statements.load(Ordering::Relaxed) - before).await,
            Err(error) => Err(error),
        };
        let outcome = match ended {
            Ok(link) => {
                self.link = Some(link);
                Ok(())
            }
            Err(error) => Err(Shared(Arc::new(self.map(error, "commit")))),
        };
        for waiter in waiting {
            // Who does not wait any more will ask again with the same key.
            drop(waiter.send(outcome.clone().map_err(Shared::told)));
        }
    }

    /// Lends the link to one unit after the other; gives it back outside any unit, the batch still open.
    async fn units(&mut self, mut link: Link, first: Ask, waiting: &mut Vec<Waiter>) -> Result<Link, sqlx::Error> {
        let began = Instant::now();
        let mut next = Some(first);
        while let Some(ask) = next {
            let back = self.lend(link, ask).await?;
            link = back.link;
            let kept = back.keep.is_some();
            waiting.extend(back.keep);
            if back.broken {
                return Err(sqlx::Error::WorkerCrashed);
            }
            let open = waiting.len() < self.together_max && began.elapsed() < BATCH_TIME;
            next = if open { self.next() } else { None };
            match (kept, &next) {
                (false, _) => link.drop_unit().await?,
                (true, Some(_)) => link.next_unit().await?,
                (true, None) => {}
            }
        }
        Ok(link)
    }

    /// Hands the link to who asked and waits for it to come back.
    async fn lend(&self, link: Link, ask: Ask) -> Result<Back, sqlx::Error> {
        let (back, returned) = oneshot::channel();
        let statements = Arc::clone(&self.statements);
        // Refused by who went away in between, it comes back by its drop.
        drop(ask.send(Ok(Lent { link: Some(link), broken: false, statements, back: Some(back) })));
        returned.await.map_err(|_| sqlx::Error::WorkerCrashed)
    }

    /// Who waits now, if anybody still does.
    fn next(&mut self) -> Option<Ask> {
        std::iter::from_fn(|| self.asked.try_recv().ok()).find(|ask| !ask.is_closed())
    }

    /// The kept connection may have died while nobody wrote: then a new one is tried, before anybody is told no.
    async fn begin(&mut self) -> Result<Link, Error> {
        if let Some(mut link) = self.link.take() {
            let begun = match self.route.still_leads_there().await {
                Ok(()) => link.begin().await,
                Err(error) => Err(error),
            };
            match begun.map_err(|error| self.map(error, "begin")) {
                Ok(()) => return Ok(link),
                Err(Error::Busy) => return Err(Error::Busy),
                Err(error) => tracing::warn!(%error, "the writer's connection is lost; a new one is tried"),
            }
        }
        let begun = async {
            let mut link = self.route.connect().await?;
            link.begin().await.map(|()| link)
        };
        begun.await.map_err(|error| self.map(error, "begin"))
    }

    /// Tells everybody who waits now that it cannot be: they would only wait for the same answer, one by one.
    fn refuse(&mut self, first: Ask, error: Error) {
        let shared = Shared(Arc::new(error));
        let others = std::iter::from_fn(|| self.asked.try_recv().ok());
        for ask in std::iter::once(first).chain(others) {
            // Who stopped waiting need not be told.
            drop(ask.send(Err(shared.clone().told())));
        }
    }

    fn map(&self, error: sqlx::Error, doing: &'static str) -> Error {
        fault::map(error, doing, &self.names)
    }
}

async fn end(mut link: Link, units: usize, statements: u64) -> Result<Link, sqlx::Error> {
    if units == 0 {
        link.rollback().await?;
        return Ok(link);
    }
    let began = Instant::now();
    let done = link.commit().await;
    measure::committed(units, statements, began, done.is_ok());
    done.map(|()| link)
}

/// One error for everybody in a batch.
#[derive(Clone, Debug)]
struct Shared(Arc<Error>);

impl Shared {
    /// As told to one of them: busy stays busy, everything else is the store's fault, not theirs.
    fn told(self) -> Error {
        match &*self.0 {
            Error::Busy => Error::Busy,
            _ => Error::unavailable(self),
        }
    }
}

impl std::fmt::Display for Shared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match std::error::Error::source(&*self.0) {
            Some(source) => write!(out, "{}: {source}", self.0),
            None => self.0.fmt(out),
        }
    }
}

impl std::error::Error for Shared {}
