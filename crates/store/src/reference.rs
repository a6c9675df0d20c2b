//! Reference data: jurisdictions, desks, receivers, gates, relay points. Read-only here; nothing in it is personal.

use crate::site::OutColumns;
use crate::{Conn, Error, Keys};
use homeward_domain::site::Closure;
use homeward_domain::{Jurisdiction, Point, code};

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// `city`, `district`, `subdistrict` or `committee`.
    pub level: String,
    /// The place it lies in.
    pub parent: Option<String>,
    /// What people call it.
    pub name: Name,
}

/// An airport desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Its code.
    pub code: code::Desk,
    /// Whose desk it is.
    pub district: Jurisdiction,
    /// IATA code of the airport.
    pub point_of_entry: String,
    /// Terminal.
    pub terminal: String,
    /// What people call it.
    pub name: Name,
    /// Where it stands.
    pub location: Point,
    /// `HH:MM` local, or open round the clock.
    pub opens: Option<String>,
    /// `HH:MM` local, or open round the clock.
    pub closes: Option<String>,
}

/// Who takes over at a stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Its code.
    pub code: code::Receiver,
    /// Whether it is an observation site rather than a community.
    pub site: bool,
    /// Where it lies.
    pub jurisdiction: Jurisdiction,
    /// What people call it.
    pub name: Name,
}

/// A gate with its receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Its code.
    pub code: code::Gate,
    /// Whose gate.
    pub receiver: code::Receiver,
    /// The residential compound.
    pub compound: Name,
    /// Where it is.
    pub location: Point,
}

#[derive(sqlx::FromRow)]
struct DeskRow {
    code: String,
    district: String,
    point_of_entry: String,
    terminal: String,
    name_zh: String,
    name_en: String,
    lat: f64,
    lon: f64,
    opens: Option<String>,
    closes: Option<String>,
}

/// Where a bus hands people to vans.
#[derive(Debug, Clone, PartialEq)]
pub struct RelayPoint {
    /// Its code.
    pub code: code::RelayPoint,
    /// Whose it is.
    pub district: Jurisdiction,
    /// What people call it.
    pub name: Name,
    /// Where it is.
    pub location: Point,
    /// Why no new change is planned there, if so.
    pub out: Option<Closure>,
}

#[derive(sqlx::FromRow)]
struct RelayPointRow {
    code: String,
    district: String,
    name_zh: String,
    name_en: String,
    lat: f64,
    lon: f64,
    #[sqlx(flatten)]
    out: OutColumns,
}

type GateRow = (String, String, String, String, f64, f64);
type ReceiverRow = (String, String, String, String, String);

fn point(lat: f64, lon: f64, table: &'static str, row: &str) -> Result<Point, Error> {
    Point::parse(lat, lon).map_err(|_| Error::corrupt(table, "lat", row))
}

impl DeskRow {
    fn open(self) -> Result<Desk, Error> {
        Ok(Desk {
            location: point(self.lat, self.lon, "desk", &self.code)?,
            district: Jurisdiction::parse(&self.district)
                .map_err(|_| Error::corrupt("desk", "district", &self.code))?,
            code: code::Desk::parse(&self.code).map_err(|_| Error::corrupt("desk", "code", &self.code))?,
            point_of_entry: self.point_of_entry,
            terminal: self.terminal,
            name: Name { zh: self.name_zh, en: self.name_en },
            opens: self.opens,
            closes: self.closes,
        })
    }
}

fn receiver((code, kind, jurisdiction, zh, en): ReceiverRow) -> Result<Receiver, Error> {
    Ok(Receiver {
        jurisdiction: Jurisdiction::parse(&jurisdiction)
            .map_err(|_| Error::corrupt("receiver", "jurisdiction", &code))?,
        code: code::Receiver::parse(&code).map_err(|_| Error::corrupt("receiver", "code", &code))?,
        site: kind == "site",
        name: Name { zh, en },
    })
}

fn gate((code, receiver, zh, en, lat, lon): GateRow) -> Result<Gate, Error> {
    Ok(Gate {
        location: point(lat, lon, "gate", &code)?,
        receiver: code::Receiver::parse(&receiver).map_err(|_| Error::corrupt("gate", "receiver", &code))?,
        code: code::Gate::parse(&code).map_err(|_| Error::corrupt("gate", "code", &code))?,
        compound: Name { zh, en },
    })
}

