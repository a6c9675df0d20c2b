//! What `explain` promises: every offer can be taken as it stands, and what is refused cannot be had.

use super::{END, Plan, Problem, Rounds, check, city, solve};
use homeward_planner::{OFFERS_MAX, Obstacle, PlannedStop, explain, fit, price_of};
use proptest::prelude::*;

/// A plan without one of its parties; the party is nowhere in it, not even among those without a seat.
fn without(plan: &Plan, party: u32) -> Plan {
    let mut plan = plan.clone();
    for trip in &mut plan.trips {
        trip.stops.iter_mut().for_each(|stop| stop.parties.retain(|it| *it != party));
        trip.stops.retain(|stop| !stop.parties.is_empty());
    }
    plan.trips.retain(|trip| !trip.stops.is_empty());
    plan.absent.retain(|it| *it != party);
    plan
}

fn case() -> impl Strategy<Value = (Problem, Plan, u32, i32)> {
    (city(1..14), any::<prop::sample::Index>(), 0..3_u64, prop_oneof![Just(0), 0..12_000_i32]).prop_map(
        |(problem, party, seed, now)| {
            let party = u32::try_from(party.index(problem.parties().len())).expect("few parties");
            let plan = without(&solve(&problem, seed, &mut Rounds(60)).plan, party);
            (problem, plan, party, now)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_offer_can_be_taken((problem, plan, party, now) in case()) {
        let before = check(&problem, &plan).expect("a sound plan");
        let people = i64::from(problem.parties()[party as usize].people);
        let found = explain(&problem, &plan, party, now).expect("it waits");
        prop_assert!(found.offers.len() <= OFFERS_MAX && found.offers.is_sorted_by_key(|offer| offer.cost));
        for offer in &found.offers {
            let taken = offer.apply(&problem, &plan);
            let goals = check(&problem, &taken).expect("an offer breaks no rule");
            prop_assert!(goals.not_served <= before.not_served - people, "{goals:?} {before:?}");
            prop_assert_eq!(price_of(&problem, &taken), price_of(&problem, &plan) + offer.cost);
            let rides = taken.trips.iter().find(|trip| trip.stops.iter().any(|it| it.parties.contains(&party)));
            let rides = rides.expect("it was seated");
            prop_assert_eq!((rides.vehicle, rides.departs), (offer.vehicle, offer.departs));
            prop_assert!(rides.departs - problem.rules().boarding_s >= now, "it boards in the past");
        }
    }

    #[test]
    fn a_seat_given_by_hand_is_the_one_that_was_offered((problem, plan, party, now) in case()) {
        prop_assume!(check(&problem, &plan).expect("a sound plan").not_served == i64::from(problem.parties()[party as usize].people));
        let alone = |vehicle: usize| plan.trips.iter().filter(|trip| trip.vehicle == vehicle).count() == 1;
        for offer in explain(&problem, &plan, party, now).expect("it waits").offers {
            let Some(trip) = offer.trip.filter(|_| alone(offer.vehicle)) else { continue };
            let given = fit(&problem, &plan, party, trip).expect("it was offered");
            let stops: Vec<_> = offer.apply(&problem, &plan).trips[trip].stops.iter().map(|stop| stop.place).collect();
            let at = stops.iter().position(|place| *place == offer.place).expect("it gets off");
            let joins = plan.trips[trip].stops.iter().any(|stop| stop.place == offer.place);
            if problem.parties()[party as usize].places.len() == 1 {
                prop_assert_eq!(given.arrives, offer.arrives);
                prop_assert_eq!(given.before, stops.get(at + 1).copied().filter(|_| !joins));
            }
        }
    }

    #[test]
    fn what_is_refused_cannot_be_had((problem, plan, party, now) in case()) {
        let before = check(&problem, &plan).expect("a sound plan");
        let it = &problem.parties()[party as usize];
        for refused in explain(&problem, &plan, party, now).expect("it waits").refused {
            if let Obstacle::Full { free, needed } | Obstacle::Luggage { free, needed }
                | Obstacle::Wheelchairs { free, needed } | Obstacle::NoBed { free, needed, .. } = refused.obstacle {
                prop_assert!(free < needed);
            }
            let Some(trip) = refused.trip else { continue };
            let ready = it.ready + problem.rules().boarding_s;
            for (place, stop) in it.places.iter().flat_map(|place| (0..=plan.trips[trip].stops.len()).map(move |stop| (*place, stop))) {
                let mut tried = plan.clone();
                tried.trips[trip].departs = tried.trips[trip].departs.max(ready);
                tried.trips[trip].stops.insert(stop, PlannedStop { place, parties: vec![party] });
                let served = check(&problem, &tried).is_ok_and(|it| it.not_served + i64::from(problem.parties()[party as usize].people) <= before.not_served);
                prop_assert!(!served, "{refused:?} could be had at {place} before stop {stop}");
            }
        }
    }

    #[test]
    fn who_can_ride_at_all_is_offered_a_free_vehicle((problem, _, party, now) in case()) {
        let found = explain(&problem, &Plan::default(), party, now).expect("it waits");
        prop_assert!(found.refused.len() + found.offers.len() <= problem.vehicles().len());
        prop_assert!(!found.refused.is_empty() || !found.offers.is_empty(), "nothing was said");
        let meets = |it: &homeward_planner::Refused| matches!(it.obstacle, Obstacle::MustNotMeet { .. });
        prop_assert!(!found.refused.iter().any(meets), "nobody is on board");
    }
}

#[test]
fn a_party_that_rides_or_is_unknown_has_nothing_to_ask() {
    let rules = homeward_planner::Rules::default();
    let place = homeward_planner::Place { opens: 0, closes: END, beds: None };
    let van = homeward_planner::Vehicle { seats: 6, luggage: 9, until: END, ..Default::default() };
    let party = homeward_planner::Party { people: 2, places: vec![1], ..Default::default() };
    let problem = super::problem(vec![place.clone(), place], vec![van], vec![party], rules);
    let plan = solve(&problem, 1, &mut Rounds(10)).plan;
    assert_eq!(explain(&problem, &plan, 0, 0), Err(homeward_planner::Broken::Twice { party: 0 }));
    assert_eq!(explain(&problem, &plan, 7, 0), Err(homeward_planner::Broken::UnknownParty { party: 7 }));
    let found = explain(&problem, &Plan::default(), 0, 0).expect("it waits");
    assert_eq!(found.offers[0].apply(&problem, &Plan::default()), plan);
    assert_eq!((found.offers[0].departs, found.offers[0].arrives), (300, 300 + 1_500 + 180));
}
