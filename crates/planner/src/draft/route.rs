//! The trips of one vehicle, in order, and their riders in one row.

use crate::model::Problem;

/// A party on a trip. Times are seconds after the departure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Rider {
    /// Which party.
    pub party: u32,
    /// Where it gets off.
    pub place: u16,
    /// Its people, and from when it can board: kept here, because every way that is driven asks for them.
    pub people: i32,
    pub ready: i32,
    /// What it was told ([`crate::model::UNTOLD`]).
    pub promised: i32,
    /// When the vehicle is at the gate.
    pub arrives: i32,
    /// When this party has got off.
    pub leaves: i32,
    /// People who get off here or later.
    pub people_on: i32,
    /// How much later the vehicle may come here and at every later stop, and nobody is over a limit.
    pub slack: i32,
}

/// One trip of a vehicle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Trip {
    /// Its first rider in the row.
    pub first: u32,
    /// How many riders.
    pub len: u32,
    pub people: i32,
    pub luggage: i32,
    pub wheelchairs: i32,
    /// The tags on board, a bit each.
    pub tags: u8,
    /// The tags that must not come on board, a bit each.
    pub apart: u8,
    /// Which trip of its vehicle it has to be, when somebody on board is pinned to one ([`crate::Party::pinned_trip`]).
    pub pin: Option<u16>,
    /// When the last party is ready.
    pub ready: i32,
    pub departs: i32,
    /// When the vehicle is back at the point of entry.
    pub back: i32,
    pub cost: i64,
    /// How much later it may leave so that every arrival moves by as much and nobody comes over a limit; below 0 when
    /// somebody is over one.
    pub calm: i32,
    /// Nobody waits at a gate that is still closed.
    pub even: bool,
}

impl Rider {
    /// A party that gets off at a place, not driven yet.
    #[inline]
    pub fn of(problem: &Problem, party: u32, place: u16) -> Self {
        let it = &problem.parties[party as usize];
        let promised = problem.promised[party as usize];
        Self { party, place, people: it.people, ready: it.ready, promised, ..Self::default() }
    }
}

impl Trip {
    /// Where its riders stand in the row.
    #[inline]
    pub fn row(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.len) as usize
    }
}

/// All trips of one vehicle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Route {
    pub riders: Vec<Rider>,
    pub trips: Vec<Trip>,
}

impl Route {
    /// The riders of a trip, in the order they get off.
    #[inline]
    pub fn riders_of(&self, trip: &Trip) -> &[Rider] {
        &self.riders[trip.row()]
    }

    /// Where the riders of the trips from `locked` on begin.
    pub fn first_open(&self, locked: usize) -> usize {
        self.trips.get(locked).map_or(self.riders.len(), |trip| trip.first as usize)
    }

    /// The trip and the place in the row of a party.
    pub fn find(&self, party: u32) -> Option<(usize, usize)> {
        let at = self.riders.iter().position(|rider| rider.party == party)?;
        let trip = self.trips.partition_point(|trip| (trip.first + trip.len) as usize <= at);
        Some((trip, at))
    }

    /// What pins leave to a party, itself pinned or not.
    pub fn hold(&self, pin: Option<u16>) -> Hold {
        let late = |(at, trip): (usize, &Trip)| trip.pin.is_some_and(|nth| at >= usize::from(nth)).then_some(at + 1);
        Hold {
            pin,
            own: pin.and_then(|_| self.trips.iter().position(|trip| trip.pin == pin)),
            first_gap: self.trips.iter().enumerate().filter_map(late).next_back().unwrap_or(0),
        }
    }

    /// Whether no trip that somebody is pinned to has more trips before it than it may.
    pub fn orderly(&self) -> bool {
        self.trips.iter().enumerate().all(|(at, trip)| trip.pin.is_none_or(|nth| at <= usize::from(nth)))
    }

    /// Becomes like another, in its own memory.
    #[inline]
    pub fn copy_from(&mut self, other: &Self) {
        self.riders.clone_from(&other.riders);
        self.trips.clone_from(&other.trips);
    }
}

/// What pins leave to a party on one route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pin: Option<u16>,
    /// The trip of those who are pinned to the same one.
    own: Option<usize>,
    /// Before this trip none may begin: one behind it would leave too late.
    first_gap: usize,
}

impl Hold {
    /// Whether a trip of the party's own may begin before trip `index`.
    #[inline]
    pub fn begins(self, index: usize) -> bool {
        self.own.is_none() && index >= self.first_gap && self.pin.is_none_or(|nth| index <= usize::from(nth))
    }

    /// Whether the party may join trip `index`.
    #[inline]
    pub fn joins(self, index: usize, trip: &Trip) -> bool {
        match (self.pin, self.own) {
            (None, _) => true,
            (_, Some(own)) => own == index,
            (Some(nth), None) => trip.pin.is_none() && index <= usize::from(nth),
        }
    }
}
