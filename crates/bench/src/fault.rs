//! Why a run gives no figures, or figures one must not be content with.

use crate::api::Trouble;
use std::path::PathBuf;
use thiserror::Error;

/// What ended a run.
#[derive(Debug, Error)]
pub enum Fault {
    /// An option makes no sense here.
    #[error("{0}")]
    Option(String),
    /// Nobody said that this server may be written to.
    #[error(
        "this run writes accounts, parties and requests into the register of {0}, and that is no demo: \
         use a server that is thrown away afterwards and say --yes-write"
    )]
    NotAllowed(String),
    /// The operating system gives too few open files.
    #[error(
        "{needed} open files are needed and {given} are allowed: raise the limit, e.g. `ulimit -Hn {needed}` as root"
    )]
    OpenFiles {
        /// What the boards need.
        needed: u64,
        /// The hard limit.
        given: u64,
    },
    /// The server did not do a step that the run stands on.
    #[error("{step}: {trouble}")]
    Server {
        /// What was asked for.
        step: String,
        /// What came back.
        trouble: String,
    },
    /// A server process cannot be looked at.
    #[error("the process {pid} cannot be read: {error}")]
    Process {
        /// Its id, as it was given.
        pid: u32,
        /// What the system said.
        error: std::io::Error,
    },
    /// The document could not be written.
    #[error("the figures could not be written to {path}: {error}")]
    Out {
        /// Where to.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// It ran to its end, and something was wrong: the document says what.
    #[error("the run was not clean: {0}")]
    NotClean(String),
}

impl Fault {
    pub(crate) fn server(step: impl Into<String>, trouble: &Trouble) -> Self {
        Self::Server { step: step.into(), trouble: trouble.to_string() }
    }

    /// The exit code (sysexits.h: 64 usage, 69 unavailable, 71 the system, 74 I/O); 1 is a run that was not clean.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NotClean(_) => 1,
            Self::Option(_) | Self::NotAllowed(_) => 64,
            Self::Server { .. } => 69,
            Self::OpenFiles { .. } => 71,
            Self::Process { .. } | Self::Out { .. } => 74,
        }
    }
}
