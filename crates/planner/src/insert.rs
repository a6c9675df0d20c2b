//! Where one more party costs least: into a trip, or on a trip of its own before, between or after the others.
//!
//! Most places are ruled out by a bound that costs a multiplication; the rest is priced by arithmetic on the times that
//! the draft keeps ([`crate::timing`]), and driven only where a gate is still closed or a limit is near.

use crate::draft::{Draft, Rider, Trip};
use crate::model::{IMPOSSIBLE, ORIGIN, Party, Problem, SECOND};

/// A place for a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    pub vehicle: usize,
    /// The trip it joins; or, when `fresh`, before which a new one begins.
    pub trip: usize,
    /// Before which rider of the trip.
    pub at: usize,
    /// A trip of its own.
    pub fresh: bool,
    pub place: u16,
}

/// The search for one party. `best` is the price to beat, and the price of `spot` once there is one.
pub(crate) struct Seek<'a> {
    problem: &'a Problem,
    draft: &'a Draft,
    index: usize,
    party: &'a Party,
    weight: i64,
    place: u16,
    direct: i32,
    pub best: i64,
    pub spot: Option<Spot>,
}

impl<'a> Seek<'a> {
    /// A search that has to beat `best`.
    pub fn new(problem: &'a Problem, draft: &'a Draft, party: u32, best: i64) -> Self {
        let index = party as usize;
        let party = &problem.parties[index];
        let weight = i64::from(party.people) * SECOND;
        Self { problem, draft, index, party, weight, place: 0, direct: 0, best, spot: None }
    }

    /// Looks at every vehicle and every place the party may go to.
    pub fn everywhere(&mut self) {
        for choice in 0..self.party.places.len() {
            if self.go_to(self.party.places[choice]) {
                for vehicle in 0..self.problem.vehicles.len() {
                    self.on_vehicle(vehicle);
                }
            }
        }
    }

    /// Sets the place; says whether it has room.
    pub fn go_to(&mut self, place: u16) -> bool {
        (self.place, self.direct) = (place, self.problem.seconds[usize::from(place)]);
        self.draft.takes(self.problem, place, self.party.people)
    }

    /// All trips of one vehicle that may still change.
    #[inline]
    pub fn on_vehicle(&mut self, vehicle: usize) {
        let price = self.problem.price(self.index, vehicle);
        if price >= self.best {
            return;
        }
        let (draft, first) = (self.draft, self.draft.locked[vehicle]);
        let trips = &draft.routes[vehicle].trips;
        let boards = self.party.ready + self.problem.rules.boarding_s;
        let spare = self.best - price - self.weight * i64::from(self.direct);
        for (index, trip) in trips.iter().enumerate().skip(first) {
            // Its riders would wait for this party: too dear for a trip that leaves long before.
            let early = i64::from(boards - trip.departs);
            if early > 0 && i64::from(trip.people) * SECOND * early >= spare {
                continue;
            }
            let free = draft.free_before(self.problem, vehicle, index);
            if !self.alone(vehicle, index, free, price) {
                return;
            }
            self.aboard(vehicle, index, free, price);
        }
        let free = draft.free_before(self.problem, vehicle, trips.len());
        self.alone(vehicle, trips.len(), free, price);
    }

    /// On a trip of its own before trip `index`. False when this and everything later is too dear already.
    #[inline]
    fn alone(&mut self, vehicle: usize, index: usize, free: i32, price: i64) -> bool {
        let (problem, draft) = (self.problem, self.draft);
        let departs = free.max(self.party.ready) + problem.rules.boarding_s;
        let arrives = (departs + self.direct + problem.rules.stop_s).max(problem.places[usize::from(self.place)].opens);
        let least = price + self.weight * i64::from(arrives - self.party.ready);
        if least >= self.best {
            return false;
        }
        if let Some(next) = draft.routes[vehicle].trips.get(index) {
            let home = problem.seconds_to[usize::from(self.place)];
            let push = arrives + problem.rules.party_s + home + problem.rules.turnaround_s + problem.rules.boarding_s
                - next.departs;
            if push > 0 && least + i64::from(next.people) * SECOND * i64::from(push) >= self.best {
                return true;
            }
        }
        let driven = problem.drive_alone(self.rider(), departs);
        let cost = driven.cost + price;
        if cost < self.best && driven.back <= problem.vehicles[vehicle].until {
            let free = driven.back + problem.rules.turnaround_s;
            let cost = cost + problem.later(draft, vehicle, index, free, self.best - cost);
            self.offer(cost, Spot { vehicle, trip: index, at: 0, fresh: true, place: self.place });
        }
        true
    }

    /// Into trip `index`, at the best place in its row.
    #[inline]
    pub fn aboard(&mut self, vehicle: usize, index: usize, free: i32, price: i64) {
        let (problem, draft) = (self.problem, self.draft);
        let trip = &draft.routes[vehicle].trips[index];
        if !fits(problem, vehicle, trip, self.party) {
            return;
        }
        let departs = free.max(trip.ready.max(self.party.ready)) + problem.rules.boarding_s;
        let delay = departs - trip.departs;
        let pushed = price + i64::from(trip.people) * SECOND * i64::from(delay);
        if pushed + self.weight * i64::from(departs + self.direct - self.party.ready) >= self.best {
            return;
        }
        let riders = draft.routes[vehicle].riders_of(trip);
        let calm = trip.even
            && departs - self.party.ready <= problem.rules.wait_max_s
            && (delay == 0 || (delay <= trip.wait_slack && delay <= riders[0].slack));
        let join = Join { vehicle, index, trip, riders, departs, delay, price, pushed, calm };
        for at in 0..=riders.len() {
            // Inside one stop every place is the same: only its end is tried.
            if at < riders.len()
                && (riders[at].place == self.place || (at > 0 && riders[at].place == riders[at - 1].place))
            {
                continue;
            }
            let begun = if at == 0 { 0 } else { riders[at - 1].arrives };
            if pushed + self.weight * i64::from(departs + begun - self.party.ready) >= self.best {
                return;
            }
            self.join_at(&join, at);
        }
    }

