//! The smallest vehicle that does: to the planner a bus and a van cost the same way, but the bus is missed by the next flight.

use homeward_planner::{Plan, PlannedTrip, Problem};

/// Gives each trip the smallest vehicle that stands unused, is free in time and takes everybody. Times, ways and riders
/// stay as they were; a vehicle that makes several trips keeps them, and so does one that a rider was pinned to.
pub(super) fn right_size(problem: &Problem, plan: &mut Plan) {
    let mut used = vec![0_usize; problem.vehicles().len()];
    plan.trips.iter().for_each(|trip| used[trip.vehicle] += 1);
    let mut order: Vec<usize> = (0..plan.trips.len()).filter(|at| used[plan.trips[*at].vehicle] == 1).collect();
    order.sort_by_key(|at| std::cmp::Reverse(load(problem, &plan.trips[*at]).0));
    for at in order {
        let trip = &plan.trips[at];
        let seats = |vehicle: usize| problem.vehicles()[vehicle].seats;
        let spare = (0..used.len())
            .filter(|it| used[*it] == 0 && seats(*it) < seats(trip.vehicle) && takes(problem, trip, *it));
        let Some(smallest) = spare.min_by_key(|it| seats(*it)) else { continue };
        used[plan.trips[at].vehicle] = 0;
        used[smallest] = 1;
        plan.trips[at].vehicle = smallest;
    }
    plan.trips.sort_by_key(|trip| (trip.vehicle, trip.departs));
}

/// Whether a vehicle could make the trip as it is.
fn takes(problem: &Problem, trip: &PlannedTrip, vehicle: usize) -> bool {
    let (it, rules) = (&problem.vehicles()[vehicle], problem.rules());
    let (people, wheelchairs, luggage) = load(problem, trip);
    it.free + rules.boarding_s <= trip.departs
        && homeward_planner::back_of(problem, trip) <= it.until
        && people <= rules.seats(it.seats)
        && wheelchairs <= it.wheelchairs
        && luggage <= it.luggage
        && it.escorts >= rules.escorts_min
        && riders(trip)
            .all(|party| problem.parties()[party].pinned.is_none() && understood(problem, trip, party, vehicle))
}

/// Whether the crew of another vehicle speaks with a party if the trip's own crew does.
fn understood(problem: &Problem, trip: &PlannedTrip, party: usize, vehicle: usize) -> bool {
    let (wished, fleet) = (problem.parties()[party].languages, problem.vehicles());
    wished & fleet[trip.vehicle].languages == 0 || wished & fleet[vehicle].languages != 0
}

/// People, wheelchairs and luggage of a trip.
fn load(problem: &Problem, trip: &PlannedTrip) -> (i32, i32, i32) {
    riders(trip).map(|party| &problem.parties()[party]).fold((0, 0, 0), |(people, wheelchairs, luggage), party| {
        (people + party.people, wheelchairs + party.wheelchairs, luggage + party.luggage)
    })
}

fn riders(trip: &PlannedTrip) -> impl Iterator<Item = usize> {
    trip.stops.iter().flat_map(|stop| stop.parties.iter().map(|party| *party as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use homeward_planner::{Party, Place, PlannedStop, Roads, Rules, Vehicle, check};

    fn vehicle(seats: i32, free: i32) -> Vehicle {
        Vehicle { seats, luggage: 100, wheelchairs: 0, free, until: 50_000, escorts: 2, languages: 0 }
    }

    fn problem(vehicles: Vec<Vehicle>, pinned: Option<usize>, languages: u64) -> Problem {
        problem_by(Rules::default(), vehicles, pinned, languages)
    }

    fn problem_by(rules: Rules, vehicles: Vec<Vehicle>, pinned: Option<usize>, languages: u64) -> Problem {
        let places = vec![Place { opens: 0, closes: 50_000, beds: None }; 2];
        let roads = Roads { seconds: vec![0, 1_800, 1_800, 0], metres: vec![0, 30_000, 30_000, 0] };
        let party = Party { people: 3, places: vec![1], pinned, languages, ..Party::default() };
        Problem::new(places, roads, vehicles, vec![party], rules, 50_000).expect("a small problem")
    }

    fn on(vehicle: usize) -> Plan {
        let trip = PlannedTrip { vehicle, departs: 300, stops: vec![PlannedStop { place: 1, parties: vec![0] }] };
        Plan { trips: vec![trip], absent: Vec::new() }
    }

    #[test]
    fn three_people_ride_in_the_van_and_leave_the_bus() {
        let problem = problem(vec![vehicle(45, 0), vehicle(2, 0), vehicle(6, 0), vehicle(14, 0)], None, 0);
        let (mut plan, before) = (on(0), check(&problem, &on(0)));
        right_size(&problem, &mut plan);
        assert_eq!(plan.trips[0].vehicle, 2);
        assert_eq!(check(&problem, &plan), before, "nothing else moved");
    }

    #[test]
    fn people_who_sit_apart_take_the_smallest_that_has_the_seats_to_use() {
        let half = Rules { spacing_percent: 50, ..Rules::default() };
        let problem = problem_by(half, vec![vehicle(45, 0), vehicle(4, 0), vehicle(14, 0), vehicle(6, 0)], None, 0);
        let mut plan = on(0);
        right_size(&problem, &mut plan);
        assert_eq!(plan.trips[0].vehicle, 3, "three of six seats");
        check(&problem, &plan).expect("it passes the check");
    }

    #[test]
    fn a_van_that_comes_back_later_or_was_not_chosen_is_no_help() {
        let late = problem(vec![vehicle(45, 0), vehicle(6, 1)], None, 0);
        let chosen = problem(vec![vehicle(45, 0), vehicle(6, 0)], Some(0), 0);
        let speaks = Vehicle { languages: 1, ..vehicle(45, 0) };
        let understood = problem(vec![speaks, vehicle(6, 0)], None, 1);
        for problem in [late, chosen, understood] {
            let mut plan = on(0);
            right_size(&problem, &mut plan);
            assert_eq!(plan.trips[0].vehicle, 0);
        }
    }
}
