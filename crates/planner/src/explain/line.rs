//! The trips of one vehicle, one after the other, and what becomes of them when one more party rides. Driven the plain
//! way: this is asked for one party at a time, by a person.

use super::{Fit, Obstacle, Offer};
use crate::model::{ORIGIN, Party, Problem};
use crate::plain::{cost_of, parties_of};
use crate::plan::{Plan, PlannedTrip};

/// A place that can be offered; or the price of the attempt that came nearest, and what stood in its way.
pub(super) type Attempt = Result<Offer, (i64, Obstacle)>;

/// One vehicle.
pub(super) struct Line<'a> {
    problem: &'a Problem,
    vehicle: usize,
    now: i32,
    /// Its trips by departure.
    trips: Vec<PlannedTrip>,
    /// Where they stand in the plan.
    indices: Vec<usize>,
}

impl<'a> Line<'a> {
    pub fn of(problem: &'a Problem, plan: &Plan, vehicle: usize, now: i32) -> Self {
        let mut indices: Vec<usize> =
            (0..plan.trips.len()).filter(|index| plan.trips[*index].vehicle == vehicle).collect();
        indices.sort_by_key(|index| plan.trips[*index].departs);
        let trips = indices.iter().map(|index| plan.trips[*index].clone()).collect();
        Self { problem, vehicle, now, trips, indices }
    }

    pub fn len(&self) -> usize {
        self.trips.len()
    }

    /// The first trip that does not board yet.
    pub fn first_open(&self) -> usize {
        self.trips.partition_point(|trip| trip.departs - self.problem.rules.boarding_s < self.now)
    }

    /// Where a trip stands in the plan.
    pub fn index(&self, at: usize) -> usize {
        self.indices[at]
    }

    /// Into a trip: at a stop it makes anyway, or at a new stop wherever that costs least.
    pub fn join(&self, party: u32, place: u16, at: usize) -> Attempt {
        if let Some(obstacle) = self.barred(party, Some(at)) {
            return Err((i64::MAX, obstacle));
        }
        let tries = self.spots(party, place, at).into_iter().map(|offer| self.attempt(offer));
        tries.reduce(better).expect("there is a place before the first stop")
    }

    /// Every place in a trip: at the stop it makes anyway, or before each stop and behind the last.
    fn spots(&self, party: u32, place: u16, at: usize) -> Vec<Offer> {
        let stops = &self.trips[at].stops;
        let places = match stops.iter().position(|stop| stop.place == place) {
            Some(stop) => vec![(stop, true)],
            None => (0..=stops.len()).map(|stop| (stop, false)).collect(),
        };
        let (blank, trip) = (self.blank(party, place), Some(self.indices[at]));
        let offer = |(stop, joins_stop)| Offer { position: at, stop, joins_stop, trip, ..blank.clone() };
        places.into_iter().map(offer).collect()
    }

    /// On a new trip, behind those that stand: nobody who was told a departure waits for a vehicle that left with others.
    pub fn begin(&self, party: u32, place: u16) -> Attempt {
        if let Some(obstacle) = self.barred(party, None) {
            return Err((i64::MAX, obstacle));
        }
        self.attempt(Offer { position: self.trips.len(), ..self.blank(party, place) })
    }

    /// Into a trip as it is given by hand: at the stop it makes anyway, or at a new stop where that costs least, whoever comes
    /// late by it.
    pub fn fit(&self, party: u32, place: u16, at: usize) -> Result<Fit, Obstacle> {
        if let Some(obstacle) = self.barred(party, Some(at)) {
            return Err(obstacle);
        }
        let until = self.problem.vehicles[self.vehicle].until;
        let tries = self.spots(party, place, at).into_iter().map(|offer| {
            let mut line = self.trips[..=at].to_vec();
            offer.change(&mut line);
            let back = retime(self.problem, &mut line, at);
            (back.max(until), cost_of(self.problem, &line[at]), offer, line)
        });
        let best = tries.min_by_key(|(over, cost, ..)| (*over, *cost));
        let (back, _, offer, line) = best.expect("there is a place before the first stop");
        if back > until {
            return Err(Obstacle::BackAfterShift { back, until });
        }
        let own = seats(self.problem, &line[at]).into_iter().find(|seat| seat.party == party);
        let before = (!offer.joins_stop).then(|| line[at].stops.get(offer.stop + 1)).flatten();
        Ok(Fit { arrives: own.expect("it was just seated").arrives, before: before.map(|stop| stop.place) })
    }

