//! Where something is: WGS-84, nothing else. GCJ-02 exists only at the edge of a map.

use crate::Invalid;
use serde::{Deserialize, Serialize};

/// A place on the ground, WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    lat: f64,
    lon: f64,
}

impl Point {
    /// Latitude −90…90, longitude −180…180; refuses NaN and the null island that broken receivers report.
    pub fn parse(lat: f64, lon: f64) -> Result<Self, Invalid> {
        if !(-90.0..=90.0).contains(&lat) {
            return Err(Invalid::new("out-of-range", "latitude is between -90 and 90 degrees").at("lat"));
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(Invalid::new("out-of-range", "longitude is between -180 and 180 degrees").at("lon"));
        }
        if lat.abs() < 0.01 && lon.abs() < 0.01 {
            return Err(Invalid::new("null-island", "0,0 is what a receiver without a fix says; send no position"));
        }
        Ok(Self { lat, lon })
    }

    /// Degrees north.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Great-circle distance in metres (haversine, mean Earth radius 6 371 008.8 m).
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        const EARTH_RADIUS_METRES: f64 = 6_371_008.8;
        let (north, east) = ((other.lat - self.lat).to_radians(), (other.lon - self.lon).to_radians());
        let chord = (north / 2.0).sin().powi(2)
            + self.lat.to_radians().cos() * other.lat.to_radians().cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS_METRES * chord.sqrt().min(1.0).asin()
    }

    /// The point a share of the straight way to `other`; good enough below a hundred kilometres.
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        Self { lat: self.lat + (other.lat - self.lat) * share, lon: self.lon + (other.lon - self.lon) * share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pudong_to_the_old_town_is_thirty_kilometres() {
        let terminal = Point::parse(31.1510, 121.8010).expect("real place");
        let gate = Point::parse(31.2190, 121.5010).expect("real place");
        let metres = terminal.metres_to(gate);
        assert!((28_000.0..31_500.0).contains(&metres), "{metres}");
    }

    #[test]
    fn a_receiver_without_a_fix_is_not_a_place() {
        assert_eq!(Point::parse(0.0, 0.0).expect_err("null island").reason, "null-island");
        assert_eq!(Point::parse(f64::NAN, 1.0).expect_err("nan").field, "lat");
        assert_eq!(Point::parse(1.0, 181.0).expect_err("east of east").field, "lon");
    }
}
