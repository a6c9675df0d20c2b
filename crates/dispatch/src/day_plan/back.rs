//! When the vehicles of a district are back and clean, read from the trips that stand.

use crate::Halt;
use crate::back::{self, Back, Ride, WAY_BACK_MAX};
use crate::project::before::gates;
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::vehicle::Vehicle;
use homeward_domain::{Point, VehicleId};
use homeward_store::Conn;
use std::collections::BTreeMap;

/// When a vehicle is back and clean.
#[derive(Clone, Copy)]
pub(super) struct Away {
    /// From the trips that have left.
    pub from_road: Option<DateTime<Utc>>,
    /// From every trip that stands, those that still load included.
    pub from_all: DateTime<Utc>,
}

/// Vehicles that are not here.
#[derive(Default)]
pub(super) struct NotHere {
    /// Those that will be, or that load.
    pub away: BTreeMap<VehicleId, Away>,
    /// Those that stand beside the road, since when and why.
    pub stranded: BTreeMap<VehicleId, (DateTime<Utc>, String)>,
    /// The trips of all: those that stand, and those that ended not long ago.
    pub rides: BTreeMap<VehicleId, Vec<Ride>>,
}

/// Those of these vehicles.
pub(super) async fn not_here(
    conn: &mut Conn,
    scope: &Scope,
    vehicles: &[Vehicle],
    origin: Point,
    now: DateTime<Utc>,
) -> Result<NotHere, Halt> {
    let mut rides: BTreeMap<VehicleId, Vec<Ride>> = BTreeMap::new();
    let mut ids = homeward_store::trip::ids(conn, scope, true).await?;
    let district = scope.district().unwrap_or_default();
    ids.extend(homeward_store::trip::ended_since(conn, district, now - WAY_BACK_MAX).await?);
    for id in ids {
        let Some(trip) = homeward_store::trip::load(conn, id, scope).await? else { continue };
        let gates = gates(conn, &trip, origin).await?;
        rides.entry(trip.vehicle.id).or_default().push(Ride { trip, gates });
    }
    let mut not_here = NotHere::default();
    for vehicle in vehicles {
        let rides = rides.remove(&vehicle.id).unwrap_or_default();
        let from_road = match back::from_road(&rides, &vehicle.cleaning, origin, now) {
            Some(Back::Stranded { since }) => {
                let why = rides.iter().find_map(|ride| ride.trip.breakdown.as_ref().filter(|it| it.at == since));
                let why = why.map_or_else(String::new, |it| it.reason.clone());
                not_here.stranded.insert(vehicle.id, (since, why));
                not_here.rides.insert(vehicle.id, rides);
                continue;
            }
            Some(Back::At(at)) => Some(at),
            None => None,
        };
        if let Some(Back::At(from_all)) = back::from_all(&rides, &vehicle.cleaning, origin, now) {
            not_here.away.insert(vehicle.id, Away { from_road, from_all });
        }
        not_here.rides.insert(vehicle.id, rides);
    }
    Ok(not_here)
}
