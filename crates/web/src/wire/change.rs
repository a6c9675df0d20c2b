//! Bodies about a change of vehicle.

use homeward_dispatch::{NewChange, Onto};
use homeward_domain::{Invalid, StopId, TripId, VehicleId, code};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// `POST /v1/trips/{id}/changes`: which halts go on with which vehicle, and where they meet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanChange {
    /// Halts that go on; none named: all where the vehicle has not been.
    #[serde(default)]
    stops: Vec<Uuid>,
    /// A trip that stands in the plan, or …
    onto: Option<Uuid>,
    /// … a vehicle, for a new trip.
    vehicle: Option<Uuid>,
    /// Code of a relay point; none: where the vehicle broke down.
    relay_point: Option<String>,
}

impl PlanChange {
    /// The change of this trip.
    pub fn of(self, trip: TripId) -> Result<NewChange, Invalid> {
        let onto = match (self.onto, self.vehicle) {
            (Some(trip), None) => Onto::Trip(TripId::new(trip)),
            (None, Some(vehicle)) => Onto::Vehicle(VehicleId::new(vehicle)),
            _ => return Err(Invalid::new("one-of-two", "name a trip or a vehicle, not both").at("onto")),
        };
        let point = self.relay_point.as_deref().filter(|code| !code.is_empty());
        Ok(NewChange {
            trip,
            stops: self.stops.into_iter().map(StopId::new).collect(),
            onto,
            relay_point: point.map(code::RelayPoint::parse).transpose().map_err(|bad| bad.at("relay_point"))?,
        })
    }
}
