//! The ring around a gate: inside it, the vehicle is about to arrive. It only ever offers; that a vehicle has arrived is
//! a person's word, because custody follows from it.

use crate::Point;

/// Inside this the vehicle is arriving: the gates' points are good to 200 m, and a coach stops some lengths away.
pub const ENTER_METRES: f64 = 300.0;
/// Outside this it has left again: wide enough that a wandering fix does not ring twice.
pub const LEAVE_METRES: f64 = 500.0;

/// Whether the vehicle is at the gate, after a fix with a radius of `accuracy_metres`; `was` is what held before it.
///
/// It enters when the fix lies inside and is not vaguer than the ring; it leaves only when the whole fix lies outside.
/// In between, what held still holds.
///
/// ```
/// use homeward_domain::{Point, fence};
/// let gate = Point::parse(31.2190, 121.5010)?;
/// let corner = Point::parse(31.2208, 121.5010)?; // 200 m north
/// assert!(fence::inside(false, corner, 20.0, gate));
/// assert!(!fence::inside(false, corner, 400.0, gate), "a fix vaguer than the ring says nothing new");
/// # Ok::<(), homeward_domain::Invalid>(())
/// ```
#[must_use]
pub fn inside(was: bool, fix: Point, accuracy_metres: f64, gate: Point) -> bool {
    let metres = fix.metres_to(gate);
    if was {
        metres - accuracy_metres <= LEAVE_METRES
    } else {
        metres <= ENTER_METRES && accuracy_metres <= ENTER_METRES
    }
}
