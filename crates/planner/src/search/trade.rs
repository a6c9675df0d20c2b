//! Whole trips that change vehicles: one for one, one into a gap, or everything from there on. Taking riders out and
//! putting them back one by one would have to find each trip again.

use super::{NOBODY, Search};
use crate::draft::{Route, Trip};
use crate::model::{IMPOSSIBLE, Problem};
use std::ops::Range;

/// Two vehicles, and which of their trips change hands.
#[derive(Debug, Clone)]
struct Deal {
    vehicles: [usize; 2],
    trips: [Range<usize>; 2],
}

impl Search<'_> {
    /// Tries one exchange. False when there was nothing to try, or a vehicle would be out of its shift; the caller takes it back.
    pub(super) fn trade(&mut self) -> bool {
        self.pool.clear();
        let Some(deal) = self.deal() else { return false };
        let [a, b] = deal.vehicles;
        let Some(dearer) = self.price_of(&deal) else { return false };
        for vehicle in deal.vehicles {
            self.undo.keep(&self.draft, vehicle);
        }
        let (kept_a, kept_b) = (self.undo.kept(a), self.undo.kept(b));
        let [from_a, from_b] = &deal.trips;
        let before: i64 = trips_cost(kept_a) + trips_cost(kept_b);
        splice(&mut self.draft.routes[a], kept_a, from_a, kept_b, from_b);
        splice(&mut self.draft.routes[b], kept_b, from_b, kept_a, from_a);
        let lengths = [from_b.len(), from_a.len()];
        self.draft.cost += dearer + trips_cost(&self.draft.routes[a]) + trips_cost(&self.draft.routes[b]) - before;
        for (side, vehicle) in deal.vehicles.into_iter().enumerate() {
            let first = deal.trips[side].start;
            self.draft.retime(self.problem, vehicle, first, first + lengths[side]);
        }
        let in_shift = |vehicle: usize| {
            let route = &self.draft.routes[vehicle];
            let back = route.trips.last().map_or(i32::MIN, |trip| trip.back);
            back <= self.problem.vehicles[vehicle].until && (!self.problem.holds || route.orderly())
        };
        if !(in_shift(a) && in_shift(b)) {
            return false;
        }
        for vehicle in deal.vehicles {
            for rider in &self.draft.routes[vehicle].riders {
                self.rides[rider.party as usize] = vehicle;
            }
        }
        true
    }

    /// A trip, another vehicle, and the trip of it that leaves at about the same time.
    fn deal(&mut self) -> Option<Deal> {
        let party = self.movable[self.random.below(self.movable.len())];
        let a = self.rides[party as usize];
        if a == NOBODY {
            return None;
        }
        let (i, _) = self.draft.routes[a].find(party)?;
        let b = self.random.below(self.problem.vehicles.len());
        if i < self.draft.locked[a] || a == b {
            return None;
        }
        let (mine, theirs) = (&self.draft.routes[a].trips, &self.draft.routes[b].trips);
        let departs = mine[i].departs;
        let near = theirs.partition_point(|trip| trip.departs < departs);
        let j = (near + self.random.below(3)).saturating_sub(1).clamp(self.draft.locked[b], theirs.len());
        let trips = match self.random.below(3) {
            0 => [i..i + 1, j..(j + 1).min(theirs.len())],
            1 => [i..i + 1, j..j],
            _ => [i..mine.len(), j..theirs.len()],
        };
        Some(Deal { vehicles: [a, b], trips })
    }

    /// What the riders cost more on their new vehicles; nothing when one cannot ride there.
    fn price_of(&self, deal: &Deal) -> Option<i64> {
        let [a, b] = deal.vehicles;
        let mut dearer = 0;
        for (from, to, trips) in [(a, b, &deal.trips[0]), (b, a, &deal.trips[1])] {
            let route = &self.draft.routes[from];
            for trip in &route.trips[trips.clone()] {
                if !carries(self.problem, to, trip) {
                    return None;
                }
                for rider in route.riders_of(trip) {
                    let price = self.problem.price(rider.party as usize, to);
                    if price >= IMPOSSIBLE {
                        return None;
                    }
                    dearer += price - self.problem.price(rider.party as usize, from);
                }
            }
        }
        Some(dearer)
    }
}

/// Whether a vehicle has room for all of a trip.
fn carries(problem: &Problem, vehicle: usize, trip: &Trip) -> bool {
    let cab = &problem.vehicles[vehicle];
    trip.people <= problem.seats[vehicle] && trip.luggage <= cab.luggage && trip.wheelchairs <= cab.wheelchairs
}

fn trips_cost(route: &Route) -> i64 {
    route.trips.iter().map(|trip| trip.cost).sum()
}

/// Makes `route` out of `own` with the trips `out` replaced by the trips `more` of `other`.
fn splice(route: &mut Route, own: &Route, out: &Range<usize>, other: &Route, more: &Range<usize>) {
    route.riders.clear();
    route.trips.clear();
    let parts = [(own, 0..out.start), (other, more.clone()), (own, out.end..own.trips.len())];
    for (source, trips) in parts {
        for trip in &source.trips[trips] {
            let first = u32::try_from(route.riders.len()).expect("fewer riders than parties");
            route.riders.extend_from_slice(source.riders_of(trip));
            route.trips.push(Trip { first, ..*trip });
        }
    }
}
