//! Laws of what a phone says: which fix is believed, when a gate is near, where a Chinese map has a place.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::fix::{AHEAD_MAX, Fix, Outcome, Track};
use homeward_domain::gcj02::{MapPoint, off_map, on_map};
use homeward_domain::{Point, fence};
use proptest::prelude::*;

/// When the trip left.
fn left() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(18_341)
}

/// So many seconds after it left.
fn after(seconds: i64) -> DateTime<Utc> {
    left() + TimeDelta::seconds(seconds)
}

/// A fix some metres north of the desk.
fn fix(seconds: i64, metres: f64) -> Fix {
    let point = Point::parse(31.15 + metres / 111_195.0, 121.80).expect("near the airport");
    Fix { point, told_at: after(seconds), accuracy_metres: Some(10.0) }
}

/// Judged the moment it was told.
fn judge(track: &mut Track, fix: Fix) -> Outcome {
    track.judge(fix, left(), fix.told_at)
}

#[test]
fn every_outcome_has_its_case() {
    let mut track = Track::default();
    assert_eq!(track.judge(fix(-1, 0.0), left(), after(0)), Outcome::BeforeDeparture);
    assert_eq!(judge(&mut track, fix(10, 0.0)), Outcome::Kept);
    assert_eq!(judge(&mut track, fix(10, 0.0)), Outcome::Duplicate);
    assert_eq!(track.judge(fix(5, 0.0), left(), after(10)), Outcome::Late);
    assert_eq!(track.judge(fix(5, 0.0), left(), after(10)), Outcome::Duplicate, "a late one that comes again");
    assert_eq!(judge(&mut track, Fix { accuracy_metres: Some(501.0), ..fix(11, 5.0) }), Outcome::Vague);
    assert_eq!(judge(&mut track, Fix { accuracy_metres: Some(f64::NAN), ..fix(12, 5.0) }), Outcome::Vague);
    assert_eq!(judge(&mut track, fix(20, 9_000.0)), Outcome::Jump);
    assert_eq!(judge(&mut track, fix(30, 9_200.0)), Outcome::Recovered, "the second one confirms the first");
    assert_eq!(track.newest(), Some(fix(30, 9_200.0)));
}

#[test]
fn a_clock_may_be_ahead_by_two_minutes_and_is_taken_for_now() {
    let mut track = Track::default();
    let ahead = fix(120, 0.0);
    assert_eq!(track.judge(ahead, left(), after(120) - AHEAD_MAX - TimeDelta::seconds(1)), Outcome::ClockAhead);
    assert_eq!(track.judge(ahead, left(), after(0)), Outcome::Kept);
    assert_eq!(ahead.at(after(0)), after(0));
}

#[test]
fn a_wrong_first_fix_does_not_keep_the_right_ones_out() {
    let mut track = Track::default();
    assert_eq!(judge(&mut track, fix(0, 400_000.0)), Outcome::Kept);
    assert_eq!(judge(&mut track, fix(10, 0.0)), Outcome::Jump);
    assert_eq!(judge(&mut track, fix(20, 100.0)), Outcome::Recovered);
}

#[test]
fn codes_are_told_apart() {
    let codes: std::collections::BTreeSet<_> = Outcome::ALL.iter().map(|outcome| outcome.code()).collect();
    assert_eq!(codes.len(), Outcome::ALL.len());
}

prop_compose! {
    /// A vehicle's honest drive: steps of 1 to 120 s, 0 to 45 m/s.
    fn drive()(steps in prop::collection::vec((1..120_i64, 0.0..45.0_f64), 1..40)) -> Vec<Fix> {
        let (mut seconds, mut metres) = (0, 0.0);
        steps.into_iter().map(|(step, speed)| {
            seconds += step;
            metres += speed * f64::from(i32::try_from(step).expect("a short step"));
            fix(seconds, metres)
        }).collect()
    }
}