    fn blank(&self, party: u32, place: u16) -> Offer {
        let it = &self.problem.parties[party as usize];
        let spoken = self.problem.vehicles.iter().fold(0, |all, vehicle| all | vehicle.languages);
        let here = self.problem.vehicles[self.vehicle].languages;
        let no_language = it.languages & spoken != 0 && it.languages & here == 0;
        Offer {
            party,
            vehicle: self.vehicle,
            trip: None,
            place,
            departs: self.now + self.problem.rules.boarding_s,
            arrives: 0,
            delay_s: 0,
            cost: 0,
            no_language,
            position: 0,
            stop: 0,
            joins_stop: false,
        }
    }

    /// What keeps the party off whatever the way: the vehicle, its crew, the room that is left, the company.
    fn barred(&self, party: u32, at: Option<usize>) -> Option<Obstacle> {
        let (problem, it) = (self.problem, &self.problem.parties[party as usize]);
        let trip = at.map(|at| &self.trips[at]);
        let (rules, cab) = (&problem.rules, &problem.vehicles[self.vehicle]);
        let on_board = || trip.into_iter().flat_map(parties_of).map(|other| &problem.parties[other as usize]);
        let left = |all: i32, of: fn(&Party) -> i32| all - on_board().map(of).sum::<i32>();
        let (seats, luggage, wheelchairs) = (
            left(rules.seats(cab.seats), |it| it.people),
            left(cab.luggage, |it| it.luggage),
            left(cab.wheelchairs, |it| it.wheelchairs),
        );
        let meets = |other: &u32| rules.apart[usize::from(it.tag)] >> problem.parties[*other as usize].tag & 1 == 1;
        let other_vehicle = it.pinned.filter(|pinned| *pinned != self.vehicle || self.other_trip(it, at));
        let (found, needed) = (cab.escorts, rules.escorts_min);
        other_vehicle
            .map(|vehicle| Obstacle::PinnedElsewhere { vehicle })
            .or_else(|| (found < needed).then_some(Obstacle::Escorts { found, needed }))
            .or_else(|| (seats < it.people).then_some(Obstacle::Full { free: seats, needed: it.people }))
            .or_else(|| (luggage < it.luggage).then_some(Obstacle::Luggage { free: luggage, needed: it.luggage }))
            .or_else(|| {
                let (free, needed) = (wheelchairs, it.wheelchairs);
                (free < needed).then_some(Obstacle::Wheelchairs { free, needed })
            })
            .or_else(|| {
                let other = trip.into_iter().flat_map(parties_of).find(meets);
                other.map(|party| Obstacle::MustNotMeet { party })
            })
    }

    /// Whether a party that is pinned to a trip of this vehicle is pinned to another than this one.
    fn other_trip(&self, it: &Party, at: Option<usize>) -> bool {
        let pins =
            |trip: &PlannedTrip| parties_of(trip).find_map(|party| self.problem.parties[party as usize].pinned_trip);
        let Some(nth) = it.pinned_trip else { return false };
        let own = self.trips.iter().position(|trip| pins(trip) == Some(nth));
        let taken = at.and_then(|at| pins(&self.trips[at])).is_some_and(|pin| pin != nth);
        at.unwrap_or(self.trips.len()) > usize::from(nth) || taken || own.is_some_and(|own| at != Some(own))
    }

