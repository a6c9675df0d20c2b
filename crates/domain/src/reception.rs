//! The three reception steps at the gate: verify the details, inform the traveller, enrol them (mission.md, the story).

use crate::{Refusal, SquadRole};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who ticked a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Display name of the account, as it was.
    pub by: String,
    /// Role code (`police`, `site_manager`, …).
    pub role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A step with what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// The details are right. Committee, duty officer or leader.
    Verify,
    /// Fourteen days were explained. Police.
    Inform {
        /// BCP 47 tag of the language it was explained in.
        language: String,
    },
    /// Registered for daily checks, guide given, letter signed. Doctor.
    Enrol {
        /// Degrees Celsius at the gate.
        temperature_c: f64,
        /// The commitment letter is signed.
        letter_signed: bool,
        /// The guide in the traveller's language was handed out.
        guide_given: bool,
    },
}

impl Step {
    /// The code on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Inform { .. } => "inform",
            Self::Enrol { .. } => "enrol",
        }
    }

    /// Whose step it is at a community's gate.
    #[must_use]
    pub const fn belongs_to(&self, role: SquadRole) -> bool {
        match self {
            Self::Verify => matches!(role, SquadRole::Committee | SquadRole::DutyOfficer | SquadRole::Leader),
            Self::Inform { .. } => matches!(role, SquadRole::Police),
            Self::Enrol { .. } => matches!(role, SquadRole::Doctor),
        }
    }
}

/// The checklist of one person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reception {
    /// The details are right.
    pub verified: Option<Tick>,
    /// Fourteen days were explained, and in which language.
    pub informed: Option<(Tick, String)>,
    /// Enrolled, with the temperature at the gate in degrees Celsius.
    pub enrolled: Option<(Tick, f64)>,
}

impl Reception {
    /// Ticks a step. A step that is ticked already is refused with who did it, so a double tap is told, not hidden.
    pub fn check(self, step: &Step, tick: Tick) -> Result<Self, Refusal> {
        let done = match step {
            Step::Verify => self.verified.as_ref(),
            Step::Inform { .. } => self.informed.as_ref().map(|(tick, _)| tick),
            Step::Enrol { .. } => self.enrolled.as_ref().map(|(tick, _)| tick),
        };
        if let Some(done) = done {
            return Err(Refusal::StepAlreadyChecked { step: step.code(), by: done.by.clone(), at: done.at });
        }
        Ok(match step {
            Step::Verify => Self { verified: Some(tick), ..self },
            Step::Inform { language } => Self { informed: Some((tick, language.clone())), ..self },
            Step::Enrol { letter_signed: false, .. } => return Err(Refusal::LetterNotSigned),
            Step::Enrol { guide_given: false, .. } => return Err(Refusal::GuideNotGiven),
            Step::Enrol { temperature_c, .. } => Self { enrolled: Some((tick, *temperature_c)), ..self },
        })
    }

    /// The steps still open, by code.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let steps = [
            ("verify", self.verified.is_none()),
            ("inform", self.informed.is_none()),
            ("enrol", self.enrolled.is_none()),
        ];
        steps.into_iter().filter_map(|(code, open)| open.then_some(code)).collect()
    }
}

/// For how many people each step is still open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenSteps {
    /// Whose details nobody compared.
    pub verify: usize,
    /// Whom nobody told.
    pub inform: usize,
    /// Whom nobody enrolled.
    pub enrol: usize,
}

impl OpenSteps {
    /// Counts the checklists of some people.
    pub fn of<'r>(receptions: impl Iterator<Item = &'r Reception>) -> Self {
        receptions.fold(Self::default(), |open, one| Self {
            verify: open.verify + usize::from(one.verified.is_none()),
            inform: open.inform + usize::from(one.informed.is_none()),
            enrol: open.enrol + usize::from(one.enrolled.is_none()),
        })
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub const fn none(self) -> bool {
        self.verify + self.inform + self.enrol == 0
    }
}
