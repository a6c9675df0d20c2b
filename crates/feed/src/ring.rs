//! The last frames of a stream, encoded once and shared by everybody who watches it.

use std::collections::VecDeque;

use bytes::Bytes;

/// About ten minutes of a busy receiver.
const FRAMES_MAX: usize = 1_024;

/// Contiguous frames up to number `last`.
pub(crate) struct Ring {
    last: i64,
    frames: VecDeque<Bytes>,
}

impl Ring {
    /// Begins after a number, without frames.
    pub(crate) fn after(last: i64) -> Self {
        Self { last, frames: VecDeque::new() }
    }

    pub(crate) fn last(&self) -> i64 {
        self.last
    }

    /// The frame with this number, if it is still or already here.
    pub(crate) fn get(&self, seq: i64) -> Option<Bytes> {
        let back = usize::try_from(self.last.checked_sub(seq)?).ok()?;
        let at = self.frames.len().checked_sub(back + 1)?;
        self.frames.get(at).cloned()
    }

    /// The next frame; the oldest gives way.
    ///
    /// # Panics
    /// When it is not the next one: a gap must never be passed on.
    pub(crate) fn push(&mut self, seq: i64, frame: Bytes) {
        assert_eq!(seq, self.last + 1, "a stream's numbers go up by one");
        if self.frames.len() == FRAMES_MAX {
            self.frames.pop_front();
        }
        self.frames.push_back(frame);
        self.last = seq;
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAMES_MAX, Ring};

    #[test]
    fn keeps_the_last_ones_by_their_number() {
        let mut ring = Ring::after(5);
        assert!(ring.get(5).is_none() && ring.get(6).is_none());
        let count = i64::try_from(FRAMES_MAX).unwrap() + 10;
        for seq in 6..6 + count {
            ring.push(seq, seq.to_string().into());
        }
        assert!(ring.get(15).is_none(), "overwritten");
        for seq in 16..6 + count {
            assert_eq!(ring.get(seq).unwrap(), seq.to_string());
        }
        assert!(ring.get(6 + count).is_none(), "not yet there");
        assert!(ring.get(i64::MIN).is_none() && ring.get(i64::MAX).is_none());
    }

    #[test]
    #[should_panic(expected = "go up by one")]
    fn never_skips() {
        Ring::after(5).push(7, "7".into());
    }
}
