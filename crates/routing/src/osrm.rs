//! OSRM's table service, `GET /table/v1/driving/…` (project-osrm.org/docs, HTTP API v1): durations in seconds, `null` where
//! there is no way, and beside each point how far it was moved to a road.

use crate::Silence;
use crate::plausible::OFF_ROAD_METRES_MAX;
use homeward_domain::Point;
use serde::Deserialize;

/// Path and query of the question for a way; the matrix is legs × legs, its diagonal the way.
pub fn question(way: &[Point]) -> String {
    let points: Vec<String> = way.iter().map(|point| format!("{:.6},{:.6}", point.lon(), point.lat())).collect();
    let legs = way.len().saturating_sub(1);
    let list = |from: usize| (from..from + legs).map(|place| place.to_string()).collect::<Vec<_>>().join(";");
    format!(
        "table/v1/driving/{}?sources={}&destinations={}&annotations=duration&generate_hints=false",
        points.join(";"),
        list(0),
        list(1)
    )
}

#[derive(Deserialize)]
struct Table {
    durations: Vec<Vec<Option<f64>>>,
    sources: Vec<Snapped>,
    destinations: Vec<Snapped>,
}

#[derive(Deserialize)]
struct Snapped {
    /// Metres from the point that was asked about to the road.
    distance: f64,
}

/// Seconds of each leg.
pub fn answer(body: &[u8]) -> Result<Vec<f64>, Silence> {
    let table: Table = serde_json::from_slice(body).map_err(|error| Silence::Unreadable(error.to_string()))?;
    if table.sources.iter().chain(&table.destinations).any(|point| point.distance > OFF_ROAD_METRES_MAX) {
        return Err(Silence::NoRoad);
    }
    let leg = |(place, row): (usize, &Vec<Option<f64>>)| row.get(place).copied().flatten().ok_or(Silence::NoRoad);
    table.durations.iter().enumerate().map(leg).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_names_each_leg_once() {
        let way = [(31.1496, 121.801), (31.2173, 121.4909), (31.2139, 121.4914)];
        let way = way.map(|(lat, lon)| Point::parse(lat, lon).expect("a place"));
        assert_eq!(
            question(&way),
            "table/v1/driving/121.801000,31.149600;121.490900,31.217300;121.491400,31.213900\
             ?sources=0;1&destinations=1;2&annotations=duration&generate_hints=false"
        );
    }

    #[test]
    fn a_point_off_the_map_and_a_missing_way_are_no_road() {
        let body = |off: f64, leg: &str| {
            let point = format!(r#"{{"name":"","location":[121.8,31.1],"distance":{off}}}"#);
            format!(r#"{{"code":"Ok","durations":[[{leg}]],"sources":[{point}],"destinations":[{point}]}}"#)
        };
        assert_eq!(answer(body(12.0, "2399.8").as_bytes()), Ok(vec![2399.8]));
        assert_eq!(answer(body(9_324_054.9, "2399.8").as_bytes()), Err(Silence::NoRoad));
        assert_eq!(answer(body(12.0, "null").as_bytes()), Err(Silence::NoRoad));
        assert!(matches!(answer(b"<html>"), Err(Silence::Unreadable(_))));
    }
}
