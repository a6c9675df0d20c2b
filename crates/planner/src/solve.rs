//! A plan from nothing: everybody where they cost least in the order of being ready, then the search.

use crate::draft::Draft;
use crate::insert::cheapest;
use crate::model::Problem;
use crate::plan::Plan;
use crate::search::{Cooling, Pace, Search};

/// A plan, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The plan.
    pub plan: Plan,
    /// Rounds of the search.
    pub rounds: u64,
    /// Its price, in thousandths of a traveller's second.
    pub cost: i64,
    /// What it cost before the search, with everybody seated who could be.
    pub before: i64,
}

/// Plans everybody at once.
pub fn solve(problem: &Problem, seed: u64, pace: &mut impl Pace) -> Outcome {
    let draft = first_come(problem);
    let before = draft.cost;
    let mut search = Search::new(problem, draft, seed);
    let rounds = search.run(pace, Cooling::NEW_PLAN);
    let best = search.into_best();
    Outcome { plan: best.plan(), rounds, cost: best.cost, before }
}

/// Everybody where they cost least, in the order of being ready; first of all who has a seat.
fn first_come(problem: &Problem) -> Draft {
    let mut draft = Draft::empty(problem, 0);
    let mut order: Vec<u32> = (0..problem.parties.len()).filter_map(|party| u32::try_from(party).ok()).collect();
    order.sort_by_key(|party| (!problem.parties[*party as usize].stays, problem.parties[*party as usize].ready));
    seat_all(problem, &mut draft, order);
    draft
}

/// One after the other where they cost least; who has no place is left behind.
pub(crate) fn seat_all(problem: &Problem, draft: &mut Draft, order: Vec<u32>) {
    for party in order {
        match cheapest(problem, draft, party) {
            Some((_, spot)) => draft.put(problem, party, spot),
            None => draft.leave_behind(problem, party),
        }
    }
}
