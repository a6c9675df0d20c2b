//! The format `tdp-plan-1`.

use crate::Fault;
use homeward_planner::Plan;
use serde_json::json;
use std::path::Path;

/// Writes a plan.
pub(super) fn write(plan: &Plan, path: &Path) -> Result<(), Fault> {
    let trips = plan.trips.iter().map(|trip| {
        let stops = trip.stops.iter().map(|stop| json!({ "node": stop.place, "parties": stop.parties }));
        json!({ "vehicle": trip.vehicle, "depart": trip.departs, "stops": stops.collect::<Vec<_>>() })
    });
    let document = json!({ "format": "tdp-plan-1", "trips": trips.collect::<Vec<_>>() });
    std::fs::write(path, document.to_string()).map_err(|error| Fault::Out { path: path.to_owned(), error })
}
