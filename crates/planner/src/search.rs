//! Ruin and recreate: take some parties out who belong together, put them back where they cost least, keep the result
//! if it is better, or sometimes if it is a little worse (Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020).

mod anneal;
mod memory;
mod neighbours;
mod pull;
mod recreate;
mod ruin;
mod trade;
mod undo;

use crate::draft::Draft;
use crate::model::{Problem, SECOND};
use crate::random::Random;
use memory::Memory;
use neighbours::Neighbours;
use undo::Undo;

pub(crate) use anneal::Cooling;

/// How far a search has come: 0 at its begin, 1 at its end. Told the number of rounds so far, so that a caller can end
/// by a count (repeatable to the bit) or by a clock of its own.
pub trait Pace {
    /// Progress after `rounds`; from 1 on the search stops.
    fn progress(&mut self, rounds: u64) -> f64;
}

/// Ends after a number of rounds. The same seed gives the same plan.
#[derive(Debug, Clone, Copy)]
pub struct Rounds(pub u64);

impl Pace for Rounds {
    #[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
    fn progress(&mut self, rounds: u64) -> f64 {
        if rounds < self.0 { rounds as f64 / self.0 as f64 } else { 1.0 }
    }
}

/// A search on one draft. Everything it needs again and again is kept, so that a round allocates nothing.
pub(crate) struct Search<'p> {
    problem: &'p Problem,
    draft: Draft,
    best: Draft,
    /// Vehicles whose route in `best` is no longer that of the draft.
    stale: Vec<bool>,
    neighbours: Neighbours,
    memory: Memory,
    /// Parties that may move.
    movable: Vec<u32>,
    /// What each party costs when it is seated well: the lowest that was seen, slowly forgotten.
    least: Vec<i64>,
    /// The vehicle of each party; `NOBODY` when it has no seat.
    rides: Vec<usize>,
    marked: Vec<bool>,
    pool: Vec<u32>,
    order: Vec<(i64, u32)>,
    undo: Undo,
    /// What the draft may cost for the round to be kept.
    limit: i64,
    random: Random,
    rounds: u64,
}

/// No vehicle.
const NOBODY: usize = usize::MAX;

impl<'p> Search<'p> {
    /// A search that begins with this draft and may move everybody on an open trip who does not stay there, and everybody without a
    /// seat.
    pub fn new(problem: &'p Problem, draft: Draft, seed: u64) -> Self {
        let mut rides = vec![NOBODY; problem.parties.len()];
        for (vehicle, route) in draft.routes.iter().enumerate() {
            route.riders.iter().for_each(|rider| rides[rider.party as usize] = vehicle);
        }
        let mut movable = draft.movable();
        movable.extend_from_slice(&draft.absent);
        movable.retain(|party| !problem.parties[*party as usize].stays);
        movable.sort_unstable();
        Self {
            problem,
            best: draft.clone(),
            stale: vec![false; problem.vehicles.len()],
            neighbours: Neighbours::of(problem, &movable),
            memory: Memory::new(problem),
            movable,
            least: (0..problem.parties.len()).map(|party| least(problem, party)).collect(),
            rides,
            marked: vec![false; problem.parties.len()],
            pool: Vec::new(),
            order: Vec::new(),
            undo: Undo::new(&draft),
            limit: 0,
            random: Random::new(seed),
            draft,
            rounds: 0,
        }
    }

    /// The best draft found.
    pub fn into_best(self) -> Draft {
        self.best
    }
}

/// Boards when it is ready, and is driven straight to the nearest of its places.
fn least(problem: &Problem, party: usize) -> i64 {
    let it = &problem.parties[party];
    let direct = it.places.iter().map(|place| problem.seconds[usize::from(*place)]).min().unwrap_or(0);
    i64::from(it.people) * SECOND * i64::from(problem.rules.boarding_s + direct + problem.rules.stop_s)
}
