//! Who has a seat on a trip whose vehicle does not drive: it is out of service, or stands beside the road with the trip before. A plan
//! seats them anew as if they waited; committing it gives the old seats back in the same transaction.

use super::ground::Ground;
use super::open::{Known, riders};
use crate::Halt;
use crate::refer::give_back_seats;
use crate::turn::Turn;
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::{Command, Party};
use homeward_domain::{PartyId, TripId, trip};
use serde_json::json;
use std::collections::BTreeMap;

/// A party whose vehicle does not drive.
#[derive(Debug, Clone)]
pub(super) struct Displaced {
    pub party: Party,
    trip: TripId,
    /// What people call the vehicle.
    pub vehicle: String,
    /// Why it does not drive.
    reason: String,
}

/// Those of a point of entry. Whoever is aboard already gets off first, as the crew sees it.
pub(super) fn displaced(ground: &Ground, known: &Known<'_>, now: DateTime<Utc>) -> Vec<Displaced> {
    let mut displaced = Vec::new();
    for (vehicle, because) in &ground.out {
        let reason = because.reason.clone().unwrap_or_else(|| because.code.to_owned());
        for ride in ground.rides.get(&vehicle.id).into_iter().flatten() {
            let trip = &ride.trip;
            if !trip.state.loading() || trip.boarded() > 0 {
                continue;
            }
            let parties = riders(ground, trip, known).unwrap_or_default().into_iter();
            let parties = parties.filter(|party| could_sit_elsewhere(party, now));
            displaced.extend(parties.map(|party| Displaced {
                party,
                trip: trip.id,
                vehicle: vehicle.name.clone(),
                reason: reason.clone(),
            }));
        }
    }
    displaced
}

/// Whether nothing but the seat it has stands against another: its home may have been refused since.
fn could_sit_elsewhere(party: &Party, now: DateTime<Utc>) -> bool {
    let Ok(events) = party.decide(Command::Unseat, now) else { return false };
    events.iter().fold(party.clone(), Party::apply).may_be_seated().is_ok()
}

/// The seats that are given back while a plan is committed.
#[derive(Default)]
pub(super) struct GivenBack(BTreeMap<TripId, String>);

impl GivenBack {
    /// The party, free for another seat.
    pub async fn take(&mut self, turn: &mut Turn<'_>, all: &[Displaced], party: Party) -> Result<Party, Halt> {
        let Some(displaced) = lost(all, party.id) else { return Ok(party) };
        give_back_seats(turn, &party).await?;
        turn.record(party.id.uuid(), "seats.reason", json!({ "reason": displaced.reason }));
        let events = party.decide(Command::Unseat, turn.now)?;
        self.0.insert(displaced.trip, displaced.reason.clone());
        turn.save_party(party, &events).await
    }

    /// Calls the trips off that carry nobody any more.
    pub async fn call_off_the_empty(self, turn: &mut Turn<'_>) -> Result<(), Halt> {
        for (id, reason) in self.0 {
            let trip = turn.trip(id, &Scope::system()).await?;
            if trip.manifest().next().is_none() {
                let events = trip.decide(trip::Command::Cancel { reason }, turn.now)?;
                turn.save_trip(trip, &events).await?;
            }
        }
        Ok(())
    }
}

/// The vehicle a party has a seat in that does not drive.
pub(super) fn lost(all: &[Displaced], party: PartyId) -> Option<&Displaced> {
    all.iter().find(|it| it.party.id == party)
}
