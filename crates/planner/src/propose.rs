//! Every trip for one party: whether it fits, why not, what it costs; the best first.

use crate::insertion::{SAME_GATE_METRES, cheapest_insertion};
use homeward_domain::Point;
use std::cmp::Ordering;

/// More gates than this on one trip and the last household rides for hours: the practice of the time was two to four
/// gates a vehicle, doubled for a city that runs out of vehicles. Assumption.
pub const STOPS_MAX: usize = 8;

/// People who travel together and are never split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// How many people; an infant has a seat of its own.
    pub people: u32,
    /// How many of them need a wheelchair place; it counts in addition to their seat.
    pub wheelchairs: u32,
    /// Large pieces of luggage. Known, not yet limited: vehicles do not tell their hold.
    pub luggage: u32,
    /// The gate they go to.
    pub destination: Point,
}

/// A trip that could still take somebody. `Id` names it, `At` orders departures (an instant, any ordered value).
#[derive(Debug, Clone, PartialEq)]
pub struct Trip<Id, At> {
    /// Which trip.
    pub id: Id,
    /// Seats nobody has, driver and escorts not counted.
    pub free_seats: u32,
    /// Wheelchair places nobody has.
    pub wheelchair_places_free: u32,
    /// The gates it calls at, in order.
    pub stops: Vec<Point>,
    /// Where it begins.
    pub origin: Point,
    /// When it leaves.
    pub departs_at: At,
}

/// Where the party would get off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// At a stop the trip has already; its index.
    Existing(usize),
    /// At a new stop before this index.
    New(usize),
}

/// Why a trip stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is room; a new stop is needed.
    Fits,
    /// There is room and it calls at the gate anyway.
    SameGate,
    /// Not enough seats for the whole party.
    VehicleFull {
        /// Seats there are.
        free: u32,
        /// Seats the party needs.
        needed: u32,
    },
    /// Not enough wheelchair places.
    NoWheelchairPlace {
        /// Places there are.
        free: u32,
        /// Places the party needs.
        needed: u32,
    },
    /// It has all the stops a trip may have, and none is this gate.
    MaxStops {
        /// Stops it has.
        stops: usize,
        /// Stops a trip may have.
        max: usize,
    },
}

impl Reason {
    /// The code the screens word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::SameGate => "same_gate",
            Self::VehicleFull { .. } => "vehicle_full",
            Self::NoWheelchairPlace { .. } => "no_wheelchair_place",
            Self::MaxStops { .. } => "max_stops",
        }
    }

    /// Whether the party can ride.
    #[must_use]
    pub const fn fits(self) -> bool {
        matches!(self, Self::Fits | Self::SameGate)
    }
}

/// One trip, seen by the party.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal<Id> {
    /// Which trip.
    pub trip: Id,
    /// Whether the whole party can ride.
    pub fits: bool,
    /// How much longer the way becomes, in great-circle kilometres; 0 at an existing stop.
    pub extra_km: f64,
    /// Where they would get off, also when it does not fit.
    pub position: Position,
    /// Why.
    pub reason: Reason,
}

/// A proposal for every trip, each once. Those that fit come first; then those that call at the gate anyway; then the
/// least detour; then the earliest departure; then the order given.
#[must_use]
pub fn propose<Id: Clone, At: Ord>(party: &Wish, trips: &[Trip<Id, At>]) -> Vec<Proposal<Id>> {
    let mut ranked: Vec<_> = trips.iter().map(|trip| (judge(party, trip), &trip.departs_at)).collect();
    ranked.sort_by(|(a, a_departs_at), (b, b_departs_at)| better(a, b).then_with(|| a_departs_at.cmp(b_departs_at)));
    ranked.into_iter().map(|(proposal, _)| proposal).collect()
}

fn better<Id>(a: &Proposal<Id>, b: &Proposal<Id>) -> Ordering {
    let new_stop = |proposal: &Proposal<Id>| matches!(proposal.position, Position::New(_));
    b.fits.cmp(&a.fits).then(new_stop(a).cmp(&new_stop(b))).then(a.extra_km.total_cmp(&b.extra_km))
}

fn judge<Id: Clone, At>(party: &Wish, trip: &Trip<Id, At>) -> Proposal<Id> {
    let (position, extra_km) = if let Some(index) = find_stop(&trip.stops, party.destination) {
        (Position::Existing(index), 0.0)
    } else {
        let insertion = cheapest_insertion(trip.origin, &trip.stops, party.destination);
        (Position::New(insertion.index), insertion.extra_km)
    };
    let reason = reason(party, trip, position);
    Proposal { trip: trip.id.clone(), fits: reason.fits(), extra_km, position, reason }
}

/// The nearest stop that is the same gate.
fn find_stop(stops: &[Point], gate: Point) -> Option<usize> {
    let metres = |index: &usize| stops[*index].metres_to(gate);
    let nearest = (0..stops.len()).min_by(|a, b| metres(a).total_cmp(&metres(b)))?;
    (metres(&nearest) <= SAME_GATE_METRES).then_some(nearest)
}

fn reason<Id, At>(party: &Wish, trip: &Trip<Id, At>, position: Position) -> Reason {
    if party.people > trip.free_seats {
        return Reason::VehicleFull { free: trip.free_seats, needed: party.people };
    }
    if party.wheelchairs > trip.wheelchair_places_free {
        return Reason::NoWheelchairPlace { free: trip.wheelchair_places_free, needed: party.wheelchairs };
    }
    match position {
        Position::Existing(_) => Reason::SameGate,
        Position::New(_) if trip.stops.len() >= STOPS_MAX => {
            Reason::MaxStops { stops: trip.stops.len(), max: STOPS_MAX }
        }
        Position::New(_) => Reason::Fits,
    }
}
