//! The trips a party could ride on, ranked by the planner. It proposes; a person assigns.

use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::Party;
use homeward_domain::trip::{Stop, Trip};
use homeward_domain::{PartyId, Point, Refusal, TripId};
use homeward_planner as planner;
use homeward_store::{Conn, reference};

/// One trip for a party, with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The trip.
    pub trip: TripId,
    /// What people call its vehicle.
    pub vehicle: String,
    /// Plate, when known.
    pub plate: Option<String>,
    /// When it is meant to leave.
    pub departs_at: DateTime<Utc>,
    /// Seats left.
    pub free_seats: i64,
    /// Kilometres more than without the party, as the crow flies.
    pub extra_km: f64,
    /// Whether it takes the party whole.
    pub fits: bool,
    /// Why, as a code.
    pub reason: &'static str,
}

impl Dispatcher {
    /// Every loading trip of the district for this party, best first.
    pub async fn propose(&self, caller: &Caller, party: PartyId) -> Result<Vec<Proposed>, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut reader = self.store.read().await?;
        let conn = reader.conn();
        let party = homeward_store::party::load(conn, party, &scope).await?.ok_or(Refusal::NotFound)?;
        let (gate, _) = party.disposition.bound_for().ok_or(Refusal::NoDestination)?;
        let destination = reference::gate_of(conn, gate).await?.ok_or(Refusal::NoDestination)?.location;
        let origin = reference::desk(conn, &party.desk).await?.ok_or(Refusal::NotFound)?.location;
        let mut trips = Vec::new();
        for id in homeward_store::trip::ids(conn, &scope, true).await? {
            trips.extend(homeward_store::trip::load(conn, id, &scope).await?.filter(|trip| trip.state.loading()));
        }
        let mut models = Vec::with_capacity(trips.len());
        for trip in &trips {
            models.push(model(conn, trip, origin).await?);
        }
        let ranked = planner::propose(&wish(&party, destination), &models);
        Ok(ranked.into_iter().filter_map(|proposal| word(&trips, &proposal)).collect())
    }
}

fn wish(party: &Party, destination: Point) -> planner::Wish {
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    planner::Wish {
        people: count(party.members.len()),
        wheelchairs: count(party.members.iter().filter(|member| member.needs.wheelchair).count()),
        luggage: party.members.iter().map(|member| u32::from(member.needs.luggage)).sum(),
        destination,
    }
}

async fn model(conn: &mut Conn, trip: &Trip, origin: Point) -> Result<planner::Trip<TripId, DateTime<Utc>>, Halt> {
    let mut stops = Vec::with_capacity(trip.stops.len());
    for stop in &trip.stops {
        stops.extend(reference::gate_of(conn, &stop.gate).await?.map(|gate| gate.location));
    }
    let places = homeward_store::vehicle::load(conn, trip.vehicle.id).await?.map_or(0, |it| it.wheelchair_places);
    let mut taken = 0_i64;
    for rider in trip.stops.iter().flat_map(Stop::parties) {
        let party = homeward_store::party::load(conn, rider, &Scope::system()).await?;
        let wheelchairs = party.map_or(0, |it| it.members.iter().filter(|member| member.needs.wheelchair).count());
        taken += i64::try_from(wheelchairs).unwrap_or(i64::MAX);
    }
    Ok(planner::Trip {
        id: trip.id,
        free_seats: u32::try_from(trip.seats_free()).unwrap_or(0),
        wheelchair_places_free: u32::try_from(places - taken).unwrap_or(0),
        stops,
        origin,
        departs_at: trip.departs_at,
    })
}

fn word(trips: &[Trip], proposal: &planner::Proposal<TripId>) -> Option<Proposed> {
    let trip = trips.iter().find(|trip| trip.id == proposal.trip)?;
    Some(Proposed {
        trip: trip.id,
        vehicle: trip.vehicle.name.clone(),
        plate: trip.plate.clone(),
        departs_at: trip.departs_at,
        free_seats: trip.seats_free(),
        extra_km: proposal.extra_km,
        fits: proposal.fits,
        reason: proposal.reason.as_str(),
    })
}
