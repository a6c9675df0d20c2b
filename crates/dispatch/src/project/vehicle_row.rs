//! A vehicle as a row of its own, and as a trip shows it.

use homeward_domain::trip;
use homeward_domain::vehicle::{Cleaning, Service, Vehicle};
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
        cleaning_due_since: now.and_then(due),
        out: now.and_then(out),
    }
}

fn due(vehicle: &Vehicle) -> Option<chrono::DateTime<chrono::Utc>> {
    match vehicle.cleaning {
        Cleaning::Due { since } => Some(since),
        Cleaning::Done(_) => None,
    }
}

fn out(vehicle: &Vehicle) -> Option<Closed> {
    match &vehicle.service {
        Service::Out { reason, by, since } => Some(Closed { reason: reason.clone(), by: by.clone(), at: *since }),
        Service::In => None,
    }
}
