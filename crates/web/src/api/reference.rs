//! Reference data: who is where.

use super::Read;
use crate::App;
use crate::caller::Signed;
use crate::wire::ProblemBody;
use axum::Json;
use axum::extract::State;
use homeward_dispatch::reference as store;
use homeward_domain::Country;
use homeward_feed::row::Name;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Reference {
    jurisdictions: Vec<Place>,
    desks: Vec<Desk>,
    receivers: Vec<Receiver>,
    gates: Vec<Gate>,
    relay_points: Vec<RelayPoint>,
    /// ISO 3166-1 alpha-3.
    countries: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct Place {
    code: String,
    level: String,
    parent: Option<String>,
    name: Name,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Location)]
struct Spot {
    lat: f64,
    lon: f64,
}

#[derive(Serialize, ToSchema)]
struct Desk {
    code: String,
    district: String,
    point_of_entry: String,
    terminal: String,
    name: Name,
    location: Spot,
    opens: Option<String>,
    closes: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Receiver {
    code: String,
    /// `community` or `site`.
    kind: &'static str,
    jurisdiction: String,
    name: Name,
}

#[derive(Serialize, ToSchema)]
#[schema(as = KnownGate)]
struct Gate {
    code: String,
    receiver: String,
    compound: Name,
    location: Spot,
}

#[derive(Serialize, ToSchema)]
struct RelayPoint {
    code: String,
    district: String,
    name: Name,
    location: Spot,
    /// Whether changes are planned there.
    in_use: bool,
}

fn name(name: store::Name) -> Name {
    Name { zh: name.zh, en: name.en }
}

fn spot(at: homeward_domain::Point) -> Spot {
    Spot { lat: at.lat(), lon: at.lon() }
}

/// Everything a form offers to choose from.
#[utoipa::path(get, path = "/v1/reference", tag = "reference", responses((status = 200, body = Reference), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn reference(State(app): State<App>, _who: Signed) -> Read<Reference> {
    let all = app.dispatcher.reference().await?;
    let place = |it: store::Place| Place { code: it.code, level: it.level, parent: it.parent, name: name(it.name) };
    Ok(Json(Reference {
        jurisdictions: all.places.into_iter().map(place).collect(),
        desks: all.desks.into_iter().map(desk).collect(),
        receivers: all.receivers.into_iter().map(receiver).collect(),
        gates: all.gates.into_iter().map(gate).collect(),
        relay_points: all.relay_points.into_iter().map(relay_point).collect(),
        countries: Country::all().map(|country| country.to_string()).collect(),
    }))
}

fn desk(it: store::Desk) -> Desk {
    Desk {
        code: it.code.to_string(),
        district: it.district.to_string(),
        point_of_entry: it.point_of_entry,
        terminal: it.terminal,
        name: name(it.name),
        location: spot(it.location),
        opens: it.opens,
        closes: it.closes,
    }
}

fn receiver(it: store::Receiver) -> Receiver {
    let kind = if it.site { "site" } else { "community" };
    Receiver { code: it.code.to_string(), kind, jurisdiction: it.jurisdiction.to_string(), name: name(it.name) }
}

fn gate(it: store::Gate) -> Gate {
    Gate {
        code: it.code.to_string(),
        receiver: it.receiver.to_string(),
        compound: name(it.compound),
        location: spot(it.location),
    }
}

fn relay_point(it: store::RelayPoint) -> RelayPoint {
    RelayPoint {
        in_use: it.out.is_none(),
        code: it.code.to_string(),
        district: it.district.to_string(),
        name: name(it.name),
        location: spot(it.location),
    }
}
