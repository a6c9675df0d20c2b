//! Asks a routing engine beside the house how long a way takes: OSRM or Valhalla, over plain HTTP. Here live their wire
//! formats, the time limit, the one retry and the circuit breaker. No estimate and no decision: whoever asks must go on
//! well without an answer.
//!
//! The engines are asked for a matrix (`/table/v1/driving`, `/sources_to_targets`) whose diagonal is the way, leg by leg.

mod ask;
mod breaker;
mod measure;
mod osrm;
mod plausible;
mod valhalla;

pub use ask::{ANSWER_WITHIN, BadAddress, Router};
pub use breaker::Breaker;
pub use measure::describe_numbers;

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The Open Source Routing Machine, 5.x or newer.
    Osrm,
    /// Valhalla, 3.x.
    Valhalla,
}

impl Engine {
    /// Both.
    pub const ALL: &[Self] = &[Self::Osrm, Self::Valhalla];

    /// Its name in settings, numbers and between nodes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Osrm => "osrm",
            Self::Valhalla => "valhalla",
        }
    }

    /// The engine of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|engine| engine.as_str() == name)
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Silence {
    /// It failed several times in a row and is left alone for a while.
    #[error("the engine failed again and again and is left alone")]
    Resting,
    /// No whole answer within [`ANSWER_WITHIN`].
    #[error("no answer within the limit")]
    Slow,
    /// Nobody listens there.
    #[error("nobody listens at its address")]
    Unreachable,
    /// The connection was closed before the answer was whole, twice.
    #[error("the connection was closed, twice")]
    Closed,
    /// It answered that it broke: a status of 500 or above.
    #[error("it answered with status {0}")]
    Broken(u16),
    /// It refused the question: a status below 500 that is not 200.
    #[error("it refused the question with status {0}")]
    Refused(u16),
    /// The answer is not what its documents say.
    #[error("its answer cannot be read: {0}")]
    Unreadable(String),
    /// Its map has no road there, or it gives times no vehicle can drive.
    #[error("it knows no road there")]
    NoRoad,
}

impl Silence {
    /// Whether the engine itself is unwell. A question it refused and a place off its map say nothing about its health.
    #[must_use]
    pub const fn is_illness(&self) -> bool {
        match self {
            Self::Slow | Self::Unreachable | Self::Closed | Self::Broken(_) | Self::Unreadable(_) => true,
            Self::Resting | Self::Refused(_) | Self::NoRoad => false,
        }
    }

    /// One word for the numbers.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Resting => "resting",
            Self::Slow => "slow",
            Self::Unreachable => "unreachable",
            Self::Closed => "closed",
            Self::Broken(_) => "broken",
            Self::Refused(_) => "refused",
            Self::Unreadable(_) => "unreadable",
            Self::NoRoad => "no_road",
        }
    }
}
