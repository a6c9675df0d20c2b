//! A point of entry and what it drives with: the desks there, the vehicles of the district, when each is back, who rides
//! along in it. The same for the plan of everybody and for one party's seat.

use super::back::{self, Away};
use super::{Because, because};
use crate::Halt;
use crate::back::Ride;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::gate::GateClosure;
use homeward_domain::planning::InForce;
use homeward_domain::vehicle::Vehicle;
use homeward_domain::{Invalid, Jurisdiction, Point, VehicleId, code};
use homeward_store::{Conn, planning_rules, reference};
use std::collections::BTreeMap;

/// A crew stays with its vehicle for a shift: who rode along longer ago says nothing about who rides along now.
const CREW_STAYS: TimeDelta = TimeDelta::hours(12);

/// What there is at a point of entry.
pub(super) struct Ground {
    desks: Vec<code::Desk>,
    /// What the district lays down for its plans.
    pub rules: InForce,
    /// Where everybody waits.
    pub origin: Point,
    /// In service, by name.
    pub vehicles: Vec<Vehicle>,
    /// Out of service or beside the road, by name, and why.
    pub out: Vec<(Vehicle, Because)>,
    /// When those that are away, or will be, are back and clean.
    pub away: BTreeMap<VehicleId, Away>,
    /// The trips that stand, and that ended not long ago.
    pub rides: BTreeMap<VehicleId, Vec<Ride>>,
    gates: Vec<reference::Gate>,
    /// The closures of gates of which something lies ahead, the earliest first.
    pub closures: Vec<GateClosure>,
    /// The languages of the escorts who ride, or rode last, in a vehicle.
    pub spoken: BTreeMap<VehicleId, Vec<String>>,
}

impl Ground {
    /// Reads it.
    pub async fn load(conn: &mut Conn, scope: &Scope, entry: &str, now: DateTime<Utc>) -> Result<Self, Halt> {
        let district = scope.district().unwrap_or_default();
        let desks: Vec<_> =
            reference::desks(conn).await?.into_iter().filter(|desk| desk.point_of_entry == entry).collect();
        let Some(first) = desks.first() else {
            return Err(Invalid::new("unknown", "a point of entry with a desk of yours").at("point_of_entry").into());
        };
        let origin = first.location;
        let all = homeward_store::vehicle::of_district(conn, district).await?;
        let back::NotHere { away, stranded, rides } = back::not_here(conn, scope, &all, origin, now).await?;
        let (mut vehicles, mut out) = (Vec::new(), Vec::new());
        for vehicle in all {
            let broken = || stranded.get(&vehicle.id).map(|(since, reason)| because::broken_down(*since, reason));
            match because::out_of_service(&vehicle).or_else(broken) {
                Some(because) => out.push((vehicle, because)),
                None => vehicles.push(vehicle),
            }
        }
        let spoken = homeward_store::account::spoken_aboard(conn, district, now - CREW_STAYS).await?;
        let gates = reference::gates(conn).await?;
        let closures = homeward_store::gate_closure::standing(conn, now).await?;
        let desks = desks.into_iter().map(|desk| desk.code).collect();
        let rules = planning_rules::in_force(conn, &Jurisdiction::parse(district)?).await?;
        Ok(Self { desks, rules, origin, vehicles, out, away, rides, gates, closures, spoken })
    }

    /// The same for a trip that stands: its vehicle, where its people get on, and what is laid down for them.
    pub async fn of_trip(
        conn: &mut Conn,
        (vehicle, rules): (Vehicle, InForce),
        origin: Point,
        now: DateTime<Utc>,
    ) -> Result<Self, Halt> {
        Ok(Self {
            desks: Vec::new(),
            rules,
            origin,
            vehicles: vec![vehicle],
            out: Vec::new(),
            away: BTreeMap::new(),
            rides: BTreeMap::new(),
            gates: reference::gates(conn).await?,
            closures: homeward_store::gate_closure::standing(conn, now).await?,
            spoken: BTreeMap::new(),
        })
    }

    /// Where a gate is.
    pub fn place(&self, gate: &code::Gate) -> Option<Point> {
        self.gates.iter().find(|it| it.code == *gate).map(|it| it.location)
    }

    /// What stands against being at a gate at an instant, or from when on it does.
    pub fn closes(&self, gate: &code::Gate, earliest: DateTime<Utc>) -> Option<&GateClosure> {
        self.closures.iter().find(|it| it.gate == *gate && it.spell.until() > earliest)
    }

    /// Whether a desk stands here.
    pub fn has(&self, desk: &code::Desk) -> bool {
        self.desks.contains(desk)
    }
}
