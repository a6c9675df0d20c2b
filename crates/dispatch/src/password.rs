//! Passwords: Argon2id (OWASP's first choice), in a blocking pool, a few at a time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use homeward_domain::{Invalid, Personal};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashing takes about 19 MiB and tens of milliseconds (the crate's defaults follow OWASP); this many at a time keep two
/// cores busy and no more.
const AT_A_TIME: usize = 2;

/// A password somebody chose or typed.
pub type Password = Personal<String>;

/// 12 to 128 characters; length is what counts (OWASP ASVS 5.0, 6.2.1).
pub fn parse(text: &str) -> Result<Password, Invalid> {
    match text.chars().count() {
        12..=128 => Ok(Personal::new(text.to_owned())),
        _ => Err(Invalid::new("password-length", "choose 12 to 128 characters; a sentence is easy to remember")),
    }
}

/// Hashes and compares, bounded.
#[derive(Clone)]
pub(crate) struct Hasher {
    free: Arc<Semaphore>,
}

impl Hasher {
    pub fn new() -> Self {
        Self { free: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    /// The PHC string to keep.
    pub async fn hash(&self, password: Password) -> String {
        self.run(move || {
            let hash = Argon2::default().hash_password(password.reveal().as_bytes());
            hash.expect("the default parameters hash any password of up to 128 characters").to_string()
        })
        .await
    }

    /// Whether the password is the kept one. `None`: nobody of that name; it takes as long, so that it does not show.
    pub async fn verify(&self, password: Password, kept: Option<String>) -> bool {
        self.run(move || {
            let Some(kept) = kept else {
                let spent = Argon2::default().hash_password(password.reveal().as_bytes());
                return spent.is_err();
            };
            let Ok(hash) = PasswordHash::new(&kept) else { return false };
            Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _turn = self.free.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}
