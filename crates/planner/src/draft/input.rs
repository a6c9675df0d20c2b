//! From a plan that was handed out back to a draft, to go on with it.

use super::Draft;
use crate::insert::Spot;
use crate::model::Problem;
use crate::plan::{Plan, PlannedTrip};

impl Draft {
    /// The trips of a plan that passes the check, each as early as its vehicle and its riders can; whoever rides in none of
    /// them is not in the draft.
    pub fn of(problem: &Problem, plan: &Plan, now: i32) -> Self {
        let mut draft = Self::empty(problem, now);
        let mut trips: Vec<&PlannedTrip> = plan.trips.iter().collect();
        trips.sort_by_key(|trip| (trip.vehicle, trip.departs));
        for it in trips {
            let (vehicle, trip) = (it.vehicle, draft.routes[it.vehicle].trips.len());
            let riders = it.stops.iter().flat_map(|stop| stop.parties.iter().map(|party| (*party, stop.place)));
            for (at, (party, place)) in riders.enumerate() {
                draft.put(problem, party, Spot { vehicle, trip, at, fresh: at == 0, place });
            }
        }
        draft
    }
}
