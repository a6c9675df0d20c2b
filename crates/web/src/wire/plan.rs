//! Bodies of the plan.

use chrono::{DateTime, Utc};
use homeward_dispatch::{Chosen, DayPlan, DayTrip, LeftOut, Rider};
use homeward_domain::{Invalid, PartyId, VehicleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// More than the parties of the largest wave.
const RIDERS_MAX: usize = 2_000;

/// `GET /v1/plans/{entry}`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanBody {
    point_of_entry: String,
    as_of: DateTime<Utc>,
    trips: Vec<PlanTripBody>,
    left_out: Vec<LeftOutBody>,
    waiting_minutes: i64,
    riding_minutes: i64,
    kilometres: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlanTripBody {
    vehicle: Uuid,
    name: String,
    seats: i64,
    departs_at: DateTime<Utc>,
    riders: Vec<PlanRiderBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlanRiderBody {
    party: Uuid,
    version: i64,
    label: String,
    people: i64,
    gate: String,
    arrives_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
struct LeftOutBody {
    party: Uuid,
    label: String,
    people: i64,
    /// What is short.
    #[schema(example = "no_vehicle_whole")]
    short: &'static str,
}

impl From<DayPlan> for PlanBody {
    fn from(plan: DayPlan) -> Self {
        let as_of = plan.as_of;
        Self {
            point_of_entry: plan.point_of_entry,
            as_of,
            trips: plan.trips.into_iter().map(|trip| trip_body(trip, as_of)).collect(),
            left_out: plan.left_out.into_iter().map(left_out).collect(),
            waiting_minutes: plan.waiting_minutes,
            riding_minutes: plan.riding_minutes,
            kilometres: plan.kilometres,
        }
    }
}

fn trip_body(trip: DayTrip, as_of: DateTime<Utc>) -> PlanTripBody {
    let rider = |it: Rider| PlanRiderBody {
        party: it.party.uuid(),
        version: it.version,
        label: it.label,
        people: it.people,
        gate: it.gate.to_string(),
        arrives_at: as_of + chrono::TimeDelta::seconds(it.arrives_in_s),
    };
    PlanTripBody {
        vehicle: trip.vehicle.uuid(),
        name: trip.name,
        seats: trip.seats,
        departs_at: trip.departs_at,
        riders: trip.riders.into_iter().map(rider).collect(),
    }
}

fn left_out(it: LeftOut) -> LeftOutBody {
    LeftOutBody { party: it.party.uuid(), label: it.label, people: it.people, short: it.short.code() }
}

/// `POST /v1/plans/{entry}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommitPlan {
    /// When the plan was made, as it said itself.
    as_of: DateTime<Utc>,
    trips: Vec<CommitTrip>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommitTrip {
    vehicle: Uuid,
    departs_at: DateTime<Utc>,
    riders: Vec<CommitRider>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CommitRider {
    party: Uuid,
    /// The version that was seen.
    version: i64,
}

impl CommitPlan {
    /// The command, or the field that is wrong.
    pub fn chosen(self) -> Result<(DateTime<Utc>, Vec<Chosen>), Invalid> {
        if self.trips.iter().map(|trip| trip.riders.len()).sum::<usize>() > RIDERS_MAX {
            return Err(Invalid::new("too-many", "at most 2,000 parties at once").at("trips"));
        }
        let trips = self.trips.into_iter().enumerate().map(|(place, trip)| trip.chosen(place));
        Ok((self.as_of, trips.collect::<Result<_, _>>()?))
    }
}

impl CommitTrip {
    fn chosen(self, place: usize) -> Result<Chosen, Invalid> {
        if self.riders.is_empty() {
            return Err(Invalid::new("empty", "a trip needs riders; leave it out instead")
                .at("riders")
                .at(place)
                .at("trips"));
        }
        let riders = self.riders.into_iter().map(|it| (PartyId::new(it.party), it.version)).collect();
        Ok(Chosen { vehicle: VehicleId::new(self.vehicle), departs_at: self.departs_at, riders })
    }
}
