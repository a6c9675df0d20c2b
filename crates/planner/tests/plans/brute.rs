//! The cheapest plan of a small problem, found by trying all: every choice of places, every division of the parties among
//! the vehicles, every order of trips and stops. Shares nothing with the planner: prices and ways are reckoned anew from
//! the rules as they are written down. What cannot be better is dropped (as late and as dear as another way of doing
//! the same), so that seven parties take milliseconds instead of days.

use super::Problem;
use std::collections::HashMap;

const SECOND: i64 = 1_000;
const PERSON: i64 = 20_000_000;
const LATE_SECOND: i64 = 4_000;
const NEVER: i64 = i64::MAX / 4;

/// When a vehicle is back, and what everything up to then has cost.
type Way = (i32, i64);

/// The least price of any plan.
pub fn best(problem: &Problem) -> i64 {
    let mut least = NEVER;
    choose(problem, &mut Vec::new(), &mut least);
    least
}

/// Every choice of a place for every party.
fn choose(problem: &Problem, places: &mut Vec<u16>, least: &mut i64) {
    let Some(party) = problem.parties().get(places.len()) else {
        *least = (*least).min(Choice { problem, places, ways: HashMap::new() }.best());
        return;
    };
    for &place in &party.places {
        places.push(place);
        choose(problem, places, least);
        places.pop();
    }
}

/// Parties whose places are chosen.
struct Choice<'a> {
    problem: &'a Problem,
    places: &'a [u16],
    /// The ways to bring a set of parties home on one trip that leaves at an instant.
    ways: HashMap<(usize, i32), Vec<Way>>,
}

