//! Bodies and views about places that are opened: sites with gate and rooms, relay points.

use super::text;
use chrono::{DateTime, Utc};
use homeward_dispatch as dispatch;
use homeward_dispatch::reference as store;
use homeward_domain::site::opening::{relay_point_code, site_code};
use homeward_domain::site::rooms::{LINES_MAX, Line};
use homeward_domain::site::{Closure, RoomKind};
use homeward_domain::{Invalid, Jurisdiction};
use homeward_feed::row::Name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a name.
const NAME_MAX: usize = 60;

/// A name in both languages, as somebody writes it down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BothNames {
    zh: String,
    en: String,
}

impl BothNames {
    fn parse(&self, field: &str) -> Result<store::Name, Invalid> {
        let one = |said: &str, language: &str| text(said, language, NAME_MAX).map_err(|bad| bad.at(field));
        Ok(store::Name { zh: one(&self.zh, "zh")?, en: one(&self.en, "en")? })
    }
}

/// A point on the ground, WGS-84 degrees.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GroundPoint {
    /// Degrees north.
    lat: f64,
    /// Degrees east.
    lon: f64,
}

impl From<homeward_domain::Point> for GroundPoint {
    fn from(point: homeward_domain::Point) -> Self {
        Self { lat: point.lat(), lon: point.lon() }
    }
}

/// The gate of a new site.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewGate {
    compound: BothNames,
    location: GroundPoint,
}

/// A room as somebody writes it down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRoomBody {
    /// As painted on the door: 1 to 12 letters, digits, hyphens or dots.
    number: String,
    /// `single`, `family` or `accessible`.
    kind: String,
    /// 1 to 20.
    beds: i64,
}

fn lines(rooms: Vec<NewRoomBody>) -> Result<Vec<Line>, Invalid> {
    if rooms.len() > LINES_MAX {
        return Err(
            Invalid::new("too-many", format!("at most {LINES_MAX} rooms; send the others after them")).at("rooms")
        );
    }
    let line = |it: NewRoomBody| Line { number: it.number.trim().to_owned(), kind: it.kind, beds: it.beds };
    Ok(rooms.into_iter().map(line).collect())
}

fn district(code: &str) -> Result<Jurisdiction, Invalid> {
    Jurisdiction::parse(code).map_err(|bad| bad.at("district"))
}

/// `POST /v1/sites`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenSite {
    /// Kebab-case, e.g. `huangpu-site-3`; it never changes.
    code: String,
    name: BothNames,
    /// 6 digits.
    district: String,
    gate: NewGate,
    /// At most 1000; more of them may come later.
    #[serde(default)]
    rooms: Vec<NewRoomBody>,
}

impl OpenSite {
    pub fn parse(self) -> Result<dispatch::NewSite, Invalid> {
        let GroundPoint { lat, lon } = self.gate.location;
        Ok(dispatch::NewSite {
            code: site_code(self.code.trim()).map_err(|bad| bad.at("code"))?,
            name: self.name.parse("name")?,
            district: district(&self.district)?,
            compound: self.gate.compound.parse("compound").map_err(|bad| bad.at("gate"))?,
            location: (lat, lon),
            rooms: lines(self.rooms)?,
        })
    }
}

/// `POST /v1/sites/{site}/rooms`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoomList {
    /// 1 to 1000.
    rooms: Vec<NewRoomBody>,
}

impl RoomList {
    pub fn parse(self) -> Result<Vec<Line>, Invalid> {
        if self.rooms.is_empty() {
            return Err(Invalid::new("missing", "a list of at least one room").at("rooms"));
        }
        lines(self.rooms)
    }
}

/// `POST /v1/relay-points`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenRelayPoint {
    /// Kebab-case, e.g. `huangpu-relay-3`; it never changes.
    code: String,
    name: BothNames,
    /// 6 digits.
    district: String,
    location: GroundPoint,
}

