//! Bodies about one party's seat: what is offered, and why not elsewhere.

use super::plan::{WhyBody, why_body};
use chrono::{DateTime, Utc};
use homeward_dispatch::{Because, NotAtSite, NotThere, SeatOffer, Seats};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// `GET /v1/parties/{id}/proposals`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proposals {
    /// Where the party waits; a new trip is committed there (`POST /v1/plans/{entry}`).
    point_of_entry: String,
    as_of: DateTime<Utc>,
    /// The best first, at most four.
    offers: Vec<OfferBody>,
    /// Every other trip that loads, and every other vehicle.
    refused: Vec<RefusedBody>,
    /// Sites without a room for the party.
    sites: Vec<SiteRefusedBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OfferBody {
    /// The trip to join; null when the vehicle would make a new one.
    trip: Option<Uuid>,
    vehicle: Uuid,
    name: String,
    plate: Option<String>,
    departs_at: DateTime<Utc>,
    /// When the party would be at its gate.
    arrives_at: DateTime<Utc>,
    /// Of the seats that may be used.
    free_seats: i64,
    /// How much later this trip, or a later one of the vehicle, leaves because of the party.
    later_minutes: i64,
    /// Travellers' minutes that it costs more than the best offer; kilometres at the district's rate.
    dearer_minutes: i64,
    /// The party waits longer than anybody should, here as everywhere.
    over_limit: bool,
    /// Nobody aboard speaks its language, though somebody of the fleet does.
    no_language: bool,
    /// Since when the vehicle waits for its disinfection to be confirmed.
    cleaning_due_since: Option<DateTime<Utc>>,
    why: WhyBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct RefusedBody {
    /// Which trip; null when it is about a new trip of the vehicle.
    trip: Option<Uuid>,
    vehicle: Uuid,
    name: String,
    departs_at: Option<DateTime<Utc>>,
    because: BecauseBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct SiteRefusedBody {
    site: String,
    because: BecauseBody,
}

/// The rule that stands in the way, and the numbers that belong to it.
#[derive(Debug, Serialize, ToSchema)]
struct BecauseBody {
    #[schema(example = "vehicle_full")]
    code: &'static str,
    free: Option<i64>,
    needed: Option<i64>,
    /// How much of the seats may be used, where people sit apart.
    percent: Option<i64>,
    /// The other party whom it concerns; null when it is the party itself.
    label: Option<String>,
    minutes: Option<i64>,
    minutes_max: Option<i64>,
    at: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    /// As a person said it.
    reason: Option<String>,
}

impl From<Seats> for Proposals {
    fn from(seats: Seats) -> Self {
        let as_of = seats.as_of;
        Self {
            point_of_entry: seats.point_of_entry,
            as_of,
            offers: seats.offers.into_iter().map(|offer| offer_body(offer, as_of)).collect(),
            refused: seats.refused.into_iter().map(refused_body).collect(),
            sites: seats.sites.into_iter().map(site_body).collect(),
        }
    }
}

fn offer_body(it: SeatOffer, as_of: DateTime<Utc>) -> OfferBody {
    OfferBody {
        trip: it.trip.map(homeward_domain::TripId::uuid),
        vehicle: it.vehicle.uuid(),
        name: it.name,
        plate: it.plate,
        departs_at: it.departs_at,
        arrives_at: it.arrives_at,
        free_seats: it.free_seats,
        later_minutes: it.later_s / 60,
        dearer_minutes: it.dearer_minutes,
        over_limit: it.over_limit,
        no_language: it.no_language,
        cleaning_due_since: it.cleaning_due,
        why: why_body(it.why, as_of),
    }
}

fn refused_body(it: NotThere) -> RefusedBody {
    RefusedBody {
        trip: it.trip.map(homeward_domain::TripId::uuid),
        vehicle: it.vehicle.uuid(),
        name: it.name,
        departs_at: it.departs_at,
        because: because_body(it.because),
    }
}

fn site_body(it: NotAtSite) -> SiteRefusedBody {
    SiteRefusedBody { site: it.site.to_string(), because: because_body(it.because) }
}

fn because_body(it: Because) -> BecauseBody {
    let Because { code, free, needed, percent, label, minutes, minutes_max, at, until, reason } = it;
    BecauseBody { code, free, needed, percent, label, minutes, minutes_max, at, until, reason }
}
