//! Who else would ride on a trip that was begun or put off for one party: those near it who would be there sooner.

use super::{NOBODY, Search};

/// How often others are looked for, in percent of the trips.
const PULLED: usize = 80;
/// At most so many are taken out of their trips for it.
const PULLED_MAX: usize = 4;
/// Among so many of the nearest.
const NEAREST: usize = 30;

impl Search<'_> {
    /// Takes some who would be at their gate sooner with the trip of this party out of their own, to be seated after everybody else
    /// in the pool. Gives what they cost when seated well. Found by trying: 0.2 points.
    pub(super) fn pull(&mut self, party: u32) -> i64 {
        if self.random.below(100) >= PULLED {
            return 0;
        }
        let Some((vehicle, trip)) = self.open_trip(party) else { return 0 };
        let departs = self.draft.routes[vehicle].trips[trip].departs;
        let begun = self.pool.len();
        let most = begun + 1 + self.random.below(PULLED_MAX);
        for nth in 0..NEAREST {
            let Some(other) = self.neighbours.get(party, nth).filter(|_| self.pool.len() < most) else { break };
            if let Some((from, at)) = self.would_gain(other, vehicle, departs) {
                self.mark(from, at..at + 1);
            }
        }
        self.take_marked();
        let mut cost = 0;
        for &other in &self.pool[begun..] {
            cost += self.least[other as usize];
            self.order.push((i64::MAX, other));
        }
        cost
    }

    /// The vehicle and row of a party with a seat elsewhere, who could board before this trip leaves and would be at the gate sooner
    /// if it were driven straight there.
    fn would_gain(&self, party: u32, vehicle: usize, departs: i32) -> Option<(usize, usize)> {
        let from = self.rides[party as usize];
        let ready = self.problem.parties[party as usize].ready + self.problem.rules.boarding_s;
        if from == NOBODY || from == vehicle || ready > departs {
            return None;
        }
        let route = &self.draft.routes[from];
        let (trip, at) = route.find(party)?;
        let (trip_now, rider) = (&route.trips[trip], &route.riders[at]);
        let sooner = departs + self.problem.seconds[usize::from(rider.place)] < trip_now.departs + rider.arrives;
        (sooner && trip >= self.draft.locked[from]).then_some((from, at))
    }
}
