//! How a socket is closed: below 4500 do not come back unchanged, from 4500 come back with your position.

use super::{Bye, ServerFrame};

/// A close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// A frame could not be read, or asked for too much.
    BadFrame,
    /// Not signed in, or no longer.
    NotAuthenticated,
    /// Not a stream of yours, or no longer.
    NotYours,
    /// A version that is not spoken here.
    Version,
    /// A fault of ours.
    Error,
    /// The server restarts.
    Restart,
    /// The sign-in ended; sign in and come back.
    Expired,
    /// Nothing could be written for 10 s.
    Lagging,
    /// No sign of life from the watcher.
    Silent,
    /// The log was replaced.
    Replaced,
}

impl Close {
    /// The code on the wire.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::BadFrame => 4400,
            Self::NotAuthenticated => 4401,
            Self::NotYours => 4403,
            Self::Version => 4426,
            Self::Error => 4500,
            Self::Restart => 4501,
            Self::Expired => 4502,
            Self::Lagging => 4503,
            Self::Silent => 4504,
            Self::Replaced => 4505,
        }
    }

    /// The reason on the wire.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::BadFrame => "bad-frame",
            Self::NotAuthenticated => "not-authenticated",
            Self::NotYours => "not-yours",
            Self::Version => "version",
            Self::Error => "error",
            Self::Restart => "restart",
            Self::Expired => "expired",
            Self::Lagging => "lagging",
            Self::Silent => "silent",
            Self::Replaced => "replaced",
        }
    }

    /// The frame before the close. A full house comes back spread over the second number.
    #[must_use]
    pub fn bye(self) -> ServerFrame {
        ServerFrame::Bye(Bye { why: self.why().into(), retry_ms: [200, 5_000] })
    }
}
