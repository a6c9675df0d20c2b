//! Bodies of the plan.

use super::planning::PlanningBody;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::{Adjusted, Chosen, DayPlan, DayTrip, Later, LeftOut, Pin, Rider, Why, Wishes};
use homeward_domain::{Invalid, PartyId, TripId, VehicleId};
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
    /// What the district lays down, by which it was made.
    rules: PlanningBody,
    /// New trips, and trips that stand which others join.
    trips: Vec<PlanTripBody>,
    /// Trips that stand, could take more people, and are left as they are.
    standing: Vec<PlanTripBody>,
    left_out: Vec<LeftOutBody>,
    /// Who waits too, less long than everybody above; the next plan looks at them.
    later: LaterBody,
    /// These three count what the plan adds to the trips that stand.
    waiting_minutes: i64,
    riding_minutes: i64,
    kilometres: i64,
    /// People who would wait or ride longer than anybody may.
    over_limit: i64,
    /// The search goes on while somebody looks; true when it has found nothing better for a while. False for a plan that a
    /// person changed.
    settled: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlanTripBody {
    /// The trip that stands already; null for a new one.
    trip: Option<Uuid>,
    vehicle: Uuid,
    name: String,
    seats: i64,
    /// Of these, those that may be used while people sit apart.
    usable_seats: i64,
    wheelchair_places: i64,
    departs_at: DateTime<Utc>,
    /// Until when its riders need not be told, because the plan may still get better for them.
    decide_by: DateTime<Utc>,
    riders: Vec<PlanRiderBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlanRiderBody {
    party: Uuid,
    version: i64,
    label: String,
    people: i64,
    wheelchairs: i64,
    /// It has its seat on this trip already.
    seated: bool,
    /// The vehicle it had a seat in, which does not drive; committing gives that seat back.
    #[serde(skip_serializing_if = "Option::is_none")]
    lost: Option<String>,
    gate: String,
    arrives_at: DateTime<Utc>,
    /// Since when the gate has been closed by then; left out where it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    gate_closed_at: Option<DateTime<Utc>>,
    why: WhyBody,
}

/// Why a rider sits where it sits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WhyBody {
    /// What the departure waits for: boarding, vehicle, `trip_before`, departure.
    #[schema(example = "boarding")]
    waits_for: &'static str,
    /// When the vehicle is back and clean; null when it stands ready.
    free_at: Option<DateTime<Utc>>,
    /// Labels of those who get off at the same gate.
    same_gate: Vec<String>,
    stop: usize,
    stops: usize,
    /// Metres driven more because of this gate.
    detour_metres: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct LeftOutBody {
    party: Uuid,
    version: i64,
    label: String,
    people: i64,
    wheelchairs: i64,
    gate: String,
    /// What is short.
    #[schema(example = "no_vehicle_whole")]
    short: &'static str,
    /// The most of it that one vehicle has: seats that may be used, or wheelchair places.
    most: Option<i64>,
    /// Until when its gate is closed, where that is what is short.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
}

/// Who waits and is not looked at yet, because one proposal looks at the 1,000 parties that have waited longest.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LaterBody {
    parties: i64,
    people: i64,
}

impl From<Later> for LaterBody {
    fn from(Later { parties, people }: Later) -> Self {
        Self { parties, people }
    }
}

impl From<DayPlan> for PlanBody {
    fn from(plan: DayPlan) -> Self {
        let as_of = plan.as_of;
        Self {
            point_of_entry: plan.point_of_entry,
            as_of,
            rules: plan.rules.into(),
            trips: plan.trips.into_iter().map(|trip| trip_body(trip, as_of)).collect(),
            standing: plan.standing.into_iter().map(|trip| trip_body(trip, as_of)).collect(),
            left_out: plan.left_out.into_iter().map(left_out).collect(),
            later: plan.later.into(),
            waiting_minutes: plan.waiting_minutes,
            riding_minutes: plan.riding_minutes,
            kilometres: plan.kilometres,
            over_limit: plan.over_limit,
            settled: plan.settled,
        }
    }
}

