//! Six digits to a day: the zone has no century, `today` gives it. Doc 9303 has no rule for it; this one is ours.

use chrono::{Datelike, NaiveDate};

/// The latest such day that is not after `today`: holders above 100 years are read as children, and seen at once.
pub fn born_on(field: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (year, month, day) = digits(field)?;
    let century = today.year() - today.year().rem_euclid(100);
    let born_on = |century: i32| NaiveDate::from_ymd_opt(century + year, month, day).filter(|born| *born <= today);
    born_on(century).or_else(|| born_on(century - 100))
}

/// The such year nearest to today's: documents are valid for some ten years.
pub fn expires_on(field: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (year, month, day) = digits(field)?;
    let century = today.year() - today.year().rem_euclid(100);
    let nearest = [century - 100, century, century + 100]
        .into_iter()
        .map(|century| century + year)
        .min_by_key(|year| (year - today.year()).abs())?;
    NaiveDate::from_ymd_opt(nearest, month, day)
}

fn digits(field: &str) -> Option<(i32, u32, u32)> {
    if field.len() != 6 || !field.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((field[..2].parse().ok()?, field[2..4].parse().ok()?, field[4..].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn today_gives_the_century() {
        let today = day(2020, 3, 20);
        assert_eq!(born_on("200320", today), Some(today));
        assert_eq!(born_on("200321", today), Some(day(1920, 3, 21)));
        assert_eq!(born_on("740812", today), Some(day(1974, 8, 12)));
        assert_eq!(expires_on("300101", today), Some(day(2030, 1, 1)));
        assert_eq!(expires_on("940623", today), Some(day(1994, 6, 23)));
        assert_eq!(expires_on("690101", day(2065, 1, 1)), Some(day(2069, 1, 1)));
        assert_eq!(expires_on("020101", day(1998, 1, 1)), Some(day(2002, 1, 1)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for field in ["000000", "741332", "74O812", "74<<<<", "<<<<<<", "210229"] {
            assert_eq!(born_on(field, day(2022, 3, 20)), None, "{field}");
            assert_eq!(expires_on(field, day(2022, 3, 20)), None, "{field}");
        }
    }
}
