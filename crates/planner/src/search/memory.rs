//! What one more party would cost on a route, remembered for as long as that route stays as it is. A round changes a few
//! routes and is mostly taken back; all others need not be looked at again.

use crate::insert::Spot;
use crate::model::Problem;

/// What is known of a party, a place and a vehicle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing, or the route has changed since.
    Nothing,
    /// No place on it costs less.
    AtLeast(i64),
    /// The cheapest place on it.
    Exactly(i64, Spot),
}

/// One party, place and vehicle.
#[derive(Debug, Clone, Copy)]
struct Entry {
    least: i64,
    /// The version of the route that was looked at; 0 is none.
    version: u32,
    trip: u16,
    /// Before which rider; [`FRESH`] for a trip of its own, [`NO_SPOT`] when `least` is a bound.
    at: u16,
}

const FRESH: u16 = u16::MAX;
const NO_SPOT: u16 = u16::MAX - 1;

/// Everything remembered.
pub(super) struct Memory {
    entries: Vec<Entry>,
    /// Where the entries of each party begin: its first place on the first vehicle.
    first: Vec<usize>,
    /// How often the route of each vehicle was changed for good, from 1.
    versions: Vec<u32>,
}

impl Memory {
    pub fn new(problem: &Problem) -> Self {
        let vehicles = problem.vehicles.len();
        let mut next = 0;
        let first = problem.parties.iter().map(|party| {
            let begin = next;
            next += party.places.len() * vehicles;
            begin
        });
        let first = first.collect();
        let nothing = Entry { least: 0, version: 0, trip: 0, at: NO_SPOT };
        Self { entries: vec![nothing; next], first, versions: vec![1; vehicles] }
    }

    /// The route of a vehicle is another one for good.
    pub fn forget(&mut self, vehicle: usize) {
        self.versions[vehicle] += 1;
    }

    /// The memories of one party and one of its places.
    #[inline]
    pub fn row(&self, party: u32, choice: usize) -> usize {
        self.first[party as usize] + choice * self.versions.len()
    }

    #[inline]
    pub fn recall(&self, row: usize, vehicle: usize, place: u16) -> Known {
        let entry = &self.entries[row + vehicle];
        if entry.version != self.versions[vehicle] {
            return Known::Nothing;
        }
        if entry.at == NO_SPOT {
            return Known::AtLeast(entry.least);
        }
        let fresh = entry.at == FRESH;
        let at = if fresh { 0 } else { usize::from(entry.at) };
        Known::Exactly(entry.least, Spot { vehicle, trip: usize::from(entry.trip), at, fresh, place })
    }

    /// Notes the cheapest place on a vehicle, or that there is none below `least`.
    #[inline]
    pub fn note(&mut self, row: usize, vehicle: usize, least: i64, spot: Option<Spot>) {
        let short = |number: usize| u16::try_from(number).expect("a vehicle makes fewer trips for fewer parties");
        let (trip, at) = match spot {
            Some(spot) if spot.fresh => (short(spot.trip), FRESH),
            Some(spot) => (short(spot.trip), short(spot.at)),
            None => (0, NO_SPOT),
        };
        self.entries[row + vehicle] = Entry { least, version: self.versions[vehicle], trip, at };
    }
}
