//! The bodies of orders to go elsewhere: a vehicle, a private car.

use super::text_opt;
use homeward_dispatch::{NewOrder, Towards};
use homeward_domain::{Invalid, StopId, code};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// `POST /v1/trips/{id}/diversion`: exactly one of `site` and `gate`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Divert {
    /// An observation site.
    site: Option<String>,
    /// A gate of a community.
    gate: Option<String>,
    /// Whose passengers; none named means everybody still aboard.
    #[serde(default)]
    stops: Vec<Uuid>,
    reason: String,
    /// Why a party may have several rooms at the site, should no room take it whole; left out, none may.
    spread: Option<String>,
    version: Option<i64>,
}

/// `POST /v1/parties/{id}/private-car/diversion`: exactly one of `site` and `gate`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedirectCar {
    /// An observation site.
    site: Option<String>,
    /// A gate of a community.
    gate: Option<String>,
    reason: String,
    /// Why the party may have several rooms at the site, should no room take it whole; left out, it may not.
    spread: Option<String>,
}

impl RedirectCar {
    /// Where to, why, and why in several rooms.
    pub fn read(self) -> Result<(Towards, String, Option<String>), Invalid> {
        let to = towards(self.site.as_deref(), self.gate.as_deref())?;
        Ok((to, self.reason, text_opt(self.spread.as_deref(), "spread", 200)?))
    }
}

fn towards(site: Option<&str>, gate: Option<&str>) -> Result<Towards, Invalid> {
    match (site, gate) {
        (Some(site), None) => Ok(Towards::Site(code::Receiver::parse(site).map_err(|bad| bad.at("site"))?)),
        (None, Some(gate)) => Ok(Towards::Gate(code::Gate::parse(gate).map_err(|bad| bad.at("gate"))?)),
        _ => Err(Invalid::new("destination-missing", "name a site or a gate, and only one").at("to")),
    }
}

impl TryFrom<Divert> for NewOrder {
    type Error = Invalid;
    fn try_from(body: Divert) -> Result<Self, Invalid> {
        let to = towards(body.site.as_deref(), body.gate.as_deref())?;
        let stops = body.stops.into_iter().map(StopId::new).collect();
        let spread = text_opt(body.spread.as_deref(), "spread", 200)?;
        Ok(Self { to, stops, reason: body.reason, spread, version: body.version })
    }
}
