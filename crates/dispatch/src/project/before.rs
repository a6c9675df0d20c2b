//! What the vehicle of a trip does before it: boards promise no time at which it cannot be there.

use crate::Halt;
use crate::back::{self, Back, Ride, WAY_BACK_MAX};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::{State, Trip};
use homeward_domain::{Point, Refusal};
use homeward_store::{Conn, reference};

/// When the vehicle of a trip that does not load yet is back and clean from the trips before it; nothing where it waits for
/// none. A trip nobody has a seat on does not leave.
pub(crate) async fn back(
    conn: &mut Conn,
    trip: &Trip,
    origin: Point,
    now: DateTime<Utc>,
) -> Result<Option<Back>, Halt> {
    if trip.state != State::Planned {
        return Ok(None);
    }
    let mut rides = Vec::new();
    for id in homeward_store::vehicle::others(conn, trip, now - WAY_BACK_MAX).await? {
        let Some(other) = homeward_store::trip::load(conn, id, &Scope::system()).await? else { continue };
        let before = back::order(&other) < back::order(trip) && other.seats_taken() > 0;
        if !other.state.loading() || before {
            rides.push(Ride { gates: gates(conn, &other, origin).await?, trip: other });
        }
    }
    if rides.is_empty() {
        return Ok(None);
    }
    let vehicle = homeward_store::vehicle::load(conn, trip.vehicle.id).await?.ok_or(Refusal::NotFound)?;
    Ok(back::from_all(&rides, &vehicle.cleaning, origin, now))
}

/// Where the stops of a trip are, in their order.
pub(crate) async fn gates(conn: &mut Conn, trip: &Trip, origin: Point) -> Result<Vec<Point>, Halt> {
    let mut gates = Vec::with_capacity(trip.stops.len());
    for stop in &trip.stops {
        gates.push(reference::gate_of(conn, &stop.gate).await?.map_or(origin, |gate| gate.location));
    }
    Ok(gates)
}
