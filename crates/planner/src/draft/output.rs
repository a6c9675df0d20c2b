//! From a draft to the plan that is handed out.

use super::{Draft, Rider};
use crate::plan::{Plan, PlannedStop, PlannedTrip};

impl Draft {
    /// The plan as others read it.
    pub fn plan(&self) -> Plan {
        let trips_of = |(vehicle, route): (usize, &super::Route)| {
            let planned = |trip: &super::Trip| PlannedTrip {
                vehicle,
                departs: trip.departs,
                stops: stops(route.riders_of(trip)),
            };
            route.trips.iter().map(planned).collect::<Vec<_>>()
        };
        let trips = self.routes.iter().enumerate().flat_map(trips_of).collect();
        Plan { trips, absent: self.absent.clone() }
    }
}

fn stops(riders: &[Rider]) -> Vec<PlannedStop> {
    let same_stop = riders.chunk_by(|a, b| a.place == b.place);
    same_stop
        .map(|stop| PlannedStop { place: stop[0].place, parties: stop.iter().map(|rider| rider.party).collect() })
        .collect()
}
