//! What a person pinned to a trip of a plan is kept by the next search, whatever else moves.

use super::{Party, Plan, Problem, Rounds, check, city, problem, solve};
use proptest::prelude::*;

/// The same problem, with some of the riders of a plan pinned to their trips: those whose bit is set.
fn pinned(of: &Problem, plan: &Plan, some: u64) -> Problem {
    let mut parties: Vec<Party> = of.parties().to_vec();
    for (index, trip) in plan.trips.iter().enumerate() {
        let nth = plan.trips[..index].iter().filter(|before| before.vehicle == trip.vehicle).count();
        for &party in trip.stops.iter().flat_map(|stop| &stop.parties).filter(|party| some >> (*party % 64) & 1 == 1) {
            let it = &mut parties[party as usize];
            (it.pinned, it.pinned_trip) = (Some(trip.vehicle), u16::try_from(nth).ok());
        }
    }
    problem(of.places().to_vec(), of.vehicles().to_vec(), parties, of.rules().clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn who_is_pinned_to_a_trip_rides_on_it(problem in city(1..20), seed in 0..1_000_u64, some in any::<u64>()) {
        let plan = solve(&problem, seed, &mut Rounds(60)).plan;
        let held = pinned(&problem, &plan, some);
        prop_assert_eq!(check(&held, &plan), check(&problem, &plan), "a plan obeys what was pinned in it");
        let again = solve(&held, seed + 1, &mut Rounds(150));
        prop_assert!(check(&held, &again.plan).is_ok(), "{:?}", check(&held, &again.plan));
        prop_assert_eq!(again.cost, homeward_planner::price_of(&held, &again.plan));
    }
}
