//! A private car: five fields of the person who picks up, a release check, an expected arrival that is missed aloud.

use crate::{Invalid, Personal, Refusal, Sensitive, code};
use chrono::{DateTime, TimeDelta, Utc};

/// The five fields (mission.md, facts): name, document, phone, plate, destination.
#[derive(Debug, Clone, PartialEq)]
pub struct PickUp {
    /// Name of who drives.
    pub name: Personal<String>,
    /// Number of their identity document.
    pub document: Sensitive<String>,
    /// Phone, E.164 or national.
    pub phone: Personal<String>,
    /// Plate as painted, upper case, without spaces.
    pub plate: String,
    /// The gate they drive to.
    pub gate: code::Gate,
}

/// Where the car is on its way, with what is known there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarState {
    /// The five fields are recorded; the car waits.
    Recorded,
    /// The travellers were walked to the car and let go.
    Released {
        /// When.
        at: DateTime<Utc>,
        /// When the gate should see them.
        expected_at: DateTime<Utc>,
        /// When the alarm went.
        alarmed_at: Option<DateTime<Utc>>,
    },
    /// The gate received them.
    Received {
        /// When they were let go.
        released_at: DateTime<Utc>,
        /// When the gate saw them.
        at: DateTime<Utc>,
    },
}

/// A recorded private car.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivateCar {
    /// The five fields.
    pub pick_up: PickUp,
    /// The community of the gate.
    pub receiver: code::Receiver,
    /// Where it is on its way.
    pub state: CarState,
}

/// What the officer saw at the pick-up zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseCheck {
    /// The plate that stands there.
    pub plate_seen: String,
    /// The person's document was compared.
    pub document_checked: bool,
    /// The travellers were walked to the car.
    pub walked_to_car: bool,
}

/// Brings a plate into one form: upper case, no spaces, dots or hyphens; 4 to 12 letters, digits or Chinese characters.
pub fn plate(text: &str) -> Result<String, Invalid> {
    let plate: String =
        text.chars().filter(|c| !matches!(c, ' ' | '·' | '.' | '-')).flat_map(char::to_uppercase).collect();
    if (4..=12).contains(&plate.chars().count()) && plate.chars().all(char::is_alphanumeric) {
        return Ok(plate);
    }
    Err(Invalid::new("not-a-plate", "a plate has 4 to 12 letters, digits or characters, e.g. 沪A12345"))
}

impl PrivateCar {
    /// How long after the expected arrival silence becomes an alarm. Half of the day's forty-minute notice: late enough
    /// for a traffic light, early enough to phone before the household is asleep.
    pub const MARGIN: TimeDelta = TimeDelta::minutes(20);

    /// Lets the car go after the check. The plate that stands there must be the recorded one.
    pub fn release(self, check: &ReleaseCheck, at: DateTime<Utc>, expected_at: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.state != CarState::Recorded {
            return Err(Refusal::AlreadyUnderWay);
        }
        if plate(&check.plate_seen).map_err(|bad| bad.at("plate_seen"))? != self.pick_up.plate {
            return Err(Refusal::PlateDiffers);
        }
        if !check.document_checked || !check.walked_to_car {
            return Err(Refusal::ReleaseCheckIncomplete);
        }
        Ok(Self { state: CarState::Released { at, expected_at, alarmed_at: None }, ..self })
    }

    /// The driver was told another gate on the way, and is expected there; an alarm that went is over.
    pub fn redirect(
        self,
        gate: code::Gate,
        receiver: code::Receiver,
        expected_at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        match self.state {
            CarState::Recorded => Err(Refusal::CarNotReleased),
            CarState::Received { .. } => Err(Refusal::AlreadyReceived),
            CarState::Released { at, .. } => Ok(Self {
                pick_up: PickUp { gate, ..self.pick_up },
                receiver,
                state: CarState::Released { at, expected_at, alarmed_at: None },
            }),
        }
    }

    /// The gate saw them.
    pub fn receive(self, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.state {
            CarState::Recorded => Err(Refusal::CarNotReleased),
            CarState::Received { .. } => Err(Refusal::AlreadyReceived),
            CarState::Released { at: released_at, .. } => {
                Ok(Self { state: CarState::Received { released_at, at }, ..self })
            }
        }
    }

    /// Whether the alarm is due: released, past the expected arrival and the margin, nobody told yet.
    #[must_use]
    pub fn overdue(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, CarState::Released { expected_at, alarmed_at: None, .. } if now >= expected_at + Self::MARGIN)
    }

    /// Marks the alarm as given.
    #[must_use]
    pub fn alarmed(self, now: DateTime<Utc>) -> Self {
        match self.state {
            CarState::Released { at, expected_at, alarmed_at: None } => {
                Self { state: CarState::Released { at, expected_at, alarmed_at: Some(now) }, ..self }
            }
            _ => self,
        }
    }
}
