//! The problem, validated once: places with roads between them, vehicles, parties, the rules of the road.
//!
//! Times are whole seconds from an origin of the caller's choice, lengths are metres, parties and vehicles are known by
//! their index. Whatever could make the search go wrong (a road that is missing, a party of nobody) is refused here with
//! the field that is at fault, so that nothing behind this module has to ask again.

mod defect;
mod party;
mod place;
mod price;
mod rules;
mod vehicle;

pub use defect::Defect;
pub use party::Party;
pub use place::Place;
pub use rules::Rules;
pub use vehicle::Vehicle;

pub(crate) use price::{IMPOSSIBLE, LATE_SECOND, SECOND, UNSERVED};

/// The index of the point of entry, where every trip begins and ends.
pub const ORIGIN: usize = 0;

/// More than a day of the largest airport; bounds memory.
const PARTIES_MAX: usize = 20_000;
/// Communities and sites one desk serves, bounded so that a table of roads stays below 200 MB.
const PLACES_MAX: usize = 5_000;
/// No time of a problem is further from its origin: a week. Keeps sums inside 32 bits.
pub(crate) const SECONDS_MAX: i32 = 7 * 86_400;

/// Nobody was told an arrival.
pub(crate) const UNTOLD: i32 = i32::MAX;
/// An arrival that moves by more than this is told anew: the board's rule for slips (product.md).
pub(crate) const SLIP_S: i32 = 600;

/// Everything the planner knows. Place 0 is the point of entry.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(crate) places: Vec<Place>,
    pub(crate) vehicles: Vec<Vehicle>,
    pub(crate) parties: Vec<Party>,
    pub(crate) rules: Rules,
    pub(crate) end: i32,
    /// `seconds[from * places + to]`.
    pub(crate) seconds: Vec<i32>,
    pub(crate) metres: Vec<i32>,
    /// The same tables turned: `[to * places + from]`. One stop is looked at from all others, and lies in one line so.
    pub(crate) seconds_to: Vec<i32>,
    pub(crate) metres_to: Vec<i32>,
    /// What it costs to put a party on a vehicle, whatever the way: `[party * vehicles + vehicle]`.
    pub(crate) price: Vec<i64>,
    /// What a person over a limit costs.
    pub(crate) person: i64,
    /// Seats of each vehicle that may be used.
    pub(crate) seats: Vec<i32>,
    /// When each party was told that it would be at its gate; [`UNTOLD`] for most.
    pub(crate) promised: Vec<i32>,
    /// Whether anybody is pinned to a trip; else nobody has to ask.
    pub(crate) holds: bool,
}

/// Roads between all places, row by row.
#[derive(Debug, Clone, Default)]
pub struct Roads {
    /// Driving seconds, `places × places`.
    pub seconds: Vec<i32>,
    /// Metres, `places × places`.
    pub metres: Vec<i32>,
}

impl Problem {
    /// Checks everything and prices every pair of party and vehicle. `end` is the instant up to which an unserved person
    /// is counted as waiting.
    pub fn new(
        places: Vec<Place>,
        roads: Roads,
        vehicles: Vec<Vehicle>,
        parties: Vec<Party>,
        rules: Rules,
        end: i32,
    ) -> Result<Self, Defect> {
        rules.check(end)?;
        place::check(&places, PLACES_MAX)?;
        check_roads(&roads, places.len())?;
        vehicle::check(&vehicles)?;
        party::check(&parties, &places, vehicles.len(), PARTIES_MAX)?;
        let turned = |table: &[i32]| turn(table, places.len());
        let (seconds_to, metres_to) = (turned(&roads.seconds), turned(&roads.metres));
        let (price, person) = (price::table(&parties, &vehicles, &rules), price::person(&rules));
        let seats = vehicles.iter().map(|vehicle| rules.seats(vehicle.seats)).collect();
        let promised = vec![UNTOLD; parties.len()];
        let holds = parties.iter().any(|party| party.pinned_trip.is_some());
        let Roads { seconds, metres } = roads;
        Ok(Self {
            places,
            vehicles,
            parties,
            rules,
            end,
            seconds,
            metres,
            seconds_to,
            metres_to,
            price,
            person,
            seats,
            promised,
            holds,
        })
    }

    /// How many parties there are.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// The vehicles.
    #[must_use]
    pub fn vehicles(&self) -> &[Vehicle] {
        &self.vehicles
    }

    /// The places, the point of entry first.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The rules of the road.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Driving seconds between two places.
    #[must_use]
    pub fn seconds(&self, from: usize, to: usize) -> i32 {
        self.seconds[from * self.places.len() + to]
    }

    /// Metres between two places.
    #[must_use]
    pub fn metres(&self, from: usize, to: usize) -> i32 {
        self.metres[from * self.places.len() + to]
    }

    /// What leaving a party behind costs: each person counts until the end, and is not properly served.
    #[inline]
    pub(crate) fn unserved(&self, party: usize) -> i64 {
        let party = &self.parties[party];
        i64::from(party.people) * (UNSERVED * self.person + SECOND * i64::from((self.end - party.ready).max(0)))
    }

    /// The same problem, later: a party has been told which vehicle it rides in, and when it will be at its gate, in seconds. A plan
    /// that moves either has its price.
    ///
    /// # Panics
    /// When there is no such party.
    pub fn tell(&mut self, party: usize, vehicle: usize, arrives: i32) {
        self.promised[party] = arrives;
        self.parties[party].told = Some(vehicle);
        let row = price::table(&self.parties[party..=party], &self.vehicles, &self.rules);
        let width = self.vehicles.len();
        self.price[party * width..(party + 1) * width].copy_from_slice(&row);
    }

    /// The same problem with more parties behind those it has.
    pub(crate) fn expecting(&self, more: Vec<Party>) -> Self {
        let mut problem = self.clone();
        problem.price.extend(price::table(&more, &self.vehicles, &self.rules));
        problem.parties.extend(more);
        problem.promised.resize(problem.parties.len(), UNTOLD);
        problem
    }

    /// What it costs to put a party on a vehicle: [`IMPOSSIBLE`] when it can never ride there.
    #[inline]
    pub(crate) fn price(&self, party: usize, vehicle: usize) -> i64 {
        self.price[party * self.vehicles.len() + vehicle]
    }
}

fn check_roads(roads: &Roads, places: usize) -> Result<(), Defect> {
    for (name, table) in [("seconds", &roads.seconds), ("metres", &roads.metres)] {
        if table.len() != places * places {
            return Err(Defect::Roads { table: name, expected: places * places, found: table.len() });
        }
        if let Some(at) = table.iter().position(|it| !(0..=10 * SECONDS_MAX).contains(it)) {
            return Err(Defect::Road { table: name, from: at / places, to: at % places });
        }
    }
    match roads.seconds.iter().position(|seconds| *seconds > SECONDS_MAX) {
        Some(at) => Err(Defect::Road { table: "seconds", from: at / places, to: at % places }),
        None => Ok(()),
    }
}

fn turn(table: &[i32], places: usize) -> Vec<i32> {
    (0..places * places).map(|at| table[(at % places) * places + at / places]).collect()
}
