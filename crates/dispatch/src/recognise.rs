//! Whose tokens these are. Every request asks; those that wait at the same time are looked up in one statement. A look
//! takes only who came before it began: nobody is told of a session as it was before they asked.

use crate::line::{Line, Waiting, for_each};
use crate::{Dispatcher, Halt, StoreError};
use homeward_store::Reader;
use homeward_store::account::Account;
use homeward_store::session::{self, Session};
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

/// The most tokens in one look.
const LOOK_MAX: usize = 512;
/// As many may wait before the door; whoever comes after is better told at once.
const WAITING_MAX: usize = 16_384;

/// A look takes less than a millisecond. One that takes so long hangs on a connection, and the next one takes another.
const NEXT_AFTER: Duration = Duration::from_millis(100);

/// What is kept of a token.
type Token = [u8; 32];
/// An open session with the account it is of, if there is one.
type Found = Option<(Session, Account)>;
/// Who waits to be recognised.
pub(crate) type Door = Line<Token, Result<Found, Halt>>;

/// The open session of a token with its account.
pub(crate) async fn look_up(dispatcher: &Dispatcher, token: Token) -> Result<Found, Halt> {
    let (answered, first) = dispatcher.door.join(token, WAITING_MAX).ok_or(StoreError::Busy)?;
    if first {
        begin(dispatcher.clone());
    }
    answered.await.unwrap_or_else(|gone| Err(StoreError::Unavailable(gone.into()).into()))
}

/// Looks until nobody waits: one look after the other, unless one hangs.
#[expect(
    clippy::disallowed_methods,
    reason = "a drain waits for the requests, and each of them for its answer from here; none depends on who came first"
)]
fn begin(dispatcher: Dispatcher) {
    tokio::spawn(async move {
        let mut kept = None;
        loop {
            // Whoever is about to ask comes along.
            yield_now().await;
            let waiting = dispatcher.door.take(LOOK_MAX, |_| true);
            let look = tokio::spawn(look(dispatcher.clone(), kept.take(), waiting));
            // Those whose look ended in a panic or hangs were or will be told; the others do not wait for them.
            kept = timeout(NEXT_AFTER, look).await.ok().and_then(|looked| looked.ok().flatten());
            if dispatcher.door.done() {
                return;
            }
        }
    });
}

/// Tells those who wait; gives the connection back, if the next look can have it. One that goes through the pool between two
/// looks is asked each time whether it still stands.
async fn look(
    dispatcher: Dispatcher,
    mut kept: Option<Reader>,
    waiting: Vec<Waiting<Token, Result<Found, Halt>>>,
) -> Option<Reader> {
    let tokens: Vec<Token> = waiting.iter().map(|one| one.asked).collect();
    let outcomes = match find(&dispatcher, &mut kept, &tokens).await {
        Ok(found) => found.into_iter().map(Ok).collect(),
        Err(error @ (StoreError::Busy | StoreError::Unavailable(_))) => for_each(error, tokens.len()),
        // What is wrong with one account's row is no reason to turn its neighbours away.
        Err(_) => each_alone(&dispatcher, &tokens).await,
    };
    for (one, outcome) in waiting.into_iter().zip(outcomes) {
        // Who went away need not be told.
        drop(one.answer.send(outcome));
    }
    kept
}

/// Looks through the connection that was kept, or another one, which is kept unless it fails. One that turns out dead at once
/// (the database was restarted, a firewall dropped it) is nobody's fault: then through one that is asked first. One that
/// hangs has cost its time already.
async fn find(dispatcher: &Dispatcher, kept: &mut Option<Reader>, tokens: &[Token]) -> Result<Vec<Found>, StoreError> {
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    let began = Instant::now();
    let mut reader = match kept.take() {
        Some(reader) => reader,
        None => dispatcher.store.glance().await?,
    };
    let found = match session::find_all(reader.conn(), tokens).await {
        Err(StoreError::Unavailable(_)) if began.elapsed() < NEXT_AFTER => {
            session::find_all(dispatcher.store.read().await?.conn(), tokens).await?
        }
        found => {
            let found = found?;
            *kept = Some(reader);
            found
        }
    };
    Ok(tokens.iter().map(|token| found.get(token).cloned()).collect())
}

async fn each_alone(dispatcher: &Dispatcher, tokens: &[Token]) -> Vec<Result<Found, Halt>> {
    let mut outcomes = Vec::with_capacity(tokens.len());
    for token in tokens {
        let found = find(dispatcher, &mut None, std::slice::from_ref(token)).await;
        outcomes.push(found.map(|mut one| one.pop().flatten()).map_err(Halt::from));
    }
    outcomes
}
