//! The registrations that wait for the writer. Whoever waits when its turn comes enters together: a set costs hardly more
//! statements than one, and statements are what fills the time.

use super::{Registration, enter};
use crate::line::{Line, Waiting, for_each};
use crate::{Dispatcher, Halt, Key, Receipt, StoreError};
use std::collections::BTreeSet;
use uuid::Uuid;

/// As many as may wait for the writer itself; whoever comes after is better told at once.
const WAITING_MAX: usize = 1_024;

/// One registration, by whom and with which key.
#[derive(Clone)]
pub(crate) struct Request {
    pub account: Uuid,
    pub key: Key,
    pub registration: Registration,
}

/// The queue of this node.
pub(crate) type Queue = Line<Request, Result<Receipt, Halt>>;

/// Stands in the queue until the registration is durable or refused.
pub(super) async fn stand(dispatcher: &Dispatcher, request: Request) -> Result<Receipt, Halt> {
    let (answered, first) = dispatcher.registrations.join(request, WAITING_MAX).ok_or(StoreError::Busy)?;
    if first {
        begin(Serving(dispatcher.clone()));
    }
    answered.await.unwrap_or_else(|gone| Err(StoreError::Unavailable(gone.into()).into()))
}

/// Takes the next of those who still wait. Of two with the same key the second stays: it gets the first one's answer when
/// that is durable.
fn take(dispatcher: &Dispatcher) -> Vec<Waiting<Request, Result<Receipt, Halt>>> {
    let mut keys = BTreeSet::new();
    let fits = |request: &Request| keys.insert((request.account, request.key.text().to_owned()));
    dispatcher.registrations.take(dispatcher.store.together_max(), fits)
}

/// A task of its own: the others do not depend on whether the first one stays.
#[expect(
    clippy::disallowed_methods,
    reason = "a drain waits for the requests, and each of them for its answer from here"
)]
fn begin(serving: Serving) {
    tokio::spawn(serve(serving));
}

/// Serves the queue until nobody waits.
async fn serve(serving: Serving) {
    let dispatcher = &serving.0;
    loop {
        let unit = dispatcher.store.begin().await;
        let (requests, answers): (Vec<_>, Vec<_>) =
            take(dispatcher).into_iter().map(|one| (one.asked, one.answer)).unzip();
        let outcomes = match unit {
            Ok(unit) => together(dispatcher, unit, &requests).await,
            Err(error) => for_each(error, requests.len()),
        };
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Who does not wait any more will ask again with the same key.
            drop(answer.send(outcome));
        }
        if dispatcher.registrations.done() {
            return;
        }
    }
}

/// Enters them as one set. What a constraint or a fault of one refuses, it must not refuse its neighbours: then each
/// is tried alone.
async fn together(
    dispatcher: &Dispatcher,
    unit: homeward_store::Unit,
    requests: &[Request],
) -> Vec<Result<Receipt, Halt>> {
    match enter::all(dispatcher, unit, requests).await {
        Ok(outcomes) => outcomes,
        Err(error @ (StoreError::Busy | StoreError::Unavailable(_))) => for_each(error, requests.len()),
        Err(error) if requests.len() == 1 => vec![Err(error.into())],
        Err(error) => {
            tracing::warn!(%error, "registrations could not enter together; each is tried alone");
            let mut outcomes = Vec::with_capacity(requests.len());
            for request in requests {
                outcomes.push(alone(dispatcher, request).await);
            }
            outcomes
        }
    }
}

async fn alone(dispatcher: &Dispatcher, request: &Request) -> Result<Receipt, Halt> {
    let unit = dispatcher.store.begin().await?;
    let mut outcomes = enter::all(dispatcher, unit, std::slice::from_ref(request)).await?;
    outcomes.pop().expect("one outcome for one request")
}

/// Somebody serves the queue. Should that end in a panic, nobody waits for ever: those who stand there are told, and the
/// next one begins anew.
struct Serving(Dispatcher);

impl Drop for Serving {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.registrations.abandon();
        }
    }
}