    /// Seats the party, drives the vehicle's day again, and looks whether anybody comes over a limit by it.
    fn attempt(&self, mut offer: Offer) -> Attempt {
        let mut line = self.trips.clone();
        offer.change(&mut line);
        let back = retime(self.problem, &mut line, offer.position);
        let cost =
            |trips: &[PlannedTrip]| trips[offer.position..].iter().map(|it| cost_of(self.problem, it)).sum::<i64>();
        offer.cost = cost(&line) - cost(&self.trips);
        let until = self.problem.vehicles[self.vehicle].until;
        if back > until {
            return Err((offer.cost, Obstacle::BackAfterShift { back, until }));
        }
        if let Some(obstacle) = self.newly_late(&line, offer.position) {
            return Err((offer.cost, obstacle));
        }
        let trip = &line[offer.position];
        offer.departs = trip.departs;
        offer.delay_s = offer.trip.map_or(0, |_| trip.departs - self.trips[offer.position].departs);
        let own = seats(self.problem, trip).into_iter().find(|seat| seat.party == offer.party);
        offer.arrives = own.expect("it was just seated").arrives;
        Ok(offer)
    }

    /// The first who is over a limit now and was not before.
    fn newly_late(&self, line: &[PlannedTrip], from: usize) -> Option<Obstacle> {
        let late = |trips: &[PlannedTrip]| -> Vec<(u32, Obstacle)> {
            let seats = trips[from..].iter().flat_map(|trip| seats(self.problem, trip));
            seats.filter_map(|seat| Some((seat.party, seat.late(self.problem)?))).collect()
        };
        let before = late(&self.trips);
        let newly = late(line).into_iter().find(|(party, _)| before.iter().all(|(other, _)| other != party));
        newly.map(|(_, obstacle)| obstacle)
    }
}

/// Lets every trip from `from` on leave as promised, or as soon as the vehicle and its riders can. Gives when the vehicle
/// is back from the last.
pub(super) fn retime(problem: &Problem, line: &mut [PlannedTrip], from: usize) -> i32 {
    let turnaround_s = problem.rules.turnaround_s;
    let mut free = match from.checked_sub(1) {
        Some(last) => crate::back_of(problem, &line[last]) + turnaround_s,
        None => line.first().map_or(0, |trip| problem.vehicles[trip.vehicle].free),
    };
    for trip in &mut line[from..] {
        let ready = parties_of(trip).map(|party| problem.parties[party as usize].ready).max();
        trip.departs = trip.departs.max(free.max(ready.unwrap_or(free)) + problem.rules.boarding_s);
        free = crate::back_of(problem, trip) + turnaround_s;
    }
    free - turnaround_s
}

/// The better of two attempts: an offer before none, the cheaper before the dearer.
pub(super) fn better(a: Attempt, b: Attempt) -> Attempt {
    match (&a, &b) {
        (Ok(x), Ok(y)) if y.cost < x.cost => b,
        (Err(_), Ok(_)) => b,
        (Err((x, _)), Err((y, _))) if y < x => b,
        _ => a,
    }
}

/// A party on a trip that was driven.
struct Seat {
    party: u32,
    place: usize,
    wait_s: i32,
    ride_s: i32,
    arrives: i32,
}

fn seats(problem: &Problem, trip: &PlannedTrip) -> Vec<Seat> {
    let (mut now, mut at, mut all) = (trip.departs, ORIGIN, Vec::new());
    for stop in &trip.stops {
        let place = usize::from(stop.place);
        if place != at {
            now += problem.seconds(at, place) + problem.rules.stop_s;
        }
        now = now.max(problem.places[place].opens);
        for &party in &stop.parties {
            let wait_s = trip.departs - problem.parties[party as usize].ready;
            all.push(Seat { party, place, wait_s, ride_s: now - trip.departs, arrives: now });
        }
        now += problem.rules.party_s * i32::try_from(stop.parties.len()).unwrap_or(i32::MAX);
        at = place;
    }
    all
}

impl Seat {
    fn late(&self, problem: &Problem) -> Option<Obstacle> {
        let (party, arrives, closes) = (self.party, self.arrives, problem.places[self.place].closes);
        let (wait_max_s, ride_max_s) = (problem.rules.wait_max_s, problem.rules.ride_max_s);
        if self.wait_s > wait_max_s {
            Some(Obstacle::WaitTooLong { party, wait_s: self.wait_s, max_s: wait_max_s })
        } else if self.ride_s > ride_max_s {
            Some(Obstacle::RideTooLong { party, ride_s: self.ride_s, max_s: ride_max_s })
        } else {
            (arrives > closes).then_some(Obstacle::GateClosed { party, arrives, closes })
        }
    }
}
