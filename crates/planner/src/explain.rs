//! Why here, why not there: for one party that waits, the cheapest places in a plan, and for every other trip and
//! vehicle the rule that stands in the way. A pure function of the plan; it takes the times that the plan promised as
//! they are, moves nothing to make room, and never makes anybody who is already seated late.

mod line;
mod obstacle;
mod offer;

use crate::check::Broken;
use crate::model::Problem;
use crate::plan::{Plan, PlannedTrip};
use line::{Attempt, Line};

pub use obstacle::Obstacle;
pub use offer::{Fit, Offer, Refused};

/// The best offer and its three alternatives (product.md).
pub const OFFERS_MAX: usize = 4;

/// What can be said to a party that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// At most [`OFFERS_MAX`] places, the cheapest first; at most one a trip, and one new trip a vehicle.
    pub offers: Vec<Offer>,
    /// Every open trip, and every vehicle for a trip of its own, that cannot take the party, with the binding reason.
    pub refused: Vec<Refused>,
}

/// Where a party could ride in a plan that passes [`crate::check()`]. `now` is in seconds: what boards before is gone.
///
/// An offer, applied ([`Offer::apply`]), gives a plan that passes the check, serves the party within every limit, and
/// leaves nobody else over a limit who was not before.
///
/// # Errors
/// [`Broken::UnknownParty`] when there is no such party, [`Broken::Twice`] when it has a seat already.
pub fn explain(problem: &Problem, plan: &Plan, party: u32, now: i32) -> Result<Explanation, Broken> {
    if party as usize >= problem.parties.len() {
        return Err(Broken::UnknownParty { party });
    }
    if plan.trips.iter().flat_map(|trip| &trip.stops).any(|stop| stop.parties.contains(&party)) {
        return Err(Broken::Twice { party });
    }
    let mut found = Explanation::default();
    let rooms = rooms(problem, plan, party);
    for vehicle in 0..problem.vehicles.len() {
        let line = Line::of(problem, plan, vehicle, now);
        for at in line.first_open()..line.len() {
            found.add(vehicle, Some(line.index(at)), best(&rooms, |place| line.join(party, place, at)));
        }
        found.add(vehicle, None, best(&rooms, |place| line.begin(party, place)));
    }
    found.offers.sort_by_key(|offer| (offer.cost, offer.vehicle, offer.trip));
    found.offers.truncate(OFFERS_MAX);
    Ok(found)
}

/// Where a party gets off on a trip that a person gives it, and when: where the trip stops for others of that place, else where
/// it costs least, as [`explain`] offers it. The trip leaves as planned.
///
/// # Errors
/// What stands in the way whatever anybody is willing to wait or ride: the crew, the room that is left, the company, the end of
/// the vehicle's hours.
///
/// # Panics
/// When the plan has no such trip, or the problem no such party.
pub fn fit(problem: &Problem, plan: &Plan, party: u32, trip: usize) -> Result<Fit, Obstacle> {
    let line = Line::of(problem, plan, plan.trips[trip].vehicle, 0);
    let at = (0..line.len()).find(|at| line.index(*at) == trip).expect("a trip is one of its vehicle's");
    let place = *problem.parties[party as usize].places.first().expect("a party has a place to go to");
    line.fit(party, place, at)
}

impl Explanation {
    fn add(&mut self, vehicle: usize, trip: Option<usize>, attempt: Attempt) {
        match attempt {
            Ok(offer) => self.offers.push(offer),
            Err((_, obstacle)) => self.refused.push(Refused { vehicle, trip, obstacle }),
        }
    }
}

/// The places of a party, each with the obstacle that no vehicle can remove.
fn rooms(problem: &Problem, plan: &Plan, party: u32) -> Vec<(u16, Option<Obstacle>)> {
    let it = &problem.parties[party as usize];
    let people_at = |place: u16| {
        let stops = plan.trips.iter().flat_map(|trip| &trip.stops).filter(|stop| stop.place == place);
        stops.flat_map(|stop| &stop.parties).map(|party| problem.parties[*party as usize].people).sum::<i32>()
    };
    let room = |place: u16| {
        problem.places[usize::from(place)].beds?;
        let free = problem.places[usize::from(place)].room() - people_at(place);
        (free < it.people).then_some(Obstacle::NoBed { place, free: free.max(0), needed: it.people })
    };
    it.places.iter().map(|place| (*place, room(*place))).collect()
}

/// The best offer over all places; where there is none, the obstacle of the place that came nearest.
fn best(rooms: &[(u16, Option<Obstacle>)], attempt: impl Fn(u16) -> Attempt) -> Attempt {
    let tries = rooms.iter().map(|(place, full)| match full {
        Some(full) => Err((i64::MAX, *full)),
        None => attempt(*place),
    });
    tries.reduce(line::better).expect("a party has a place to go to")
}

impl Offer {
    /// The plan with the party seated as offered; the vehicle's later trips leave later where they have to. The plan has
    /// to be the one that was explained.
    #[must_use]
    pub fn apply(&self, problem: &Problem, plan: &Plan) -> Plan {
        let mut line: Vec<PlannedTrip> = plan.trips.iter().filter(|it| it.vehicle == self.vehicle).cloned().collect();
        line.sort_by_key(|trip| trip.departs);
        self.change(&mut line);
        line::retime(problem, &mut line, self.position);
        let before = plan.trips.iter().filter(|trip| trip.vehicle < self.vehicle).cloned();
        let behind = plan.trips.iter().filter(|trip| trip.vehicle > self.vehicle).cloned();
        let absent = plan.absent.iter().copied().filter(|party| *party != self.party).collect();
        Plan { trips: before.chain(line).chain(behind).collect(), absent }
    }
}
