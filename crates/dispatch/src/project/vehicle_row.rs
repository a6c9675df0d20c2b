//! A vehicle as a row of its own, and as a trip shows it.

use homeward_domain::trip;
use homeward_domain::vehicle::Vehicle;
use homeward_feed::row::{Closed, FleetRow, VehicleRow};

/// A vehicle of the district.
pub(super) fn fleet_row(vehicle: &Vehicle) -> FleetRow {
    let name = vehicle.name.clone();
    let of = trip::Vehicle { id: vehicle.id, name, seats: vehicle.seats };
    FleetRow { vehicle: of_trip(&of, Some(vehicle)), version: vehicle.version }
}

/// The vehicle of a trip: name and seats as the trip was planned with, the rest as it is now.
pub(super) fn of_trip(planned: &trip::Vehicle, now: Option<&Vehicle>) -> VehicleRow {
    VehicleRow {
        id: planned.id.uuid(),
        name: planned.name.clone(),
        seats: planned.seats,
        cleaning_due_since: now.and_then(Vehicle::cleaning_due_since),
        out: now.and_then(Vehicle::out).map(|it| Closed {
            reason: it.reason.to_owned(),
            by: it.by.to_owned(),
            at: it.since,
        }),
    }
}
