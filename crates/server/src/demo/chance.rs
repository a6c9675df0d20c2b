//! Chance that is the same for the same seed: whether, how long, which one.

use chrono::TimeDelta;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

/// A seeded source for a whole day.
pub struct Chance {
    seed: u64,
    stream: SmallRng,
}

impl Chance {
    /// The day of a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, stream: SmallRng::seed_from_u64(seed) }
    }

    /// One of several, in the day's own order.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.stream.random_range(0..of.len())]
    }

    /// A number from `from` to `to`, both included.
    pub fn number(&mut self, from: u32, to: u32) -> u32 {
        self.stream.random_range(from..=to)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.stream.random_range(0..100) < of_hundred
    }

    /// How long something about a thing takes: always the same for the same thing.
    pub fn delay(&self, thing: Uuid, about: u64, from_minutes: i64, to_minutes: i64) -> TimeDelta {
        let mut own = self.own(thing, about);
        TimeDelta::seconds(own.random_range(from_minutes * 60..=to_minutes * 60))
    }

    /// Whether something is so for a thing, in so many of a hundred cases: always the same for the same thing.
    pub fn is_so(&self, thing: Uuid, about: u64, of_hundred: u32) -> bool {
        self.own(thing, about).random_range(0..100) < of_hundred
    }

    fn own(&self, thing: Uuid, about: u64) -> SmallRng {
        let (high, low) = thing.as_u64_pair();
        SmallRng::seed_from_u64(self.seed ^ high.rotate_left(17) ^ low ^ about.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}
