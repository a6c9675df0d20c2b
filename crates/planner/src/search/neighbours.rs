//! For each party those that could share its vehicle: near by road, and ready at about the same time.

use crate::model::{Problem, SECONDS_MAX};

/// How many each party has.
const NEIGHBOURS: usize = 60;
/// How many are looked at on either side in the order of being ready.
const AROUND: usize = 150;

/// The nearest parties of each party that may move, the nearest first.
pub(super) struct Neighbours {
    /// By party; empty for those that may not move.
    of: Vec<Vec<u32>>,
}

impl Neighbours {
    pub fn of(problem: &Problem, movable: &[u32]) -> Self {
        let mut by_ready = movable.to_vec();
        by_ready.sort_by_key(|party| (problem.parties[*party as usize].ready, *party));
        let mut of = vec![Vec::new(); problem.parties.len()];
        for (rank, &party) in by_ready.iter().enumerate() {
            let around = rank.saturating_sub(AROUND)..(rank + AROUND + 1).min(by_ready.len());
            let others = by_ready[around].iter().filter(|other| **other != party);
            let mut near: Vec<(i32, u32)> = others.map(|&other| (distance(problem, party, other), other)).collect();
            if near.len() > NEIGHBOURS {
                near.select_nth_unstable(NEIGHBOURS);
                near.truncate(NEIGHBOURS);
            }
            near.sort_unstable();
            of[party as usize] = near.into_iter().map(|(_, other)| other).collect();
        }
        Self { of }
    }

    pub fn get(&self, party: u32, nth: usize) -> Option<u32> {
        self.of[party as usize].get(nth).copied()
    }
}

/// Road seconds between their places, and half of the time between their being ready: who waits shares a vehicle more
/// easily than who makes a detour.
fn distance(problem: &Problem, a: u32, b: u32) -> i32 {
    let (a, b) = (&problem.parties[a as usize], &problem.parties[b as usize]);
    let road = |from: u16| b.places.iter().map(move |to| problem.seconds(usize::from(from), usize::from(*to)));
    let road = a.places.iter().flat_map(|from| road(*from)).min().unwrap_or(SECONDS_MAX);
    road + (a.ready - b.ready).abs() / 2
}
