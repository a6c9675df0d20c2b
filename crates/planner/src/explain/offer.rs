//! A place that is offered, and a trip that cannot be.

use super::Obstacle;
use crate::plan::{PlannedStop, PlannedTrip};

/// A place for a party in a plan. Times are seconds from the problem's origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Who.
    pub party: u32,
    /// On which vehicle.
    pub vehicle: usize,
    /// Which trip of the plan it joins; nothing when a new trip begins.
    pub trip: Option<usize>,
    /// Where it would get off.
    pub place: u16,
    /// When the trip would leave.
    pub departs: i32,
    /// When the party would be at its gate.
    pub arrives: i32,
    /// How much later the trip leaves than promised, because this party is not ready before; 0 for a new trip.
    pub delay_s: i32,
    /// What all people together pay for it, in thousandths of a traveller's second: the party's own time, what others
    /// lose, kilometres, what was told before.
    pub cost: i64,
    /// No escort on board speaks the party's language, though one of the fleet does. Priced, never a ban: nobody stays
    /// behind for want of a common language.
    pub no_language: bool,
    /// Which trip of the vehicle, in order of departure.
    pub(super) position: usize,
    /// Before which stop, or at which stop when `joins_stop`.
    pub(super) stop: usize,
    pub(super) joins_stop: bool,
}

/// A place on a trip that a person gives a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// When the party is at its place, in seconds from the problem's origin.
    pub arrives: i32,
    /// Before which place of the trip it gets off; nothing where the trip stops there anyway, or last.
    pub before: Option<u16>,
}

/// A trip that cannot take the party, or a vehicle that cannot make a trip for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Which vehicle.
    pub vehicle: usize,
    /// Which trip of the plan; nothing for a new trip.
    pub trip: Option<usize>,
    /// Why not.
    pub obstacle: Obstacle,
}

impl Offer {
    /// Seats the party in the trips of its vehicle, without regard to times.
    pub(super) fn change(&self, line: &mut Vec<PlannedTrip>) {
        let own = PlannedStop { place: self.place, parties: vec![self.party] };
        if self.trip.is_none() {
            let trip = PlannedTrip { vehicle: self.vehicle, departs: self.departs, stops: vec![own] };
            line.insert(self.position, trip);
        } else if self.joins_stop {
            line[self.position].stops[self.stop].parties.push(self.party);
        } else {
            line[self.position].stops.insert(self.stop, own);
        }
    }
}
