//! What everything in this process tells its log, at every level.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tracing_subscriber::EnvFilter;

/// Everything but the clients of the tests, which log the frames and bodies they were sent.
const ALL: &str = "trace,tungstenite=off,tokio_tungstenite=off,reqwest=off,hyper_util=off,h2=off";

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Begins to write down; once a process.
pub fn open() {
    static OPENED: OnceLock<()> = OnceLock::new();
    OPENED.get_or_init(|| {
        let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(ALL)).with_ansi(false);
        lines.with_writer(|| Line).try_init().expect("nobody else in this process listens");
    });
}

/// What was told so far.
#[must_use]
pub fn read() -> Vec<u8> {
    lines().clone()
}

fn lines() -> MutexGuard<'static, Vec<u8>> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Line;

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lines().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
