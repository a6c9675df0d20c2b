//! A driver of a district: their name and phone, their hours, the vehicle they drive as a rule, whether they are on duty.
//! What they drive just now is a trip's matter.

mod wheel;

pub use wheel::{Elsewhere, may_be_erased, may_leave, outside_hours, usual_for};

use crate::refusal::Driver as No;
use crate::vehicle::Shift;
use crate::{DriverId, Jurisdiction, Personal, Refusal, VehicleId};
use chrono::{DateTime, Utc};

/// Who is not on duty: who said so, and since when. There is no field for a reason. Why a person does not drive today may be
/// an answer about their health (security.md: *sensitive*), and whoever lays out trips does not need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Off {
    /// Display name of who said so.
    pub by: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// One driver as the registry has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driver {
    /// Their id.
    pub id: DriverId,
    /// The district they drive for.
    pub district: Jurisdiction,
    /// Name.
    pub name: Personal<String>,
    /// Phone, once in the district.
    pub phone: Personal<String>,
    /// When they are on duty; at any hour where none is set.
    pub shift: Option<Shift>,
    /// The vehicle they drive as a rule.
    pub usual: Option<VehicleId>,
    /// Whether they are off duty.
    pub off: Option<Off>,
    /// Counts changes.
    pub version: i64,
}

/// What somebody wants written down about a driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Another name or phone.
    Correct {
        /// Name.
        name: Personal<String>,
        /// Phone.
        phone: Personal<String>,
    },
    /// Their hours, or none.
    SetShift(Option<Shift>),
    /// The vehicle they drive as a rule, or none.
    SetUsual(Option<VehicleId>),
    /// They do not drive until somebody says so.
    TakeOff,
    /// They drive again.
    PutOn,
}

/// One fact about a driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Another name or phone.
    Corrected {
        /// Name.
        name: Personal<String>,
        /// Phone.
        phone: Personal<String>,
    },
    /// Other hours.
    ShiftSet(Option<Shift>),
    /// Another usual vehicle.
    UsualSet(Option<VehicleId>),
    /// Off duty.
    TakenOff(Off),
    /// On duty again.
    PutOn,
}

impl Event {
    /// The code in the log and the feed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Corrected { .. } => "driver.corrected",
            Self::ShiftSet(_) => "driver.shift_set",
            Self::UsualSet(_) => "driver.usual_set",
            Self::TakenOff(_) => "driver.off_duty",
            Self::PutOn => "driver.on_duty",
        }
    }
}

impl Driver {
    /// Decides one command of the person with this display name.
    pub fn decide(&self, command: Command, by: &str, now: DateTime<Utc>) -> Result<Event, Refusal> {
        match command {
            Command::Correct { name, phone } => Ok(Event::Corrected { name, phone }),
            Command::SetShift(shift) => Ok(Event::ShiftSet(shift)),
            Command::SetUsual(vehicle) => Ok(Event::UsualSet(vehicle)),
            Command::TakeOff => {
                self.on_duty()?;
                Ok(Event::TakenOff(Off { by: by.to_owned(), since: now }))
            }
            Command::PutOn if self.off.is_none() => Err(No::OnDuty.into()),
            Command::PutOn => Ok(Event::PutOn),
        }
    }

    /// The driver after the event.
    #[must_use]
    pub fn apply(self, event: &Event) -> Self {
        match event {
            Event::Corrected { name, phone } => Self { name: name.clone(), phone: phone.clone(), ..self },
            Event::ShiftSet(shift) => Self { shift: *shift, ..self },
            Event::UsualSet(vehicle) => Self { usual: *vehicle, ..self },
            Event::TakenOff(off) => Self { off: Some(off.clone()), ..self },
            Event::PutOn => Self { off: None, ..self },
        }
    }

    /// Whether they may be named on a trip.
    pub fn on_duty(&self) -> Result<(), Refusal> {
        match &self.off {
            Some(Off { by, since }) => Err(No::OffDuty { by: by.clone(), since: *since }.into()),
            None => Ok(()),
        }
    }

    /// Whether two people would say that this is their name: letters only, in either case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        letters(self.name.reveal()).eq(letters(name))
    }

    /// As a trip names them.
    #[must_use]
    pub fn at_the_wheel(&self) -> crate::trip::Driver {
        crate::trip::Driver { id: Some(self.id), name: self.name.clone(), phone: self.phone.clone() }
    }
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The digits of a phone by which one number is one, whether China's code (+86, 0086) was dialled or not. Within China a mobile
/// number has eleven digits and begins with 1.
#[must_use]
pub fn one_number(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let local = bare.strip_prefix("86").filter(|rest| rest.len() == 11 && rest.starts_with('1'));
    local.unwrap_or(bare).to_owned()
}
