//! A drive seen when it begins.

use super::{Case, Clock, Factors, NEAR_KM, classes};
use crate::Leg;
use crate::model::cells;
use crate::model::city::{self, GRACE_SECONDS};
use crate::model::key::{Factor, Part};

/// Points of the compass that an origin tells apart.
const SECTORS: i64 = 24;

/// A drive that begins now.
pub fn drive(leg: &Leg) -> Case {
    let clock = Clock::of(leg);
    let mut factors = Factors::new(Part::Drive);
    factors.calendar(clock);
    factors.way(leg, clock);
    from(&mut factors, leg, clock);
    let base_hour = city::hour(clock.hour, clock.weekend == 1);
    Case {
        part: Part::Drive,
        base: (city::seconds(leg.km()) + GRACE_SECONDS).ln() + base_hour,
        base_hour,
        factors: factors.list,
        classes: classes(Part::Drive, leg, clock),
        near: cells::cell(leg.to.point, NEAR_KM),
        at: leg.seconds(),
    }
}

/// What is special about where it begins: its hours, its roads in each direction, its way to each neighbourhood.
fn from(factors: &mut Factors, leg: &Leg, clock: Clock) {
    let (from, to) = (leg.from.point, leg.to.point);
    let origin = leg.from.code.unwrap_or_else(|| cells::cell(from, 3.0));
    factors.add(Factor::Origin, origin, 0, 1.0);
    for (hour, share) in clock.hours() {
        factors.add(Factor::OriginHour, origin, hour, share);
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let position = cells::turn(from, to) * SECTORS as f64;
    for (sector, share) in cells::circle(position, SECTORS) {
        factors.add(Factor::Sector, origin, sector, share);
        factors.add(Factor::SectorPeriod, origin, sector * 16 + clock.period, share);
    }
    for (neighbourhood, share) in cells::corners(to, 4.0) {
        factors.add(Factor::Course, neighbourhood, origin, share);
    }
}
