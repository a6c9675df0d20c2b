//! Whether a dispatcher confirms each home that the community agreed to, or the community's word is enough. Chosen for a
//! district, version by version; what was cleared stays cleared when the mode changes.

use crate::silence::reason_of;
use crate::{Invalid, Jurisdiction, Level, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a home is approved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The community's word is enough.
    #[default]
    Automatic,
    /// A dispatcher confirms each.
    Manual,
}

impl Mode {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Manual => "manual",
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        [Self::Automatic, Self::Manual]
            .into_iter()
            .find(|mode| mode.code() == code)
            .ok_or_else(|| Invalid::new("not-a-mode", "automatic or manual"))
    }
}

/// Who confirmed, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How one home is approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The mode that counts for it.
    pub mode: Mode,
    /// The district's version that says so; 0 if nobody ever chose.
    pub version: u32,
    /// The dispatcher's confirmation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmed>,
}

impl Approval {
    /// Refuses while a dispatcher has to confirm.
    pub const fn given(&self) -> Result<(), Refusal> {
        match (self.mode, &self.confirmed) {
            (Mode::Manual, None) => Err(Refusal::NotConfirmed),
            (Mode::Automatic, _) | (Mode::Manual, Some(_)) => Ok(()),
        }
    }
}

/// One version of a district's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The district.
    pub district: Jurisdiction,
    /// Counts from 1 in each district.
    pub version: u32,
    /// What was chosen.
    pub mode: Mode,
    /// Why.
    pub reason: String,
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Choice {
    /// The next version of a district's choice. Refuses a place that is not a district and an empty or endless reason.
    pub fn choose(
        district: Jurisdiction,
        before: Option<&Self>,
        (mode, reason): (Mode, &str),
        by: String,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if district.level() != Level::District {
            return Err(Invalid::new("not-a-district", "a mode belongs to a district: six digits")
                .at("district")
                .into());
        }
        let version = before.map_or(1, |before| before.version + 1);
        Ok(Self { district, version, mode, reason: reason_of(reason)?, by, at })
    }

    /// What a question asked from now on carries.
    #[must_use]
    pub const fn approval(&self) -> Approval {
        Approval { mode: self.mode, version: self.version, confirmed: None }
    }
}
