//! Slows down whoever guesses: by account name, in memory, forgotten after a while.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::Refusal;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Wrong passwords for one name before it has to wait.
const FREE_ATTEMPTS: u32 = 5;
/// How long it has to wait, and how long failures are remembered.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// Names remembered at most; beyond it the oldest failures are forgotten first.
const NAMES_MAX: usize = 10_000;

/// Failures by name.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    failures: Mutex<HashMap<String, (u32, DateTime<Utc>)>>,
}

impl Throttle {
    /// Refuses while the name has to wait.
    pub fn admit(&self, name: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        match failures.get(name) {
            Some((count, last)) if *count >= FREE_ATTEMPTS && now < *last + PAUSE => {
                Err(Refusal::TooManyAttempts { retry_after_seconds: (*last + PAUSE - now).num_seconds().max(1) })
            }
            _ => Ok(()),
        }
    }

    /// Counts a failure.
    pub fn failed(&self, name: &str, now: DateTime<Utc>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= NAMES_MAX {
            failures.retain(|_, (_, last)| now < *last + PAUSE);
        }
        let (count, last) = failures.entry(name.to_owned()).or_insert((0, now));
        *count = if now < *last + PAUSE { *count + 1 } else { 1 };
        *last = now;
    }

    /// Forgets the failures of a name that got it right.
    pub fn succeeded(&self, name: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}
