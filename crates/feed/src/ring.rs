//! The last frames of a stream, encoded once and shared by everybody who watches it.

use std::collections::VecDeque;

use bytes::Bytes;
use chrono::{DateTime, Utc};

/// About ten minutes of a busy receiver.
const FRAMES_MAX: usize = 1_024;

/// A numbered frame, ready to be sent.
#[derive(Clone)]
pub(crate) struct Fact {
    pub(crate) seq: i64,
    /// When it happened.
    pub(crate) at: DateTime<Utc>,
    pub(crate) frame: Bytes,
}

/// Contiguous frames up to number `last`.
pub(crate) struct Ring {
    last: i64,
    facts: VecDeque<Fact>,
}

impl Ring {
    /// Begins after a number, without frames.
    pub(crate) fn after(last: i64) -> Self {
        Self { last, facts: VecDeque::new() }
    }

    pub(crate) fn last(&self) -> i64 {
        self.last
    }

    /// The frame with this number, if it is still or already here.
    pub(crate) fn get(&self, seq: i64) -> Option<Fact> {
        let back = usize::try_from(self.last.checked_sub(seq)?).ok()?;
        let at = self.facts.len().checked_sub(back + 1)?;
        self.facts.get(at).cloned()
    }

    /// The next frame; the oldest gives way.
    ///
    /// # Panics
    /// When it is not the next one: a gap must never be passed on.
    pub(crate) fn push(&mut self, fact: Fact) {
        assert_eq!(fact.seq, self.last + 1, "a stream's numbers go up by one");
        if self.facts.len() == FRAMES_MAX {
            self.facts.pop_front();
        }
        self.last = fact.seq;
        self.facts.push_back(fact);
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAMES_MAX, Fact, Ring};
    use chrono::DateTime;

    fn fact(seq: i64) -> Fact {
        Fact { seq, at: DateTime::UNIX_EPOCH, frame: seq.to_string().into() }
    }

    #[test]
    fn keeps_the_last_ones_by_their_number() {
        let mut ring = Ring::after(5);
        assert!(ring.get(5).is_none() && ring.get(6).is_none());
        let count = i64::try_from(FRAMES_MAX).unwrap() + 10;
        for seq in 6..6 + count {
            ring.push(fact(seq));
        }
        assert!(ring.get(15).is_none(), "overwritten");
        for seq in 16..6 + count {
            assert_eq!(ring.get(seq).unwrap().frame, seq.to_string());
        }
        assert!(ring.get(6 + count).is_none(), "not yet there");
        assert!(ring.get(i64::MIN).is_none() && ring.get(i64::MAX).is_none());
    }

    #[test]
    #[should_panic(expected = "go up by one")]
    fn never_skips() {
        Ring::after(5).push(fact(7));
    }
}
