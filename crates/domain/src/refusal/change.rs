//! At a change of vehicle.

use super::Refusal;
use chrono::{DateTime, Utc};

/// What stands in the way at a change of vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// People still stand between two vehicles: neither goes on before everybody was passed or kept with a reason.
    Open {
        /// Neither passed nor kept.
        open: i64,
        /// Taken over by the other vehicle.
        passed: i64,
        /// Kept by the first one, with a reason.
        kept: i64,
    },
    /// The vehicle does not stand at the place of the change.
    NotMet,
    /// The change is over, or somebody has passed already.
    Begun,
    /// The person passes from one vehicle to another, which has steps of its own.
    PassesThere,
    /// The vehicle cannot go on.
    BrokenDown {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Nobody reported a breakdown of this vehicle.
    NotBrokenDown,
}

impl From<Change> for Refusal {
    fn from(change: Change) -> Self {
        Self::Change(change)
    }
}
