//! A stay: fourteen civil days of the place, and why it ended.

use crate::{Personal, Refusal};
use chrono::{NaiveDate, TimeDelta};

/// A party lives at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// The civil day on which it moved in: day 1.
    pub moved_in_on: NaiveDate,
}

impl Stay {
    /// Days of observation (mission.md).
    pub const DAYS: i64 = 14;

    /// Which day it is: 1 on the day of moving in; more than [`Stay::DAYS`] for who should have left.
    #[must_use]
    pub fn day(self, today: NaiveDate) -> i64 {
        (today - self.moved_in_on).num_days().max(0) + 1
    }

    /// The first day without observation: the party leaves and the beds are free.
    #[must_use]
    pub fn ends_on(self) -> NaiveDate {
        self.moved_in_on + TimeDelta::days(Self::DAYS)
    }

    /// Whether all the days have passed.
    #[must_use]
    pub fn over(self, today: NaiveDate) -> bool {
        today >= self.ends_on()
    }
}

/// Why somebody leaves a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// The days have passed.
    Completed,
    /// Before they have.
    Early,
    /// To another place that answers from now on.
    Transferred,
}

impl Because {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Early => "early",
            Self::Transferred => "transferred",
        }
    }

    /// The reason behind a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Completed, Self::Early, Self::Transferred].into_iter().find(|because| because.code() == code)
    }
}

/// The end of a stay, decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    because: Because,
    note: Option<Personal<String>>,
}

impl Leaving {
    /// Decides it: nobody completes before the days have passed, and whoever leaves otherwise leaves with a note.
    pub fn decide(
        stay: Stay,
        today: NaiveDate,
        because: Because,
        note: Option<Personal<String>>,
    ) -> Result<Self, Refusal> {
        let said = note.as_ref().is_some_and(|note| !note.reveal().trim().is_empty());
        match because {
            Because::Completed if !stay.over(today) => {
                Err(Refusal::StayNotOver { day: stay.day(today), ends_on: stay.ends_on() })
            }
            Because::Early | Because::Transferred if !said => Err(Refusal::ReasonMissing),
            _ => Ok(Self { because, note: note.filter(|_| said) }),
        }
    }

    /// Why.
    #[must_use]
    pub const fn because(&self) -> Because {
        self.because
    }

    /// What the manager wrote to it.
    #[must_use]
    pub const fn note(&self) -> Option<&Personal<String>> {
        self.note.as_ref()
    }
}
