//! The price of a plan, reckoned the plain way: every trip driven stop by stop, nothing kept from a search. What the
//! search keeps has to agree with it.

use crate::draft::Rider;
use crate::model::Problem;
use crate::plan::{Plan, PlannedStop, PlannedTrip};
use crate::timing::Driven;

/// What a plan costs, in thousandths of a traveller's second. The plan has to pass [`crate::check()`].
#[must_use]
pub fn price_of(problem: &Problem, plan: &Plan) -> i64 {
    let trips = plan.trips.iter().map(|trip| cost_of(problem, trip));
    trips.sum::<i64>() + plan.absent.iter().map(|party| problem.unserved(*party as usize)).sum::<i64>()
}

/// What one trip costs, in thousandths of a traveller's second.
pub(crate) fn cost_of(problem: &Problem, trip: &PlannedTrip) -> i64 {
    let prices = parties_of(trip).map(|party| problem.price(party as usize, trip.vehicle));
    driven(problem, trip).cost + prices.sum::<i64>()
}

/// Who rides on a trip.
pub(crate) fn parties_of(trip: &PlannedTrip) -> impl Iterator<Item = u32> {
    trip.stops.iter().flat_map(|stop| stop.parties.iter().copied())
}

/// When the vehicle of a trip is back, in seconds.
#[must_use]
pub fn back_of(problem: &Problem, trip: &PlannedTrip) -> i32 {
    driven(problem, trip).back
}

fn driven(problem: &Problem, trip: &PlannedTrip) -> Driven {
    problem.drive(&riders(problem, trip).collect::<Vec<_>>(), trip.departs)
}

fn riders(problem: &Problem, trip: &PlannedTrip) -> impl Iterator<Item = Rider> {
    let stop = |stop: &PlannedStop| {
        let rider = |party: &u32| Rider::of(problem, *party, stop.place);
        stop.parties.iter().map(rider).collect::<Vec<_>>()
    };
    trip.stops.iter().flat_map(stop)
}
