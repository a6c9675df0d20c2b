//! About who drives.

use super::Refusal;
use crate::Personal;
use chrono::{DateTime, Utc};

/// What a driver's own state forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Driver {
    /// Nobody drives who is off duty.
    OffDuty {
        /// Display name of who said so.
        by: String,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// The driver is on duty already.
    OnDuty,
    /// The driver is on the road with another vehicle.
    Away {
        /// What people call it.
        vehicle: String,
        /// When it left.
        since: DateTime<Utc>,
    },
    /// The driver has just left with another vehicle: two left with them at once, and the other one was first.
    JustLeft,
    /// Only who is off duty is erased: that can be taken back, and this cannot.
    NotOffYet,
    /// The driver is named for a trip that is not over.
    Named {
        /// What people call its vehicle.
        vehicle: String,
        /// When it leaves, or left.
        at: DateTime<Utc>,
    },
    /// Somebody of the district has this phone.
    PhoneTaken {
        /// Where the phone stands in what was sent.
        field: &'static str,
        /// Whose it is.
        name: Personal<String>,
    },
}

impl From<Driver> for Refusal {
    fn from(driver: Driver) -> Self {
        Self::Driver(driver)
    }
}
