//! When a vehicle is back and clean: from where it is on its trip, not from where the trip began.

use super::setting::drive;
use crate::Halt;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_domain::{Point, VehicleId};
use homeward_planner::Rules;
use homeward_store::{Conn, reference};
use std::collections::BTreeMap;

/// Nobody drives back for longer; a vehicle whose trip ended before that stands at the airport.
const WAY_BACK_MAX: TimeDelta = TimeDelta::hours(4);

/// When a vehicle is back and clean.
#[derive(Clone, Copy)]
pub(super) struct Away {
    /// From the trips that have left.
    pub from_road: Option<DateTime<Utc>>,
    /// From every trip that stands, those that still load included.
    pub from_all: DateTime<Utc>,
}

/// When each vehicle that is away, or will be, is back and clean.
pub(super) async fn away(
    conn: &mut Conn,
    scope: &Scope,
    origin: Point,
    now: DateTime<Utc>,
) -> Result<BTreeMap<VehicleId, Away>, Halt> {
    let mut ids = homeward_store::trip::ids(conn, scope, true).await?;
    let district = scope.district().unwrap_or_default();
    ids.extend(homeward_store::trip::ended_since(conn, district, now - WAY_BACK_MAX).await?);
    let mut away = BTreeMap::new();
    for id in ids {
        let Some(trip) = homeward_store::trip::load(conn, id, scope).await? else { continue };
        let mut gates = Vec::with_capacity(trip.stops.len());
        for stop in &trip.stops {
            gates.push(reference::gate_of(conn, &stop.gate).await?.map_or(origin, |gate| gate.location));
        }
        let back = back(&trip, &gates, origin, now) + TimeDelta::seconds(i64::from(Rules::default().turnaround_s));
        let latest = away.entry(trip.vehicle.id).or_insert(Away { from_road: None, from_all: back });
        latest.from_all = back.max(latest.from_all);
        if !trip.state.loading() {
            latest.from_road = latest.from_road.max(Some(back));
        }
    }
    Ok(away)
}

/// When the vehicle of a trip is back at the point of entry, as far as anybody can say.
fn back(trip: &Trip, gates: &[Point], origin: Point, now: DateTime<Utc>) -> DateTime<Utc> {
    let mut at = match trip.state {
        State::EnRoute { departed_at, .. } | State::Completed { departed_at, .. } => departed_at,
        _ => trip.departs_at.max(now),
    };
    let mut here = origin;
    for (stop, gate) in trip.stops.iter().zip(gates) {
        at = match stop.stage {
            StopStage::HandedOver { at, .. } => at,
            StopStage::Arrived { at } | StopStage::Offered { arrived_at: at, .. } => (at + dwell(stop)).max(now),
            // What has not happened until now lies ahead.
            StopStage::Expected => (at + drive(here, *gate, now)).max(now) + dwell(stop),
        };
        here = *gate;
    }
    at + drive(here, origin, now)
}

/// How long a stop keeps the vehicle.
fn dwell(stop: &Stop) -> TimeDelta {
    let rules = Rules::default();
    let parties = i32::try_from(stop.parties().len()).unwrap_or(i32::MAX);
    TimeDelta::seconds(i64::from(rules.stop_s)) + TimeDelta::seconds(i64::from(rules.party_s)) * parties
}
