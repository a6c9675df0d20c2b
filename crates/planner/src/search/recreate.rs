//! How a round puts parties back: one after the other where each costs least, in an order drawn anew each time.

use super::memory::{Known, Memory};
use super::{NOBODY, Search};
use crate::insert::{Seek, Spot};
use crate::random::Random;

/// In this share of the rounds the first party pays only a part for a new trip or a later departure, in percent. Found by
/// trying: 0.3 points, and 0.1 for the later departure.
const LURED: usize = 50;
/// In this share of the rounds the rest of the pool is expected to cost what it cost at best, in percent.
const TRUSTING: usize = 90;
/// In about so many rounds what a party has cost at best is forgotten. 2 % or 30 % a round are as good as 10 %.
const FORGOTTEN: i64 = 10;

impl Search<'_> {
    /// Gives everybody in the pool a seat, or leaves them behind where that is all there is. False as soon as the round
    /// is unlikely to be kept: what it costs so far, and what those to come cost when seated well, is over the limit.
    pub(super) fn recreate(&mut self) -> bool {
        self.order_pool();
        // What was cheapest so far need not be the cheapest there is: some rounds do not trust it.
        let trusting = i64::from(self.random.below(100) < TRUSTING);
        let mut to_come: i64 = self.order.iter().map(|(_, party)| trusting * self.least[*party as usize]).sum();
        let mut at = 0;
        while let Some(&(_, party)) = self.order.get(at) {
            to_come -= trusting * self.least[party as usize];
            let unserved = self.problem.unserved(party as usize);
            let bound = (self.limit - self.draft.cost - to_come).min(unserved);
            let lured = at == 0 && self.random.below(100) < LURED;
            let spot = if lured { self.lure(party, bound) } else { self.seek(party, bound) };
            match spot {
                Some(spot) => {
                    self.seat(party, spot);
                    if lured {
                        to_come += trusting * self.pull(party);
                    }
                }
                None if bound < unserved => return false,
                None => {
                    self.rides[party as usize] = NOBODY;
                    self.draft.leave_behind(self.problem, party);
                }
            }
            at += 1;
        }
        true
    }

    fn seat(&mut self, party: u32, spot: Spot) {
        let before = self.draft.cost;
        self.undo.keep(&self.draft, spot.vehicle);
        self.draft.put(self.problem, party, spot);
        self.rides[party as usize] = spot.vehicle;
        let (least, cost) = (&mut self.least[party as usize], self.draft.cost - before);
        *least = cost.min(*least + (cost - *least) / FORGOTTEN);
    }

    /// A place for the first of a round, who pays only a part of what a new trip costs the trips behind it, or a later
    /// departure those on board: others may join. Without it no trip begins or waits that only pays for several.
    fn lure(&mut self, party: u32, bound: i64) -> Option<Spot> {
        let mut seek = Seek::new(self.problem, &self.draft, party, bound);
        seek.blame = i64::try_from(self.random.below(100)).expect("it is below 100");
        seek.everywhere();
        seek.spot
    }

    /// The cheapest place below `bound`.
    fn seek(&mut self, party: u32, bound: i64) -> Option<Spot> {
        let places = &self.problem.parties[party as usize].places;
        let likely = self.rides[party as usize];
        let mut seek = Seek::new(self.problem, &self.draft, party, bound);
        for (choice, &place) in places.iter().enumerate() {
            if !seek.go_to(place) {
                continue;
            }
            if likely != NOBODY {
                seek.on_vehicle(likely);
            }
            let row = self.memory.row(party, choice);
            for vehicle in 0..self.problem.vehicles.len() {
                if !self.undo.is_kept(vehicle) {
                    known(&mut self.memory, &mut seek, row, vehicle, place);
                } else if vehicle != likely {
                    seek.on_vehicle(vehicle);
                }
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

/// Looks at a route that this round has not touched, or remembers what it saw there.
#[inline]
fn known(memory: &mut Memory, seek: &mut Seek<'_>, row: usize, vehicle: usize, place: u16) {
    match memory.recall(row, vehicle, place) {
        Known::Exactly(cost, spot) => return seek.offer(cost, spot),
        Known::AtLeast(least) if least >= seek.best => return,
        _ => {}
    }
    let before = seek.best;
    seek.on_vehicle(vehicle);
    memory.note(row, vehicle, seek.best, seek.spot.filter(|_| seek.best < before));
}
