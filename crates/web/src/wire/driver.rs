//! Bodies about the district's drivers.

use super::vehicle::ShiftBody;
use super::{phone, text};
use chrono::{DateTime, Utc};
use homeward_dispatch::{AtTheWheel, Drives, NamedDriver, NewDriver};
use homeward_domain::driver::{Command, Driver};
use homeward_domain::{DriverId, Invalid, Personal, VehicleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Whom a crew names as its driver: somebody of `/v1/drivers` by `id`, or somebody by `name` and `phone`. The driver with this
/// phone is meant if the name is theirs; a new one enters the registry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameDriver {
    id: Option<Uuid>,
    name: Option<String>,
    phone: Option<String>,
}

impl NameDriver {
    pub fn parse(self) -> Result<NamedDriver, Invalid> {
        match (self.id, self.name, self.phone) {
            (Some(id), None, None) => Ok(NamedDriver::Known(DriverId::new(id))),
            (Some(_), ..) => Err(Invalid::new("one-or-other", "send the id alone, or name and phone").at("id")),
            (None, name, phone) => {
                let (name, phone) = who(&name.unwrap_or_default(), &phone.unwrap_or_default())?;
                Ok(NamedDriver::Typed { name, phone })
            }
        }
    }
}

fn who(name: &str, number: &str) -> Result<(Personal<String>, Personal<String>), Invalid> {
    Ok((Personal::new(text(name, "name", 80)?), phone(number, "phone")?))
}

/// `POST /v1/drivers`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddDriver {
    name: String,
    phone: String,
    /// When they are on duty; at any hour when absent.
    shift: Option<ShiftBody>,
    /// The vehicle they drive as a rule. A new trip of it names them by itself, when they are free and the only one.
    usual: Option<Uuid>,
}

impl TryFrom<AddDriver> for NewDriver {
    type Error = Invalid;
    fn try_from(body: AddDriver) -> Result<Self, Invalid> {
        let (name, phone) = who(&body.name, &body.phone)?;
        Ok(Self {
            name,
            phone,
            shift: body.shift.map(|shift| shift.parse().map_err(|bad| bad.at("shift"))).transpose()?,
            usual: body.usual.map(VehicleId::new),
        })
    }
}

/// `POST /v1/drivers/{id}/correct`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectDriver {
    name: String,
    phone: String,
}

impl CorrectDriver {
    pub fn parse(&self) -> Result<Command, Invalid> {
        let (name, phone) = who(&self.name, &self.phone)?;
        Ok(Command::Correct { name, phone })
    }
}

/// `POST /v1/drivers/{id}/usual`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUsual {
    /// A vehicle of the district; null for none.
    usual: Option<Uuid>,
}

impl SetUsual {
    pub fn command(&self) -> Command {
        Command::SetUsual(self.usual.map(VehicleId::new))
    }
}

/// `GET /v1/drivers`
#[derive(Serialize, ToSchema)]
pub(crate) struct Drivers {
    pub drivers: Vec<DriverBody>,
}

/// A driver as the dispatcher sees them.
#[derive(Serialize, ToSchema)]
pub(crate) struct DriverBody {
    id: Uuid,
    version: i64,
    name: String,
    phone: String,
    shift: Option<ShiftBody>,
    usual: Option<DrivenVehicle>,
    /// Who said that they are off duty, and since when; why is nobody's to write down.
    off: Option<OffDutyBody>,
    /// The trips that name them and are not over, by departure.
    trips: Vec<DrivesBody>,
}

#[derive(Serialize, ToSchema)]
struct DrivenVehicle {
    id: Uuid,
    name: String,
}

#[derive(Serialize, ToSchema)]
struct OffDutyBody {
    by: String,
    at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
struct DrivesBody {
    trip: Uuid,
    vehicle: DrivenVehicle,
    /// `planned`, `boarding` or `en_route`.
    stage: String,
    departs_at: DateTime<Utc>,
    departed_at: Option<DateTime<Utc>>,
}

impl From<Drives> for DrivesBody {
    fn from(trip: Drives) -> Self {
        Self {
            trip: trip.trip.uuid(),
            vehicle: DrivenVehicle { id: trip.vehicle.uuid(), name: trip.vehicle_name },
            stage: trip.stage,
            departs_at: trip.departs_at,
            departed_at: trip.departed_at,
        }
    }
}

impl From<AtTheWheel> for DriverBody {
    fn from(AtTheWheel { driver, usual: called, trips }: AtTheWheel) -> Self {
        let Driver { id, name, phone, shift, usual, off, version, .. } = driver;
        Self {
            id: id.uuid(),
            version,
            name: name.into_inner(),
            phone: phone.into_inner(),
            shift: shift.map(ShiftBody::of),
            usual: usual.zip(called).map(|(id, name)| DrivenVehicle { id: id.uuid(), name }),
            off: off.map(|off| OffDutyBody { by: off.by, at: off.since }),
            trips: trips.into_iter().map(DrivesBody::from).collect(),
        }
    }
}
