//! What became of promises, counted on rides that can be counted by hand.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use homeward_domain::code::Receiver;
use homeward_eta::accuracy::{Accuracy, Promise, Ride, Stage, tally};
use proptest::prelude::*;

/// Minutes after 20:00 on Friday, 20 March 2020, in Shanghai.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_705_600, 0).expect("an instant") + TimeDelta::minutes(minutes)
}

fn shanghai() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours are an offset")
}

/// Told at a minute: best guess, five minutes either way; to go ten minutes before it, five minutes on foot.
fn told(minute: i64, stage: Stage, guess: i64) -> Promise {
    Promise {
        at: at(minute),
        stage,
        p10: at(guess - 5),
        p50: at(guess),
        p90: at(guess + 5),
        go_at: at(guess - 10),
        lead: TimeDelta::minutes(5),
    }
}

fn ride(to: &str, came: i64, promises: &[Promise]) -> Ride {
    let receiver = Receiver::parse(to).expect("a receiver");
    Ride { receiver, arrived_at: at(came), promises: promises.to_vec() }
}

fn of(rides: &[Ride]) -> Accuracy {
    tally(rides.iter().cloned(), shanghai())
}

/// Told 100 minutes ahead, once more at the departure, then moved later and back.
fn evening() -> Ride {
    let promises = [
        told(-70, Stage::Waiting, 20),
        told(-30, Stage::Boarding, 24),
        told(-20, Stage::UnderWay, 32),
        told(10, Stage::UnderWay, 28),
    ];
    ride("huangpu-xdm-qiaojia", 30, &promises)
}

#[test]
fn errors_are_counted_by_the_word_a_stage_began_with() {
    let by_stage = of(&[evening()]).by_stage;
    let late: Vec<(Stage, f64, usize)> = by_stage.iter().map(|(stage, it)| (*stage, it.bias, it.inside)).collect();
    let expected = [(Stage::Waiting, 10.0, 0), (Stage::Boarding, 6.0, 0), (Stage::UnderWay, -2.0, 1)];
    assert_eq!(late, expected, "and the word after the departure is not counted twice");
}

#[test]
fn errors_are_counted_by_what_was_in_force_before_the_arrival() {
    let by_horizon = of(&[evening()]).by_horizon;
    let late: Vec<(i64, f64)> = by_horizon.iter().map(|(minutes, it)| (*minutes, it.bias)).collect();
    assert_eq!(late, [(90, 10.0), (60, 6.0), (30, -2.0), (15, 2.0), (5, 2.0)]);
    let late_told = ride("huangpu-xdm-qiaojia", 30, &[told(0, Stage::UnderWay, 30)]);
    let horizons: Vec<i64> = of(&[late_told]).by_horizon.iter().map(|(minutes, _)| *minutes).collect();
    assert_eq!(horizons, [30, 15, 5], "nobody had been told an hour before");
}

#[test]
fn half_and_nine_of_ten_and_the_mean() {
    let came = |minutes: i64| ride("huangpu-xdm-qiaojia", 30 + minutes, &[told(-70, Stage::UnderWay, 30)]);
    let rides: Vec<Ride> = (-4..=5).map(came).collect();
    let (_, errors) = of(&rides).by_stage[0];
    assert_eq!((errors.count, errors.inside), (10, 10));
    assert!((errors.median - 2.0).abs() < 1e-9 && (errors.p90 - 4.0).abs() < 1e-9, "{errors:?}");
    assert!((errors.bias - 0.5).abs() < 1e-9, "{errors:?}");
}

#[test]
fn the_vehicle_is_first_when_it_comes_before_the_squad_that_went_by_its_word() {
    let first = |came, promises: &[Promise]| of(&[ride("huangpu-site-1", came, promises)]).kept.vehicle_first;
    let word = told(-60, Stage::UnderWay, 30);
    assert_eq!(first(25, &[word]), 0, "both at 20:25");
    assert_eq!(first(24, &[word]), 1, "the squad comes at 20:25");
    assert_eq!(first(10, &[word]), 1, "before anybody had to go");
    let sooner = told(5, Stage::UnderWay, 12);
    assert_eq!(first(12, &[word, sooner]), 0, "told at 20:05 to go at once, there at 20:10");
    assert_eq!(first(9, &[word, sooner]), 1);
    let too_late = told(22, Stage::UnderWay, 60);
    assert_eq!(first(26, &[word, too_late]), 0, "gone at 20:20 by the word before");
}

