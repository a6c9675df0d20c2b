//! What time it is. The only place that reads a clock; a test turns a manual one by hand.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// The time of day, UTC, in microseconds: what the store keeps.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's, times a factor: a drill or the demo may run faster than life.
    System {
        /// When it was started, by the machine.
        started_at: DateTime<Utc>,
        /// Seconds of ours in a second of the machine's.
        speed: f64,
    },
    /// Stands still until it is turned.
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock as it is.
    #[must_use]
    pub fn system() -> Self {
        Self::System { started_at: machine(), speed: 1.0 }
    }

    /// The machine's clock, from now on `speed` times as fast.
    #[must_use]
    pub fn fast(speed: f64) -> Self {
        Self::System { started_at: machine(), speed }
    }

    /// A clock that stands at an instant.
    #[must_use]
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(Mutex::new(at)))
    }

    /// The time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            Self::System { started_at, speed } if (*speed - 1.0).abs() < f64::EPSILON => machine().max(*started_at),
            Self::System { started_at, speed } => *started_at + scaled(machine() - *started_at, *speed),
            Self::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.trunc_subsecs(6)
    }

    /// Turns a manual clock forward; the machine's clock turns itself.
    pub fn turn(&self, by: TimeDelta) {
        if let Self::Manual(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "milliseconds of one run are far below 2^52"
)]
fn scaled(passed: TimeDelta, speed: f64) -> TimeDelta {
    TimeDelta::milliseconds((passed.num_milliseconds() as f64 * speed) as i64)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine() -> DateTime<Utc> {
    Utc::now()
}
