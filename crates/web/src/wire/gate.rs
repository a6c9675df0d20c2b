//! Bodies about closed gates.

use chrono::{DateTime, Utc};
use homeward_domain::gate::{Closing, GateClosure};
use homeward_domain::{Invalid, code};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// `GET /v1/gate-closures`
#[derive(Serialize, ToSchema)]
pub(crate) struct GateClosures {
    closures: Vec<GateClosureBody>,
}

/// A gate is closed, or will be.
#[derive(Serialize, ToSchema)]
struct GateClosureBody {
    id: Uuid,
    /// The gate's code.
    gate: String,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    reason: String,
    /// Display name of who said it.
    by: String,
}

impl From<Vec<GateClosure>> for GateClosures {
    fn from(all: Vec<GateClosure>) -> Self {
        let body = |it: GateClosure| GateClosureBody {
            id: it.id.uuid(),
            gate: it.gate.to_string(),
            from: it.spell.begins,
            until: it.spell.ends,
            reason: it.spell.reason,
            by: it.spell.by,
        };
        Self { closures: all.into_iter().map(body).collect() }
    }
}

/// `POST /v1/gate-closures`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseGate {
    /// The gate's code.
    gate: String,
    /// From when, at most seven days ahead; from now on where it is left out.
    #[serde(default)]
    from: Option<DateTime<Utc>>,
    /// Until when, at most seven days after that.
    until: DateTime<Utc>,
    /// Why, 200 characters at most.
    reason: String,
}

impl CloseGate {
    pub fn closing(self) -> Result<Closing, Invalid> {
        let gate = code::Gate::parse(&self.gate).map_err(|invalid| invalid.at("gate"))?;
        Ok(Closing { gate, from: self.from, until: self.until, reason: self.reason })
    }
}
