//! The two changes: put a party somewhere, take parties out. Both keep times, cost and beds true.

use super::{Draft, Rider, Trip};
use crate::insert::Spot;
use crate::model::Problem;

impl Draft {
    /// Puts a party where the search found room.
    pub fn put(&mut self, problem: &Problem, party: u32, spot: Spot) {
        let rider = Rider::of(problem, party, spot.place);
        if spot.fresh {
            self.begin_trip(problem, rider, spot);
        } else {
            self.join_trip(problem, rider, spot);
        }
        let place = usize::from(spot.place);
        if problem.places[place].beds.is_some() {
            self.used[place] += problem.parties[party as usize].people;
        }
        self.cost += problem.price(party as usize, spot.vehicle);
        self.retime(problem, spot.vehicle, spot.trip, spot.trip);
    }

    fn begin_trip(&mut self, problem: &Problem, rider: Rider, spot: Spot) {
        let route = &mut self.routes[spot.vehicle];
        let first = route.trips.get(spot.trip).map_or(route.riders.len(), |trip| trip.first as usize);
        route.riders.insert(first, rider);
        for trip in &mut route.trips[spot.trip..] {
            trip.first += 1;
        }
        let mut trip = Trip {
            first: u32::try_from(first).expect("fewer riders than parties"),
            ready: i32::MIN,
            ..Trip::default()
        };
        load(problem, &mut trip, rider);
        route.trips.insert(spot.trip, trip);
    }

    fn join_trip(&mut self, problem: &Problem, rider: Rider, spot: Spot) {
        let route = &mut self.routes[spot.vehicle];
        let trip = &mut route.trips[spot.trip];
        route.riders.insert(trip.first as usize + spot.at, rider);
        load(problem, trip, rider);
        for trip in &mut route.trips[spot.trip + 1..] {
            trip.first += 1;
        }
    }

    /// Takes the marked parties off one vehicle. A trip that nobody rides is gone.
    pub fn take_out(&mut self, problem: &Problem, vehicle: usize, marked: &[bool]) {
        let (mut first_hit, mut last_hit) = (usize::MAX, 0);
        let route = &mut self.routes[vehicle];
        let (mut kept_riders, mut kept_trips) = (0, 0);
        for index in 0..route.trips.len() {
            let old = route.trips[index];
            let mut new = Trip {
                first: u32::try_from(kept_riders).expect("fewer riders than parties"),
                ready: i32::MIN,
                ..Trip::default()
            };
            for at in old.row() {
                let rider = route.riders[at];
                if marked[rider.party as usize] {
                    self.cost -= problem.price(rider.party as usize, vehicle);
                    if problem.places[usize::from(rider.place)].beds.is_some() {
                        self.used[usize::from(rider.place)] -= problem.parties[rider.party as usize].people;
                    }
                } else {
                    route.riders[kept_riders] = rider;
                    kept_riders += 1;
                    load(problem, &mut new, rider);
                }
            }
            if new.len != old.len {
                first_hit = first_hit.min(kept_trips);
                last_hit = kept_trips;
            }
            if new.len == 0 {
                self.cost -= old.cost;
                continue;
            }
            (new.departs, new.back, new.cost, new.even, new.calm) =
                (old.departs, old.back, old.cost, old.even, old.calm);
            route.trips[kept_trips] = new;
            kept_trips += 1;
        }
        route.riders.truncate(kept_riders);
        route.trips.truncate(kept_trips);
        if first_hit != usize::MAX {
            self.retime(problem, vehicle, first_hit, last_hit);
        }
    }

    /// Drives the trips from `from` on again, at least up to `upto`, then until one leaves as before.
    pub fn retime(&mut self, problem: &Problem, vehicle: usize, from: usize, upto: usize) {
        let mut free = self.free_before(problem, vehicle, from);
        let route = &mut self.routes[vehicle];
        for index in from..route.trips.len() {
            let trip = &mut route.trips[index];
            let departs = free.max(trip.ready) + problem.rules.boarding_s;
            if index > upto && departs == trip.departs {
                break;
            }
            let old = trip.cost;
            problem.time(&mut route.riders[trip.row()], trip, departs);
            self.cost += trip.cost - old;
            free = trip.back + problem.rules.turnaround_s;
        }
    }
}

/// Counts a rider into a trip.
fn load(problem: &Problem, trip: &mut Trip, rider: Rider) {
    let party = &problem.parties[rider.party as usize];
    trip.len += 1;
    trip.people += party.people;
    trip.luggage += party.luggage;
    trip.wheelchairs += party.wheelchairs;
    trip.ready = trip.ready.max(party.ready);
    trip.pin = trip.pin.or(party.pinned_trip);
    trip.tags |= 1 << party.tag;
    trip.apart |= problem.rules.apart[usize::from(party.tag)];
}
