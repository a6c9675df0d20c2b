//! Bodies about vehicles, trips and stops.

use super::driver::NameDriver;
use super::vehicle::{ShiftBody, luggage_places};
use super::{text, text_opt};
use chrono::{DateTime, Utc};
use homeward_dispatch::{Crew, KeptBack, NamedDriver, NewVehicle, OtherVehicle, Staying};
use homeward_domain::fix::Fix;
use homeward_domain::private_car::plate;
use homeward_domain::reception::Step;
use homeward_domain::{AccountId, ArrivalId, Invalid, Point, VehicleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// `POST /v1/vehicles`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddVehicle {
    name: String,
    plate: Option<String>,
    seats: i64,
    #[serde(default)]
    wheelchair_places: i64,
    /// Large pieces of luggage it takes; not limited when absent.
    luggage_places: Option<i64>,
    shift: Option<ShiftBody>,
}

impl TryFrom<AddVehicle> for NewVehicle {
    type Error = Invalid;
    fn try_from(body: AddVehicle) -> Result<Self, Invalid> {
        if !(1..=60).contains(&body.seats) {
            return Err(Invalid::new("out-of-range", "1 to 60 seats for travellers").at("seats"));
        }
        if !(0..=body.seats).contains(&body.wheelchair_places) {
            return Err(Invalid::new("out-of-range", "not more than the seats").at("wheelchair_places"));
        }
        let luggage_places = luggage_places(body.luggage_places)?;
        Ok(Self {
            name: text(&body.name, "name", 40)?,
            plate: plate_opt(body.plate.as_deref())?,
            seats: body.seats,
            wheelchair_places: body.wheelchair_places,
            luggage_places,
            shift: body.shift.map(|shift| shift.parse().map_err(|bad| bad.at("shift"))).transpose()?,
        })
    }
}

fn plate_opt(value: Option<&str>) -> Result<Option<String>, Invalid> {
    let written = value.filter(|value| !value.trim().is_empty());
    written.map(|value| plate(value).map_err(|bad| bad.at("plate"))).transpose()
}

fn driver_opt(driver: Option<NameDriver>) -> Result<Option<NamedDriver>, Invalid> {
    driver.map(|driver| driver.parse().map_err(|bad| bad.at("driver"))).transpose()
}

/// `POST /v1/trips/{id}/crew`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CrewBody {
    driver: Option<NameDriver>,
    #[serde(default)]
    escorts: Vec<Uuid>,
    plate: Option<String>,
}

impl TryFrom<CrewBody> for Crew {
    type Error = Invalid;
    fn try_from(body: CrewBody) -> Result<Self, Invalid> {
        Ok(Self {
            driver: driver_opt(body.driver)?,
            escorts: body.escorts.into_iter().map(AccountId::new).collect(),
            plate: plate_opt(body.plate.as_deref())?,
        })
    }
}

/// `POST /v1/trips`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanTrip {
    pub vehicle: Uuid,
    pub departs_at: DateTime<Utc>,
    pub driver: Option<NameDriver>,
    #[serde(default)]
    pub escorts: Vec<Uuid>,
    pub plate: Option<String>,
}

impl PlanTrip {
    pub fn crew(self) -> Result<Crew, Invalid> {
        CrewBody { driver: self.driver, escorts: self.escorts, plate: self.plate }.try_into()
    }
}

/// `POST /v1/trips/{id}/vehicle`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeVehicle {
    vehicle: Uuid,
    /// Its usual driver when absent.
    driver: Option<NameDriver>,
    /// That of the registry when absent.
    plate: Option<String>,
}

impl TryFrom<TakeVehicle> for OtherVehicle {
    type Error = Invalid;
    fn try_from(body: TakeVehicle) -> Result<Self, Invalid> {
        Ok(Self {
            vehicle: VehicleId::new(body.vehicle),
            driver: driver_opt(body.driver)?,
            plate: plate_opt(body.plate.as_deref())?,
        })
    }
}

/// One person of the manifest.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneArrival {
    pub arrival: Uuid,
}

/// `POST /v1/trips/{id}/no-show`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoShow {
    pub arrival: Uuid,
    /// Others of the party who stay along: nobody under age stays, or rides, without an adult of it.
    #[serde(default)]
    with: Vec<Uuid>,
    pub reason: String,
}

impl NoShow {
    /// Who stays behind.
    pub fn staying(&self) -> Staying {
        staying(self.arrival, &self.with)
    }
}

/// `POST /v1/changes/{id}/keep`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepBack {
    arrival: Uuid,
    /// Others of the party who stay along: nobody under age goes on, or stays, without an adult of it ...
    #[serde(default)]
    with: Vec<Uuid>,
    /// ... unless it is said who looks after them.
    looked_after_by: Option<String>,
    reason: String,
}

impl KeepBack {
    /// Who stays, and why.
    pub fn command(self) -> (Staying, KeptBack) {
        let why = KeptBack { reason: self.reason, looked_after_by: self.looked_after_by };
        (staying(self.arrival, &self.with), why)
    }
}

fn staying(arrival: Uuid, with: &[Uuid]) -> Staying {
    Staying { arrival: ArrivalId::new(arrival), with: with.iter().copied().map(ArrivalId::new).collect() }
}

/// `POST /v1/trips/{id}/depart`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Depart {
    pub head_count: i64,
}

/// `POST /v1/trips/{id}/position`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PositionBody {
    lat: f64,
    lon: f64,
    at: DateTime<Utc>,
    /// Radius the device gives for itself, metres.
    accuracy_metres: Option<f64>,
}

/// What became of a position.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PositionHeard {
    /// `kept`, or why it does not move the vehicle: `vague`, `jump`, `late`, `duplicate`, …
    pub outcome: &'static str,
}

impl TryFrom<PositionBody> for Fix {
    type Error = Invalid;
    fn try_from(body: PositionBody) -> Result<Self, Invalid> {
        Ok(Self { point: Point::parse(body.lat, body.lon)?, told_at: body.at, accuracy_metres: body.accuracy_metres })
    }
}

/// `POST /v1/trips/{id}/eta`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SayEta {
    pub stop: Uuid,
    pub gate_at: DateTime<Utc>,
}

/// `POST /v1/stops/{id}/reception`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckOff {
    pub arrival: Uuid,
    /// `verify`, `inform` or `enrol`.
    step: String,
    language: Option<String>,
    temperature_c: Option<f64>,
    letter_signed: Option<bool>,
    guide_given: Option<bool>,
}

impl CheckOff {
    pub fn step(&self) -> Result<Step, Invalid> {
        match self.step.as_str() {
            "verify" => Ok(Step::Verify),
            "inform" => {
                let language = self.language.as_deref().unwrap_or_default();
                Ok(Step::Inform { language: super::language(language).map_err(|bad| bad.at("language"))? })
            }
            "enrol" => {
                let missing = || Invalid::new("missing", "measure at the gate, 30.0 to 45.0").at("temperature_c");
                let temperature_c = self.temperature_c.filter(|it| (30.0..=45.0).contains(it)).ok_or_else(missing)?;
                Ok(Step::Enrol {
                    temperature_c,
                    letter_signed: self.letter_signed.unwrap_or(false),
                    guide_given: self.guide_given.unwrap_or(false),
                })
            }
            _ => Err(Invalid::new("unknown-step", "verify, inform or enrol").at("step")),
        }
    }
}

/// A note of up to 200 characters, or none.
pub(crate) fn reason(value: Option<&str>) -> Result<Option<String>, Invalid> {
    text_opt(value, "reason", 200)
}
