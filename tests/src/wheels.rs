//! Programs and definitions from the Python package index that some tests hold the product against, fetched by `tests/wheels`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/wheels");
    let fetched = Command::new(script).output().expect("tests/wheels is a program of this repository");
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    PathBuf::from(String::from_utf8_lossy(&fetched.stdout).trim())
});

/// The folder of the opened wheels. Fails the test with the script's own sentence when they cannot be had.
#[must_use]
pub fn folder() -> PathBuf {
    FOLDER.clone()
}
