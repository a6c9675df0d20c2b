//! Where one more party costs least: into a trip, or on a trip of its own before, between or after the others.
//!
//! Most places are ruled out by a bound that costs a multiplication; the rest is priced by arithmetic on the times that
//! the draft keeps ([`crate::timing`]), and driven only where a gate is still closed or a limit is near.

use crate::draft::{Draft, Rider, Trip};
use crate::model::{IMPOSSIBLE, ORIGIN, Party, Place, Problem, SECOND, UNTOLD};

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
    /// When a trip can leave at the earliest with this party.
    leaves: i32,
    goal: Goal<'a>,
    /// How much counts of what others lose by a new trip before theirs, or by waiting for the party on their own, in percent:
    /// below 100 others are expected to join.
    pub blame: i64,
    /// It was told an arrival.
    told: bool,
    pub best: i64,
    pub spot: Option<Spot>,
}

/// The place the party is to be brought to.
#[derive(Clone, Copy)]
struct Goal<'a> {
    place: u16,
    opens: i32,
    closes: i32,
    /// Seconds from every place to here, and from here to every place.
    to: &'a [i32],
    from: &'a [i32],
    /// Straight from the point of entry, the stop included.
    direct: i32,
    /// What the kilometres of a trip of its own cost.
    alone: i64,
    /// The least that the party can cost here.
    least: i64,
}

