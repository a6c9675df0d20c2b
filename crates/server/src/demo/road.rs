//! Plausible roads: the way from an airport into the old town as a line of points, and where a vehicle is on it.

use homeward_domain::Point;

/// Pudong: airport, S1, Longyang Road, Nanpu Bridge. Hongqiao: airport, Yan'an elevated road, People's Square. WGS-84.
const FROM_PUDONG: [(f64, f64); 5] =
    [(31.1500, 121.8050), (31.1560, 121.7520), (31.1800, 121.6700), (31.2040, 121.5570), (31.2080, 121.5130)];
const FROM_HONGQIAO: [(f64, f64); 4] =
    [(31.1939, 121.3424), (31.2010, 121.3930), (31.2160, 121.4370), (31.2260, 121.4640)];

/// The way from a desk through gates, in order.
pub fn way(desk: &str, gates: &[Point]) -> Vec<Point> {
    let road: &[(f64, f64)] = if desk.starts_with("sha") { &FROM_HONGQIAO } else { &FROM_PUDONG };
    let road = road.iter().map(|&(lat, lon)| Point::parse(lat, lon).expect("real places"));
    road.chain(gates.iter().copied()).collect()
}

/// Length in metres.
pub fn metres(way: &[Point]) -> f64 {
    way.windows(2).map(|leg| leg[0].metres_to(leg[1])).sum()
}

/// Where one is after so many metres.
pub fn at(way: &[Point], mut metres: f64) -> Option<Point> {
    for leg in way.windows(2) {
        let length = leg[0].metres_to(leg[1]);
        if metres <= length {
            return Some(leg[0].towards(leg[1], if length > 0.0 { metres / length } else { 0.0 }));
        }
        metres -= length;
    }
    way.last().copied()
}
