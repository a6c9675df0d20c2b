//! A line of those who wait to be served in sets: whoever waits when a turn comes is served in it, together. What they
//! are served with lives elsewhere.

use crate::{Halt, StoreError};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What is asked, and who waits for its answer.
pub(crate) struct Waiting<Q, A> {
    pub asked: Q,
    pub answer: oneshot::Sender<A>,
}

/// Who waits, and whether somebody serves them.
struct State<Q, A> {
    waiting: VecDeque<Waiting<Q, A>>,
    served: bool,
}

/// The line of this node.
pub(crate) struct Line<Q, A>(Mutex<State<Q, A>>);

impl<Q, A> Default for State<Q, A> {
    fn default() -> Self {
        Self { waiting: VecDeque::new(), served: false }
    }
}

impl<Q, A> Default for Line<Q, A> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Q, A> Line<Q, A> {
    fn state(&self) -> MutexGuard<'_, State<Q, A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stands in the line, if fewer than `most` wait. `true` to the one who has to see to it that somebody serves.
    pub fn join(&self, asked: Q, most: usize) -> Option<(oneshot::Receiver<A>, bool)> {
        let (answer, answered) = oneshot::channel();
        let mut state = self.state();
        if state.waiting.len() >= most {
            return None;
        }
        state.waiting.push_back(Waiting { asked, answer });
        Some((answered, !std::mem::replace(&mut state.served, true)))
    }

    /// Takes the next of those who still wait and fit, in their order; the others keep their places.
    pub fn take(&self, most: usize, mut fits: impl FnMut(&Q) -> bool) -> Vec<Waiting<Q, A>> {
        let mut state = self.state();
        let (mut taken, mut left) = (Vec::new(), VecDeque::new());
        for one in std::mem::take(&mut state.waiting) {
            if one.answer.is_closed() {
                continue;
            }
            if taken.len() < most && fits(&one.asked) { taken.push(one) } else { left.push_back(one) }
        }
        state.waiting = left;
        taken
    }

    /// Whether nobody waits; then whoever comes next is served by somebody else.
    pub fn done(&self) -> bool {
        let mut state = self.state();
        state.served = !state.waiting.is_empty();
        !state.served
    }

    /// Whoever served it will not come back: nobody waits for ever, and the next one begins anew.
    pub fn abandon(&self) {
        *self.state() = State::default();
    }
}

/// What the store cannot do for any of them, told to each.
pub(crate) fn for_each<T>(error: StoreError, count: usize) -> Vec<Result<T, Halt>> {
    let shared = Arc::new(error);
    let told = |error: &Arc<StoreError>| match **error {
        StoreError::Busy => StoreError::Busy,
        _ => StoreError::Unavailable(Arc::clone(error).into()),
    };
    (0..count).map(|_| Err(told(&shared).into())).collect()
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn served_in_their_order_by_one_and_never_beyond_the_bound() {
        let line = Line::<u8, u8>::default();
        let (first, begins) = line.join(1, 2).unwrap();
        assert!(begins);
        let (second, begins) = line.join(2, 2).unwrap();
        assert!(!begins && line.join(3, 2).is_none());
        let taken = line.take(9, |_| true);
        assert_eq!(taken.iter().map(|one| one.asked).collect::<Vec<_>>(), [1, 2]);
        assert!(line.done() && line.join(4, 2).unwrap().1, "after the last one somebody begins anew");
        drop((first, second));
    }

    #[test]
    fn who_does_not_fit_keeps_the_place_and_who_went_is_not_served() {
        let line = Line::<u8, u8>::default();
        let (gone, _) = line.join(1, 9).unwrap();
        let stay: Vec<_> = [2, 2, 3].into_iter().filter_map(|asked| line.join(asked, 9)).collect();
        drop(gone);
        let mut before = None;
        let taken = line.take(9, |asked| before.replace(*asked) != Some(*asked));
        assert_eq!(taken.iter().map(|one| one.asked).collect::<Vec<_>>(), [2, 3]);
        assert!(!line.done());
        line.abandon();
        assert!(line.done() && stay.into_iter().all(|(mut answer, _)| answer.try_recv().is_err()));
    }
}
