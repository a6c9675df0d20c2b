//! The laws every estimate keeps, whatever stands behind the interface.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use homeward_domain::Point;
use homeward_eta::{
    Basis, Confidence, Eta, Journey, Manual, Position, PositionState, ReasonCode, Stage, StopBefore, estimate,
    worth_publishing,
};
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2020, 3, 20).and_then(|day| day.and_hms_opt(11, 30, 0)).expect("an instant").and_utc()
}

fn mins(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

fn airport() -> Point {
    Point::parse(31.151, 121.801).expect("the airport")
}

fn gate() -> Point {
    Point::parse(31.219, 121.501).expect("a gate")
}

fn journey(stage: Stage) -> Journey {
    Journey {
        origin: airport(),
        stops_before: vec![],
        last_gate: None,
        destination: gate(),
        stage,
        vehicle_known: true,
        manual: None,
        lead_time_minutes: 6.0,
        engine: None,
        local: FixedOffset::east_opt(8 * 3600).expect("UTC+8"),
    }
}

fn en_route(left_minutes_ago: i64, position: Option<(f64, i64)>) -> Journey {
    let last_position =
        position.map(|(share, age)| Position { point: airport().towards(gate(), share), at: now() - mins(age) });
    journey(Stage::EnRoute { departed_at: now() - mins(left_minutes_ago), last_position })
}

fn width(eta: &Eta) -> TimeDelta {
    eta.p90 - eta.p10
}

#[test]
fn before_departure_the_range_is_wide_and_open_plans_are_wider() {
    let open = estimate(now(), &journey(Stage::Waiting { planned_departure: None }));
    let planned = estimate(now(), &journey(Stage::Waiting { planned_departure: Some(now() + mins(30)) }));
    let boarding = estimate(now(), &journey(Stage::Boarding { planned_departure: now() + mins(30) }));
    let riding = estimate(now(), &en_route(0, None));
    assert!(width(&open) > width(&planned) && width(&planned) > width(&boarding) && width(&boarding) > width(&riding));
    assert_eq!((open.confidence, open.as_of), (Confidence::Rough, now()));
    assert!(open.p90 > now() + mins(240));
}

#[test]
fn the_evening_rush_is_slower_than_the_night() {
    let at = |hour: u32| {
        let departed_at = now().date_naive().and_hms_opt(hour, 0, 0).expect("an hour").and_utc();
        let eta = estimate(departed_at, &journey(Stage::EnRoute { departed_at, last_position: None }));
        eta.p50 - departed_at
    };
    // 10:00 UTC is 18:00 in Shanghai, 16:00 UTC is midnight.
    assert!(at(10) > at(4) && at(4) > at(16));
}

#[test]
fn the_basis_and_the_three_kinds_of_not_knowing_are_told() {
    let said = |journey: &Journey| {
        let eta = estimate(now(), journey);
        (eta.basis, eta.position_state, eta.as_of)
    };
    let left = now() - mins(20);
    assert_eq!(said(&en_route(20, None)), (Basis::Estimate, PositionState::NoPosition, left));
    assert_eq!(said(&en_route(20, Some((0.4, 1)))), (Basis::Position, PositionState::Live, now() - mins(1)));
    assert_eq!(said(&en_route(20, Some((0.4, 9)))), (Basis::Position, PositionState::OldPosition, now() - mins(9)));
    assert_eq!(said(&en_route(20, Some((0.0, 25)))), (Basis::Estimate, PositionState::OldPosition, left));
    let nobody = Journey { vehicle_known: false, ..journey(Stage::Waiting { planned_departure: None }) };
    assert_eq!(said(&nobody), (Basis::Estimate, PositionState::NoVehicle, now()));
    let word = Manual { gate_at: now() + mins(33), given_at: now() - mins(2) };
    let told = Journey { manual: Some(word), ..en_route(20, Some((0.4, 1))) };
    assert_eq!(said(&told), (Basis::Manual, PositionState::Live, now() - mins(2)));
    assert_eq!(estimate(now(), &told).p50, now() + mins(33));
}

#[test]
fn past_the_range_it_is_later_than_expected_and_never_negative() {
    let eta = estimate(now(), &en_route(300, None));
    assert!(eta.has(ReasonCode::LaterThanExpected) && eta.confidence == Confidence::Rough);
    assert!(eta.p50 >= now() && eta.p90 > eta.p50);
}

#[test]
fn an_old_position_is_worth_less_than_a_live_one() {
    let live = estimate(now(), &en_route(20, Some((0.2, 0))));
    let old = estimate(now(), &en_route(40, Some((0.2, 15))));
    assert!(width(&old) > width(&live) && old.confidence > Confidence::Firm);
}

#[test]
fn stops_before_cost_their_way_and_their_standing() {
    let direct = en_route(0, None);
    let stop = |dwell_minutes| StopBefore { point: airport().towards(gate(), 0.5), dwell_minutes, since: None };
    let on_the_way = Journey { stops_before: vec![stop(0.0)], ..direct.clone() };
    let standing = Journey { stops_before: vec![stop(15.0)], ..direct.clone() };
    let p50 = |journey: &Journey| estimate(now(), journey).p50;
    assert!(p50(&direct) < p50(&on_the_way));
    assert_eq!(p50(&standing) - p50(&on_the_way), mins(15));
}

#[test]
fn an_arrival_is_no_guess() {
    let eta = estimate(now(), &journey(Stage::Arrived { at: now() - mins(3) }));
    assert_eq!((eta.p10, eta.p50, eta.p90), (now() - mins(3), now() - mins(3), now() - mins(3)));
    assert!(eta.has(ReasonCode::ArrivedMinutes));
}

#[test]
fn small_moves_are_not_published_and_earlier_ones_are_when_it_matters() {
    let old = estimate(now(), &en_route(20, Some((0.4, 1))));
    let shifted = |seconds: i64| {
        let by = TimeDelta::seconds(seconds);
        Eta { p10: old.p10 + by, p50: old.p50 + by, p90: old.p90 + by, go_at: old.go_at + by, ..old.clone() }
    };
    assert!(!worth_publishing(&old, &old, now()));
    assert!(!worth_publishing(&old, &shifted(90), now()));
    assert!(worth_publishing(&old, &shifted(600), now()) && worth_publishing(&old, &shifted(-600), now()));
    let go_soon = old.go_at - mins(10);
    assert!(worth_publishing(&old, &shifted(-90), go_soon), "the squad is about to go");
    assert!(!worth_publishing(&old, &shifted(90), go_soon));
    assert!(worth_publishing(&old, &Eta { basis: Basis::Manual, ..old.clone() }, now()));
    assert!(worth_publishing(&old, &Eta { position_state: PositionState::OldPosition, ..old.clone() }, now()));
}

#[test]
fn leaving_is_published_although_the_class_stays() {
    let boarding = estimate(now(), &journey(Stage::Boarding { planned_departure: now() }));
    let riding = estimate(now(), &en_route(0, None));
    assert!(worth_publishing(&boarding, &Eta { reasons: riding.reasons, ..boarding.clone() }, now()));
}

fn stages() -> impl Strategy<Value = Stage> {
    let instant = || (-2_000i64..2_000).prop_map(|minutes| now() + mins(minutes));
    let position = (0.0f64..=1.5, instant())
        .prop_map(|(share, at)| Position { point: airport().towards(gate(), share.min(1.0)), at });
    prop_oneof![
        proptest::option::of(instant()).prop_map(|planned_departure| Stage::Waiting { planned_departure }),
        instant().prop_map(|planned_departure| Stage::Boarding { planned_departure }),
        (instant(), proptest::option::of(position))
            .prop_map(|(departed_at, last_position)| Stage::EnRoute { departed_at, last_position }),
        instant().prop_map(|at| Stage::Arrived { at }),
    ]
}

proptest! {
    #[test]
    fn quantiles_are_in_order_and_ahead(
        stage in stages(), word in proptest::option::of((-900i64..900, -900i64..900)), vehicle_known: bool,
        lead in -5.0f64..60.0, lat in 30.0f64..32.0, lon in 120.0f64..122.0, dwell in -3.0f64..30.0,
    ) {
        let manual = word.map(|(gate, given)| Manual { gate_at: now() + mins(gate), given_at: now() + mins(given) });
        let destination = Point::parse(lat, lon).expect("a place");
        let stops_before = vec![StopBefore { point: gate(), dwell_minutes: dwell, since: None }];
        let journey = Journey { destination, stops_before, vehicle_known, manual, lead_time_minutes: lead, ..journey(stage) };
        let eta = estimate(now(), &journey);
        prop_assert!(eta.go_at <= eta.p10 && eta.p10 <= eta.p50 && eta.p50 <= eta.p90);
        prop_assert!(!eta.reasons.is_empty() && eta.reasons.iter().all(|reason| reason.value.is_finite()));
        if !matches!(stage, Stage::Arrived { .. }) {
            prop_assert!(eta.p10 >= now() && eta.as_of <= now());
        }
        prop_assert!(!worth_publishing(&eta, &eta, now()));
    }

    #[test]
    fn farther_is_later(near in 0.0f64..1.0, more in 0.001f64..1.0, left in 0i64..200) {
        let far = (near + more).min(1.0);
        let to = |share| Journey { destination: airport().towards(gate(), share), ..en_route(left, None) };
        let (near, far) = (estimate(now(), &to(near)), estimate(now(), &to(far)));
        prop_assert!(near.p10 <= far.p10 && near.p50 <= far.p50 && near.p90 <= far.p90);
    }

    #[test]
    fn a_nearer_position_is_earlier(share in 0.0f64..1.0, more in 0.0f64..1.0, age in 0i64..30) {
        let (far, near) = (en_route(60, Some((share, age))), en_route(60, Some(((share + more).min(1.0), age))));
        let (far, near) = (estimate(now(), &far), estimate(now(), &near));
        prop_assert!(near.p10 <= far.p10 && near.p50 <= far.p50 && near.p90 <= far.p90);
    }

    #[test]
    fn without_news_the_promise_stands_until_the_clock_touches_it(left in 0i64..15, later in 0i64..5) {
        let journey = en_route(left, None);
        let (first, second) = (estimate(now(), &journey), estimate(now() + mins(later), &journey));
        prop_assert_eq!((first.p10, first.p50, first.p90), (second.p10, second.p50, second.p90));
    }
}
