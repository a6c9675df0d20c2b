//! Which rounds are kept: every better one, and a worse one the rarer the later and the worse (Kirkpatrick et al. 1983).

use super::{Pace, Search};
use crate::random::Random;

/// Rounds between two looks at the pace.
const LOOK_EVERY: u64 = 16;
/// In this share of the rounds trips change vehicles, in percent; such a round costs a tenth of the others.
const TRADES: usize = 60;
/// From how warm to how cold, as shares of what a party costs on average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cooling {
    pub from: f64,
    pub to: f64,
}

impl Cooling {
    /// For a plan from nothing. Found by trying on the benchmark's seeds: 0.5 to 3 and 0.01 to 0.03 are as good.
    pub const NEW_PLAN: Self = Self { from: 2.0, to: 0.02 };
    /// For a plan that is looked at again and again and need not stay as it is. In slices of 4,000 rounds, 30 of them: 3.3,
    /// 3.0 and 1.7 % above the best known become 0.8, 0.6 and 0.5 % (80 parties that wait at once; with the next one 1.4,
    /// 1.1 and 0.9 %).
    pub const GO_ON: Self = Self { from: 0.3, to: 0.02 };
    /// For a plan that is already good and shall stay much as it is. On days as they come (seeds 1 to 6) a point
    /// better than a third or a tenth of it.
    pub const IMPROVE: Self = Self { from: 0.02, to: 0.002 };
}

impl Search<'_> {
    /// Searches until the pace says that it is over. Gives the number of rounds.
    pub fn run(&mut self, pace: &mut impl Pace, cooling: Cooling) -> u64 {
        if self.movable.is_empty() {
            return 0;
        }
        let each = self.typical_cost();
        let mut warmth = each * cooling.from;
        loop {
            if self.rounds.is_multiple_of(LOOK_EVERY) {
                let progress = pace.progress(self.rounds);
                if progress >= 1.0 {
                    return self.rounds;
                }
                warmth = each * cooling.from * (cooling.to / cooling.from).powf(progress);
            }
            self.rounds += 1;
            self.round(warmth);
        }
    }

    /// Draws what the round may cost before it begins, so that a hopeless one ends early.
    fn round(&mut self, warmth: f64) {
        self.undo.begin(&self.draft);
        self.limit = self.undo.cost() + allowance(warmth, &mut self.random);
        // Trips that changed vehicles at no price leave other gaps between them, so that is kept. Who was taken out and came
        // back at no price is mostly where they were: taken back, what is known of their routes stays known.
        let kept = if self.random.below(100) < TRADES {
            self.trade() && self.draft.cost < self.limit
        } else {
            self.ruin();
            self.recreate() && self.draft.cost < self.limit && self.draft.cost != self.undo.cost()
        };
        if kept {
            self.keep();
        } else {
            self.undo.restore(&mut self.draft);
            self.note_rides();
        }
    }

    fn keep(&mut self) {
        for &vehicle in &self.undo.touched {
            self.stale[vehicle] = true;
            self.memory.forget(vehicle);
        }
        if self.draft.cost < self.best.cost {
            self.keep_best();
        }
    }

    fn note_rides(&mut self) {
        for &party in &self.pool {
            self.rides[party as usize] = super::NOBODY;
        }
        for &vehicle in &self.undo.touched {
            for rider in &self.draft.routes[vehicle].riders {
                self.rides[rider.party as usize] = vehicle;
            }
        }
    }

    fn keep_best(&mut self) {
        for (vehicle, stale) in self.stale.iter_mut().enumerate() {
            if std::mem::take(stale) {
                self.best.routes[vehicle].copy_from(&self.draft.routes[vehicle]);
            }
        }
        self.best.used.copy_from_slice(&self.draft.used);
        self.best.absent.clone_from(&self.draft.absent);
        self.best.cost = self.draft.cost;
    }

    /// What a party with a seat costs on average, at most two hours of its people.
    #[expect(clippy::cast_precision_loss, reason = "costs are far below 2^53")]
    fn typical_cost(&self) -> f64 {
        let absent: i64 = self.draft.absent.iter().map(|party| self.problem.unserved(*party as usize)).sum();
        let people: i32 = self.movable.iter().map(|party| self.problem.parties[*party as usize].people).sum();
        let parties = self.movable.len() as f64;
        ((self.draft.cost - absent).max(1) as f64 / parties).min(f64::from(people) / parties * 7_200_000.0)
    }
}

/// How much dearer a round may be.
#[expect(clippy::cast_possible_truncation, reason = "far below 2^63, and a fraction of a unit is nothing")]
fn allowance(warmth: f64, random: &mut Random) -> i64 {
    (-warmth * random.fraction().max(1e-12).ln()) as i64
}