    #[inline]
    fn join_at(&mut self, join: &Join, at: usize) {
        let problem = self.problem;
        let Detour { arrives, longer } = self.detour(join.riders, at);
        let arrival = join.departs + arrives;
        let next = join.riders.get(at);
        let behind = next.map_or(0, |next| i64::from(next.people_on) * i64::from(longer));
        let smooth = join.pushed + self.weight * i64::from(arrival - self.party.ready) + SECOND * behind;
        if smooth >= self.best && join.trip.even {
            return;
        }
        let gate = &problem.places[usize::from(self.place)];
        let kept = next.is_none_or(|next| longer + join.delay <= next.slack);
        let even =
            join.calm && kept && arrives <= problem.rules.ride_max_s && (gate.opens..=gate.closes).contains(&arrival);
        let (cost, back) = if even {
            let metres = i64::from(self.metres(join.riders, at));
            (smooth + metres * i64::from(problem.rules.km_s), join.trip.back + join.delay + longer)
        } else {
            let driven = problem.drive_with(join.riders, at, self.rider(), join.departs);
            (driven.cost - join.trip.cost + join.price, driven.back)
        };
        if cost >= self.best || back > problem.vehicles[join.vehicle].until {
            return;
        }
        let free = back + problem.rules.turnaround_s;
        let more = if back == join.trip.back {
            0
        } else {
            problem.later(self.draft, join.vehicle, join.index + 1, free, self.best - cost)
        };
        self.offer(cost + more, Spot { vehicle: join.vehicle, trip: join.index, at, fresh: false, place: self.place });
    }

    /// When the vehicle would be here, and how much longer its way becomes.
    #[inline]
    fn detour(&self, riders: &[Rider], at: usize) -> Detour {
        let (rules, places) = (&self.problem.rules, self.problem.places.len());
        let (from, left) = before(riders, at);
        if at > 0 && from == usize::from(self.place) {
            return Detour { arrives: riders[at - 1].arrives, longer: rules.party_s };
        }
        let here = usize::from(self.place) * places;
        let arrives = left + self.problem.seconds_to[here + from] + rules.stop_s;
        let (next, was) = match riders.get(at) {
            Some(next) => (usize::from(next.place), next.arrives - rules.stop_s),
            None => (ORIGIN, left + self.problem.seconds_to[ORIGIN * places + from]),
        };
        Detour { arrives, longer: arrives + rules.party_s + self.problem.seconds[here + next] - was }
    }

    /// How many metres longer the way becomes.
    #[inline]
    fn metres(&self, riders: &[Rider], at: usize) -> i32 {
        let (problem, places) = (self.problem, self.problem.places.len());
        let (from, here) = (before(riders, at).0, usize::from(self.place));
        let next = riders.get(at).map_or(ORIGIN, |next| usize::from(next.place));
        if at > 0 && from == here {
            return 0;
        }
        problem.metres_to[here * places + from] + problem.metres[here * places + next]
            - problem.metres[from * places + next]
    }

    #[inline]
    fn rider(&self) -> Rider {
        Rider {
            party: u32::try_from(self.index).expect("fewer than 20,000 parties"),
            place: self.place,
            ..Rider::default()
        }
    }

    /// Takes a place that is cheaper than the best so far.
    #[inline]
    pub fn offer(&mut self, cost: i64, spot: Spot) {
        if cost < self.best {
            (self.best, self.spot) = (cost, Some(spot));
        }
    }
}

/// A trip as the party would change it by boarding, wherever it gets off.
struct Join<'a> {
    vehicle: usize,
    index: usize,
    trip: &'a Trip,
    riders: &'a [Rider],
    departs: i32,
    /// How much later the trip leaves.
    delay: i32,
    price: i64,
    /// The price of the vehicle and of the later departure.
    pushed: i64,
    /// Nobody comes near a limit by the later departure alone.
    calm: bool,
}

/// What one more stop adds to a way.
struct Detour {
    /// When the vehicle is here, after its departure.
    arrives: i32,
    /// How much later everything behind becomes.
    longer: i32,
}

/// Where the vehicle comes from before the rider `at`, and when it left there, after its departure.
#[inline]
fn before(riders: &[Rider], at: usize) -> (usize, i32) {
    match at.checked_sub(1) {
        Some(last) => (usize::from(riders[last].place), riders[last].leaves),
        None => (ORIGIN, 0),
    }
}

/// Whether a trip of a vehicle has room for a party, and nobody on board whom it must not meet.
#[inline]
pub(crate) fn fits(problem: &Problem, vehicle: usize, trip: &Trip, party: &Party) -> bool {
    let cab = &problem.vehicles[vehicle];
    trip.people + party.people <= problem.seats[vehicle]
        && trip.luggage + party.luggage <= cab.luggage
        && trip.wheelchairs + party.wheelchairs <= cab.wheelchairs
        && trip.apart & (1 << party.tag) == 0
}

/// The cheapest place for a party now, with its price; nothing when leaving it behind is cheaper.
pub(crate) fn cheapest(problem: &Problem, draft: &Draft, party: u32) -> Option<(i64, Spot)> {
    let least = problem.unserved(party as usize).min(IMPOSSIBLE);
    let mut seek = Seek::new(problem, draft, party, least);
    seek.everywhere();
    seek.spot.map(|spot| (seek.best, spot))
}
