//! How a round puts parties back: one after the other where each costs least, in an order drawn anew each time.

use super::{NOBODY, Search};
use crate::insert::cheapest;
use crate::random::Random;

impl Search<'_> {
    /// Gives everybody in the pool a seat, or leaves them behind where that is all there is.
    pub(super) fn recreate(&mut self) {
        self.order_pool();
        for at in 0..self.order.len() {
            let party = self.order[at].1;
            let likely = self.rides[party as usize];
            self.rides[party as usize] = NOBODY;
            match cheapest(self.problem, &self.draft, party, likely) {
                Some((_, spot)) => {
                    self.undo.keep(&self.draft, spot.vehicle);
                    self.draft.put(self.problem, party, spot);
                    self.rides[party as usize] = spot.vehicle;
                }
                None => self.draft.leave_behind(self.problem, party),
            }
        }
    }

    /// By chance, by size, by being ready, by distance: weights found by trying, 3 2 3 1 1.
    fn order_pool(&mut self) {
        let problem = self.problem;
        let draw = self.random.below(10);
        let road = |party: u32| i64::from(problem.seconds[usize::from(problem.parties[party as usize].places[0])]);
        self.order.clear();
        for &party in &self.pool {
            let it = &problem.parties[party as usize];
            let key = match draw {
                0..=2 => chance(&mut self.random),
                3..=4 => chance(&mut self.random) % 1_000 - i64::from(it.people) * 1_000,
                5..=7 => i64::from(it.ready),
                8 => -road(party),
                _ => road(party),
            };
            self.order.push((key, party));
        }
        self.order.sort_unstable();
    }
}

fn chance(random: &mut Random) -> i64 {
    i64::from(u32::try_from(random.bits() >> 32).expect("32 bits are left"))
}
