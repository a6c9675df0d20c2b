//! A plan that stands, made better in slices: whoever came meanwhile gets a seat, then the search goes on from there.

use crate::check::{Broken, check, known};
use crate::draft::{Draft, Route};
use crate::model::{Party, Problem};
use crate::plan::Plan;
use crate::search::{Cooling, Pace, Search};
use crate::solve::{Outcome, seat_all};

/// Goes on with a plan. Its departures need not be those of now: each trip leaves as early as it can. Each call warms the
/// search a little and cools it again, so that many short calls come as far as a long one. Unless somebody is expected,
/// what it gives is never dearer than the plan with everybody seated.
///
/// `expected` are parties that have not registered, but will: the plan keeps them in mind and does not show them. An
/// improvement for their sake that brings somebody over a limit who stands there already is thrown away.
///
/// # Errors
/// The first hard rule that the plan breaks: it belongs to another problem, then, and [`crate::solve`] begins anew.
pub fn improve(
    problem: &Problem,
    plan: &Plan,
    expected: Vec<Party>,
    seed: u64,
    pace: &mut impl Pace,
) -> Result<Outcome, Broken> {
    let draft = everybody(problem, plan)?;
    let before = draft.cost;
    let found = go_on(problem, draft, expected, (seed, Cooling::GO_ON), pace);
    Ok(Outcome { plan: found.draft.plan(), rounds: found.rounds, cost: found.draft.cost, before })
}

/// A new plan around trips that stand: searched as warm as [`crate::solve`] does.
///
/// # Errors
/// The first hard rule that the trips break.
pub fn solve_around(problem: &Problem, stands: &Plan, seed: u64, pace: &mut impl Pace) -> Result<Outcome, Broken> {
    let draft = everybody(problem, stands)?;
    let before = draft.cost;
    let found = go_on(problem, draft, Vec::new(), (seed, Cooling::NEW_PLAN), pace);
    Ok(Outcome { plan: found.draft.plan(), rounds: found.rounds, cost: found.draft.cost, before })
}

/// The trips of a plan, each as early as it can, and everybody else where they cost least.
fn everybody(problem: &Problem, plan: &Plan) -> Result<Draft, Broken> {
    known(problem, plan)?;
    let mut draft = Draft::of(problem, plan, 0);
    check(problem, &draft.plan())?;
    let absent = absent(problem, &draft);
    seat_all(problem, &mut draft, absent);
    Ok(draft)
}

/// What a search left.
pub(crate) struct Improved {
    pub draft: Draft,
    /// Rounds of the search.
    pub rounds: u64,
    /// For each vehicle: when its next trip would leave with somebody aboard who is only expected. It had better wait for them.
    pub waits: Vec<Option<i32>>,
}

/// Who has no seat.
fn absent(problem: &Problem, draft: &Draft) -> Vec<u32> {
    let mut seated = vec![false; problem.parties.len()];
    for rider in draft.routes.iter().flat_map(|route| &route.riders) {
        seated[rider.party as usize] = true;
    }
    (0..).zip(seated).filter_map(|(party, seated)| (!seated).then_some(party)).collect()
}

/// Searches from a draft, with whoever is expected in mind.
pub(crate) fn go_on(
    problem: &Problem,
    draft: Draft,
    expected: Vec<Party>,
    (seed, cooling): (u64, Cooling),
    pace: &mut impl Pace,
) -> Improved {
    let nobody = vec![None; problem.vehicles.len()];
    if expected.is_empty() {
        let mut search = Search::new(problem, draft, seed);
        let rounds = search.run(pace, cooling);
        return Improved { draft: search.into_best(), rounds, waits: nobody };
    }
    let (before, first) = (draft.cost, problem.parties.len());
    let wider = problem.expecting(expected);
    let mut search = Search::new(&wider, crowded(&wider, draft.clone(), first), seed);
    let rounds = search.run(pace, cooling);
    let best = search.into_best();
    let waits = waits(&best, first);
    let ahead = dismissed(&wider, best, first);
    if ahead.cost < before + problem.person && serves_as_many(problem, &ahead, &draft) {
        Improved { draft: ahead, rounds, waits }
    } else {
        Improved { draft, rounds, waits: nobody }
    }
}

/// When the next trip of each vehicle leaves, where somebody who is only expected rides along with somebody who is there.
fn waits(draft: &Draft, first: usize) -> Vec<Option<i32>> {
    let next = |(route, locked): (&Route, &usize)| {
        let trip = route.trips.get(*locked)?;
        let there = route.riders_of(trip).iter().filter(|rider| (rider.party as usize) < first).count();
        (there > 0 && there < route.riders_of(trip).len()).then_some(trip.departs)
    };
    draft.routes.iter().zip(&draft.locked).map(next).collect()
}

/// Nobody who stands there comes over a limit for the sake of somebody who is only expected.
fn serves_as_many(problem: &Problem, ahead: &Draft, before: &Draft) -> bool {
    let not_served = |draft: &Draft| check(problem, &draft.plan()).map(|goals| goals.not_served);
    matches!((not_served(ahead), not_served(before)), (Ok(after), Ok(before)) if after <= before)
}

/// The draft with everybody from index `first` on, who is only expected.
fn crowded(wider: &Problem, mut draft: Draft, first: usize) -> Draft {
    let expected = (first..wider.parties.len()).filter_map(|party| u32::try_from(party).ok());
    seat_all(wider, &mut draft, expected.collect());
    draft
}

/// The draft without them.
fn dismissed(wider: &Problem, mut draft: Draft, first: usize) -> Draft {
    let marked: Vec<bool> = (0..wider.parties.len()).map(|party| party >= first).collect();
    for vehicle in 0..draft.routes.len() {
        draft.take_out(wider, vehicle, &marked);
    }
    draft.absent.retain(|party| !marked[*party as usize]);
    draft.recount(wider);
    draft
}
