//! The registrations that wait for the writer. Whoever waits when its turn comes enters together: a set costs hardly more
//! statements than one, and statements are what fills the time.

use super::{Registration, enter};
use crate::{Dispatcher, Halt, Key, Receipt, StoreError};
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;
use uuid::Uuid;

/// As many as may wait for the writer itself; whoever comes after is better told at once.
const WAITING_MAX: usize = 1_024;

/// One registration, by whom and with which key.
#[derive(Clone)]
pub(super) struct Request {
    pub account: Uuid,
    pub key: Key,
    pub registration: Registration,
}

/// A registration and who waits for its answer.
struct Waiting {
    request: Request,
    answer: oneshot::Sender<Result<Receipt, Halt>>,
}

/// Who waits, and whether somebody serves them.
#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    served: bool,
}

/// The queue of this node.
#[derive(Default)]
pub(crate) struct Queue(Mutex<State>);

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next of those who still wait, in their order. Of two with the same key the second stays: it gets the
    /// first one's answer when that is durable.
    fn take(&self, most: usize) -> Vec<Waiting> {
        let mut state = self.state();
        let (mut taken, mut left) = (Vec::new(), VecDeque::new());
        let mut keys = BTreeSet::new();
        for one in std::mem::take(&mut state.waiting) {
            let key = (one.request.account, one.request.key.text().to_owned());
            if one.answer.is_closed() {
                continue;
            }
            if taken.len() < most && keys.insert(key) { taken.push(one) } else { left.push_back(one) }
        }
        state.waiting = left;
        taken
    }

    /// Whether nobody waits; then whoever comes next is served by somebody else.
    fn done(&self) -> bool {
        let mut state = self.state();
        state.served = !state.waiting.is_empty();
        !state.served
    }
}

/// Stands in the queue until the registration is durable or refused.
pub(super) async fn stand(dispatcher: &Dispatcher, request: Request) -> Result<Receipt, Halt> {
    let (answer, answered) = oneshot::channel();
    let first = {
        let mut state = dispatcher.registrations.state();
        if state.waiting.len() >= WAITING_MAX {
            return Err(StoreError::Busy.into());
        }
        state.waiting.push_back(Waiting { request, answer });
        !std::mem::replace(&mut state.served, true)
    };
    if first {
        begin(Serving(dispatcher.clone()));
    }
    answered.await.unwrap_or_else(|gone| Err(StoreError::Unavailable(gone.into()).into()))
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
        let waiting = dispatcher.registrations.take(dispatcher.store.together_max());
        let (requests, answers): (Vec<_>, Vec<_>) = waiting.into_iter().map(|one| (one.request, one.answer)).unzip();
        let outcomes = match unit {
            Ok(unit) => together(dispatcher, unit, &requests).await,
            Err(error) => all_of(error, requests.len()),
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
        Err(error @ (StoreError::Busy | StoreError::Unavailable(_))) => all_of(error, requests.len()),
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

/// The same answer for everybody.
fn all_of(error: StoreError, count: usize) -> Vec<Result<Receipt, Halt>> {
    let shared = Arc::new(error);
    let told = |error: &Arc<StoreError>| match **error {
        StoreError::Busy => StoreError::Busy,
        _ => StoreError::Unavailable(Arc::clone(error).into()),
    };
    (0..count).map(|_| Err(told(&shared).into())).collect()
}

/// Somebody serves the queue. Should that end in a panic, nobody waits for ever: those who stand there are told, and the
/// next one begins anew.
struct Serving(Dispatcher);

impl Drop for Serving {
    fn drop(&mut self) {
        if std::thread::panicking() {
            *self.0.registrations.state() = State::default();
        }
    }
}
