//! What a board knows about the order of its facts. Pure: the socket is elsewhere.

use serde::Serialize;

/// The position of one board, and what was wrong on the way to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Track {
    position: Option<Position>,
    /// Whole once this number is reached.
    due: i64,
    /// What was counted so far.
    pub counts: Counts,
}

/// Where a board left off, to come back with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    /// The epoch of the stream.
    pub epoch: String,
    /// The last number that was applied.
    pub after: i64,
}

/// Counted over a board's life, over all its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// Numbered facts that came.
    pub facts: u64,
    /// Numbers that never came although a later one did, or the server says they were sent.
    pub gaps: u64,
    /// Numbers that came again.
    pub duplicates: u64,
    /// Snapshots, the first one included.
    pub snapshots: u64,
    /// Lines that went on from a position.
    pub resumes: u64,
}

impl Counts {
    /// Takes another board's counts in.
    pub fn add(&mut self, other: Self) {
        self.facts += other.facts;
        self.gaps += other.gaps;
        self.duplicates += other.duplicates;
        self.snapshots += other.snapshots;
        self.resumes += other.resumes;
    }
}

impl Track {
    /// The position to come back with; none before the first snapshot.
    pub fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// The last number that was applied.
    pub fn after(&self) -> i64 {
        self.position.as_ref().map_or(0, |at| at.after)
    }

    /// Whether everything has come that there was when the line began.
    pub fn whole(&self) -> bool {
        self.position.is_some() && self.after() >= self.due
    }

    /// The stream begins anew with everything. One of the same epoch that is older than the board lost numbers.
    pub fn snapshot(&mut self, epoch: &str, seq: i64) {
        self.counts.snapshots += 1;
        if let Some(at) = self.position.as_ref().filter(|at| at.epoch == epoch) {
            self.counts.gaps += distance(seq, at.after);
        }
        self.position = Some(Position { epoch: epoch.to_owned(), after: seq });
        self.due = seq;
    }

    /// The stream goes on. It has to be where the board left off: what lies between is lost, or comes again.
    pub fn resume(&mut self, epoch: &str, after: i64, head: i64) {
        self.counts.resumes += 1;
        match &self.position {
            Some(at) if at.epoch == epoch => self.counts.gaps += distance(at.after, after),
            _ => self.counts.gaps += 1,
        }
        // Going on from before is found out by the facts that come again.
        let kept = self.position.as_ref().filter(|at| at.epoch == epoch).map_or(after, |at| at.after.max(after));
        self.position = Some(Position { epoch: epoch.to_owned(), after: kept });
        self.due = head;
    }

    /// A numbered fact; whether it is the one that was due.
    pub fn fact(&mut self, seq: i64) -> bool {
        self.counts.facts += 1;
        let Some(at) = &mut self.position else {
            self.counts.gaps += 1;
            return false;
        };
        if seq <= at.after {
            self.counts.duplicates += 1;
            return false;
        }
        self.counts.gaps += distance(at.after + 1, seq);
        let due = seq == at.after + 1;
        at.after = seq;
        due
    }

    /// The server says how far it has sent: what is missing now was lost on the way.
    pub fn sent(&mut self, seq: i64) {
        if let Some(at) = &mut self.position
            && seq > at.after
        {
            self.counts.gaps += distance(at.after, seq);
            at.after = seq;
        }
    }
}

/// How far `to` lies behind `from`; nothing if it lies before.
fn distance(from: i64, to: i64) -> u64 {
    u64::try_from(to.saturating_sub(from)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seq: i64) -> Track {
        let mut track = Track::default();
        track.snapshot("e1", seq);
        track
    }

    #[test]
    fn a_gapless_stream_counts_nothing() {
        let mut track = at(5);
        assert!([6, 7, 8].into_iter().all(|seq| track.fact(seq)));
        track.sent(8);
        track.resume("e1", 8, 9);
        assert!(!track.whole());
        assert!(track.fact(9) && track.whole());
        let counts = Counts { facts: 4, snapshots: 1, resumes: 1, ..Counts::default() };
        assert_eq!(track.counts, counts);
    }

    #[test]
    fn a_made_gap_is_found_with_its_width() {
        let mut track = at(5);
        track.fact(6);
        assert!(!track.fact(10), "7, 8 and 9 never came");
        assert_eq!((track.counts.gaps, track.counts.duplicates, track.after()), (3, 0, 10));
    }

    #[test]
    fn a_made_repetition_is_found() {
        let mut track = at(5);
        track.fact(6);
        assert!(!track.fact(6));
        assert_eq!((track.counts.gaps, track.counts.duplicates, track.after()), (0, 1, 6));
    }

    #[test]
    fn a_loss_at_the_end_is_found_by_the_sign_of_life() {
        let mut track = at(5);
        track.sent(7);
        assert_eq!((track.counts.gaps, track.after()), (2, 7));
        track.sent(7);
        assert_eq!(track.counts.gaps, 2, "counted once");
    }

    #[test]
    fn going_on_too_late_is_a_gap_and_too_early_a_repetition() {
        let mut late = at(5);
        late.resume("e1", 7, 7);
        assert_eq!(late.counts.gaps, 2);
        let mut early = at(5);
        early.resume("e1", 4, 6);
        early.fact(5);
        early.fact(6);
        assert_eq!((early.counts.gaps, early.counts.duplicates), (0, 1));
    }

    #[test]
    fn a_snapshot_that_goes_back_lost_what_was_shown() {
        let mut track = at(5);
        track.snapshot("e1", 3);
        assert_eq!((track.counts.gaps, track.counts.snapshots), (2, 2));
        track.snapshot("e2", 1);
        assert_eq!(track.counts.gaps, 2, "another epoch has numbers of its own");
    }

    #[test]
    fn a_resume_in_another_epoch_is_a_gap() {
        let mut track = at(5);
        track.resume("e2", 5, 5);
        assert_eq!(track.counts.gaps, 1);
    }
}
