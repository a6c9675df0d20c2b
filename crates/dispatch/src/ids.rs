//! New ids: UUIDv7 (RFC 9562), time first, so that rows of a day lie together. The only place that makes them.

use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// Where new ids come from.
#[derive(Debug, Clone)]
pub enum Ids {
    /// Random.
    System,
    /// The same sequence for the same seed: for the simulation.
    Seeded(Arc<Mutex<u64>>),
}

impl Ids {
    /// A repeatable source.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(seed)))
    }

    /// A new id of an instant.
    #[must_use]
    pub fn new_at(&self, at: DateTime<Utc>) -> Uuid {
        let bytes = match self {
            Self::System => rand::random(),
            Self::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = [0; 10];
                bytes[..8].copy_from_slice(&split_mix(&mut state).to_be_bytes());
                bytes[8..].copy_from_slice(&split_mix(&mut state).to_be_bytes()[..2]);
                bytes
            }
        };
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): enough to tell ids apart, no secret.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
