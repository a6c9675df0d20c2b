//! Who is responsible for a person now. Every person is at every moment in exactly one pair of hands, and every change
//! is two-sided: offered by the one, accepted by the other, dated by both.

use crate::{Refusal, TripId, code};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The hands a person is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Holder {
    /// At the airport desk where they registered.
    Desk,
    /// Aboard a dedicated vehicle, in the escort's hands.
    Vehicle {
        /// The journey they ride on.
        trip: TripId,
    },
    /// In the community's hands.
    Receiver {
        /// The community.
        receiver: code::Receiver,
    },
    /// In the observation site's hands.
    Site {
        /// The site.
        receiver: code::Receiver,
    },
    /// Taken by ambulance.
    Hospital {
        /// Where to.
        name: String,
    },
    /// In a private car, released by the desk, not yet received.
    PrivateCar,
    /// Free to go: no community waits for them.
    Released,
}

impl Holder {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Vehicle { .. } => "vehicle",
            Self::Receiver { .. } => "receiver",
            Self::Site { .. } => "site",
            Self::Hospital { .. } => "hospital",
            Self::PrivateCar => "private_car",
            Self::Released => "released",
        }
    }

    /// Which moves the chain knows. Anything else is a gap.
    #[must_use]
    pub fn may_pass_to(&self, next: &Self) -> bool {
        use Holder as H;
        match self {
            H::Desk => matches!(next, H::Vehicle { .. } | H::Hospital { .. } | H::PrivateCar | H::Released),
            // From one escort's hands to another's: a relay point has no hands of its own (decision 0017).
            H::Vehicle { trip } if matches!(next, H::Vehicle { trip: other } if other != trip) => true,
            H::Vehicle { .. } => matches!(next, H::Desk | H::Receiver { .. } | H::Site { .. } | H::Hospital { .. }),
            H::PrivateCar => matches!(next, H::Receiver { .. } | H::Site { .. } | H::Hospital { .. }),
            H::Receiver { .. } => matches!(next, H::Site { .. } | H::Hospital { .. } | H::Released),
            H::Site { .. } => matches!(next, H::Receiver { .. } | H::Hospital { .. } | H::Released),
            H::Hospital { .. } => matches!(next, H::Receiver { .. } | H::Site { .. } | H::Released),
            H::Released => false,
        }
    }
}

/// An open hand: the next holder has not accepted yet, so the present one still answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// To whom.
    pub to: Holder,
    /// When the present holder offered.
    pub at: DateTime<Utc>,
}

/// One link of the chain, with the next one when it is being offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// Who answers now.
    pub holder: Holder,
    /// Since when.
    pub since: DateTime<Utc>,
    /// To whom it is being passed.
    pub offered: Option<Offer>,
}

impl Custody {
    /// A person's first link: the desk that registered them.
    #[must_use]
    pub const fn at_desk(since: DateTime<Utc>) -> Self {
        Self { holder: Holder::Desk, since, offered: None }
    }

    /// The present holder opens a hand. Offering the same again changes nothing.
    pub fn offer(self, to: Holder, at: DateTime<Utc>) -> Result<Self, Refusal> {
        if !self.holder.may_pass_to(&to) {
            return Err(Refusal::CustodyGap { from: self.holder.code(), to: to.code() });
        }
        match self.offered {
            Some(ref open) if open.to == to => Ok(self),
            _ => Ok(Self { offered: Some(Offer { to, at }), ..self }),
        }
    }

    /// The next holder takes over; only what was offered can be taken.
    pub fn accept(self, to: &Holder, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.offered {
            Some(offer) if offer.to == *to => Ok(Self { holder: offer.to, since: at, offered: None }),
            _ => Err(Refusal::NotOffered { to: to.code() }),
        }
    }

    /// The present holder closes the hand again.
    #[must_use]
    pub fn withdraw(self) -> Self {
        Self { offered: None, ..self }
    }
}
