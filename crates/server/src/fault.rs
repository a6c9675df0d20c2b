//! Why the process ends early: one clear sentence on standard error and an exit code of its own kind.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// What went wrong at start, or on the way.
#[derive(Debug)]
pub enum Fault {
    /// No runtime: the machine gives no threads.
    Runtime(std::io::Error),
    /// The settings file cannot be read or is not what it should be.
    Settings { path: PathBuf, why: String },
    /// One setting makes no sense.
    Setting { name: &'static str, why: String },
    /// The address cannot be listened on.
    Listen { at: SocketAddr, flag: &'static str, error: std::io::Error },
    /// The register cannot be opened.
    Store(homeward_store::Error),
    /// A load run without figures, or with bad ones.
    Bench(homeward_bench::Fault),
    /// The register is not well: so many laws are broken, and were told one by one.
    Broken(usize),
    /// Something stopped a start-up step.
    Start(String),
}

impl Fault {
    /// Says it on standard error and gives the exit code (sysexits.h: 78 configuration, 69 unavailable, 74 I/O).
    #[expect(clippy::print_stderr, reason = "the one place that speaks to the console when the process fails")]
    pub fn report(&self) -> ExitCode {
        eprintln!("homeward: {}", self.sentence());
        ExitCode::from(match self {
            Self::Settings { .. } | Self::Setting { .. } => 78,
            Self::Listen { .. } | Self::Runtime(_) => 69,
            Self::Bench(fault) => fault.exit_code(),
            Self::Broken(_) => 1,
            Self::Store(_) | Self::Start(_) => 74,
        })
    }

    fn sentence(&self) -> String {
        match self {
            Self::Runtime(error) => format!("the machine gives no threads: {error}"),
            Self::Settings { path, why } => format!("the settings in {} cannot be used: {why}", path.display()),
            Self::Setting { name, why } => format!("the setting {name} cannot be used: {why}"),
            Self::Listen { at, flag, error } if error.kind() == ErrorKind::AddrInUse => {
                format!("another program listens on {at}; stop it or choose another address with {flag}")
            }
            Self::Listen { at, error, .. } => format!("cannot listen on {at}: {error}"),
            Self::Store(error) => store_sentence(error),
            Self::Bench(fault) => fault.to_string(),
            Self::Broken(laws) => format!("the register is not well: {laws} of its laws are broken"),
            Self::Start(why) => why.clone(),
        }
    }
}

fn store_sentence(error: &homeward_store::Error) -> String {
    let mut sentence = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        sentence = format!("{sentence}: {cause}");
        source = cause.source();
    }
    sentence
}

impl From<homeward_bench::Fault> for Fault {
    fn from(fault: homeward_bench::Fault) -> Self {
        Self::Bench(fault)
    }
}

impl From<homeward_store::Error> for Fault {
    fn from(error: homeward_store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<homeward_dispatch::Halt> for Fault {
    fn from(halt: homeward_dispatch::Halt) -> Self {
        match halt {
            homeward_dispatch::Halt::Store(error) => Self::Store(error),
            homeward_dispatch::Halt::OffDuty => Self::Start("another node runs the background steps".into()),
            homeward_dispatch::Halt::Refused(refusal) => {
                Self::Start(format!("a start-up step was refused: {refusal:?}"))
            }
            homeward_dispatch::Halt::Replayed(_) => Self::Start("a start-up step was done before".into()),
        }
    }
}
