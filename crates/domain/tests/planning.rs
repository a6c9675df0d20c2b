//! The rules that a district's plans are made by.

use chrono::{DateTime, Utc};
use homeward_domain::planning::{Apart, Choice, InForce, Pair, Rules};
use homeward_domain::{Jurisdiction, Refusal, RiskTag};

fn at() -> DateTime<Utc> {
    "2020-03-20T10:00:00Z".parse().expect("an instant")
}

fn chosen(place: &str, before: Option<&Choice>, rules: Rules, reason: &str) -> Result<Choice, Refusal> {
    let place = Jurisdiction::parse(place).expect("a place");
    Choice::choose(place, before, (rules, reason), "Chen".into(), at())
}

fn apart(pairs: &[(RiskTag, RiskTag)]) -> Apart {
    pairs.iter().map(|(one, other)| Pair::new(*one, *other).expect("two tags")).collect()
}

#[test]
fn a_pair_is_the_same_from_both_sides_and_never_one_tag_twice() {
    use RiskTag::{Green, Red, Yellow};
    let rules = apart(&[(Red, Yellow), (Yellow, Red), (Red, Green)]);
    assert_eq!(rules.pairs().count(), 2);
    for (one, other, holds) in
        [(Red, Yellow, true), (Yellow, Red, true), (Green, Red, true), (Green, Yellow, false), (Red, Red, false)]
    {
        assert_eq!(rules.holds(one, other), holds, "{one:?} {other:?}");
        assert_eq!(rules.holds(other, one), holds, "{other:?} {one:?}");
    }
    assert_eq!(Pair::new(Red, Red).expect_err("one tag").reason, "same-tag");
    assert_eq!(apart(&Pair::ALL.map(|pair| pair.tags().into())).pairs().count(), 3);
}

#[test]
fn nobody_chose_is_the_default_and_versions_count_from_one() {
    assert_eq!(InForce::default().version, 0);
    let rules = Rules { spacing_percent: 50, ..Rules::default() };
    let first = chosen("310101", None, rules.clone(), " people sit apart ").expect("the first");
    assert_eq!((first.version, first.reason.as_str()), (1, "people sit apart"));
    let second = chosen("310101", Some(&first), Rules::default(), "it is over").expect("the second");
    assert_eq!(second.in_force(), InForce { version: 2, rules: Rules::default() });
    assert_eq!(first.in_force(), InForce { version: 1, rules });
}

#[test]
fn numbers_out_of_bounds_name_their_field_and_the_bounds() {
    let usual = Rules::default;
    let wrong = [
        (Rules { spacing_percent: 19, ..usual() }, "spacing_percent", "20 to 100 percent"),
        (Rules { spacing_percent: 101, ..usual() }, "spacing_percent", "20 to 100 percent"),
        (Rules { wait_max_minutes: 14, ..usual() }, "wait_max_minutes", "15 to 720 minutes"),
        (Rules { ride_max_minutes: 721, ..usual() }, "ride_max_minutes", "15 to 720 minutes"),
        (Rules { km_seconds: -1, ..usual() }, "km_seconds", "0 to 600 seconds"),
        (Rules { km_seconds: i64::MAX, ..usual() }, "km_seconds", "0 to 600 seconds"),
    ];
    for (rules, field, mend) in wrong {
        let Err(Refusal::Invalid(no)) = chosen("310101", None, rules, "so decided") else { panic!("{field} passed") };
        assert_eq!((no.field.as_str(), no.reason, no.mend.as_str()), (field, "out-of-range", mend));
    }
    let edges = Rules { spacing_percent: 20, wait_max_minutes: 720, ride_max_minutes: 15, km_seconds: 0, ..usual() };
    assert_eq!(edges.clone().checked(), Ok(edges));
}

#[test]
fn a_choice_belongs_to_a_district_and_has_its_reason() {
    let Err(Refusal::Invalid(no)) = chosen("310101017", None, Rules::default(), "why") else {
        panic!("a sub-district")
    };
    assert_eq!((no.field.as_str(), no.reason), ("district", "not-a-district"));
    assert_eq!(chosen("310101", None, Rules::default(), "  "), Err(Refusal::ReasonMissing));
    let Err(Refusal::Invalid(no)) = chosen("310101", None, Rules::default(), &"x".repeat(201)) else {
        panic!("endless")
    };
    assert_eq!((no.field.as_str(), no.reason), ("reason", "too-long"));
}

#[test]
fn the_seats_that_may_be_used_are_whole_and_what_differs_is_named() {
    let half = Rules { spacing_percent: 50, ..Rules::default() };
    assert_eq!([14, 7, 1].map(|seats| half.seats(seats)), [7, 3, 0]);
    assert_eq!(Rules::default().seats(45), 45);
    assert_eq!(Rules::default().changed(), Vec::<&str>::new());
    let other = Rules { apart: apart(&[(RiskTag::Red, RiskTag::Green)]), km_seconds: 90, ..half };
    assert_eq!(other.changed(), ["apart", "spacing_percent", "km_seconds"]);
}
