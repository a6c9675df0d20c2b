//! The list against the versions of March 2020 and against any history.

use super::*;
use crate::Sojourn;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

const CODES: [&str; 6] = ["JPN", "KOR", "ITA", "IRN", "FRA", "DEU"];

fn country(code: &str) -> Country {
    Country::parse(code).expect("a country")
}

fn noon(day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2020, 3, day).and_then(|day| day.and_hms_opt(12, 0, 0)).expect("a noon").and_utc()
}

fn list(version: u32, day: u32, entries: &[(&str, RiskTag)]) -> KeyList {
    let entries = entries.iter().map(|(code, tag)| (country(code), *tag));
    KeyList::parse(version, noon(day), entries, "").expect("a list")
}

fn history(codes: &[&str]) -> TravelHistory {
    let landed_on = noon(20).date_naive();
    let until = |index: usize| landed_on - TimeDelta::days(i64::try_from(index).expect("a few"));
    let stay =
        |(index, code): (usize, &&str)| Sojourn { country: country(code), from: until(index), until: until(index) };
    TravelHistory::parse(landed_on, codes.iter().enumerate().map(stay).collect()).expect("a history")
}

#[test]
fn the_strictest_entry_wins_and_is_named() {
    let list = list(1, 6, &[("ITA", RiskTag::Red), ("JPN", RiskTag::Yellow), ("KOR", RiskTag::Yellow)]);
    let tagged = evaluate(&history(&["JPN", "ITA"]), &list);
    assert_eq!((tagged.tag, tagged.because), (RiskTag::Red, Some(country("ITA"))));
    let tagged = evaluate(&history(&["FRA", "KOR", "JPN"]), &list);
    assert_eq!((tagged.tag, tagged.because), (RiskTag::Yellow, Some(country("KOR"))), "the latest on a tie");
    assert_eq!(evaluate(&history(&["FRA"]), &list).because, None);
}

#[test]
fn a_version_is_in_force_from_its_instant_on() {
    let lists = [list(2, 17, &[]), list(1, 6, &[]), list(3, 17, &[])];
    let version = |at| KeyList::in_force(&lists, at).map(|list| list.version);
    assert_eq!(version(noon(6) - TimeDelta::seconds(1)), None);
    assert_eq!(version(noon(6)), Some(1));
    assert_eq!(version(noon(16)), Some(1));
    assert_eq!(version(noon(17)), Some(3), "the higher version on a tie");
}

#[test]
fn who_is_affected_is_told_before_it_takes_effect() {
    let old = list(1, 6, &[("ITA", RiskTag::Red), ("JPN", RiskTag::Yellow)]);
    let new = list(2, 17, &[("ITA", RiskTag::Red), ("FRA", RiskTag::Red)]);
    let codes: Vec<_> = changes(&old, &new).iter().map(|change| change.country.as_str()).collect();
    assert_eq!(codes, ["FRA", "JPN"]);
    let retag = compare(&history(&["JPN"]), &old, &new).expect("Japan leaves the list");
    assert_eq!((retag.from.tag, retag.to.tag, retag.to.version), (RiskTag::Yellow, RiskTag::Green, 2));
    assert_eq!(compare(&history(&["ITA", "JPN"]), &old, &new), None);
}

#[test]
fn a_list_that_says_nothing_or_twice_is_refused() {
    let refused = |version, entries: &[(&str, RiskTag)], note: &str| {
        let entries: Vec<_> = entries.iter().map(|(code, tag)| (country(code), *tag)).collect();
        KeyList::parse(version, noon(6), entries, note).expect_err("a bad list").field
    };
    assert_eq!(refused(0, &[], ""), "version");
    assert_eq!(refused(1, &[("JPN", RiskTag::Red), ("ITA", RiskTag::Green)], ""), "entries/1/tag");
    assert_eq!(refused(1, &[("JPN", RiskTag::Red), ("JPN", RiskTag::Yellow)], ""), "entries/1/country");
    assert_eq!(refused(1, &[], &"长".repeat(501)), "note");
}

proptest! {
    #[test]
    fn one_more_country_never_softens_a_tag(
        visited in proptest::collection::vec(0..CODES.len(), 0..5),
        more in 0..CODES.len(),
        tags in proptest::collection::vec(proptest::option::of(prop_oneof![Just(RiskTag::Yellow), Just(RiskTag::Red)]), CODES.len()),
    ) {
        let entries: Vec<_> = CODES.iter().zip(&tags).filter_map(|(code, tag)| tag.map(|tag| (*code, tag))).collect();
        let list = list(1, 6, &entries);
        let mut codes: Vec<_> = visited.iter().map(|index| CODES[*index]).collect();
        let before = evaluate(&history(&codes), &list);
        codes.push(CODES[more]);
        let after = evaluate(&history(&codes), &list);
        prop_assert!(after.tag >= before.tag);
        prop_assert_eq!(after.because.is_none(), after.tag == RiskTag::Green);
        prop_assert!(after.because.is_none_or(|country| list.entries[&country] == after.tag));
    }
}