proptest! {
    #[test]
    fn an_honest_drive_is_believed_wholly(drive in drive()) {
        let mut track = Track::default();
        for fix in drive {
            prop_assert_eq!(judge(&mut track, fix), Outcome::Kept);
        }
    }

    #[test]
    fn the_order_in_which_fixes_come_does_not_matter(
        (drive, order) in drive().prop_flat_map(|drive| (Just(drive.clone()), Just(drive).prop_shuffle()))
    ) {
        let mut track = Track::default();
        let now = after(10_000);
        for fix in &order {
            track.judge(*fix, left(), now);
        }
        prop_assert_eq!(track.newest(), drive.last().copied());
    }

    #[test]
    fn what_is_believed_never_goes_back(told in prop::collection::vec((0..600_i64, -50_000.0..50_000.0_f64), 1..60)) {
        let mut track = Track::default();
        let mut last = left();
        for (seconds, metres) in told {
            let before = track;
            let outcome = track.judge(fix(seconds, metres), left(), after(600));
            let newest = track.newest().map_or(last, |fix| fix.told_at);
            prop_assert!(newest >= last);
            prop_assert_eq!(outcome.moves(), track.newest() != before.newest());
            last = newest;
        }
    }

    #[test]
    fn a_repeated_fix_changes_nothing(drive in drive()) {
        let mut track = Track::default();
        for fix in drive {
            judge(&mut track, fix);
            let before = track;
            prop_assert_eq!(judge(&mut track, fix), Outcome::Duplicate);
            prop_assert_eq!(track, before);
        }
    }

    #[test]
    fn one_spike_is_doubted_and_the_next_good_one_is_believed(drive in drive(), beyond in 1_000.0..500_000.0_f64) {
        let mut track = Track::default();
        for fix in &drive {
            judge(&mut track, *fix);
        }
        let last = drive.last().expect("a drive has fixes");
        let metres = (last.point.lat() - 31.15) * 111_195.0;
        let seconds = (last.told_at - left()).num_seconds();
        prop_assert_eq!(judge(&mut track, fix(seconds + 5, metres + beyond)), Outcome::Jump);
        prop_assert_eq!(track.newest(), Some(*last));
        prop_assert_eq!(judge(&mut track, fix(seconds + 10, metres + 50.0)), Outcome::Kept);
    }

    #[test]
    fn a_fix_that_wanders_between_the_rings_rings_once(metres in prop::collection::vec(305.0..495.0_f64, 1..50), was: bool) {
        let gate = fix(0, 0.0).point;
        for metres in metres {
            prop_assert_eq!(fence::inside(was, fix(0, metres).point, 10.0, gate), was);
        }
    }

    #[test]
    fn a_vaguer_fix_never_decides_more(metres in 0.0..2_000.0_f64, accuracy in 0.0..400.0_f64, more in 0.0..400.0_f64, was: bool) {
        let (gate, fix) = (fix(0, 0.0).point, fix(0, metres).point);
        if fence::inside(was, fix, accuracy, gate) == was {
            prop_assert_eq!(fence::inside(was, fix, accuracy + more, gate), was);
        }
    }

    #[test]
    fn a_place_comes_back_from_the_map_within_a_metre(lat in 18.0..53.0_f64, lon in 74.0..135.0_f64) {
        let place = Point::parse(lat, lon).expect("in China");
        let back = off_map(on_map(place)).expect("on Earth");
        prop_assert!(place.metres_to(back) < 0.01, "{} m", place.metres_to(back));
    }

    #[test]
    fn outside_china_the_map_is_the_world(lat in -89.0..0.0_f64, lon in -179.0..179.0_f64) {
        prop_assume!(lat.abs() > 0.1);
        let place = Point::parse(lat, lon).expect("on Earth");
        prop_assert_eq!(on_map(place), MapPoint { lat, lon });
    }
}

#[test]
fn the_published_pairs_come_out() {
    // Test table of `eviltransform` (googollee, MIT): Shanghai, Shenzhen, Beijing.
    let pairs = [
        ((31.177_427_6, 121.527_210_6), (31.175_303_983_645_97, 121.531_541_859_215)),
        ((22.543_847, 113.912_316), (22.540_796_131_694_766, 113.917_176_480_836_3)),
        ((39.911_954, 116.377_817), (39.913_345_455_360_69, 116.384_047_224_556_57)),
    ];
    for ((lat, lon), (map_lat, map_lon)) in pairs {
        let map = on_map(Point::parse(lat, lon).expect("in China"));
        assert!((map.lat - map_lat).abs() < 1e-9 && (map.lon - map_lon).abs() < 1e-9, "{map:?}");
    }
}
