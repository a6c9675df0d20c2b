//! Who sits at the wheel: whom a new trip gets when nobody was named, and that nobody sits at two.

use super::Driver;
use crate::refusal::Driver as No;
use crate::vehicle::Shift;
use crate::{DriverId, Refusal, VehicleId};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
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

/// Whether a drive that begins at this time of the local day, and is expected to take so long, lies outside a driver's hours: it
/// begins before they do, or ends after they are over. Said to people, who decide; it refuses nothing.
#[must_use]
pub fn outside_hours(shift: Shift, begins: NaiveTime, takes: TimeDelta) -> bool {
    !shift.covers(begins) || takes > shift.closes_in(begins)
}

/// Whether a driver may be erased: they are off duty, which somebody said before and could take back, and on no trip that is not
/// over (`open`).
pub fn may_be_erased(driver: &Driver, open: Option<Elsewhere>) -> Result<(), Refusal> {
    if driver.off.is_none() {
        return Err(No::NotOffYet.into());
    }
    open.map_or(Ok(()), |Elsewhere { vehicle, since }| Err(No::Named { vehicle, at: since }.into()))
}
