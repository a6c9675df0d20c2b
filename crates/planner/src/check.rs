//! An independent look at a plan, run before every commit: it shares no arithmetic with the search, drives every trip
//! stop by stop, and names the first rule that is broken.

mod broken;

use crate::model::{ORIGIN, Party, Problem, Vehicle};
use crate::plan::{Plan, PlannedStop, PlannedTrip};
use std::collections::{BTreeMap, BTreeSet};

pub use broken::Broken;

/// What a plan amounts to: the three goals, the first before the second before the third (product.md).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Goals {
    /// People without a seat, or kept waiting too long, or riding too long, or at a gate after it closed.
    pub not_served: i64,
    /// Of these: people without a seat.
    pub unserved: i64,
    /// Traveller-seconds from ready to gate; an unserved person counts until the end.
    pub seconds: i64,
    /// Of these: waiting at the point of entry, with a seat.
    pub waiting: i64,
    /// Of these: riding.
    pub riding: i64,
    /// Metres driven.
    pub metres: i64,
}

/// Checks a plan against every hard rule, from the problem alone.
pub fn check(problem: &Problem, plan: &Plan) -> Result<Goals, Broken> {
    let mut goals = Goals::default();
    let seen = known(problem, plan)?;
    let mut beds: BTreeMap<u16, i64> = BTreeMap::new();
    let mut back_of: BTreeMap<usize, Vec<(i32, i32)>> = BTreeMap::new();
    for (index, trip) in plan.trips.iter().enumerate() {
        let vehicle = &problem.vehicles[trip.vehicle];
        fits(problem, index, trip, vehicle)?;
        let back = drive(problem, trip, &mut goals, &mut beds);
        if back > vehicle.until {
            return Err(Broken::BackAfterShift { trip: index });
        }
        back_of.entry(trip.vehicle).or_default().push((trip.departs, back));
    }
    turnarounds(problem, back_of)?;
    pins(problem, plan)?;
    if let Some((&place, _)) = beds.iter().find(|(place, people)| over(problem, **place, **people)) {
        return Err(Broken::NoBed { place });
    }
    for (index, party) in problem.parties.iter().enumerate().filter(|(index, _)| !seen.contains(index)) {
        if party.stays {
            return Err(Broken::TakenOff { party: u32::try_from(index).unwrap_or(u32::MAX) });
        }
        let people = i64::from(party.people);
        goals.not_served += people;
        goals.unserved += people;
        goals.seconds += people * i64::from((problem.end - party.ready).max(0));
    }
    Ok(goals)
}

fn riders(trip: &PlannedTrip) -> impl Iterator<Item = usize> {
    trip.stops.iter().flat_map(|stop| stop.parties.iter().map(|party| *party as usize))
}

/// Vehicles, parties and places exist; everybody rides once, to a place of their own. Gives who rides.
pub(crate) fn known(problem: &Problem, plan: &Plan) -> Result<BTreeSet<usize>, Broken> {
    let mut seen = BTreeSet::new();
    for (index, trip) in plan.trips.iter().enumerate() {
        known_trip(problem, index, trip, &mut seen)?;
    }
    Ok(seen)
}

fn known_trip(problem: &Problem, index: usize, trip: &PlannedTrip, seen: &mut BTreeSet<usize>) -> Result<(), Broken> {
    if trip.vehicle >= problem.vehicles.len() {
        return Err(Broken::UnknownVehicle { trip: index });
    }
    if trip.stops.is_empty() || trip.stops.iter().any(|stop| stop.parties.is_empty()) {
        return Err(Broken::Empty { trip: index });
    }
    for stop in &trip.stops {
        for &party in &stop.parties {
            let Some(it) = problem.parties.get(party as usize) else { return Err(Broken::UnknownParty { party }) };
            if !seen.insert(party as usize) {
                return Err(Broken::Twice { party });
            }
            if !it.places.contains(&stop.place) {
                return Err(Broken::WrongPlace { party });
            }
            if it.pinned.is_some_and(|pinned| pinned != trip.vehicle) {
                return Err(Broken::NotItsVehicle { party });
            }
        }
    }
    Ok(())
}