impl OpenRelayPoint {
    pub fn parse(self) -> Result<dispatch::NewRelayPoint, Invalid> {
        Ok(dispatch::NewRelayPoint {
            code: relay_point_code(self.code.trim()).map_err(|bad| bad.at("code"))?,
            name: self.name.parse("name")?,
            district: district(&self.district)?,
            location: (self.location.lat, self.location.lon),
        })
    }
}

/// Why something takes nobody new.
#[derive(Debug, Serialize, ToSchema)]
struct OutOfUse {
    reason: String,
    by: String,
    at: DateTime<Utc>,
}

impl From<Closure> for OutOfUse {
    fn from(Closure { reason, by, at }: Closure) -> Self {
        Self { reason, by, at }
    }
}

/// What a room is used for now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RoomUse {
    /// Nobody has it.
    Free,
    /// It waits for a party.
    Held,
    /// A party lives in it.
    Lived,
}

/// A room; who has it stands elsewhere.
#[derive(Debug, Serialize, ToSchema)]
struct RoomBody {
    number: String,
    /// `single`, `family` or `accessible`.
    kind: &'static str,
    beds: i64,
    r#use: RoomUse,
    /// Why nobody new gets it; null while it is in use.
    out: Option<OutOfUse>,
}

impl From<dispatch::Lodging> for RoomBody {
    fn from(it: dispatch::Lodging) -> Self {
        let r#use = match it.guest.map(|guest| guest.moved_in_at) {
            None => RoomUse::Free,
            Some(None) => RoomUse::Held,
            Some(Some(_)) => RoomUse::Lived,
        };
        Self { number: it.room, kind: RoomKind::code(it.kind), beds: it.beds, r#use, out: it.out.map(OutOfUse::from) }
    }
}

/// The rooms of a site, by number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteRooms {
    site: String,
    rooms: Vec<RoomBody>,
}

impl SiteRooms {
    /// The view of the rooms.
    pub fn of(site: String, rooms: Vec<dispatch::Lodging>) -> Self {
        Self { site, rooms: rooms.into_iter().map(RoomBody::from).collect() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct KeptGate {
    code: String,
    compound: Name,
    location: GroundPoint,
}

#[derive(Debug, Serialize, ToSchema)]
struct KeptSite {
    code: String,
    name: Name,
    district: String,
    /// Why it takes nobody new; null while it does.
    closed: Option<OutOfUse>,
    gates: Vec<KeptGate>,
    rooms: Vec<RoomBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct KeptRelayPoint {
    code: String,
    name: Name,
    district: String,
    location: GroundPoint,
    /// Why no new change is planned there; null while it is in use.
    out: Option<OutOfUse>,
}

/// What an administrator keeps.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Places {
    sites: Vec<KeptSite>,
    relay_points: Vec<KeptRelayPoint>,
}

impl From<(Vec<dispatch::SiteKept>, Vec<store::RelayPoint>)> for Places {
    fn from((sites, points): (Vec<dispatch::SiteKept>, Vec<store::RelayPoint>)) -> Self {
        Self {
            sites: sites.into_iter().map(site).collect(),
            relay_points: points.into_iter().map(relay_point).collect(),
        }
    }
}

fn both(name: store::Name) -> Name {
    Name { zh: name.zh, en: name.en }
}

fn site(it: dispatch::SiteKept) -> KeptSite {
    let gate = |gate: store::Gate| KeptGate {
        code: gate.code.to_string(),
        compound: both(gate.compound),
        location: gate.location.into(),
    };
    KeptSite {
        code: it.site.code.to_string(),
        name: both(it.site.name),
        district: it.site.jurisdiction.to_string(),
        closed: it.closed.map(OutOfUse::from),
        gates: it.gates.into_iter().map(gate).collect(),
        rooms: it.rooms.into_iter().map(RoomBody::from).collect(),
    }
}

fn relay_point(it: store::RelayPoint) -> KeptRelayPoint {
    KeptRelayPoint {
        code: it.code.to_string(),
        name: both(it.name),
        district: it.district.to_string(),
        location: it.location.into(),
        out: it.out.map(OutOfUse::from),
    }
}
