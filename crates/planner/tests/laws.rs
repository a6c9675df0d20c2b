//! The laws of a proposal list, against brute force.

use homeward_domain::Point;
use homeward_planner::{Position, Proposal, Reason, STOPS_MAX, Trip, Wish, cheapest_insertion, propose, way_km};
use proptest::prelude::*;

fn point() -> impl Strategy<Value = Point> {
    (31.0f64..31.4, 121.3f64..121.9).prop_map(|(lat, lon)| Point::parse(lat, lon).expect("a place in the city"))
}

fn party() -> impl Strategy<Value = Wish> {
    (1u32..6, 0u32..3, 0u32..9, point()).prop_map(|(people, wheelchairs, luggage, destination)| Wish {
        people,
        wheelchairs,
        luggage,
        destination,
    })
}

fn trips() -> impl Strategy<Value = Vec<Trip<usize, u32>>> {
    let trip = (0u32..10, 0u32..3, proptest::collection::vec(point(), 0..=STOPS_MAX), point(), 0u32..5);
    proptest::collection::vec(trip, 0..12).prop_map(|trips| {
        let numbered = trips.into_iter().enumerate();
        let trip = |(id, (free_seats, wheelchair_places_free, stops, origin, departs_at))| Trip {
            id,
            free_seats,
            wheelchair_places_free,
            stops,
            origin,
            departs_at,
        };
        numbered.map(trip).collect()
    })
}

/// The key the ranking promises, written as a tuple.
fn rank(proposal: &Proposal<usize>, trips: &[Trip<usize, u32>]) -> (bool, bool, f64, u32, usize) {
    let new_stop = matches!(proposal.position, Position::New(_));
    (!proposal.fits, new_stop, proposal.extra_km, trips[proposal.trip].departs_at, proposal.trip)
}

proptest! {
    #[test]
    fn every_trip_is_proposed_once_and_in_order(party in party(), trips in trips()) {
        let proposals = propose(&party, &trips);
        let mut ids: Vec<_> = proposals.iter().map(|proposal| proposal.trip).collect();
        ids.sort_unstable();
        prop_assert_eq!(ids, (0..trips.len()).collect::<Vec<_>>());
        for pair in proposals.windows(2) {
            prop_assert!(rank(&pair[0], &trips) < rank(&pair[1], &trips));
        }
    }

    #[test]
    fn what_fits_has_room_and_what_does_not_says_what_lacks(party in party(), trips in trips()) {
        for proposal in propose(&party, &trips) {
            let trip = &trips[proposal.trip];
            let room = party.people <= trip.free_seats && party.wheelchairs <= trip.wheelchair_places_free;
            let stops_ok = trip.stops.len() < STOPS_MAX || matches!(proposal.position, Position::Existing(_));
            prop_assert_eq!(proposal.fits, room && stops_ok);
            prop_assert_eq!(proposal.fits, proposal.reason.fits());
            match proposal.reason {
                Reason::VehicleFull { free, needed } | Reason::NoWheelchairPlace { free, needed } => prop_assert!(free < needed),
                Reason::MaxStops { stops, max } => prop_assert!(stops >= max),
                Reason::Fits | Reason::SameGate => {}
            }
        }
    }

    #[test]
    fn the_insertion_is_the_best_of_all(
        origin in point(), stops in proptest::collection::vec(point(), 0..9), stop in point()
    ) {
        let found = cheapest_insertion(origin, &stops, stop);
        let extra_at = |index: usize| {
            let mut longer = stops.clone();
            longer.insert(index, stop);
            way_km(origin, &longer) - way_km(origin, &stops)
        };
        let best = (0..=stops.len()).map(extra_at).fold(f64::INFINITY, f64::min);
        prop_assert!((found.extra_km - best).abs() < 1e-6, "{} {best}", found.extra_km);
        prop_assert!((extra_at(found.index) - best).abs() < 1e-6);
    }

    #[test]
    fn a_gate_it_calls_at_costs_nothing(party in party(), trips in trips(), at in 0usize..20) {
        let mut trips = trips;
        for trip in &mut trips {
            trip.stops.truncate(STOPS_MAX - 1);
            trip.stops.insert(at % (trip.stops.len() + 1), party.destination);
        }
        for proposal in propose(&party, &trips) {
            let Position::Existing(index) = proposal.position else {
                return Err(TestCaseError::fail("the trip calls at this gate"));
            };
            let stop = trips[proposal.trip].stops[index];
            prop_assert!(stop.metres_to(party.destination) < 1.0 && proposal.extra_km.abs() < f64::EPSILON);
            let needs_a_stop = matches!(proposal.reason, Reason::MaxStops { .. } | Reason::Fits);
            prop_assert!(!needs_a_stop);
        }
    }
}

#[test]
fn a_full_trip_says_so_and_a_short_detour_comes_first() {
    let place = |lon: f64| Point::parse(31.2, lon).expect("a place");
    let trip = |id, free_seats, stop: f64, departs_at| Trip {
        id,
        free_seats,
        wheelchair_places_free: 1,
        stops: vec![place(stop)],
        origin: place(121.8),
        departs_at,
    };
    let party = Wish { people: 3, wheelchairs: 1, luggage: 0, destination: place(121.5) };
    let trips = [
        trip("late", 9, 121.5, 2),
        trip("full", 2, 121.5, 0),
        trip("detour", 9, 121.7, 0),
        trip("early", 9, 121.5, 1),
        trip("on the way", 9, 121.4, 0),
    ];
    let proposals = propose(&party, &trips);
    let ids: Vec<_> = proposals.iter().map(|proposal| proposal.trip).collect();
    assert_eq!(ids, ["early", "late", "on the way", "detour", "full"]);
    assert_eq!(proposals[2].position, Position::New(0));
    assert_eq!(proposals[3].position, Position::New(1));
    assert_eq!(proposals[4].reason, Reason::VehicleFull { free: 2, needed: 3 });
}

#[test]
fn no_wheelchair_place_and_too_many_stops_are_told() {
    let place = |lat: f64| Point::parse(lat, 121.5).expect("a place");
    let many: Vec<_> = (0..8u32).map(|step| place(31.1 + f64::from(step) * 0.01)).collect();
    let trip = |id, wheelchair_places_free, stops| Trip {
        id,
        free_seats: 9,
        wheelchair_places_free,
        stops,
        origin: place(31.0),
        departs_at: 0,
    };
    let party = Wish { people: 1, wheelchairs: 1, luggage: 0, destination: place(31.5) };
    let proposals = propose(&party, &[trip(1, 0, vec![]), trip(2, 1, many)]);
    let reason = |id| proposals.iter().find(|proposal| proposal.trip == id).map(|proposal| proposal.reason);
    assert_eq!(reason(1), Some(Reason::NoWheelchairPlace { free: 0, needed: 1 }));
    assert_eq!(reason(2), Some(Reason::MaxStops { stops: 8, max: STOPS_MAX }));
}
