//! The rules that a district's plans are made by: who shares a vehicle, how full it may be, how long people wait and ride, what
//! a kilometre is worth. Chosen for a district, version by version; where nobody ever chose, the default counts.

mod apart;

pub use apart::{Apart, Pair};

use crate::silence::reason_of;
use crate::{Invalid, Jurisdiction, Level, Refusal};
use chrono::{DateTime, Utc};
use std::ops::RangeInclusive;

/// What is laid down. Counted in whole percent, minutes and seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Tags that must not share a vehicle.
    pub apart: Apart,
    /// How much of the seats may be used, so that people sit apart; in percent, [`Rules::SPACING`].
    pub spacing_percent: i64,
    /// The longest wait from the registration to the departure, in minutes, [`Rules::MINUTES`].
    pub wait_max_minutes: i64,
    /// The longest ride from the departure to the gate, in minutes, [`Rules::MINUTES`].
    pub ride_max_minutes: i64,
    /// What a kilometre is worth, in seconds of one traveller, [`Rules::KM_SECONDS`].
    pub km_seconds: i64,
}

impl Default for Rules {
    /// The practice of spring 2020; a kilometre is worth a minute of one traveller.
    fn default() -> Self {
        Self {
            apart: Apart::default(),
            spacing_percent: 100,
            wait_max_minutes: 120,
            ride_max_minutes: 150,
            km_seconds: 60,
        }
    }
}

impl Rules {
    /// One seat of five at least: with less a car takes nobody.
    pub const SPACING: RangeInclusive<i64> = 20..=100;
    /// A quarter of an hour, boarding included, to the shift that a plan looks ahead.
    pub const MINUTES: RangeInclusive<i64> = 15..=720;
    /// Nothing to ten minutes of one traveller.
    pub const KM_SECONDS: RangeInclusive<i64> = 0..=600;

    /// Refuses numbers that nobody can plan with, naming the field and its bounds.
    pub fn checked(self) -> Result<Self, Invalid> {
        let fields = [
            ("spacing_percent", self.spacing_percent, Self::SPACING, "percent"),
            ("wait_max_minutes", self.wait_max_minutes, Self::MINUTES, "minutes"),
            ("ride_max_minutes", self.ride_max_minutes, Self::MINUTES, "minutes"),
            ("km_seconds", self.km_seconds, Self::KM_SECONDS, "seconds"),
        ];
        match fields.into_iter().find(|(_, value, bounds, _)| !bounds.contains(value)) {
            Some((field, _, bounds, unit)) => {
                let mend = format!("{} to {} {unit}", bounds.start(), bounds.end());
                Err(Invalid::new("out-of-range", mend).at(field))
            }
            None => Ok(self),
        }
    }

    /// The seats of a vehicle that may be used.
    #[must_use]
    pub const fn seats(&self, seats: i64) -> i64 {
        seats * self.spacing_percent / 100
    }

    /// The fields, by the names of the wire, that are other than by default.
    #[must_use]
    pub fn changed(&self) -> Vec<&'static str> {
        let usual = Self::default();
        let fields = [
            ("apart", self.apart != usual.apart),
            ("spacing_percent", self.spacing_percent != usual.spacing_percent),
            ("wait_max_minutes", self.wait_max_minutes != usual.wait_max_minutes),
            ("ride_max_minutes", self.ride_max_minutes != usual.ride_max_minutes),
            ("km_seconds", self.km_seconds != usual.km_seconds),
        ];
        fields.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
    }
}

/// The rules that count now, and the version that says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// 0 if nobody ever chose.
    pub version: u32,
    /// What it lays down.
    pub rules: Rules,
}

/// One version of a district's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The district.
    pub district: Jurisdiction,
    /// Counts from 1 in each district.
    pub version: u32,
    /// What was chosen.
    pub rules: Rules,
    /// Why.
    pub reason: String,
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Choice {
    /// The next version of a district's choice. Refuses a place that is not a district, numbers out of their bounds, and an
    /// empty or endless reason.
    pub fn choose(
        district: Jurisdiction,
        before: Option<&Self>,
        (rules, reason): (Rules, &str),
        by: String,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if district.level() != Level::District {
            let no = Invalid::new("not-a-district", "the rules of plans belong to a district: six digits");
            return Err(no.at("district").into());
        }
        let (rules, reason) = (rules.checked()?, reason_of(reason)?);
        let version = before.map_or(1, |before| before.version + 1);
        Ok(Self { district, version, rules, reason, by, at })
    }

    /// What plans are made by while this is the newest.
    #[must_use]
    pub fn in_force(&self) -> InForce {
        InForce { version: self.version, rules: self.rules.clone() }
    }
}
