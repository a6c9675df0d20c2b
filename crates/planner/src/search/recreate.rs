//! How a round puts parties back: one after the other where each costs least, in an order drawn anew each time.

use super::{NOBODY, Search};
use super::memory::Known;
use crate::insert::{Seek, Spot};
use crate::random::Random;

impl Search<'_> {
    /// Gives everybody in the pool a seat, or leaves them behind where that is all there is. False as soon as it is
    /// certain that the round will not be kept.
    pub(super) fn recreate(&mut self) -> bool {
        self.order_pool();
        let mut to_come: i64 = self.order.iter().map(|(_, party)| self.least[*party as usize]).sum();
        for at in 0..self.order.len() {
            let party = self.order[at].1;
            to_come -= self.least[party as usize];
            let unserved = self.problem.unserved(party as usize);
            let bound = (self.limit - self.draft.cost - to_come).min(unserved);
            match self.seek(party, bound) {
                Some(spot) => {
                    self.undo.keep(&self.draft, spot.vehicle);
                    self.draft.put(self.problem, party, spot);
                    self.rides[party as usize] = spot.vehicle;
                }
                None if bound < unserved => return false,
                None => {
                    self.rides[party as usize] = NOBODY;
                    self.draft.leave_behind(self.problem, party);
                }
            }
        }
        true
    }

    /// The cheapest place below `bound`. Routes that this round has not touched are looked at once and remembered.
    fn seek(&mut self, party: u32, bound: i64) -> Option<Spot> {
        let places = &self.problem.parties[party as usize].places;
        let mut seek = Seek::new(self.problem, &self.draft, party, bound);
        let likely = self.rides[party as usize];
        for (choice, &place) in places.iter().enumerate() {
            if !seek.go_to(place) {
                continue;
            }
            if likely != NOBODY {
                seek.on_vehicle(likely);
            }
            let row = self.memory.row(party, choice);
            for vehicle in 0..self.problem.vehicles.len() {
                if self.undo.is_kept(vehicle) {
                    if vehicle != likely {
                        seek.on_vehicle(vehicle);
                    }
                    continue;
                }
                match self.memory.recall(row, vehicle, place) {
                    Known::Exactly(cost, spot) => {
                        seek.offer(cost, spot);
                        continue;
                    }
                    Known::AtLeast(least) if least >= seek.best => continue,
                    _ => {}
                }
                let before = seek.best;
                seek.on_vehicle(vehicle);
                let spot = seek.spot.filter(|_| seek.best < before);
                self.memory.note(row, vehicle, seek.best, spot);
            }
        }
        seek.spot
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