impl Choice<'_> {
    fn best(&mut self) -> i64 {
        let all = 1 << self.places.len();
        let mut fleet = vec![NEVER; all];
        fleet[0] = 0;
        for vehicle in 0..self.problem.vehicles().len() {
            let day = self.day(vehicle);
            let with = |set: usize| subsets(set).map(|part| fleet[set ^ part] + day[part]).min().unwrap_or(NEVER);
            fleet = (0..all).map(with).collect();
        }
        let price = |set: usize| if self.beds(set) { fleet[set] + self.unserved(all - 1 - set) } else { NEVER };
        (0..all).map(price).min().unwrap_or(NEVER)
    }

    /// What each set of parties costs on one vehicle, over any number of trips.
    fn day(&mut self, vehicle: usize) -> Vec<i64> {
        let all = 1 << self.places.len();
        let (rules, cab) = (self.problem.rules().clone(), self.problem.vehicles()[vehicle].clone());
        let mut reached: Vec<Vec<Way>> = vec![Vec::new(); all];
        reached[0].push((cab.free.max(0), 0));
        for set in 1..all {
            let mut found = Vec::new();
            for trip in subsets(set).filter(|trip| *trip != 0) {
                let Some(price) = self.boards(vehicle, trip) else { continue };
                for (free, paid) in reached[set ^ trip].clone() {
                    let ready = self.members(trip).map(|it| self.problem.parties()[it].ready).max().expect("somebody");
                    let ways = self.ways(trip, free.max(ready) + rules.boarding_s);
                    let in_shift = ways.iter().filter(|(back, _)| *back <= cab.until);
                    found.extend(in_shift.map(|(back, cost)| (back + rules.turnaround_s, paid + cost + price)));
                }
            }
            reached[set] = undominated(found);
        }
        reached.iter().map(|ways| ways.iter().map(|(_, cost)| *cost).min().unwrap_or(NEVER)).collect()
    }

    /// The ways to drop these parties, leaving then: one stop after the other, in every order.
    fn ways(&mut self, set: usize, departs: i32) -> Vec<Way> {
        if let Some(known) = self.ways.get(&(set, departs)) {
            return known.clone();
        }
        let mut dropped: HashMap<(usize, usize), Vec<Way>> = HashMap::from([((0, 0), vec![(departs, 0)])]);
        let mut home = Vec::new();
        for done in (0..=set).filter(|done| done & set == *done) {
            let here = dropped.iter().filter(|((it, _), _)| *it == done);
            let here: Vec<(usize, Vec<Way>)> = here.map(|((_, at), ways)| (*at, ways.clone())).collect();
            for (at, ways) in here {
                for way in undominated(ways) {
                    for stop in self.stops(set & !done, at) {
                        let place = self.place_of(stop);
                        dropped.entry((done | stop, place)).or_default().push(self.drop(stop, at, way, departs));
                    }
                    if done == set {
                        let metres = i64::from(self.problem.metres(at, 0) * self.problem.rules().km_s);
                        home.push((way.0 + self.problem.seconds(at, 0), way.1 + metres));
                    }
                }
            }
        }
        let ways = undominated(home);
        self.ways.insert((set, departs), ways.clone());
        ways
    }

    /// The next stops there are: some of those who are left and go to the same place, which is not this one.
    fn stops(&self, left: usize, at: usize) -> impl Iterator<Item = usize> {
        let one_place = move |stop: usize| {
            let place = self.place_of(stop);
            place != at && self.members(stop).all(|party| usize::from(self.places[party]) == place)
        };
        subsets(left).filter(move |stop| *stop != 0 && one_place(*stop))
    }

    fn place_of(&self, stop: usize) -> usize {
        usize::from(self.places[stop.trailing_zeros() as usize])
    }

    /// One stop: everybody arrives at once and gets off one after the other.
    fn drop(&self, stop: usize, at: usize, (mut now, mut cost): Way, departs: i32) -> Way {
        let (rules, place) = (self.problem.rules(), self.place_of(stop));
        now += self.problem.seconds(at, place) + rules.stop_s;
        cost += i64::from(self.problem.metres(at, place) * rules.km_s);
        now = now.max(self.problem.places()[place].opens);
        for party in self.members(stop) {
            let it = &self.problem.parties()[party];
            let (wait, ride, people) = (departs - it.ready, now - departs, i64::from(it.people));
            let over = [wait - rules.wait_max_s, ride - rules.ride_max_s, now - self.problem.places()[place].closes];
            cost += people * SECOND * i64::from(wait + ride);
            if let Some(over) = over.into_iter().find(|over| *over > 0) {
                cost += people * (PERSON + LATE_SECOND * i64::from(over));
            }
        }
        (now + rules.party_s * i32::try_from(stop.count_ones()).expect("few parties"), cost)
    }

    /// What it costs that these parties ride in this vehicle together; nothing when they cannot.
    fn boards(&self, vehicle: usize, set: usize) -> Option<i64> {
        let (rules, cab) = (self.problem.rules(), &self.problem.vehicles()[vehicle]);
        let members = || self.members(set).map(|it| &self.problem.parties()[it]);
        let fits = members().map(|it| it.people).sum::<i32>() <= cab.seats * rules.spacing_percent / 100
            && members().map(|it| it.luggage).sum::<i32>() <= cab.luggage
            && members().map(|it| it.wheelchairs).sum::<i32>() <= cab.wheelchairs
            && cab.escorts >= rules.escorts_min
            && members().all(|it| it.pinned.is_none_or(|pinned| pinned == vehicle))
            && members().all(|a| members().all(|b| rules.apart[usize::from(a.tag)] >> b.tag & 1 == 0));
        let spoken = self.problem.vehicles().iter().fold(0, |all, it| all | it.languages);
        let mute = members().filter(|it| it.languages & spoken != 0 && it.languages & cab.languages == 0);
        let price = mute.map(|it| i64::from(it.people) * SECOND * i64::from(rules.language_s)).sum();
        fits.then_some(price)
    }

    fn beds(&self, set: usize) -> bool {
        self.problem.places().iter().enumerate().all(|(place, it)| {
            let here = self.members(set).filter(|party| usize::from(self.places[*party]) == place);
            let people: i32 = here.map(|party| self.problem.parties()[party].people).sum();
            it.beds.is_none_or(|beds| i64::from(people) <= i64::from(beds))
        })
    }

    fn unserved(&self, set: usize) -> i64 {
        let price = |party: usize| {
            let it = &self.problem.parties()[party];
            i64::from(it.people) * (10 * PERSON + SECOND * i64::from((super::END - it.ready).max(0)))
        };
        self.members(set).map(price).sum()
    }

    fn members(&self, set: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.places.len()).filter(move |party| set >> party & 1 == 1)
    }
}

/// All subsets of a set, the set itself and the empty one among them.
fn subsets(set: usize) -> impl Iterator<Item = usize> {
    let mut next = Some(set);
    std::iter::from_fn(move || {
        let part = next?;
        next = part.checked_sub(1).map(|lower| lower & set);
        Some(part)
    })
}

/// Without the ways that another one beats in time and price.
fn undominated(mut ways: Vec<Way>) -> Vec<Way> {
    ways.sort_unstable();
    let mut least = i64::MAX;
    ways.retain(|(_, cost)| {
        let better = *cost < least;
        least = least.min(*cost);
        better
    });
    ways
}
