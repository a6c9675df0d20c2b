//! What an account was given: a role and the place it holds for.

use crate::{Jurisdiction, SquadRole, code};
use serde::{Deserialize, Serialize};

/// A role and its place (security.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Grant {
    /// Registers at one desk.
    DutyOfficer {
        /// The desk.
        desk: code::Desk,
    },
    /// Assigns for one district.
    Dispatcher {
        /// The district.
        district: Jurisdiction,
    },
    /// Rides along; sees the trips they are crew of.
    Escort {
        /// The district that posts them.
        district: Jurisdiction,
    },
    /// Receives at the gates of a sub-district or a committee.
    Squad {
        /// The place.
        place: Jurisdiction,
        /// The role in the squad.
        #[serde(rename = "squad_role")]
        role: SquadRole,
    },
    /// Runs one observation site.
    SiteManager {
        /// The site.
        site: code::Receiver,
    },
    /// Watches the numbers of one district.
    Command {
        /// The district.
        district: Jurisdiction,
    },
    /// A program that takes arrivals and positions of one district outside, and nothing else.
    Export {
        /// The district.
        district: Jurisdiction,
    },
    /// Reads the trail, not the persons.
    Auditor,
    /// Manages accounts and lists, cannot read persons.
    Administrator,
}

impl Grant {
    /// The role's code on the wire and in the log.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DutyOfficer { .. } => "duty_officer",
            Self::Dispatcher { .. } => "dispatcher",
            Self::Escort { .. } => "escort",
            Self::Squad { .. } => "squad",
            Self::SiteManager { .. } => "site_manager",
            Self::Command { .. } => "command",
            Self::Export { .. } => "export",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role in a squad, if it is one.
    #[must_use]
    pub const fn squad_role(&self) -> Option<SquadRole> {
        match self {
            Self::Squad { role, .. } => Some(*role),
            _ => None,
        }
    }
}
