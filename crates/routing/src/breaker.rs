//! The circuit breaker: an engine that fails again and again is left alone, then tried with one question. Pure: states as
//! values, `now` comes in.

use chrono::{DateTime, TimeDelta, Utc};

/// Failures in a row after which it is left alone: one may be chance, three are a habit.
const FAILURES_MAX: u32 = 3;
/// It rests so long at first; after every failed try twice as long.
const REST: TimeDelta = TimeDelta::seconds(30);
/// A sick engine is tried at least this often, so that it is back soon after somebody mended it.
const REST_MAX: TimeDelta = TimeDelta::minutes(5);
/// A try whose outcome was never heard (its task ended) is forgotten after this; the limit of an answer is far below.
const TRY_MAX: TimeDelta = TimeDelta::seconds(5);

/// Whether the engine may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// It may; so many questions in a row failed.
    Closed {
        /// Failures since the last answer.
        failures: u32,
    },
    /// It may not, until then.
    Open {
        /// When it may be tried.
        until: DateTime<Utc>,
        /// How long the rest was.
        rest: TimeDelta,
    },
    /// Half open: one question is under way, the others wait for its outcome.
    Trying {
        /// When it was asked.
        since: DateTime<Utc>,
        /// How long the rest before it was.
        rest: TimeDelta,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    /// Whether a question may go out now, and the state after that.
    #[must_use]
    pub fn ask(self, now: DateTime<Utc>) -> (Self, bool) {
        match self {
            Self::Closed { .. } => (self, true),
            Self::Open { until, rest } if now >= until => (Self::Trying { since: now, rest }, true),
            Self::Trying { since, rest } if now >= since + TRY_MAX => (Self::Trying { since: now, rest }, true),
            Self::Open { .. } | Self::Trying { .. } => (self, false),
        }
    }

    /// The engine answered.
    #[must_use]
    pub const fn answered(self) -> Self {
        match self {
            // A late answer to an old question does not end a rest: only the try does.
            Self::Open { .. } => self,
            Self::Closed { .. } | Self::Trying { .. } => Self::Closed { failures: 0 },
        }
    }

    /// The engine failed.
    #[must_use]
    pub fn failed(self, now: DateTime<Utc>) -> Self {
        match self {
            Self::Closed { failures } if failures + 1 < FAILURES_MAX => Self::Closed { failures: failures + 1 },
            Self::Closed { .. } => Self::Open { until: now + REST, rest: REST },
            Self::Trying { rest, .. } => {
                let rest = (rest * 2).min(REST_MAX);
                Self::Open { until: now + rest, rest }
            }
            Self::Open { .. } => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn opened() -> Breaker {
        (0..3).fold(Breaker::default(), |state, _| state.failed(at(0)))
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_an_answer_between_them_does_not() {
        let twice = Breaker::default().failed(at(0)).failed(at(1));
        assert!(twice.ask(at(1)).1);
        assert_eq!(twice.answered().failed(at(2)), Breaker::Closed { failures: 1 });
        assert_eq!(twice.failed(at(2)), Breaker::Open { until: at(32), rest: REST });
        assert!(!twice.failed(at(2)).ask(at(31)).1);
    }

    #[test]
    fn it_is_tried_with_one_question_and_closes_on_its_answer() {
        let (trying, may) = opened().ask(at(30));
        assert!(may && !trying.ask(at(31)).1, "the others wait for the outcome");
        assert_eq!(trying.answered(), Breaker::Closed { failures: 0 });
        assert!(trying.ask(at(35)).1, "a try that was never heard of holds nobody up");
    }

    #[test]
    fn every_failed_try_rests_twice_as_long_up_to_a_limit() {
        let (mut state, mut now, mut rests) = (opened(), at(0), Vec::new());
        while let Breaker::Open { until, rest } = state
            && rests.len() < 6
        {
            rests.push(rest.num_seconds());
            now = until.max(now);
            state = state.ask(now).0.failed(now);
        }
        assert_eq!(rests, [30, 60, 120, 240, 300, 300]);
    }

    #[test]
    fn what_was_asked_before_the_rest_does_not_end_it() {
        assert_eq!(opened().answered(), opened());
        assert_eq!(opened().failed(at(20)), opened());
    }
}
