//! Who sits at the wheel: whom a new trip gets when nobody was named, and that nobody sits at two.

use super::Driver;
use crate::refusal::Driver as No;
use crate::{DriverId, Refusal, VehicleId};
use chrono::{DateTime, NaiveTime, Utc};
use std::collections::BTreeSet;

/// The one driver to name for a new trip of a vehicle when nobody was named: whose usual vehicle it is, who is on duty, whose
/// hours cover the departure (a time of the local day), and who is not named on an open trip of another vehicle (`busy`). Where
/// none or several are, nobody is named: a person decides.
#[must_use]
pub fn usual_for<'d>(
    drivers: &'d [Driver],
    vehicle: VehicleId,
    departure: NaiveTime,
    busy: &BTreeSet<DriverId>,
) -> Option<&'d Driver> {
    let free = |driver: &&Driver| {
        driver.usual == Some(vehicle)
            && driver.off.is_none()
            && driver.shift.is_none_or(|shift| shift.covers(departure))
            && !busy.contains(&driver.id)
    };
    let mut free = drivers.iter().filter(free);
    free.next().filter(|_| free.next().is_none())
}

/// Another trip that is on the road with the same driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// What people call its vehicle.
    pub vehicle: String,
    /// When it left.
    pub since: DateTime<Utc>,
}

/// Whether a trip may leave with this driver: they are on duty, and on the road with nothing else.
pub fn may_leave(driver: &Driver, elsewhere: Option<Elsewhere>) -> Result<(), Refusal> {
    if let Some(Elsewhere { vehicle, since }) = elsewhere {
        return Err(No::Away { vehicle, since }.into());
    }
    driver.on_duty()
}
