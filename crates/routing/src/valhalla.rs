//! Valhalla's matrix service, `POST /sources_to_targets` (valhalla.github.io, Time-Distance Matrix API): times in seconds,
//! `null` where there is no way. It looks for a road within `search_cutoff` metres of a point and refuses beyond.

use crate::Silence;
use crate::plausible::OFF_ROAD_METRES_MAX;
use homeward_domain::Point;
use serde::Deserialize;
use serde_json::{Value, json};

/// Path of the service.
pub const PATH: &str = "sources_to_targets";

/// Body of the question for a way; the matrix is legs × legs, its diagonal the way.
pub fn question(way: &[Point]) -> Value {
    let place = |point: &Point| {
        let degrees = |value: f64| (value * 1e6).round() / 1e6;
        json!({ "lat": degrees(point.lat()), "lon": degrees(point.lon()), "search_cutoff": OFF_ROAD_METRES_MAX })
    };
    let last = way.len().saturating_sub(1);
    let sources: Vec<Value> = way[..last].iter().map(place).collect();
    let targets: Vec<Value> = way.iter().skip(1).map(place).collect();
    json!({ "sources": sources, "targets": targets, "costing": "auto" })
}

#[derive(Deserialize)]
struct Matrix {
    sources_to_targets: Vec<Vec<Cell>>,
}

#[derive(Deserialize)]
struct Cell {
    time: Option<f64>,
}

/// Seconds of each leg.
pub fn answer(body: &[u8]) -> Result<Vec<f64>, Silence> {
    let matrix: Matrix = serde_json::from_slice(body).map_err(|error| Silence::Unreadable(error.to_string()))?;
    let leg = |(place, row): (usize, &Vec<Cell>)| row.get(place).and_then(|cell| cell.time).ok_or(Silence::NoRoad);
    matrix.sources_to_targets.iter().enumerate().map(leg).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_is_the_documented_one() {
        let way = [(40.744_014, -73.990_508), (40.739_735, -73.979_713), (40.752_522, -73.985_015)];
        let way = way.map(|(lat, lon)| Point::parse(lat, lon).expect("a place"));
        let place = |lat: f64, lon: f64| json!({ "lat": lat, "lon": lon, "search_cutoff": 1000.0 });
        let expected = json!({
            "sources": [place(40.744_014, -73.990_508), place(40.739_735, -73.979_713)],
            "targets": [place(40.739_735, -73.979_713), place(40.752_522, -73.985_015)],
            "costing": "auto",
        });
        assert_eq!(question(&way), expected);
    }

    /// An answer in the form of the public documents (valhalla 3.x, verbose form); there is no Valhalla among the tests.
    const DOCUMENTED: &str = r#"{
        "algorithm": "costmatrix", "units": "kilometers",
        "sources": [{"lat":40.744014,"lon":-73.990508},{"lat":40.739735,"lon":-73.979713}],
        "targets": [{"lat":40.739735,"lon":-73.979713},{"lat":40.752522,"lon":-73.985015}],
        "sources_to_targets": [
            [{"distance":1.41,"time":328,"to_index":0,"from_index":0},{"distance":1.61,"time":401.5,"to_index":1,"from_index":0}],
            [{"distance":0.0,"time":0,"to_index":0,"from_index":1},{"distance":1.92,"time":415,"to_index":1,"from_index":1}]]}"#;

    #[test]
    fn the_documented_answer_is_read_along_its_diagonal() {
        assert_eq!(answer(DOCUMENTED.as_bytes()), Ok(vec![328.0, 415.0]));
        let nowhere = DOCUMENTED.replace(r#""time":415"#, r#""time":null"#);
        assert_eq!(answer(nowhere.as_bytes()), Err(Silence::NoRoad));
        assert!(matches!(answer(br#"{"error_code":171}"#), Err(Silence::Unreadable(_))));
    }
}