/// Seats, luggage, wheelchairs, crew, and nobody beside somebody they must not meet.
fn fits(problem: &Problem, index: usize, trip: &PlannedTrip, vehicle: &Vehicle) -> Result<(), Broken> {
    let sum = |of: fn(&Party) -> i32| riders(trip).map(|party| of(&problem.parties[party])).sum::<i32>();
    let rules = &problem.rules;
    let checks = [
        (sum(|it| it.people) > vehicle.seats * rules.spacing_percent / 100, Broken::Full { trip: index }),
        (sum(|it| it.luggage) > vehicle.luggage, Broken::Luggage { trip: index }),
        (sum(|it| it.wheelchairs) > vehicle.wheelchairs, Broken::Wheelchairs { trip: index }),
        (vehicle.escorts < rules.escorts_min, Broken::Escorts { trip: index }),
    ];
    if let Some((_, broken)) = checks.into_iter().find(|(is, _)| *is) {
        return Err(broken);
    }
    for a in riders(trip) {
        let apart = rules.apart[usize::from(problem.parties[a].tag)];
        if riders(trip).any(|b| apart >> problem.parties[b].tag & 1 == 1) {
            return Err(Broken::MustNotMeet { trip: index });
        }
        let board = trip.departs - rules.boarding_s;
        if board < problem.parties[a].ready {
            return Err(Broken::NotReady { party: u32::try_from(a).unwrap_or(u32::MAX) });
        }
    }
    Ok(())
}

/// Drives a trip; gives when the vehicle is back.
fn drive(problem: &Problem, trip: &PlannedTrip, goals: &mut Goals, beds: &mut BTreeMap<u16, i64>) -> i32 {
    let (mut now, mut at) = (trip.departs, ORIGIN);
    for stop in &trip.stops {
        let place = usize::from(stop.place);
        if place != at {
            now += problem.seconds(at, place) + problem.rules.stop_s;
            goals.metres += i64::from(problem.metres(at, place));
        }
        now = now.max(problem.places[place].opens);
        get_off(problem, trip, stop, now, goals);
        let people = stop.parties.iter().map(|party| i64::from(problem.parties[*party as usize].people)).sum::<i64>();
        *beds.entry(stop.place).or_default() += people;
        now += problem.rules.party_s * i32::try_from(stop.parties.len()).unwrap_or(i32::MAX);
        at = place;
    }
    goals.metres += i64::from(problem.metres(at, ORIGIN));
    now + problem.seconds(at, ORIGIN)
}

fn get_off(problem: &Problem, trip: &PlannedTrip, stop: &PlannedStop, now: i32, goals: &mut Goals) {
    for &party in &stop.parties {
        let party = &problem.parties[party as usize];
        let (people, wait, ride) = (i64::from(party.people), trip.departs - party.ready, now - trip.departs);
        let late = now > problem.places[usize::from(stop.place)].closes;
        if wait > problem.rules.wait_max_s || ride > problem.rules.ride_max_s || late {
            goals.not_served += people;
        }
        goals.waiting += people * i64::from(wait);
        goals.riding += people * i64::from(ride);
        goals.seconds += people * i64::from(wait + ride);
    }
}

/// A vehicle is back, clean and free before it boards again.
fn turnarounds(problem: &Problem, trips: BTreeMap<usize, Vec<(i32, i32)>>) -> Result<(), Broken> {
    for (vehicle, mut trips) in trips {
        trips.sort_unstable();
        let mut free = problem.vehicles[vehicle].free;
        for (departs, back) in trips {
            if departs - problem.rules.boarding_s < free {
                return Err(Broken::NotBack { vehicle });
            }
            free = back + problem.rules.turnaround_s;
        }
    }
    Ok(())
}

/// Whoever is pinned to a trip rides on it with the others who are, and no more trips than that leave before it.
fn pins(problem: &Problem, plan: &Plan) -> Result<(), Broken> {
    let mut order: Vec<&PlannedTrip> = plan.trips.iter().collect();
    order.sort_by_key(|trip| trip.departs);
    let mut gone: BTreeMap<usize, usize> = BTreeMap::new();
    let mut rides_on: BTreeMap<(usize, u16), usize> = BTreeMap::new();
    for trip in order {
        let before = gone.entry(trip.vehicle).or_default();
        let mut nth = None;
        for party in riders(trip) {
            let Some(pin) = problem.parties[party].pinned_trip else { continue };
            let together = *rides_on.entry((trip.vehicle, pin)).or_insert(*before) == *before;
            if !together || *before > usize::from(pin) || *nth.get_or_insert(pin) != pin {
                return Err(Broken::NotItsTrip { party: u32::try_from(party).unwrap_or(u32::MAX) });
            }
        }
        *before += 1;
    }
    Ok(())
}

fn over(problem: &Problem, place: u16, people: i64) -> bool {
    problem.places[usize::from(place)].beds.is_some_and(|beds| people > i64::from(beds))
}
