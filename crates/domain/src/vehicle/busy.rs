//! What else a vehicle does just now, as its other trips say: it stands in one place and takes people of one trip aboard.

use crate::Refusal;
use crate::refusal::Vehicle as No;
use chrono::{DateTime, Utc};

/// Another trip of the same vehicle that has begun and is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// It is on the road with it.
    Away {
        /// When it left.
        since: DateTime<Utc>,
    },
    /// People of it get on.
    Loading {
        /// Since when they may.
        since: DateTime<Utc>,
        /// How many are aboard.
        aboard: i64,
    },
}

/// Whether people of one more trip may get on. Refused also while the other trip loads and nobody is aboard yet: its people
/// are on their way to this vehicle, and only a person who calls that trip off can say that they are not.
pub fn may_begin(others: &[Busy]) -> Result<(), Refusal> {
    others.iter().try_for_each(|other| match *other {
        Busy::Away { since } => Err(No::Away { since }.into()),
        Busy::Loading { since, aboard } => Err(No::Loading { since, aboard }.into()),
    })
}

/// Whether a trip that has begun to load may go on: people get on, it leaves. One that loads beside it holds it up only
/// with people aboard, who would leave with the wrong trip.
pub fn may_go_on(others: &[Busy]) -> Result<(), Refusal> {
    let in_the_way = |other: &&Busy| !matches!(other, Busy::Loading { aboard: 0, .. });
    others.iter().find(in_the_way).map_or(Ok(()), |other| may_begin(std::slice::from_ref(other)))
}
