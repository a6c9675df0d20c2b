//! A dedicated vehicle of a district: whether it is in service, whether it is clean, during which hours it is on duty.
//! Where it drives is a trip's matter.

mod busy;
mod shift;

pub use busy::{Busy, may_begin, may_go_on};
pub use shift::Shift;

use crate::refusal::Vehicle as No;
use crate::{Jurisdiction, Refusal, VehicleId};
use chrono::{DateTime, Utc};

/// Whether it may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// It may.
    In,
    /// It may not be planned or boarded; a trip under way is finished.
    Out {
        /// Why, as it was said.
        reason: String,
        /// Display name of who said so.
        by: String,
        /// Since when.
        since: DateTime<Utc>,
    },
}

/// Whether it was disinfected after its last trip (mission.md: a turnaround is a disinfection somebody answers for).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleaning {
    /// It was, or it has not been out.
    Done(Option<Cleaned>),
    /// It came back at this instant and nobody has confirmed.
    Due {
        /// When its last trip was completed.
        since: DateTime<Utc>,
    },
}

/// Somebody's word that it is disinfected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Cleaning {
    /// What follows from the last word and the last trip that came back.
    #[must_use]
    pub fn of(cleaned: Option<Cleaned>, back_at: Option<DateTime<Utc>>) -> Self {
        match (cleaned, back_at) {
            (Some(cleaned), Some(since)) if cleaned.at < since => Self::Due { since },
            (None, Some(since)) => Self::Due { since },
            (cleaned, _) => Self::Done(cleaned),
        }
    }
}

/// One vehicle as the registry has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// Its id.
    pub id: VehicleId,
    /// The district that runs it.
    pub district: Jurisdiction,
    /// What people call it; unique in the district.
    pub name: String,
    /// Plate, when known.
    pub plate: Option<String>,
    /// Seats for travellers.
    pub seats: i64,
    /// Of these, places a wheelchair fits.
    pub wheelchair_places: i64,
    /// Large pieces of luggage it takes; not limited while nobody wrote it down.
    pub luggage_places: Option<i64>,
    /// When it is on duty; at any hour where none is set.
    pub shift: Option<Shift>,
    /// Whether it may be used.
    pub service: Service,
    /// Whether it is clean.
    pub cleaning: Cleaning,
    /// Counts changes.
    pub version: i64,
}

/// What somebody wants done with a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Nobody plans with it any more.
    TakeOut {
        /// Why.
        reason: String,
    },
    /// It is used again.
    PutBack,
    /// It is disinfected.
    ConfirmClean,
    /// Its hours, or none.
    SetShift(Option<Shift>),
    /// How many large pieces of luggage it takes; `None` for no limit.
    SetLuggage(Option<i64>),
}

/// One fact about a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Out of service.
    TakenOut(Service),
    /// In service again.
    PutBack,
    /// Disinfected.
    Cleaned(Cleaned),
    /// Other hours.
    ShiftSet(Option<Shift>),
    /// Other luggage places.
    LuggageSet(Option<i64>),
}

impl Event {
    /// The code in the log and the feed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TakenOut(_) => "vehicle.taken_out",
            Self::PutBack => "vehicle.put_back",
            Self::Cleaned(_) => "vehicle.cleaned",
            Self::ShiftSet(_) => "vehicle.shift_set",
            Self::LuggageSet(_) => "vehicle.luggage_set",
        }
    }
}

/// Why a vehicle may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Out<'v> {
    /// Why, as it was said.
    pub reason: &'v str,
    /// Display name of who said so.
    pub by: &'v str,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Vehicle {
    /// Since when somebody has to confirm that it is disinfected, if somebody has to.
    #[must_use]
    pub const fn cleaning_due_since(&self) -> Option<DateTime<Utc>> {
        match self.cleaning {
            Cleaning::Due { since } => Some(since),
            Cleaning::Done(_) => None,
        }
    }

    /// Why it may not be used, if it may not.
    #[must_use]
    pub fn out(&self) -> Option<Out<'_>> {
        match &self.service {
            Service::Out { reason, by, since } => Some(Out { reason, by, since: *since }),
            Service::In => None,
        }
    }

    /// Decides one command of the person with this display name.
    pub fn decide(&self, command: Command, by: &str, now: DateTime<Utc>) -> Result<Event, Refusal> {
        match command {
            Command::TakeOut { reason } if reason.trim().is_empty() => Err(Refusal::ReasonMissing),
            Command::TakeOut { reason } => {
                self.in_service()?;
                Ok(Event::TakenOut(Service::Out { reason, by: by.to_owned(), since: now }))
            }
            Command::PutBack if self.service == Service::In => Err(No::InService.into()),
            Command::PutBack => Ok(Event::PutBack),
            Command::ConfirmClean => match self.cleaning {
                Cleaning::Due { .. } => Ok(Event::Cleaned(Cleaned { by: by.to_owned(), at: now })),
                Cleaning::Done(_) => Err(No::CleanAlready.into()),
            },
            Command::SetShift(shift) => Ok(Event::ShiftSet(shift)),
            Command::SetLuggage(places) => Ok(Event::LuggageSet(places)),
        }
    }

    /// The vehicle after the event.
    #[must_use]
    pub fn apply(self, event: &Event) -> Self {
        match event {
            Event::TakenOut(service) => Self { service: service.clone(), ..self },
            Event::PutBack => Self { service: Service::In, ..self },
            Event::Cleaned(cleaned) => Self { cleaning: Cleaning::Done(Some(cleaned.clone())), ..self },
            Event::ShiftSet(shift) => Self { shift: *shift, ..self },
            Event::LuggageSet(places) => Self { luggage_places: *places, ..self },
        }
    }

    /// Whether trips may be laid out for it.
    pub fn in_service(&self) -> Result<(), Refusal> {
        match &self.service {
            Service::In => Ok(()),
            Service::Out { reason, by, since } => {
                Err(No::OutOfService { reason: reason.clone(), by: by.clone(), since: *since }.into())
            }
        }
    }

    /// Whether people may get on: in service, and disinfected since it came back.
    pub fn may_load(&self) -> Result<(), Refusal> {
        self.in_service()?;
        match self.cleaning {
            Cleaning::Due { since } => Err(No::NotCleaned { since }.into()),
            Cleaning::Done(_) => Ok(()),
        }
    }
}