impl<'a> Seek<'a> {
    /// A search that has to beat `best`.
    pub fn new(problem: &'a Problem, draft: &'a Draft, party: u32, best: i64) -> Self {
        let index = party as usize;
        let party = &problem.parties[index];
        let weight = i64::from(party.people) * SECOND;
        let leaves = party.ready.max(draft.now) + problem.rules.boarding_s;
        let goal = Goal { place: 0, opens: 0, closes: 0, to: &[], from: &[], direct: 0, alone: 0, least: 0 };
        Self {
            problem,
            draft,
            index,
            party,
            weight,
            leaves,
            goal,
            blame: 100,
            told: problem.promised[index] != UNTOLD,
            best,
            spot: None,
        }
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

    /// Sets the place; says whether it has room, and is near enough to be cheaper than the best.
    pub fn go_to(&mut self, place: u16) -> bool {
        let (problem, here, places) = (self.problem, usize::from(place), self.problem.places.len());
        let row = here * places..(here + 1) * places;
        let (to, from) = (&problem.seconds_to[row.clone()], &problem.seconds[row]);
        let Place { opens, closes, .. } = problem.places[here];
        let direct = to[ORIGIN] + problem.rules.stop_s;
        let metres = problem.metres_to[here * places] + problem.metres[here * places];
        let alone = i64::from(metres) * i64::from(problem.rules.km_s);
        let least = self.weight * i64::from((self.leaves + direct).max(opens) - self.party.ready);
        self.goal = Goal { place, opens, closes, to, from, direct, alone, least };
        least < self.best && self.draft.takes(problem, place, self.party.people)
    }

    /// All trips of one vehicle that may still change.
    #[inline]
    pub fn on_vehicle(&mut self, vehicle: usize) {
        let price = self.problem.price(self.index, vehicle);
        let spare = self.best - price - self.goal.least;
        if spare <= 0 {
            return;
        }
        let (draft, first) = (self.draft, self.draft.locked[vehicle]);
        let trips = &draft.routes[vehicle].trips;
        let hold = self.problem.holds.then(|| draft.routes[vehicle].hold(self.party.pinned_trip));
        let begins = |index: usize| hold.is_none_or(|hold| hold.begins(index));
        let mut free = draft.free_before(self.problem, vehicle, first);
        for (index, trip) in trips.iter().enumerate().skip(first) {
            let early = self.leaves - trip.departs;
            // Its riders would wait for this party: too dear for a trip that leaves long before.
            if early <= 0 || i64::from(trip.people) * SECOND * i64::from(early) < spare {
                if begins(index) && !self.alone(vehicle, index, free, price, Some(trip)) {
                    return;
                }
                if hold.is_none_or(|hold| hold.joins(index, trip)) {
                    self.aboard(vehicle, index, price);
                }
            }
            free = (trip.back + self.problem.rules.turnaround_s).max(draft.now);
        }
        if begins(trips.len()) {
            self.alone(vehicle, trips.len(), free, price, None);
        }
    }

    /// On a trip of its own before trip `index`. False when this and everything later is too dear already.
    #[inline]
    fn alone(&mut self, vehicle: usize, index: usize, free: i32, price: i64, next: Option<&Trip>) -> bool {
        let (rules, goal) = (&self.problem.rules, &self.goal);
        let departs = self.leaves.max(free + rules.boarding_s);
        let arrives = (departs + goal.direct).max(goal.opens);
        let least = price + self.weight * i64::from(arrives - self.party.ready);
        if least >= self.best {
            return false;
        }
        let (cost, back) = (least + goal.alone, arrives + rules.party_s + goal.from[ORIGIN]);
        let pushed = next.map_or(0, |next| {
            let push = back + rules.turnaround_s + rules.boarding_s - next.departs;
            i64::from(next.people) * SECOND * i64::from(push.max(0)) * self.blame / 100
        });
        if cost + pushed < self.best && back <= self.problem.vehicles[vehicle].until {
            let cost = cost + self.over_alone(departs, arrives);
            if cost < self.best {
                let cost = cost + self.behind(vehicle, index, back + rules.turnaround_s, self.best - cost);
                self.offer(cost, Spot { vehicle, trip: index, at: 0, fresh: true, place: goal.place });
            }
        }
        true
    }

    /// What a trip of its own costs those behind it.
    #[inline]
    fn behind(&self, vehicle: usize, index: usize, free: i32, left: i64) -> i64 {
        if self.blame == 100 {
            return self.problem.later(self.draft, vehicle, index, free, left);
        }
        let all = self.problem.later(self.draft, vehicle, index, free, IMPOSSIBLE);
        if all >= IMPOSSIBLE { IMPOSSIBLE } else { all / 100 * self.blame }
    }

    /// What it costs to be over a limit on a trip of its own.
    #[inline]
    fn over_alone(&self, departs: i32, arrives: i32) -> i64 {
        let (wait, ride) = (departs - self.party.ready, arrives - departs);
        let people = self.party.people;
        self.problem.over(people, wait, ride, self.goal.closes - arrives)
            + self.problem.slipped(people, self.problem.promised[self.index], arrives)
    }

    /// Into trip `index`, at the best place in its row.
    #[inline]
    fn aboard(&mut self, vehicle: usize, index: usize, price: i64) {
        let (problem, draft) = (self.problem, self.draft);
        let trip = &draft.routes[vehicle].trips[index];
        if !fits(problem, vehicle, trip, self.party) {
            return;
        }
        let departs = trip.departs.max(self.leaves);
        let delay = departs - trip.departs;
        let late = i64::from(trip.people) * SECOND * i64::from(delay);
        let spared = late / 100 * (100 - self.blame);
        let pushed = price + late - spared;
        let waits = departs - self.party.ready;
        if pushed + self.weight * i64::from(waits + self.goal.direct) >= self.best {
            return;
        }
        let riders = draft.routes[vehicle].riders_of(trip);
        let calm = trip.even && waits <= problem.rules.wait_max_s && (delay == 0 || delay <= trip.calm);
        let join = Join { vehicle, index, trip, riders, departs, delay, price, pushed, spared, calm };
        let mut from = Leg { place: u16::MAX, arrives: 0, leaves: 0 };
        for at in 0..=riders.len() {
            if pushed + self.weight * i64::from(waits + from.arrives) >= self.best {
                return;
            }
            let next = riders.get(at);
            // Inside one stop every place is the same: only its end is tried.
            if next.is_none_or(|next| next.place != self.goal.place && next.place != from.place) {
                self.join_at(&join, at, from, next);
            }
            if let Some(next) = next {
                from = Leg { place: next.place, arrives: next.arrives, leaves: next.leaves };
            }
        }
    }

    #[inline]
    fn join_at(&mut self, join: &Join, at: usize, from: Leg, next: Option<&Rider>) {
        let problem = self.problem;
        let Detour { arrives, longer } = self.detour(from, next);
        let arrival = join.departs + arrives;
        let own = self.weight * i64::from(arrival - self.party.ready);
        let behind = next.map_or(0, |next| i64::from(next.people_on) * i64::from(longer));
        let smooth = join.pushed + own + SECOND * behind;
        if if join.trip.even { smooth >= self.best } else { join.price + own >= self.best } {
            return;
        }
        let gate = (self.goal.opens..=self.goal.closes).contains(&arrival);
        let kept = next.is_none_or(|next| longer + join.delay <= next.slack) && !self.told;
        let (cost, back) = if join.calm && kept && gate && arrives <= problem.rules.ride_max_s {
            let metres = i64::from(self.metres(from, next));
            (smooth + metres * i64::from(problem.rules.km_s), join.trip.back + join.delay + longer)
        } else {
            let driven = problem.drive_with(join.riders, at, self.rider(), join.departs);
            (driven.cost - join.trip.cost + join.price - join.spared, driven.back)
        };
        if cost >= self.best || back > problem.vehicles[join.vehicle].until {
            return;
        }
        let more = if back == join.trip.back {
            0
        } else {
            let free = back + problem.rules.turnaround_s;
            problem.later(self.draft, join.vehicle, join.index + 1, free, self.best - cost)
        };
        let place = self.goal.place;
        self.offer(cost + more, Spot { vehicle: join.vehicle, trip: join.index, at, fresh: false, place });
    }

    /// When the vehicle would be here, and how much longer its way becomes.
    #[inline]
    fn detour(&self, from: Leg, next: Option<&Rider>) -> Detour {
        let (rules, goal) = (&self.problem.rules, &self.goal);
        if from.place == goal.place {
            return Detour { arrives: from.arrives, longer: rules.party_s };
        }
        let last = from.index();
        let arrives = from.leaves + goal.to[last] + rules.stop_s;
        let (next, was) = match next {
            Some(next) => (usize::from(next.place), next.arrives - rules.stop_s),
            None => (ORIGIN, from.leaves + self.problem.seconds_to[last]),
        };
        Detour { arrives, longer: arrives + rules.party_s + goal.from[next] - was }
    }

    /// How many metres longer the way becomes.
    #[inline]
    fn metres(&self, from: Leg, next: Option<&Rider>) -> i32 {
        let (problem, places) = (self.problem, self.problem.places.len());
        if from.place == self.goal.place {
            return 0;
        }
        let (from, here) = (from.index(), usize::from(self.goal.place));
        let next = next.map_or(ORIGIN, |next| usize::from(next.place));
        problem.metres_to[here * places + from] + problem.metres[here * places + next]
            - problem.metres[from * places + next]
    }

    #[inline]
    fn rider(&self) -> Rider {
        let party = u32::try_from(self.index).expect("fewer than 20,000 parties");
        Rider::of(self.problem, party, self.goal.place)
    }

    /// Takes a place that is cheaper than the best so far.
    #[inline]
    pub fn offer(&mut self, cost: i64, spot: Spot) {
        if cost < self.best {
            (self.best, self.spot) = (cost, Some(spot));
        }
    }
}

/// Where the vehicle comes from. Seconds after the departure.
#[derive(Clone, Copy)]
struct Leg {
    /// `u16::MAX` is the point of entry, where nobody gets off.
    place: u16,
    arrives: i32,
    leaves: i32,
}

impl Leg {
    #[inline]
    fn index(self) -> usize {
        if self.place == u16::MAX { ORIGIN } else { usize::from(self.place) }
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
    /// The price of the vehicle and of the later departure, as far as that counts.
    pushed: i64,
    /// What does not count of the later departure.
    spared: i64,
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