fn trip_body(trip: DayTrip, as_of: DateTime<Utc>) -> PlanTripBody {
    let rider = |it: Rider| PlanRiderBody {
        party: it.party.uuid(),
        version: it.version,
        label: it.label,
        people: it.people,
        wheelchairs: it.wheelchairs,
        seated: it.seated,
        lost: it.lost,
        gate: it.gate.to_string(),
        arrives_at: as_of + TimeDelta::seconds(it.arrives_in_s),
        gate_closed_at: it.gate_closed_at,
        why: why_body(it.why, as_of),
    };
    PlanTripBody {
        trip: trip.trip.map(TripId::uuid),
        vehicle: trip.vehicle.uuid(),
        name: trip.name,
        seats: trip.seats,
        usable_seats: trip.usable_seats,
        wheelchair_places: trip.wheelchair_places,
        departs_at: trip.departs_at,
        decide_by: trip.decide_by,
        riders: trip.riders.into_iter().map(rider).collect(),
    }
}

pub(super) fn why_body(why: Why, as_of: DateTime<Utc>) -> WhyBody {
    WhyBody {
        waits_for: why.waits_for.code(),
        free_at: (why.free_in_s > 0).then(|| as_of + TimeDelta::seconds(why.free_in_s)),
        same_gate: why.same_gate,
        stop: why.stop,
        stops: why.stops,
        detour_metres: why.detour_metres,
    }
}

fn left_out(it: LeftOut) -> LeftOutBody {
    LeftOutBody {
        party: it.party.uuid(),
        version: it.version,
        label: it.label,
        people: it.people,
        wheelchairs: it.wheelchairs,
        gate: it.gate.to_string(),
        short: it.short.code(),
        most: it.most,
        until: it.until,
    }
}

/// `POST /v1/plans/{entry}/check`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckedPlan {
    /// The same trips in the same order, timed anew as of now.
    plan: PlanBody,
    /// The first rule it breaks; null when it can be committed.
    broken: Option<BrokenBody>,
    /// Riders who need no seat any more.
    gone: Vec<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
struct BrokenBody {
    #[schema(example = "full")]
    code: &'static str,
    /// Which trip, in the order they were sent.
    trip: Option<usize>,
    words: String,
}

impl From<Adjusted> for CheckedPlan {
    fn from(it: Adjusted) -> Self {
        let broken = it.broken.map(|it| BrokenBody { code: it.code, trip: it.trip, words: it.words });
        Self { plan: it.plan.into(), broken, gone: it.gone.into_iter().map(PartyId::uuid).collect() }
    }
}

/// `POST /v1/plans/{entry}/proposal`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanWishes {
    /// Parties that keep the vehicle a person chose, and perhaps the trip.
    pinned: Vec<PinBody>,
    /// Parties that shall not be planned.
    left_out: Vec<Uuid>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PinBody {
    party: Uuid,
    vehicle: Uuid,
    /// Which of the vehicle's trips in the plan, from 0; absent when any of them will do.
    trip: Option<u16>,
}

impl PlanWishes {
    /// What was laid down, or the field that is wrong.
    pub fn wishes(self) -> Result<Wishes, Invalid> {
        if self.pinned.len() > RIDERS_MAX {
            return Err(Invalid::new("too-many", "at most 2,000 parties at once").at("pinned"));
        }
        if self.left_out.len() > RIDERS_MAX {
            return Err(Invalid::new("too-many", "at most 2,000 parties at once").at("left_out"));
        }
        let pin =
            |it: PinBody| Pin { party: PartyId::new(it.party), vehicle: VehicleId::new(it.vehicle), trip: it.trip };
        Ok(Wishes {
            pinned: self.pinned.into_iter().map(pin).collect(),
            left_out: self.left_out.into_iter().map(PartyId::new).collect(),
        })
    }
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
    /// The trip that stands and that the riders without a seat join; left out for a new one.
    trip: Option<Uuid>,
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

/// `DELETE /v1/plans/{entry}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoPlan {
    /// Whose seats, each at the version that was seen.
    riders: Vec<CommitRider>,
    reason: String,
}

impl UndoPlan {
    /// The command, or the field that is wrong.
    pub fn seats(self) -> Result<(Vec<(PartyId, i64)>, String), Invalid> {
        if self.riders.is_empty() || self.riders.len() > RIDERS_MAX {
            return Err(Invalid::new("out-of-range", "name 1 to 2,000 parties").at("riders"));
        }
        let seats = self.riders.into_iter().map(|it| (PartyId::new(it.party), it.version));
        Ok((seats.collect(), self.reason))
    }
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
        Ok(Chosen {
            trip: self.trip.map(TripId::new),
            vehicle: VehicleId::new(self.vehicle),
            departs_at: self.departs_at,
            riders,
        })
    }
}
