//! Bodies about the district's vehicles.

use super::language;
use chrono::{DateTime, Utc};
use homeward_dispatch::AtWork;
use homeward_domain::Invalid;
use homeward_domain::vehicle::{Cleaning, Shift, Vehicle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The hours of the local day in which a vehicle or a driver is on duty, over midnight when `until` comes before `from`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShiftBody {
    /// `HH:MM`
    from: String,
    /// `HH:MM`
    until: String,
}

impl ShiftBody {
    pub fn parse(&self) -> Result<Shift, Invalid> {
        Shift::parse(&self.from, &self.until)
    }

    pub fn of(shift: Shift) -> Self {
        Self { from: shift.from(), until: shift.until() }
    }
}

/// `POST /v1/vehicles/{id}/out-of-service`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeOut {
    pub reason: String,
}

/// `POST /v1/vehicles/{id}/shift`, `POST /v1/drivers/{id}/shift`; without a shift, on duty at any hour.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetShift {
    shift: Option<ShiftBody>,
}

impl SetShift {
    pub fn parse(&self) -> Result<Option<Shift>, Invalid> {
        self.shift.as_ref().map(|shift| shift.parse().map_err(|bad| bad.at("shift"))).transpose()
    }
}

/// `POST /v1/vehicles/{id}/luggage`; without a number it is not limited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetLuggage {
    /// Large pieces it takes, 0 to 500; null for no limit.
    luggage_places: Option<i64>,
}

impl SetLuggage {
    pub fn parse(&self) -> Result<Option<i64>, Invalid> {
        luggage_places(self.luggage_places)
    }
}

/// As many large pieces as a vehicle can take.
pub(super) fn luggage_places(places: Option<i64>) -> Result<Option<i64>, Invalid> {
    match places {
        Some(pieces) if !(0..=500).contains(&pieces) => {
            Err(Invalid::new("out-of-range", "0 to 500 large pieces, or leave it out").at("luggage_places"))
        }
        places => Ok(places),
    }
}

/// `POST /v1/escorts/{id}/languages`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetLanguages {
    /// BCP 47 tags, at most ten; none when nothing is known.
    #[schema(example = json!(["ja", "en"]))]
    languages: Vec<String>,
}

impl SetLanguages {
    pub fn parse(self) -> Result<Vec<String>, Invalid> {
        if self.languages.len() > 10 {
            return Err(Invalid::new("too-many", "at most ten languages").at("languages"));
        }
        let parsed = self.languages.iter().enumerate();
        parsed.map(|(place, tag)| language(tag).map_err(|bad| bad.at(place).at("languages"))).collect()
    }
}

/// A vehicle as the dispatcher sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct VehicleBody {
    id: Uuid,
    version: i64,
    name: String,
    plate: Option<String>,
    seats: i64,
    wheelchair_places: i64,
    /// Large pieces of luggage it takes; null while nobody wrote it down.
    luggage_places: Option<i64>,
    shift: Option<ShiftBody>,
    /// Why it is out of service.
    out: Option<OutBody>,
    /// Since when it waits for somebody to confirm its disinfection.
    cleaning_due_since: Option<DateTime<Utc>>,
    /// The last word that it is disinfected.
    cleaned: Option<CleanedBody>,
    /// How often it left since midnight, local time.
    trips_today: i64,
}

#[derive(Serialize, ToSchema)]
struct OutBody {
    reason: String,
    by: String,
    at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
struct CleanedBody {
    by: String,
    at: DateTime<Utc>,
}

impl From<AtWork> for VehicleBody {
    fn from(AtWork { vehicle, trips_today }: AtWork) -> Self {
        let out = vehicle.out().map(|it| OutBody { reason: it.reason.to_owned(), by: it.by.to_owned(), at: it.since });
        let cleaning_due_since = vehicle.cleaning_due_since();
        let Vehicle { id, name, plate, seats, wheelchair_places, luggage_places, .. } = vehicle;
        let Vehicle { shift, cleaning, version, .. } = vehicle;
        let cleaned = match cleaning {
            Cleaning::Done(cleaned) => cleaned.map(|it| CleanedBody { by: it.by, at: it.at }),
            Cleaning::Due { .. } => None,
        };
        Self {
            id: id.uuid(),
            version,
            name,
            plate,
            seats,
            wheelchair_places,
            luggage_places,
            shift: shift.map(ShiftBody::of),
            out,
            cleaning_due_since,
            cleaned,
            trips_today,
        }
    }
}
