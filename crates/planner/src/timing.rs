//! Driving a trip: the plain way, stop by stop, and what a later begin does to everything behind it.

use crate::draft::{Draft, Rider, Route, Trip};
use crate::model::{IMPOSSIBLE, LATE_SECOND, ORIGIN, Problem, SECOND, SLIP_S, UNTOLD};

/// A trip, driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Driven {
    /// What its riders and its kilometres cost.
    pub cost: i64,
    /// When the vehicle is back.
    pub back: i32,
}

/// The vehicle on its way.
struct Way<'p> {
    problem: &'p Problem,
    departs: i32,
    now: i32,
    at: usize,
    arrived: i32,
    even: bool,
    cost: i64,
    metres: i64,
}

impl<'p> Way<'p> {
    #[inline]
    fn new(problem: &'p Problem, departs: i32) -> Self {
        Self { problem, departs, now: departs, at: ORIGIN, arrived: departs, even: true, cost: 0, metres: 0 }
    }

    /// One party gets off; gives how much later that may happen.
    #[inline]
    fn drop(&mut self, rider: Rider) -> i32 {
        let (problem, place) = (self.problem, usize::from(rider.place));
        if place != self.at {
            let road = self.at * problem.places.len() + place;
            self.metres += i64::from(problem.metres[road]);
            self.now += problem.seconds[road] + problem.rules.stop_s;
            if self.now < problem.places[place].opens {
                self.now = problem.places[place].opens;
                self.even = false;
            }
            self.arrived = self.now;
            self.at = place;
        }
        self.now += problem.rules.party_s;
        self.charge(rider, place)
    }

    #[inline]
    fn charge(&mut self, rider: Rider, place: usize) -> i32 {
        let rules = &self.problem.rules;
        let (wait, ride) = (self.departs - rider.ready, self.arrived - self.departs);
        let people = i64::from(rider.people);
        self.cost += people * SECOND * i64::from(wait + ride);
        let (ride_left, gate_left) = (rules.ride_max_s - ride, self.problem.places[place].closes - self.arrived);
        self.cost += self.problem.over(rider.people, wait, ride, gate_left);
        if rider.promised == UNTOLD {
            return ride_left.min(gate_left);
        }
        self.cost += self.problem.slipped(rider.people, rider.promised, self.arrived);
        ride_left.min(gate_left).min(rider.promised + SLIP_S - self.arrived)
    }

    #[inline]
    fn home(self) -> Driven {
        let road = self.at * self.problem.places.len();
        let metres = self.metres + i64::from(self.problem.metres[road]);
        let cost = self.cost + metres * i64::from(self.problem.rules.km_s);
        Driven { cost, back: self.now + self.problem.seconds[road] }
    }
}

impl Problem {
    /// What it costs people to wait or ride too long, or to come to a gate that has closed. 0 when nothing of that is so.
    #[inline]
    pub(crate) fn over(&self, people: i32, wait: i32, ride: i32, gate_left: i32) -> i64 {
        let (wait, ride) = (wait - self.rules.wait_max_s, ride - self.rules.ride_max_s);
        let over = if wait > 0 {
            wait
        } else if ride > 0 {
            ride
        } else {
            -gate_left
        };
        if over > 0 { i64::from(people) * (self.person + LATE_SECOND * i64::from(over)) } else { 0 }
    }

    /// What it costs that people who were told an arrival come much earlier or later. Whoever was told another vehicle is
    /// told anew once, not twice, so that this is only a part of it.
    #[inline]
    pub(crate) fn slipped(&self, people: i32, promised: i32, arrives: i32) -> i64 {
        if promised == UNTOLD || (arrives - promised).abs() <= SLIP_S {
            return 0;
        }
        i64::from(people) * SECOND * i64::from(self.rules.told_s)
    }

    /// Drives a trip that leaves at `departs`.
    #[inline]
    pub(crate) fn drive(&self, riders: &[Rider], departs: i32) -> Driven {
        let mut way = Way::new(self, departs);
        for rider in riders {
            way.drop(*rider);
        }
        way.home()
    }

    /// Drives a trip with one more rider before the place `at` in the row.
    #[inline]
    pub(crate) fn drive_with(&self, riders: &[Rider], at: usize, more: Rider, departs: i32) -> Driven {
        let mut way = Way::new(self, departs);
        for rider in &riders[..at] {
            way.drop(*rider);
        }
        way.drop(more);
        for rider in &riders[at..] {
            way.drop(*rider);
        }
        way.home()
    }

    /// Drives a trip and writes down everything that later questions need.
    pub(crate) fn time(&self, riders: &mut [Rider], trip: &mut Trip, departs: i32) {
        let mut way = Way::new(self, departs);
        let mut wait_slack = i32::MAX;
        for rider in riders.iter_mut() {
            rider.slack = way.drop(*rider);
            rider.arrives = way.arrived - departs;
            rider.leaves = way.now - departs;
            wait_slack = wait_slack.min(rider.ready + self.rules.wait_max_s - departs);
        }
        let (mut people_on, mut slack) = (0, i32::MAX);
        for rider in riders.iter_mut().rev() {
            people_on += rider.people;
            slack = slack.min(rider.slack);
            (rider.people_on, rider.slack) = (people_on, slack);
        }
        (trip.departs, trip.even, trip.calm) = (departs, way.even, wait_slack.min(slack));
        let driven = way.home();
        (trip.cost, trip.back) = (driven.cost, driven.back);
    }

    /// A trip of a route that leaves at `departs` instead: what it costs more, and when it is back. Arithmetic where
    /// every arrival moves alike and no limit is near, else driven.
    #[inline]
    pub(crate) fn shifted(&self, route: &Route, trip: &Trip, departs: i32) -> Driven {
        let shift = departs - trip.departs;
        if trip.even && (0..=trip.calm).contains(&shift) {
            return Driven { cost: i64::from(trip.people) * SECOND * i64::from(shift), back: trip.back + shift };
        }
        let driven = self.drive(route.riders_of(trip), departs);
        Driven { cost: driven.cost - trip.cost, back: driven.back }
    }

    /// What the trips from `trip` on cost more when boarding can begin at `free`; [`IMPOSSIBLE`] when the shift ends
    /// before, or when it reaches `bound`.
    #[inline]
    pub(crate) fn later(&self, draft: &Draft, vehicle: usize, trip: usize, mut free: i32, bound: i64) -> i64 {
        let (route, until) = (&draft.routes[vehicle], self.vehicles[vehicle].until);
        let mut more = 0;
        for trip in &route.trips[trip..] {
            let departs = free.max(trip.ready) + self.rules.boarding_s;
            if departs == trip.departs {
                return more;
            }
            // An even trip costs at least the time of its riders: limits only add to it.
            let least = i64::from(trip.people) * SECOND * i64::from(departs - trip.departs);
            if trip.even && more + least >= bound {
                return IMPOSSIBLE;
            }
            let driven = self.shifted(route, trip, departs);
            more += driven.cost;
            if driven.back > until || more >= bound {
                return IMPOSSIBLE;
            }
            free = driven.back + self.rules.turnaround_s;
        }
        more
    }
}
