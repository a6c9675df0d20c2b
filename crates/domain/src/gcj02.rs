//! GCJ-02, the datum of maps sold in China, for the edge of such a map: a link to a navigation app, a tile. Inside,
//! everything is WGS-84 ([`Point`]); a GCJ-02 pair is a type of its own, so that the two cannot be mixed.
//!
//! The public formula, as found in the `eviltransform` project (MIT) and many others: an offset of some 500 m, built from
//! sines over the Krasovsky 1940 ellipsoid. Outside China the two are the same.

use crate::Point;
use std::f64::consts::PI;

/// Semi-major axis of the Krasovsky 1940 ellipsoid, metres.
const AXIS_METRES: f64 = 6_378_245.0;
/// Its first eccentricity, squared.
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;
/// Rounds of the way back; each brings it two to three digits nearer, and the third is below a millimetre.
const ROUNDS: u32 = 4;

/// A place as a Chinese map has it, GCJ-02 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapPoint {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// Where the map has a place.
#[must_use]
pub fn on_map(point: Point) -> MapPoint {
    let (lat, lon) = (point.lat(), point.lon());
    let (north, east) = offset(lat, lon);
    MapPoint { lat: lat + north, lon: lon + east }
}

/// The place behind a point of the map: the formula has no inverse, so its offset is taken off until nothing is left.
/// Nothing, if that is no place on Earth.
#[must_use]
pub fn off_map(map: MapPoint) -> Option<Point> {
    let (mut lat, mut lon) = (map.lat, map.lon);
    for _ in 0..ROUNDS {
        let (north, east) = offset(lat, lon);
        (lat, lon) = (map.lat - north, map.lon - east);
    }
    Point::parse(lat, lon).ok()
}

/// The rectangle in which the offset applies.
fn in_china(lat: f64, lon: f64) -> bool {
    (0.8293..=55.8271).contains(&lat) && (72.004..=137.8347).contains(&lon)
}

/// Degrees north and east to add.
fn offset(lat: f64, lon: f64) -> (f64, f64) {
    if !in_china(lat, lon) {
        return (0.0, 0.0);
    }
    let (x, y) = (lon - 105.0, lat - 35.0);
    let (north, east) = (north_metres(x, y), east_metres(x, y));
    let sine = lat.to_radians().sin();
    let flat = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
    let meridian = AXIS_METRES * (1.0 - ECCENTRICITY_SQUARED) / (flat * flat.sqrt());
    let parallel = AXIS_METRES / flat.sqrt() * lat.to_radians().cos();
    ((north / meridian).to_degrees(), (east / parallel).to_degrees())
}

/// What both directions share.
fn waves(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn north_metres(x: f64, y: f64) -> f64 {
    let plain = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * x.abs().sqrt();
    let mid = (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0;
    let long = (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    plain + waves(x) + mid + long
}

fn east_metres(x: f64, y: f64) -> f64 {
    let plain = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt();
    let mid = (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0;
    let long = (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    plain + waves(x) + mid + long
}
