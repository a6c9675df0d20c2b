//! An order to go elsewhere: what a dispatcher told a vehicle under way, and whether somebody aboard has seen it.

use super::Stop;
use crate::{Refusal, StopId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Somebody aboard said that they have read the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenBy {
    /// Display name of the escort.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The newest order of a trip; an earlier one stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The halt it sends people to.
    pub to: StopId,
    /// Heads it concerns.
    pub people: i64,
    /// Why, as the dispatcher said it.
    pub reason: String,
    /// Display name of the dispatcher.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who aboard has seen it.
    pub seen: Option<SeenBy>,
}

impl Order {
    /// Somebody aboard has seen it. The second one is told who was first.
    pub fn see(self, seen: SeenBy) -> Result<Self, Refusal> {
        match self.seen {
            Some(first) => Err(Refusal::AlreadyAnswered { by: first.by, at: first.at }),
            None => Ok(Self { seen: Some(seen), ..self }),
        }
    }
}

/// A diversion as it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diversion {
    /// Halts nobody gets off at any more.
    pub from: Vec<StopId>,
    /// Where those who were to get off there go now; its seats are those it had before, if it was on the way already.
    pub to: Stop,
    /// What the crew is told.
    pub order: Order,
}
