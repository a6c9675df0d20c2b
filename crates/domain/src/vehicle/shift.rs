//! The hours of the local day in which a vehicle is on duty: it leaves and is back within them.

use crate::Invalid;
use chrono::{NaiveTime, TimeDelta};

/// From one time of the local day to another, both to the minute; over midnight when the second comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    from: NaiveTime,
    until: NaiveTime,
}

impl Shift {
    /// Reads two times `HH:MM`. They must differ: a vehicle that is always on duty has no shift.
    pub fn parse(from: &str, until: &str) -> Result<Self, Invalid> {
        let time = |text: &str, field: &'static str| {
            let mend = "write a time of the day as HH:MM, e.g. 08:00";
            NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| Invalid::new("not-a-time", mend).at(field))
        };
        let (from, until) = (time(from, "from")?, time(until, "until")?);
        if from == until {
            return Err(Invalid::new("empty-shift", "name two different times, or none for any hour").at("until"));
        }
        Ok(Self { from, until })
    }

    /// When its duty begins, as `HH:MM`.
    #[must_use]
    pub fn from(self) -> String {
        self.from.format("%H:%M").to_string()
    }

    /// When its duty ends, as `HH:MM`.
    #[must_use]
    pub fn until(self) -> String {
        self.until.format("%H:%M").to_string()
    }

    /// Whether it is on duty at a time of the local day.
    #[must_use]
    pub fn covers(self, time: NaiveTime) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }

    /// How long from a time of the local day until it is on duty; nothing while it is.
    #[must_use]
    pub fn opens_in(self, time: NaiveTime) -> TimeDelta {
        if self.covers(time) { TimeDelta::zero() } else { ahead(time, self.from) }
    }

    /// How long from a time of the local day until the shift that runs then, or the next one, ends.
    #[must_use]
    pub fn closes_in(self, time: NaiveTime) -> TimeDelta {
        let opens = self.opens_in(time);
        if opens.is_zero() { ahead(time, self.until) } else { opens + ahead(self.from, self.until) }
    }
}

/// From one time of the day to the next time it is the other.
fn ahead(from: NaiveTime, to: NaiveTime) -> TimeDelta {
    let span = to - from;
    if span < TimeDelta::zero() { span + TimeDelta::days(1) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    }

    #[test]
    fn a_shift_over_midnight_is_one_shift() {
        let night = Shift::parse("20:00", "06:30").expect("a shift");
        assert!(night.covers(at("20:00")) && night.covers(at("00:00")) && !night.covers(at("06:30")));
        assert_eq!(night.opens_in(at("19:00")), TimeDelta::hours(1));
        assert_eq!(night.opens_in(at("23:00")), TimeDelta::zero());
        assert_eq!(night.closes_in(at("23:30")), TimeDelta::hours(7));
        assert_eq!(night.closes_in(at("19:30")), TimeDelta::minutes(30) + TimeDelta::minutes(630));
    }

    #[test]
    fn what_is_no_shift_names_its_field() {
        for (from, until, field) in [("8", "17:00", "from"), ("08:00", "24:00", "until"), ("08:00", "08:00", "until")] {
            assert_eq!(Shift::parse(from, until).expect_err("no shift").field, field);
        }
    }
}
