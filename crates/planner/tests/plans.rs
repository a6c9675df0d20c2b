//! What holds for every plan: it passes the independent check, the same seed gives the same plan, nothing that a person
//! fixed is moved, and where all plans can be tried none is better.

use homeward_planner::{
    Party, Place, Plan, PlannedTrip, Policy, Problem, Roads, Rolling, Rounds, Rules, Vehicle, check, solve,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[path = "plans/brute.rs"]
mod brute;
#[path = "plans/explain.rs"]
mod explain;
#[path = "plans/improve.rs"]
mod improve;
#[path = "plans/pins.rs"]
mod pins;
#[path = "plans/stays.rs"]
mod stays;

const END: i32 = 36_000;

/// A small city: the airport, then gates on a line; a road takes a minute a kilometre.
fn problem(places: Vec<Place>, vehicles: Vec<Vehicle>, parties: Vec<Party>, rules: Rules) -> Problem {
    let at = |place: usize| i32::try_from(place).expect("few places") * 5_000 + if place == 0 { 0 } else { 20_000 };
    let pairs = || (0..places.len()).flat_map(|a| (0..places.len()).map(move |b| (a, b)));
    let metres: Vec<i32> = pairs().map(|(a, b)| (at(a) - at(b)).abs()).collect();
    let seconds = metres.iter().map(|metres| metres * 60 / 1_000).collect();
    Problem::new(places, Roads { seconds, metres }, vehicles, parties, rules, END).expect("a sound problem")
}

fn place() -> impl Strategy<Value = Place> {
    (
        prop_oneof![3 => Just(0), 1 => 0..9_000_i32],
        prop_oneof![3 => Just(END), 1 => 9_000..END],
        prop::option::of(0..9_u32),
    )
        .prop_map(|(opens, closes, beds)| Place { opens, closes, beds })
}

fn vehicle() -> impl Strategy<Value = Vehicle> {
    (1..15_i32, 0..20_i32, 0..2_i32, 0..3_600_i32, 1..3_u8, 0..4_u64).prop_map(
        |(seats, luggage, wheelchairs, free, escorts, languages)| Vehicle {
            seats,
            luggage,
            wheelchairs,
            free,
            until: END,
            escorts,
            languages,
        },
    )
}

fn party(places: u16, vehicles: usize) -> impl Strategy<Value = Party> {
    let to = prop_oneof![3 => (1..places).prop_map(|to| vec![to]), 1 => Just((1..places).collect::<Vec<_>>())];
    let pinned = prop_oneof![6 => Just(None), 1 => (0..vehicles).prop_map(Some)];
    (1..6_i32, 0..8_i32, 0..2_i32, 0..14_000_i32, to, 0..3_u8, 0..4_u64, pinned).prop_map(
        |(people, luggage, wheelchairs, ready, places, tag, languages, pinned)| Party {
            people,
            luggage,
            wheelchairs,
            ready,
            places,
            tag,
            languages,
            pinned,
            pinned_trip: None,
            told: None,
            stays: false,
        },
    )
}

fn city(parties: std::ops::Range<usize>) -> impl Strategy<Value = Problem> {
    (2..8_usize, 1..5_usize).prop_flat_map(move |(places, vehicles)| {
        let of = u16::try_from(places).expect("few places");
        let rules = prop_oneof![Just([0; 8]), Just([0b110, 1, 1, 0, 0, 0, 0, 0])].prop_flat_map(|apart| {
            (50..=100_i32, 0..=2_u8, 0..61_i32).prop_map(move |(spacing_percent, escorts_min, km_s)| Rules {
                apart,
                spacing_percent,
                escorts_min,
                km_s,
                ..Rules::default()
            })
        });
        let places = prop::collection::vec(place(), places);
        let crews = prop::collection::vec(vehicle(), vehicles);
        let parties = prop::collection::vec(party(of, vehicles), parties.clone());
        (places, crews, parties, rules)
            .prop_map(|(places, crews, parties, rules)| problem(places, crews, parties, rules))
    })
}

/// A city with few enough choices of a site to try them all.
fn few(parties: std::ops::Range<usize>) -> impl Strategy<Value = Problem> {
    let choices = |problem: &Problem| problem.parties().iter().map(|it| it.places.len()).product::<usize>();
    city(parties).prop_filter("choices of sites", move |problem| choices(problem) <= 64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_plan_passes_the_check(problem in city(1..30), seed in 0..1_000_u64) {
        let found = solve(&problem, seed, &mut Rounds(150));
        let goals = check(&problem, &found.plan).expect("no rule is broken");
        let absent: i64 = found.plan.absent.iter().map(|it| i64::from(problem.parties()[*it as usize].people)).sum();
        prop_assert_eq!(goals.unserved, absent);
    }

    #[test]
    fn the_price_kept_while_searching_is_that_of_the_plan(problem in city(1..30), seed in 0..1_000_u64) {
        let found = solve(&problem, seed, &mut Rounds(150));
        prop_assert_eq!(found.cost, homeward_planner::price_of(&problem, &found.plan));
    }

    #[test]
    fn the_same_seed_gives_the_same_plan(problem in city(1..30), seed in 0..1_000_u64) {
        prop_assert_eq!(solve(&problem, seed, &mut Rounds(100)), solve(&problem, seed, &mut Rounds(100)));
    }

    #[test]
    fn a_day_as_it_comes_ends_in_a_plan_that_passes(problem in city(1..20), seed in 0..1_000_u64) {
        let parties = problem.parties().len();
        let mut rolling = Rolling::new(problem.clone(), Policy::default());
        let mut boarding: Vec<PlannedTrip> = Vec::new();
        for (minute, now) in (0..END).step_by(600).enumerate() {
            rolling.now(now);
            if minute < parties {
                rolling.register(u32::try_from(minute).expect("few parties"));
                rolling.improve(seed, &mut Rounds(20));
            }
            rolling.tell_and_lock(now + 600);
            let plan = rolling.plan();
            prop_assert!(boarding.iter().all(|trip| plan.trips.contains(trip)), "a trip that boards was changed");
            let boards = |trip: &&PlannedTrip| trip.departs - problem.rules().boarding_s < now;
            boarding = plan.trips.iter().filter(boards).cloned().collect();
        }
        check(&problem, &rolling.plan()).expect("no rule is broken");
    }
}

proptest! {
    // The same problems each time: a search proves nothing, and what it misses is for a person to look at, not for a build.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(64) })]

    /// Every order of every assignment of up to seven parties to the vehicles' trips.
    #[test]
    fn no_plan_of_few_parties_is_better(problem in few(1..8), seed in 0..1_000_u64) {
        // From several seeds: one search alone may end where it would have to leave others behind first.
        let found = (seed..seed + 8).map(|seed| solve(&problem, seed, &mut Rounds(8_000)));
        let found = found.min_by_key(|it| it.cost).expect("eight plans");
        let best = brute::best(&problem);
        prop_assert_eq!(found.cost, best, "found {:?}", found.plan);
    }
}

#[test]
fn no_price_of_kilometres_brings_anybody_over_a_limit() {
    let far = vec![Place { opens: 0, closes: END, beds: None }; 8];
    let bus = Vehicle { seats: 9, luggage: 9, wheelchairs: 0, free: 0, until: END, escorts: 2, languages: 0 };
    let party = |ready: i32| Party { people: 1, ready, places: vec![7], ..Party::default() };
    // Together they save 110 km, and the first waits for two hours and a half.
    let parties = vec![party(0), party(9_000)];
    let dear = problem(far, vec![bus], parties, Rules { km_s: 600, ..Rules::default() });
    let found = solve(&dear, 1, &mut Rounds(500));
    assert_eq!(check(&dear, &found.plan).map(|goals| goals.not_served), Ok(0), "{:?}", found.plan);
}
