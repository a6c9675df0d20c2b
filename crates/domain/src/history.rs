//! Where somebody was in the days before landing, as far as it decides the tag. Nothing about the key list.

use crate::{Country, Invalid};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A stay in one country, both civil days included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sojourn {
    /// Where.
    pub country: Country,
    /// The first day there.
    pub from: NaiveDate,
    /// The last day there.
    pub until: NaiveDate,
}

/// The sojourns that touch the 14 days before landing, the latest first.
///
/// Personal; kept with the arrival. The window is the practice of March 2020 (mission.md: "14天旅居史").
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TravelHistory {
    sojourns: Vec<Sojourn>,
}

impl TravelHistory {
    /// How many days before the day of landing count.
    pub const WINDOW_DAYS: u64 = 14;
    /// A limit on everything: two changes of country a day for the whole window, and two more.
    pub const SOJOURNS_MAX: usize = 30;

    /// Keeps what touches `landed_on − 14 ..= landed_on`; refuses a stay that ends before it begins, one after landing,
    /// and more than 30. A stay that lasts beyond the landing ("I live there") must be told until the landing.
    pub fn parse(landed_on: NaiveDate, sojourns: Vec<Sojourn>) -> Result<Self, Invalid> {
        if sojourns.len() > Self::SOJOURNS_MAX {
            return Err(Invalid::new("too-many", "at most 30 stays; leave out those before the 14 days"));
        }
        for (index, sojourn) in sojourns.iter().enumerate() {
            check(landed_on, sojourn).map_err(|invalid| invalid.at(index))?;
        }
        let opens_on = landed_on.checked_sub_days(Days::new(Self::WINDOW_DAYS)).unwrap_or(NaiveDate::MIN);
        let mut kept: Vec<_> = sojourns.into_iter().filter(|sojourn| sojourn.until >= opens_on).collect();
        kept.sort_by(|a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
        kept.dedup();
        Ok(Self { sojourns: kept })
    }

    /// The stays that count, the latest first.
    #[must_use]
    pub fn sojourns(&self) -> &[Sojourn] {
        &self.sojourns
    }

    /// The countries that count, the latest first, each once.
    #[must_use]
    pub fn countries(&self) -> Vec<Country> {
        let mut seen = Vec::new();
        for sojourn in &self.sojourns {
            if !seen.contains(&sojourn.country) {
                seen.push(sojourn.country);
            }
        }
        seen
    }
}

fn check(landed_on: NaiveDate, sojourn: &Sojourn) -> Result<(), Invalid> {
    if sojourn.from > sojourn.until {
        return Err(Invalid::new("ends-before-it-begins", "the last day is the first day or later").at("until"));
    }
    if sojourn.from > landed_on {
        return Err(Invalid::new("after-landing", "a stay begins on the day of landing or before").at("from"));
    }
    if sojourn.until > landed_on {
        return Err(Invalid::new("after-landing", "a stay ends on the day of landing or before").at("until"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(offset: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 3, 20).expect("a day") + chrono::TimeDelta::days(offset)
    }

    fn stay(code: &str, from: i64, until: i64) -> Sojourn {
        Sojourn { country: Country::parse(code).expect("a country"), from: day(from), until: day(until) }
    }

    #[test]
    fn only_the_fourteen_days_count() {
        let told = vec![stay("ITA", -40, -15), stay("FRA", -20, -14), stay("JPN", -14, 0)];
        let history = TravelHistory::parse(day(0), told).expect("a history");
        let codes: Vec<_> = history.countries().iter().map(|country| country.as_str()).collect();
        assert_eq!(codes, ["JPN", "FRA"]);
    }

    #[test]
    fn an_impossible_stay_is_named() {
        for (bad, field) in
            [(stay("JPN", -1, -2), "1/until"), (stay("JPN", -1, 1), "1/until"), (stay("JPN", 1, 2), "1/from")]
        {
            let told = vec![stay("JPN", -3, -2), bad];
            assert_eq!(TravelHistory::parse(day(0), told).expect_err("impossible").field, field);
        }
        let many = vec![stay("JPN", -3, -2); TravelHistory::SOJOURNS_MAX + 1];
        assert_eq!(TravelHistory::parse(day(0), many).expect_err("too many").reason, "too-many");
    }

    proptest! {
        #[test]
        fn what_is_kept_touches_the_window_and_nothing_else_is_lost(
            stays in proptest::collection::vec((-40i64..=0, 0i64..20), 0..=30)
        ) {
            let told: Vec<_> = stays.iter().map(|(from, days)| stay("JPN", *from, (from + days).min(0))).collect();
            let history = TravelHistory::parse(day(0), told.clone()).expect("possible stays");
            for sojourn in &told {
                prop_assert_eq!(history.sojourns().contains(sojourn), sojourn.until >= day(-14));
            }
        }
    }
}
