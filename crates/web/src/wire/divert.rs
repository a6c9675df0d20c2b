//! The body of an order to go elsewhere.

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
    version: Option<i64>,
}

impl TryFrom<Divert> for NewOrder {
    type Error = Invalid;
    fn try_from(body: Divert) -> Result<Self, Invalid> {
        let to = match (&body.site, &body.gate) {
            (Some(site), None) => Towards::Site(code::Receiver::parse(site).map_err(|bad| bad.at("site"))?),
            (None, Some(gate)) => Towards::Gate(code::Gate::parse(gate).map_err(|bad| bad.at("gate"))?),
            _ => return Err(Invalid::new("destination-missing", "name a site or a gate, and only one").at("to")),
        };
        let stops = body.stops.into_iter().map(StopId::new).collect();
        Ok(Self { to, stops, reason: body.reason, version: body.version })
    }
}
