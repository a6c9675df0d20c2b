//! A plan that is gone on with: nothing is lost, it passes the check, and it gets no dearer.

use super::{city, problem};
use homeward_planner::{Broken, Party, Place, Plan, Rounds, Rules, Vehicle, check, improve, price_of, solve};
use proptest::prelude::*;

/// The plan without every second of its parties, as if they came later.
fn half(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for trip in &mut plan.trips {
        trip.stops.iter_mut().for_each(|stop| stop.parties.retain(|party| party % 2 == 0));
        trip.stops.retain(|stop| !stop.parties.is_empty());
    }
    plan.trips.retain(|trip| !trip.stops.is_empty());
    plan.absent.clear();
    plan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_plan_that_is_gone_on_with_gets_no_dearer(problem in city(1..30), seed in 0..1_000_u64) {
        let before = solve(&problem, seed, &mut Rounds(40));
        let after = improve(&problem, &before.plan, Vec::new(), seed, &mut Rounds(100)).expect("a plan of this problem");
        check(&problem, &after.plan).expect("no rule is broken");
        prop_assert!(after.cost <= before.cost, "{} became {}", before.cost, after.cost);
        prop_assert_eq!(after.cost, price_of(&problem, &after.plan));
    }

    #[test]
    fn with_no_rounds_the_trips_are_as_they_were(problem in city(1..30), seed in 0..1_000_u64) {
        let before = solve(&problem, seed, &mut Rounds(40));
        let after = improve(&problem, &before.plan, Vec::new(), seed, &mut Rounds(0)).expect("a plan of this problem");
        // Who had no seat is tried once more, and may find one.
        if before.plan.absent.is_empty() {
            prop_assert_eq!(after.plan.trips, before.plan.trips);
        }
        prop_assert!(after.cost <= before.cost);
    }

    #[test]
    fn who_came_meanwhile_is_in_it(problem in city(2..30), seed in 0..1_000_u64) {
        let before = half(&solve(&problem, seed, &mut Rounds(40)).plan);
        // Without its riders a trip may have to be another of its vehicle: then it is said, and nothing is guessed.
        let Ok(after) = improve(&problem, &before, Vec::new(), seed, &mut Rounds(50)) else { return Ok(()) };
        let goals = check(&problem, &after.plan).expect("no rule is broken");
        let absent: i64 = after.plan.absent.iter().map(|it| i64::from(problem.parties()[*it as usize].people)).sum();
        prop_assert_eq!(goals.unserved, absent, "everybody rides or is named");
    }

    #[test]
    fn who_is_only_expected_is_not_shown(problem in city(2..20), seed in 0..1_000_u64) {
        let expected: Vec<Party> = problem.parties().iter().cloned().map(|it| Party { ready: it.ready + 900, pinned: None, ..it }).collect();
        let before = solve(&problem, seed, &mut Rounds(40));
        let over = |plan: &Plan| check(&problem, plan).expect("no rule is broken").not_served;
        let after = improve(&problem, &before.plan, expected, seed, &mut Rounds(80)).expect("a plan of this problem");
        prop_assert!(over(&after.plan) <= over(&before.plan), "nobody who stands there is served worse than in time");
        prop_assert_eq!(after.cost, price_of(&problem, &after.plan));
    }
}

/// A bus for six, and two parties of three who go to the same gate.
pub(super) fn two_parties_and_a_bus(seats: i32) -> super::Problem {
    let place = Place { opens: 0, closes: super::END, beds: None };
    let bus = Vehicle { seats, luggage: 9, wheelchairs: 0, free: 0, until: super::END, escorts: 2, languages: 0 };
    let party = Party { people: 3, places: vec![1], ..Party::default() };
    problem(vec![place; 2], vec![bus], vec![party; 2], Rules::default())
}

#[test]
fn a_plan_of_another_problem_is_refused_by_the_rule_it_breaks() {
    let plan = solve(&two_parties_and_a_bus(6), 1, &mut Rounds(10)).plan;
    let smaller = two_parties_and_a_bus(4);
    let refused = improve(&smaller, &plan, Vec::new(), 1, &mut Rounds(10)).expect_err("six do not fit four seats");
    assert_eq!(refused, Broken::Full { trip: 0 });
}

#[test]
fn a_plan_that_names_what_is_not_there_is_refused() {
    let mut plan = solve(&two_parties_and_a_bus(6), 1, &mut Rounds(10)).plan;
    plan.trips[0].vehicle = 7;
    let refused =
        improve(&two_parties_and_a_bus(6), &plan, Vec::new(), 1, &mut Rounds(10)).expect_err("no such vehicle");
    assert_eq!(refused, Broken::UnknownVehicle { trip: 0 });
}
