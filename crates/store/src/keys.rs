//! The master key: where it comes from and what is derived from it. What it seals is in `seal`.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::Error;

/// The bytes of a key: 256 bits.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// The master key of one database. Whoever loses it loses every sealed field. A clone is the same keys.
#[derive(Clone)]
pub struct Keys {
    kept: Arc<Kept>,
}

/// The master key, with what every sealed value asks of it.
struct Kept {
    master: Secret,
    sealing: Secret,
    id: [u8; 4],
}

impl Keys {
    /// Reads the key file; makes it, readable by its owner alone, when there is none.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let wrong = |why: String| Error::Open { path: path.into(), why };
        match read(path) {
            Ok(bytes) => {
                let bytes: &[u8; 32] =
                    bytes.as_slice().try_into().map_err(|_| wrong("a key file has 32 bytes".into()))?;
                guard(path).map_err(wrong)?;
                Ok(Self::from_bytes(*bytes))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                create(path).map_err(|error| wrong(error.to_string()))?;
                Self::open(path)
            }
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    /// Keys for tests and drills.
    #[must_use]
    pub fn from_bytes(master: [u8; 32]) -> Self {
        let master = Zeroizing::new(master);
        let [sealing, id] = ["seal", "key id"].map(|purpose| derive(&master, purpose));
        Self { kept: Arc::new(Kept { sealing, id: [id[0], id[1], id[2], id[3]], master }) }
    }

    /// The key that seals.
    pub(crate) fn sealing(&self) -> &[u8; 32] {
        &self.kept.sealing
    }

    /// Tells keys apart without telling the key.
    pub(crate) fn id(&self) -> [u8; 4] {
        self.kept.id
    }

    /// The key for one purpose: HMAC-SHA-256 of its name under the master key, which itself is used for nothing else.
    pub(crate) fn derive(&self, purpose: &str) -> Secret {
        derive(&self.kept.master, purpose)
    }
}

fn derive(master: &Secret, purpose: &str) -> Secret {
    Zeroizing::new(mac(master, purpose.as_bytes()))
}

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn read(path: &Path) -> std::io::Result<Zeroizing<Vec<u8>>> {
    fs::read(path).map(Zeroizing::new)
}

/// Written beside and linked into place: the file is whole or not there, and never replaces another.
fn create(path: &Path) -> std::io::Result<()> {
    let new = path.with_extension(format!("new{}", std::process::id()));
    let mut file = private(&new)?;
    let key: Secret = Zeroizing::new(rand::random());
    file.write_all(&*key)?;
    file.sync_all()?;
    let linked = match fs::hard_link(&new, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    };
    fs::remove_file(&new)?;
    linked?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Refuses a key file whose group or others (the lower six bits) may do anything with it.
#[cfg(unix)]
fn guard(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map_err(|error| error.to_string())?.permissions().mode();
    if mode.trailing_zeros() >= 6 { Ok(()) } else { Err("others can read this key file; chmod 600 it".into()) }
}

#[cfg(not(unix))]
fn guard(_path: &Path) -> Result<(), String> {
    Ok(())
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys(..)")
    }
}
