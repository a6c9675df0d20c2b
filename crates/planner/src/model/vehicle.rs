//! A vehicle and its crew, for as many trips as its shift holds.

use super::{Defect, SECONDS_MAX};

/// One vehicle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vehicle {
    /// Seats for travellers, before spacing ([`super::Rules::spacing_percent`]).
    pub seats: i32,
    /// Pieces of luggage it takes.
    pub luggage: i32,
    /// Wheelchair places.
    pub wheelchairs: i32,
    /// From when boarding can begin, in seconds: it is back, clean and crewed.
    pub free: i32,
    /// By when it must be back, in seconds.
    pub until: i32,
    /// Escorts on board; below [`super::Rules::escorts_min`] it takes nobody.
    pub escorts: u8,
    /// The languages its escorts speak, a bit each.
    pub languages: u64,
}

pub(super) fn check(vehicles: &[Vehicle]) -> Result<(), Defect> {
    for (index, vehicle) in vehicles.iter().enumerate() {
        let checks = [
            (!(0..=10_000).contains(&vehicle.seats), "seats"),
            (!(0..=100_000).contains(&vehicle.luggage), "luggage"),
            (!(0..=10_000).contains(&vehicle.wheelchairs), "wheelchairs"),
            (vehicle.free.abs() > SECONDS_MAX, "free"),
            (vehicle.until.abs() > 2 * SECONDS_MAX, "until"),
        ];
        if let Some((_, field)) = checks.into_iter().find(|(broken, _)| *broken) {
            return Err(Defect::Field { of: "vehicle", index, field });
        }
    }
    Ok(())
}
