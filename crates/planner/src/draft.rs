//! A plan that is being worked on: for every vehicle its trips, for every trip its riders with their times, kept up to
//! date by each change so that the next question is answered by arithmetic instead of by driving the way again.

mod change;
mod input;
mod output;
mod route;

use crate::model::Problem;

pub(crate) use route::{Rider, Route, Trip};

/// A plan that is being worked on. Cost and beds are always those of the routes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// One a vehicle.
    pub routes: Vec<Route>,
    /// People per place, counted where beds run out.
    pub used: Vec<i32>,
    /// Parties without a seat.
    pub absent: Vec<u32>,
    /// What all of it costs, the absent included ([`crate::model::SECOND`]).
    pub cost: i64,
    /// How many trips of each vehicle must not change any more.
    pub locked: Vec<usize>,
    /// Nothing boards before.
    pub now: i32,
}

impl Draft {
    /// Nobody rides, nobody is known.
    pub fn empty(problem: &Problem, now: i32) -> Self {
        Self {
            routes: vec![Route::default(); problem.vehicles.len()],
            used: vec![0; problem.places.len()],
            absent: Vec::new(),
            cost: 0,
            locked: vec![0; problem.vehicles.len()],
            now,
        }
    }

    /// From when a vehicle can begin boarding its trip `trip`.
    #[inline]
    pub fn free_before(&self, problem: &Problem, vehicle: usize, trip: usize) -> i32 {
        let from = match trip {
            0 => problem.vehicles[vehicle].free,
            _ => self.routes[vehicle].trips[trip - 1].back + problem.rules.turnaround_s,
        };
        if trip >= self.locked[vehicle] { from.max(self.now) } else { from }
    }

    /// Whether a place can take a party of this size.
    #[inline]
    pub fn takes(&self, problem: &Problem, place: u16, people: i32) -> bool {
        let place = usize::from(place);
        problem.places[place].beds.is_none() || self.used[place] + people <= problem.places[place].room()
    }

    /// Leaves a party without a seat.
    pub fn leave_behind(&mut self, problem: &Problem, party: u32) {
        self.cost += problem.unserved(party as usize);
        self.absent.push(party);
    }

    /// Takes all parties without a seat back into the pool.
    pub fn pick_up_absent(&mut self, problem: &Problem, pool: &mut Vec<u32>) {
        for &party in &self.absent {
            self.cost -= problem.unserved(party as usize);
        }
        pool.append(&mut self.absent);
    }

    /// Counts the cost anew, after prices have changed.
    pub fn recount(&mut self, problem: &Problem) {
        let absent: i64 = self.absent.iter().map(|party| problem.unserved(*party as usize)).sum();
        let route = |(vehicle, route): (usize, &Route)| -> i64 {
            let prices = route.riders.iter().map(|rider| problem.price(rider.party as usize, vehicle));
            route.trips.iter().map(|trip| trip.cost).sum::<i64>() + prices.sum::<i64>()
        };
        self.cost = absent + self.routes.iter().enumerate().map(route).sum::<i64>();
    }

    /// Everybody who sits on a trip that may still change.
    pub fn movable(&self) -> Vec<u32> {
        let open =
            self.routes.iter().zip(&self.locked).flat_map(|(route, locked)| &route.riders[route.first_open(*locked)..]);
        open.map(|rider| rider.party).collect()
    }
}
