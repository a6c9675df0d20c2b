//! Why the feed stops, and how a socket says so.

use homeward_store::Stream;

use crate::Close;

/// The feed cannot go on for this watcher.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The log cannot be read now.
    #[error("the feed cannot be read")]
    Store(#[from] homeward_store::Error),
    /// The register did not answer in time.
    #[error("the register did not answer within {} s", .0.as_secs())]
    Unseen(std::time::Duration),
    /// The connection watches as many streams as it may.
    #[error("a connection watches at most {0} streams")]
    TooManySubscriptions(usize),
    /// This node serves as many streams as it may.
    #[error("this node serves at most {0} streams at a time")]
    TooManyStreams(usize),
    /// The log was replaced again and again while it was read.
    #[error("the log of {0} does not hold still")]
    Restless(Stream),
}

impl Error {
    /// What to close the socket with.
    #[must_use]
    pub fn close(&self) -> Close {
        match self {
            Self::Store(_) | Self::Unseen(_) | Self::TooManyStreams(_) => Close::Error,
            Self::TooManySubscriptions(_) => Close::BadFrame,
            Self::Restless(_) => Close::Replaced,
        }
    }
}
