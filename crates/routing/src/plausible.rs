//! What no road vehicle can do is no answer. An engine snaps every point to the nearest road of its map, however far: asked
//! about Shanghai with a map of Berlin, OSRM answers happily.

use crate::Silence;
use homeward_domain::Point;

/// A gate or a vehicle lies at most this far from a road of the map, in metres; a compound may be that large.
pub const OFF_ROAD_METRES_MAX: f64 = 1_000.0;
/// 180 km/h over the great circle: faster than any vehicle of ours.
const METRES_PER_SECOND_MAX: f64 = 50.0;
/// A leg of a day is no leg of a city.
const SECONDS_MAX: f64 = 86_400.0;

/// The seconds of every leg of a way of `way.len() - 1` legs, if a vehicle can drive them.
pub fn legs(way: &[Point], seconds: Vec<f64>) -> Result<Vec<f64>, Silence> {
    let drivable = |(pair, seconds): (&[Point], &f64)| {
        let least = (pair[0].metres_to(pair[1]) - 2.0 * OFF_ROAD_METRES_MAX) / METRES_PER_SECOND_MAX;
        (0.0..=SECONDS_MAX).contains(seconds) && *seconds >= least
    };
    let whole = seconds.len() + 1 == way.len() && way.windows(2).zip(&seconds).all(drivable);
    if whole { Ok(seconds) } else { Err(Silence::NoRoad) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vehicle_neither_flies_nor_travels_in_time() {
        let way = [(31.15, 121.80), (31.22, 121.49)].map(|(lat, lon)| Point::parse(lat, lon).expect("a place"));
        assert_eq!(legs(&way, vec![2_400.0]), Ok(vec![2_400.0]));
        for bad in [vec![60.0], vec![-1.0], vec![f64::NAN], vec![f64::INFINITY], vec![], vec![2_400.0, 1.0]] {
            assert_eq!(legs(&way, bad.clone()), Err(Silence::NoRoad), "{bad:?}");
        }
    }
}
