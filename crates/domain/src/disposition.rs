//! Where a party goes, and whose word it rests on. Never defaulted.

mod home;

pub use home::{Home, Overdue, Terms};

use crate::silence::Cited;
use crate::{Refusal, code};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An answer of the community: the sub-district's opinion, or the committee's home check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Asked, not answered.
    Pending,
    /// Yes.
    Yes {
        /// Display name; of whoever chose the rule, if a rule said so.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// The rule that answered because nobody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Cited>,
    },
    /// No, and why.
    No {
        /// Display name; of whoever chose the rule, if a rule said so.
        by: String,
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
        /// The rule that answered because nobody did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Cited>,
    },
}

impl Answer {
    /// Answers what is open. A no must say why; an answer stands until the question is asked anew.
    pub fn give(self, yes: bool, reason: Option<String>, by: String, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match (self, yes, reason) {
            (Self::Yes { at, rule: Some(rule), .. }, ..) => Err(Refusal::DecidedByRule { rule, at, agreed: true }),
            (Self::No { at, rule: Some(rule), .. }, ..) => Err(Refusal::DecidedByRule { rule, at, agreed: false }),
            (Self::Yes { by, at, .. } | Self::No { by, at, .. }, _, _) => Err(Refusal::AlreadyAnswered { by, at }),
            (Self::Pending, true, _) => Ok(Self::Yes { by, at, rule: None }),
            (Self::Pending, false, Some(reason)) if !reason.trim().is_empty() => {
                Ok(Self::No { by, at, reason, rule: None })
            }
            (Self::Pending, false, _) => Err(Refusal::ReasonMissing),
        }
    }

    /// Whether nobody has answered yet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        *self == Self::Pending
    }

    /// The rule that answered because nobody did.
    #[must_use]
    pub const fn rule(&self) -> Option<&Cited> {
        match self {
            Self::Pending => None,
            Self::Yes { rule, .. } | Self::No { rule, .. } => rule.as_ref(),
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

impl HomeFacts {
    /// Whether the traveller said what a home needs: own room, own toilet, and everybody there agrees. A rule may only
    /// agree to such a home; any other needs a person's eyes.
    #[must_use]
    pub const fn suit(&self) -> bool {
        self.own_room && self.own_toilet && (self.co_residents == 0 || self.co_residents_consent)
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
    Home(Box<Home>),
    /// Fourteen days at an observation site.
    Site {
        /// The site.
        receiver: code::Receiver,
        /// Its gate.
        gate: code::Gate,
        /// The room held for the party; several, as [`crate::site::Given::doors`] words them, where a person decided so.
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

    /// The same destination; at a site, in another room if one is named.
    #[must_use]
    pub fn in_room(mut self, number: Option<String>) -> Self {
        if let (Self::Site { room, .. }, Some(number)) = (&mut self, number) {
            *room = number;
        }
        self
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
