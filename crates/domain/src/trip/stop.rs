//! One halt: a gate of a receiver, who gets off there, the notice, the hand-over.

use crate::notice::Notice;
use crate::{ArrivalId, ChangeId, PartyId, StopId, code};
use chrono::{DateTime, Utc};

/// A seat on the vehicle, given to one person until they get off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// 1 to the vehicle's seats.
    pub number: i64,
    /// Who sits there.
    pub arrival: ArrivalId,
    /// Their party.
    pub party: PartyId,
    /// When the escort took them aboard.
    pub boarded_at: Option<DateTime<Utc>>,
    /// The change by which they come from another vehicle, if they do not get on at the airport.
    pub via: Option<ChangeId>,
}

/// Where a halt is in its life, with what is known there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopStage {
    /// The vehicle has not come.
    Expected,
    /// The vehicle stands at the gate.
    Arrived {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The escort offered the hand-over.
    Offered {
        /// When it came.
        arrived_at: DateTime<Utc>,
        /// When the escort confirmed.
        at: DateTime<Utc>,
    },
    /// Signed by both.
    HandedOver {
        /// When it came.
        arrived_at: DateTime<Utc>,
        /// When the escort confirmed.
        offered_at: DateTime<Utc>,
        /// When the receiver confirmed.
        at: DateTime<Utc>,
    },
}

impl StopStage {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Arrived { .. } => "arrived",
            Self::Offered { .. } => "offered",
            Self::HandedOver { .. } => "handed_over",
        }
    }
}

/// One halt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Its id.
    pub id: StopId,
    /// Who takes over.
    pub receiver: code::Receiver,
    /// Where.
    pub gate: code::Gate,
    /// Where it is in its life.
    pub stage: StopStage,
    /// What the squad was told and answered.
    pub notice: Notice,
    /// Who gets off.
    pub seats: Vec<Seat>,
}

impl Stop {
    /// Whether both sides signed here.
    #[must_use]
    pub const fn handed_over(&self) -> bool {
        matches!(self.stage, StopStage::HandedOver { .. })
    }

    /// The parties that get off here, each once, in seat order.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        let mut parties: Vec<PartyId> = Vec::new();
        for seat in &self.seats {
            if !parties.contains(&seat.party) {
                parties.push(seat.party);
            }
        }
        parties
    }
}
