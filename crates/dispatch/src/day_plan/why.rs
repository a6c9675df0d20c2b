//! Why a rider sits where it sits: what the wait is for, who gets off at the same gate, what the gate costs in metres.
//! Facts of the plan alone; the words are the screen's.

use super::open::open_of;
use super::setting::Setting;
use super::{WaitsFor, Why};
use homeward_planner::{ORIGIN, Plan, PlannedTrip, back_of};

/// Which party at which stop of a trip.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub stop: usize,
    pub party: usize,
}

/// What the departure of a trip waits for, and for how many seconds from now.
pub(super) fn waits_for(setting: &Setting, plan: &Plan, index: usize) -> (WaitsFor, i64) {
    let trip = &plan.trips[index];
    if open_of(setting, trip).is_some_and(|open| setting.at(trip.departs) <= open.trip.departs_at) {
        return (WaitsFor::Departure, 0);
    }
    let before = plan.trips.iter().filter(|it| it.vehicle == trip.vehicle && it.departs < trip.departs);
    if let Some(before) = before.max_by_key(|it| it.departs) {
        let free = back_of(&setting.problem, before) + setting.problem.rules().turnaround_s;
        return (WaitsFor::TripBefore, i64::from(free.max(0)));
    }
    match setting.problem.vehicles()[trip.vehicle].free {
        free @ 1.. => (WaitsFor::Vehicle, i64::from(free)),
        _ => (WaitsFor::Boarding, 0),
    }
}

/// Why a party sits here.
pub(super) fn here(
    setting: &Setting,
    trip: &PlannedTrip,
    place: Place,
    (waits_for, free_in_s): (WaitsFor, i64),
) -> Why {
    let others = trip.stops[place.stop].parties.iter().map(|party| *party as usize).filter(|it| *it != place.party);
    Why {
        waits_for,
        free_in_s,
        same_gate: others.map(|party| setting.parties[party].label.clone()).collect(),
        stop: place.stop + 1,
        stops: trip.stops.len(),
        detour_metres: detour(setting, trip, place.stop),
    }
}

/// Metres that a trip is longer because of one stop.
fn detour(setting: &Setting, trip: &PlannedTrip, stop: usize) -> i64 {
    let at = |index: usize| trip.stops.get(index).map_or(ORIGIN, |it| usize::from(it.place));
    let (before, here, after) = (stop.checked_sub(1).map_or(ORIGIN, at), at(stop), at(stop + 1));
    let metres = |from, to| i64::from(setting.problem.metres(from, to));
    (metres(before, here) + metres(here, after) - if before == after { 0 } else { metres(before, after) }).max(0)
}
