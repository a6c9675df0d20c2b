//! Why a party needs a room at a site. A proposal is made from it; whether it goes there, a person decides.

use super::{Party, Stage, Transport};
use crate::RiskTag;
use crate::disposition::Disposition;

/// Why a party that is at the desk, with no way to go, is to be given a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomWanted {
    /// Its tag lets it go nowhere else (mission.md: red is the observation site).
    RedTag,
    /// The community said no to the home.
    HomeRefused,
    /// The room it had waited too long and was given up.
    RoomGivenUp,
    /// Nobody decided yet: it may go home or to a site.
    Undecided,
}

impl RoomWanted {
    /// The code the screens word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RedTag => "red_tag",
            Self::HomeRefused => "home_refused",
            Self::RoomGivenUp => "room_given_up",
            Self::Undecided => "undecided",
        }
    }

    /// Whether it was found already that no home takes the party.
    #[must_use]
    pub const fn must(self) -> bool {
        !matches!(self, Self::Undecided)
    }
}

impl Party {
    /// Why a room is to be found for the party now; nothing where it has one, may go home, is free, or somebody picks it up.
    #[must_use]
    pub fn room_wanted(&self) -> Option<RoomWanted> {
        if self.transport != Transport::None || !matches!(self.stage(), Stage::Waiting | Stage::Asked) {
            return None;
        }
        match (&self.disposition, self.tag().tag) {
            (Disposition::Home(home), _) if home.refused() => Some(RoomWanted::HomeRefused),
            (_, RiskTag::Red) => Some(RoomWanted::RedTag),
            (Disposition::Lapsed { .. }, _) => Some(RoomWanted::RoomGivenUp),
            (Disposition::Undecided, RiskTag::Yellow) => Some(RoomWanted::Undecided),
            _ => None,
        }
    }
}
