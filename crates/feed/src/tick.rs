//! Raw estimates between the numbered facts: the latest one of each stop wins, and nobody waits for them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::row::{Eta, Spot};

/// A stream shows a few dozen stops at a time; the one untouched longest gives way.
const SLOTS_MAX: usize = 256;

/// The latest raw estimate of a stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Tick {
    /// The stop.
    pub stop: Uuid,
    /// Grows by stop; a smaller one is older.
    pub v: u64,
    /// When it will be there.
    pub eta: Eta,
    /// Where it is.
    #[schema(required)]
    pub position: Option<Spot>,
}

/// One slot a stop, and the order in which they changed.
#[derive(Default)]
pub(crate) struct Slots {
    turn: u64,
    slots: HashMap<Uuid, (u64, Tick)>,
}

impl Slots {
    /// Keeps it unless a newer one is there, or the same; of two of one instant the later one wins. The turn it was kept in.
    pub(crate) fn keep(&mut self, tick: Tick) -> u64 {
        if self.slots.get(&tick.stop).is_some_and(|(_, kept)| kept.v > tick.v || *kept == tick) {
            return self.turn;
        }
        if self.slots.len() >= SLOTS_MAX && !self.slots.contains_key(&tick.stop) {
            self.drop_oldest();
        }
        self.turn += 1;
        self.slots.insert(tick.stop, (self.turn, tick));
        self.turn
    }

    /// Forgets a stop that has ended.
    pub(crate) fn forget(&mut self, stop: Uuid) {
        self.slots.remove(&stop);
    }

    /// What changed after a turn, oldest first, and the turn it is complete up to.
    pub(crate) fn after(&self, turn: u64) -> (u64, Vec<Tick>) {
        let mut changed: Vec<_> = self.slots.values().filter(|(kept, _)| *kept > turn).collect();
        changed.sort_by_key(|(kept, _)| *kept);
        (self.turn, changed.into_iter().map(|(_, tick)| tick.clone()).collect())
    }

    fn drop_oldest(&mut self) {
        let oldest = self.slots.iter().min_by_key(|(_, (turn, _))| *turn).map(|(stop, _)| *stop);
        if let Some(stop) = oldest {
            self.slots.remove(&stop);
        }
    }
}
