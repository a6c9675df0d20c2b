//! Where a party goes, and whose word it rests on. Never defaulted.

use crate::{Refusal, code};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An answer of the community: the sub-district's opinion, or the committee's home check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Asked, not answered.
    Pending,
    /// Yes.
    Yes {
        /// Display name.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// No, and why.
    No {
        /// Display name.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

impl Answer {
    /// Answers what is open. A no must say why; an answer stands until the question is asked anew.
    pub fn give(self, yes: bool, reason: Option<String>, by: String, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match (self, yes, reason) {
            (Self::Yes { by, at } | Self::No { by, at, .. }, _, _) => Err(Refusal::AlreadyAnswered { by, at }),
            (Self::Pending, true, _) => Ok(Self::Yes { by, at }),
            (Self::Pending, false, Some(reason)) if !reason.trim().is_empty() => Ok(Self::No { by, at, reason }),
            (Self::Pending, false, _) => Err(Refusal::ReasonMissing),
        }
    }
}

/// What the traveller said about the home, for the committee to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeFacts {
    /// People who live there already.
    pub co_residents: u8,
    /// A room of their own.
    pub own_room: bool,
    /// A toilet of their own.
    pub own_toilet: bool,
    /// Every co-resident agreed.
    pub co_residents_consent: bool,
}

/// A home that was proposed: the committee visits, the sub-district says its opinion, in parallel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The gate of the compound.
    pub gate: code::Gate,
    /// The community that would receive.
    pub receiver: code::Receiver,
    /// What the traveller said.
    pub facts: HomeFacts,
    /// The committee's visit. Blocks getting off, not departure.
    pub check: Answer,
    /// The sub-district's opinion. Blocks departure.
    pub opinion: Answer,
    /// When both were asked.
    pub asked_at: DateTime<Utc>,
    /// Until when the answers are due.
    pub deadline_at: DateTime<Utc>,
}

impl Home {
    /// How long the community has to answer. The wait at the desk was four hours at its worst and forty minutes at its
    /// best (mission.md, facts); the answer must come inside the best.
    pub const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(40);

    /// Refuses when the sub-district said no or nothing yet.
    pub fn cleared_to_depart(&self) -> Result<(), Refusal> {
        if let Answer::No { reason, .. } = &self.check {
            return Err(Refusal::HomeUnsuitable { reason: reason.clone() });
        }
        match &self.opinion {
            Answer::Yes { .. } => Ok(()),
            Answer::Pending => Err(Refusal::OpinionPending),
            Answer::No { reason, .. } => Err(Refusal::OpinionRefused { reason: reason.clone() }),
        }
    }

    /// Refuses unless both the opinion and the home check are a yes.
    pub fn cleared_to_unload(&self) -> Result<(), Refusal> {
        self.cleared_to_depart()?;
        match &self.check {
            Answer::Yes { .. } => Ok(()),
            Answer::Pending => Err(Refusal::HomeCheckPending),
            Answer::No { reason, .. } => Err(Refusal::HomeUnsuitable { reason: reason.clone() }),
        }
    }

    /// Why somebody said no, the sub-district before the committee.
    #[must_use]
    pub fn no(&self) -> Option<&str> {
        [&self.opinion, &self.check].into_iter().find_map(|answer| match answer {
            Answer::No { reason, .. } => Some(reason.as_str()),
            Answer::Pending | Answer::Yes { .. } => None,
        })
    }

    /// Whether somebody said no.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.no().is_some()
    }
}

/// Where the party goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Disposition {
    /// Nobody decided yet.
    Undecided,
    /// Undecided again: the room held for the party waited too long and was given up.
    Lapsed {
        /// The site.
        receiver: code::Receiver,
        /// The room.
        room: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Fourteen days at home.
    Home(Home),
    /// Fourteen days at an observation site.
    Site {
        /// The site.
        receiver: code::Receiver,
        /// Its gate.
        gate: code::Gate,
        /// The room held for the party.
        room: String,
        /// Why the site, as the dispatcher said it.
        reason: String,
        /// The community's no that led here, if there was one.
        opinion: Option<String>,
    },
    /// By ambulance, companions included.
    Referral {
        /// Where to.
        hospital: String,
        /// Plate of the ambulance.
        ambulance_plate: String,
        /// Who is ill; the others are companions.
        patients: Vec<crate::ArrivalId>,
    },
    /// Travels on, out of the city's hands.
    Onward {
        /// Where to.
        to: String,
        /// Why.
        reason: String,
    },
    /// Green, and free to go.
    Free {
        /// Why.
        reason: String,
    },
}

impl Disposition {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Undecided | Self::Lapsed { .. } => "undecided",
            Self::Home(_) => "home",
            Self::Site { .. } => "site",
            Self::Referral { .. } => "referral",
            Self::Onward { .. } => "onward",
            Self::Free { .. } => "free",
        }
    }

    /// The gate and the receiver a vehicle would bring the party to.
    #[must_use]
    pub const fn bound_for(&self) -> Option<(&code::Gate, &code::Receiver)> {
        match self {
            Self::Home(home) => Some((&home.gate, &home.receiver)),
            Self::Site { gate, receiver, .. } => Some((gate, receiver)),
            _ => None,
        }
    }

    /// Refuses when the community's word for departure is missing.
    pub fn cleared_to_depart(&self) -> Result<(), Refusal> {
        match self {
            Self::Home(home) => home.cleared_to_depart(),
            Self::Site { .. } => Ok(()),
            _ => Err(Refusal::NoDestination),
        }
    }

    /// Refuses when the community's word for getting off is missing.
    pub fn cleared_to_unload(&self) -> Result<(), Refusal> {
        match self {
            Self::Home(home) => home.cleared_to_unload(),
            _ => self.cleared_to_depart(),
        }
    }
}
