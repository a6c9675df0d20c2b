//! Who has a seat on a trip that stands keeps it, at its place in the order; others may join.

use super::{Party, Plan, Problem, Rounds, check, city, problem, solve};
use homeward_planner::{Broken, PlannedTrip, improve, price_of, solve_around};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A plan of which some trips stand: for each vehicle as many from the front as its bit pair says, up to three.
fn standing(plan: &Plan, some: u64) -> Plan {
    let mut trips: Vec<PlannedTrip> = plan.trips.clone();
    trips.sort_by_key(|trip| (trip.vehicle, trip.departs));
    let mut nth: BTreeMap<usize, u64> = BTreeMap::new();
    trips.retain(|trip| {
        let nth = nth.entry(trip.vehicle).or_default();
        *nth += 1;
        *nth <= some >> (2 * (trip.vehicle % 32)) & 3
    });
    Plan { trips, absent: Vec::new() }
}

/// The problem in which the riders of a plan have their seats, and were told when they arrive.
fn with_seats(of: &Problem, stands: &Plan) -> Problem {
    let mut parties: Vec<Party> = of.parties().to_vec();
    let mut nth: BTreeMap<usize, u16> = BTreeMap::new();
    for trip in &stands.trips {
        let nth = nth.entry(trip.vehicle).or_default();
        for &party in trip.stops.iter().flat_map(|stop| &stop.parties) {
            let it = &mut parties[party as usize];
            (it.pinned, it.pinned_trip, it.stays) = (Some(trip.vehicle), Some(*nth), true);
            it.ready = it.ready.max(trip.departs - of.rules().boarding_s);
        }
        *nth += 1;
    }
    problem(of.places().to_vec(), of.vehicles().to_vec(), parties, of.rules().clone())
}

fn order(trip: &PlannedTrip, of: &Problem) -> Vec<u32> {
    let riders = trip.stops.iter().flat_map(|stop| stop.parties.iter().copied());
    riders.filter(|party| of.parties()[*party as usize].stays).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn who_has_a_seat_keeps_it((problem, seed, some) in (city(1..24), 0..1_000_u64, any::<u64>())) {
        let stands = standing(&solve(&problem, seed, &mut Rounds(60)).plan, some);
        let held = with_seats(&problem, &stands);
        prop_assume!(check(&held, &stands).is_ok());
        let after = if seed % 2 == 0 { improve(&held, &stands, Vec::new(), seed, &mut Rounds(120)) } else { solve_around(&held, &stands, seed, &mut Rounds(120)) };
        let after = after.expect("it stands");
        check(&held, &after.plan).expect("no rule is broken");
        prop_assert_eq!(after.cost, price_of(&held, &after.plan));
        for trip in &stands.trips {
            let own = order(trip, &held);
            let now = after.plan.trips.iter().find(|it| it.vehicle == trip.vehicle && order(it, &held) == own);
            let now = now.expect("the same people in the same order");
            prop_assert!(now.departs >= trip.departs, "nobody leaves before they were told");
        }
    }
}

#[test]
fn a_plan_that_takes_somebody_off_is_refused() {
    let plain = super::improve::two_parties_and_a_bus(6);
    let stands = Plan { trips: solve(&plain, 1, &mut Rounds(10)).plan.trips, absent: Vec::new() };
    let held = with_seats(&plain, &stands);
    assert!(check(&held, &stands).is_ok());
    assert_eq!(check(&held, &Plan { trips: Vec::new(), absent: vec![0, 1] }), Err(Broken::TakenOff { party: 0 }));
}

#[test]
fn somebody_joins_a_bus_that_stands_before_another_one_drives() {
    let plain = super::improve::two_parties_and_a_bus(6);
    let mut stands = solve(&plain, 1, &mut Rounds(10)).plan;
    stands.trips[0].stops[0].parties.retain(|party| *party == 0);
    let mut parties = plain.parties().to_vec();
    (parties[0].pinned, parties[0].pinned_trip, parties[0].stays) = (Some(0), Some(0), true);
    let vehicles = vec![plain.vehicles()[0].clone(); 2];
    let held = problem(plain.places().to_vec(), vehicles, parties, plain.rules().clone());
    let found = improve(&held, &stands, Vec::new(), 1, &mut Rounds(50)).expect("it stands").plan;
    assert_eq!(found.trips.len(), 1, "{found:?}");
    assert_eq!(found.trips[0].stops[0].parties, [0, 1]);
}
