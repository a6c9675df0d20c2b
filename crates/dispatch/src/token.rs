//! Secrets that are handed out once: session tokens and the set-up code. At rest only their SHA-256.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use homeward_domain::Personal;
use sha2::{Digest, Sha256};

/// 256 random bits, URL-safe.
pub(crate) fn session() -> Personal<String> {
    Personal::new(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
}

/// Sixteen letters that survive being read aloud, in groups of four: 80 bits of what was drawn.
pub(crate) fn set_up_code(drawn: &[u8; 32]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte % 32)]);
    let letters: Vec<char> = drawn[..16].iter().copied().map(letter).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a secret.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