/// The tree, parents first.
pub async fn jurisdictions(conn: &mut Conn) -> Result<Vec<Place>, Error> {
    let rows: Vec<(String, String, Option<String>, String, String)> = conn
        .sql("select code, level, parent, name_zh, name_en from jurisdiction order by code limit 10000")
        .all()
        .await?;
    let place = |(code, level, parent, zh, en)| Place { code, level, parent, name: Name { zh, en } };
    Ok(rows.into_iter().map(place).collect())
}

/// Every desk.
pub async fn desks(conn: &mut Conn) -> Result<Vec<Desk>, Error> {
    let rows: Vec<DeskRow> = conn
        .sql(
            "select code, district, point_of_entry, terminal, name_zh, name_en, lat, lon, opens, closes
             from desk order by code limit 1000",
        )
        .all()
        .await?;
    rows.into_iter().map(DeskRow::open).collect()
}

/// One desk.
pub async fn desk(conn: &mut Conn, code: &code::Desk) -> Result<Option<Desk>, Error> {
    let row: Option<DeskRow> = conn
        .sql(
            "select code, district, point_of_entry, terminal, name_zh, name_en, lat, lon, opens, closes
             from desk where code = $1",
        )
        .bind(code.as_str())
        .maybe()
        .await?;
    row.map(DeskRow::open).transpose()
}

/// Every receiver.
pub async fn receivers(conn: &mut Conn) -> Result<Vec<Receiver>, Error> {
    let rows: Vec<ReceiverRow> = conn
        .sql("select code, kind, jurisdiction, name_zh, name_en from receiver order by code limit 10000")
        .all()
        .await?;
    rows.into_iter().map(receiver).collect()
}

/// One receiver.
pub async fn receiver_of(conn: &mut Conn, code: &code::Receiver) -> Result<Option<Receiver>, Error> {
    let row: Option<ReceiverRow> = conn
        .sql("select code, kind, jurisdiction, name_zh, name_en from receiver where code = $1")
        .bind(code.as_str())
        .maybe()
        .await?;
    row.map(receiver).transpose()
}

/// Every gate.
pub async fn gates(conn: &mut Conn) -> Result<Vec<Gate>, Error> {
    let rows: Vec<GateRow> = conn
        .sql("select code, receiver, compound_zh, compound_en, lat, lon from gate order by code limit 20000")
        .all()
        .await?;
    rows.into_iter().map(gate).collect()
}

/// One gate.
pub async fn gate_of(conn: &mut Conn, code: &code::Gate) -> Result<Option<Gate>, Error> {
    let row: Option<GateRow> = conn
        .sql("select code, receiver, compound_zh, compound_en, lat, lon from gate where code = $1")
        .bind(code.as_str())
        .maybe()
        .await?;
    row.map(gate).transpose()
}

fn relay_point(keys: &Keys, row: RelayPointRow) -> Result<RelayPoint, Error> {
    let corrupt = |column| Error::corrupt("relay_point", column, &row.code);
    Ok(RelayPoint {
        location: point(row.lat, row.lon, "relay_point", &row.code)?,
        district: Jurisdiction::parse(&row.district).map_err(|_| corrupt("district"))?,
        code: code::RelayPoint::parse(&row.code).map_err(|_| corrupt("code"))?,
        name: Name { zh: row.name_zh, en: row.name_en },
        out: row.out.closure(keys)?,
    })
}

/// Every relay point.
pub async fn relay_points(conn: &mut Conn) -> Result<Vec<RelayPoint>, Error> {
    let rows: Vec<RelayPointRow> = conn
        .sql(
            "select code, district, name_zh, name_en, lat, lon, gone.reason, gone.closed_by, gone.closed_at from relay_point
             left join relay_point_closure as gone on gone.relay_point = relay_point.code and gone.opened_at is null
             order by code limit 1000",
        )
        .all()
        .await?;
    rows.into_iter().map(|row| relay_point(conn.keys(), row)).collect()
}

/// One relay point.
pub async fn relay_point_of(conn: &mut Conn, code: &code::RelayPoint) -> Result<Option<RelayPoint>, Error> {
    let row: Option<RelayPointRow> = conn
        .sql(
            "select code, district, name_zh, name_en, lat, lon, gone.reason, gone.closed_by, gone.closed_at from relay_point
             left join relay_point_closure as gone on gone.relay_point = relay_point.code and gone.opened_at is null
             where code = $1",
        )
        .bind(code.as_str())
        .maybe()
        .await?;
    row.map(|row| relay_point(conn.keys(), row)).transpose()
}
