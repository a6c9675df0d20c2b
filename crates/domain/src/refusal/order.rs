//! What a dispatcher decides beyond the plan.

use super::Refusal;
use crate::Invalid;
use chrono::{DateTime, Utc};

/// What stands against what a dispatcher decides beyond the plan: to order a vehicle elsewhere, to take a plan back, to make
/// two parties of one; or follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// The trip has not left: seats are changed instead of ordering it elsewhere.
    NotOnTheRoad,
    /// The order lies there, and nobody aboard has said that they have seen it.
    NotSeen {
        /// Why they were ordered elsewhere.
        reason: String,
    },
    /// Nobody ordered the vehicle elsewhere.
    Nothing,
    /// A receiver prepares for these people already: the plan is changed instead of taken back.
    Acknowledged {
        /// Who said that they come.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// People change from or to this vehicle on the way: the change is called off or finished first.
    ChangeAhead,
    /// Of two parties, one would have nobody in it.
    NobodyLeft,
    /// Somebody under age would be without an adult.
    MinorsAlone,
    /// Who does not come, or those who go on, would be somebody under age without an adult of their party.
    MinorsParted {
        /// Between two vehicles, where somebody may be past calling back; else where people board.
        on_the_way: bool,
    },
}

impl From<Order> for Refusal {
    fn from(order: Order) -> Self {
        Self::Order(order)
    }
}

/// They go there already.
pub(crate) fn same_destination() -> Refusal {
    Invalid::new("same-destination", "they go there already; choose another").at("to").into()
}
