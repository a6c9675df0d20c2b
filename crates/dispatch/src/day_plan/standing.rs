//! One party among the trips that still load: the setting of the day's plan, with everybody who has a seat already.

use super::ground::Ground;
use super::setting::{Laid, Setting, seconds};
use crate::Halt;
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::Party;
use homeward_domain::trip::{Stop, Trip};
use homeward_domain::{PartyId, VehicleId};
use homeward_planner::{Plan, PlannedStop, PlannedTrip, back_of};
use homeward_store::Conn;
use std::collections::BTreeMap;

/// The index of the party that is asked about.
pub(super) const ASKED: u32 = 0;

/// The trips that load, and who rides on them.
pub(super) struct Standing {
    trips: Vec<Trip>,
    /// Each with its trip: who changes vehicles on the way has a seat on both.
    riders: Vec<(usize, Party)>,
}

impl Standing {
    /// Reads those of a point of entry; an empty trip has no place yet, and stands everywhere.
    pub async fn load(conn: &mut Conn, scope: &Scope, ground: &Ground) -> Result<Self, Halt> {
        let (mut trips, mut riders) = (Vec::new(), Vec::new());
        for id in homeward_store::trip::ids(conn, scope, true).await? {
            let trip = homeward_store::trip::load(conn, id, scope).await?;
            let Some(trip) = trip.filter(|trip| trip.state.loading()) else { continue };
            let mut own = Vec::new();
            for party in aboard(&trip) {
                own.extend(homeward_store::party::load(conn, party, &Scope::system()).await?);
            }
            if own.first().is_none_or(|party| ground.has(&party.desk)) {
                riders.extend(own.into_iter().map(|party| (trips.len(), party)));
                trips.push(trip);
            }
        }
        Ok(Self { trips, riders })
    }
}

/// Everybody with a seat, each party once.
pub(super) fn aboard(trip: &Trip) -> Vec<PartyId> {
    let mut parties: Vec<PartyId> = trip.stops.iter().flat_map(Stop::parties).collect();
    for seat in trip.manifest() {
        if !parties.contains(&seat.party) {
            parties.push(seat.party);
        }
    }
    parties
}

/// A party, and the plan as it stands.
pub(super) struct Around {
    pub setting: Setting,
    pub plan: Plan,
    /// The trips of the plan, in its order.
    pub trips: Vec<Trip>,
    /// Trips of vehicles that are out of service.
    pub idle: Vec<Trip>,
}

impl Around {
    /// The party asked about comes first.
    pub fn of(ground: &Ground, party: Party, standing: &Standing, now: DateTime<Utc>) -> Result<Self, Halt> {
        let riders = standing.riders.iter().map(|(_, rider)| rider.clone());
        let parties = std::iter::once(party).chain(riders).collect();
        let back = |vehicle: VehicleId| ground.away.get(&vehicle).and_then(|away| away.from_road).unwrap_or(now);
        let setting = Setting::of(ground, parties, back, now, Laid::default())?;
        let at = |trip: &Trip| setting.vehicles.iter().position(|vehicle| vehicle.id == trip.vehicle.id);
        let mut order: Vec<(usize, usize)> =
            (0..).zip(&standing.trips).filter_map(|(i, it)| Some((at(it)?, i))).collect();
        order.sort_by_key(|(vehicle, trip)| (*vehicle, standing.trips[*trip].departs_at));
        let idle = standing.trips.iter().filter(|trip| at(trip).is_none()).cloned().collect();
        let mut plan = Plan::default();
        let mut free = BTreeMap::new();
        for (vehicle, trip) in &order {
            let planned = planned(&setting, standing, *trip, *vehicle, &mut free);
            plan.trips.push(planned);
        }
        let trips = order.iter().map(|(_, trip)| standing.trips[*trip].clone()).collect();
        Ok(Self { setting, plan, trips, idle })
    }
}

/// A trip in the planner's numbers. It leaves as promised, or as soon as its vehicle can.
fn planned(
    setting: &Setting,
    standing: &Standing,
    index: usize,
    vehicle: usize,
    free: &mut BTreeMap<usize, i32>,
) -> PlannedTrip {
    let (problem, trip) = (&setting.problem, &standing.trips[index]);
    let mut stops: Vec<PlannedStop> = Vec::new();
    // The party asked about is number 0.
    for (party, (rides_on, _)) in (ASKED + 1..).zip(&standing.riders) {
        let place = problem.parties()[party as usize].places.first().copied();
        let Some(place) = place.filter(|_| *rides_on == index) else { continue };
        match stops.iter_mut().find(|stop| stop.place == place) {
            Some(stop) => stop.parties.push(party),
            None => stops.push(PlannedStop { place, parties: vec![party] }),
        }
    }
    let ready = *free.get(&vehicle).unwrap_or(&problem.vehicles()[vehicle].free);
    let departs = seconds(trip.departs_at - setting.now).max(ready.max(0) + problem.rules().boarding_s);
    let planned = PlannedTrip { vehicle, departs, stops };
    free.insert(vehicle, back_of(problem, &planned) + problem.rules().turnaround_s);
    planned
}