#[test]
fn weeks_are_local_and_begin_on_monday() {
    let sunday_night = 2 * 24 * 60 + 3 * 60 + 59;
    let came = |minute| ride("huangpu-xdm-qiaojia", minute, &[told(minute - 90, Stage::UnderWay, minute + 1)]);
    let lost =
        ride("huangpu-xdm-qiaojia", sunday_night + 2, &[told(sunday_night - 90, Stage::UnderWay, sunday_night - 60)]);
    let weeks = of(&[came(0), came(sunday_night), lost]).weeks;
    let monday = |day| NaiveDate::from_ymd_opt(2020, 3, day).expect("a day");
    let counted: Vec<_> = weeks.iter().map(|(week, kept)| (*week, kept.rides, kept.inside)).collect();
    assert_eq!(counted, [(monday(16), 2, 2), (monday(23), 1, 0)]);
}

#[test]
fn a_time_that_goes_and_comes_back_is_a_reversal() {
    let counted = of(&[evening()]);
    assert_eq!((counted.changes, counted.reversals), (3, 1));
    let same = ride("huangpu-site-1", 30, &[told(-60, Stage::Boarding, 30), told(-30, Stage::UnderWay, 30)]);
    assert_eq!(of(&[same]).changes, 0, "another basis is no other time");
}

#[test]
fn how_long_before_the_vehicle_each_receiver_heard_of_it() {
    let heard = |to: &str, before: i64| ride(to, 30, &[told(30 - before, Stage::Waiting, 30)]);
    let counted = of(&[heard("huangpu-a", 95), heard("huangpu-a", 60), heard("huangpu-b", 120)]);
    let minutes: Vec<_> = counted
        .receivers
        .iter()
        .map(|(code, lead)| (code.as_str(), lead.count, lead.p10.num_minutes(), lead.p50.num_minutes(), lead.short))
        .collect();
    assert_eq!(minutes, [("huangpu-a", 2, 60, 60, 1), ("huangpu-b", 1, 120, 120, 0)]);
    let all = counted.lead.expect("three rides");
    assert_eq!((all.count, all.p50.num_minutes(), all.short), (3, 95, 1));
}

#[test]
fn who_was_told_nothing_is_said_and_not_counted_as_kept() {
    let after = told(31, Stage::UnderWay, 40);
    let counted = of(&[ride("huangpu-a", 30, &[]), ride("huangpu-a", 30, &[after])]);
    assert_eq!((counted.untold, counted.kept.rides, counted.lead), (2, 0, None));
    assert_eq!(of(&[]), Accuracy::default());
}

proptest! {
    #[test]
    fn a_ride_is_counted_once(came in proptest::collection::vec((-60_i64..200, 1_usize..6), 0..20)) {
        let rides: Vec<Ride> = came
            .iter()
            .map(|&(minute, words)| {
                let words: Vec<Promise> = (-30..).step_by(7).map(|told_at| told(told_at, Stage::UnderWay, 30)).take(words).collect();
                ride("huangpu-a", minute, &words)
            })
            .collect();
        let counted = of(&rides);
        prop_assert_eq!(counted.kept.rides + counted.untold, rides.len());
        prop_assert_eq!(counted.weeks.iter().map(|(_, week)| week.rides).sum::<usize>(), counted.kept.rides);
        prop_assert!(counted.kept.inside <= counted.kept.rides && counted.kept.vehicle_first <= counted.kept.rides);
        prop_assert!(counted.by_horizon.iter().all(|(_, it)| it.median <= it.p90 && it.inside <= it.count));
    }
}
