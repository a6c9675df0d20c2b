//! Those who have not registered yet, as far as they can be known: the next while is expected to be like the last one.
//! They take seats while the plan is improved, so that no large vehicle leaves for a few just before many come, and are
//! gone again before anybody is told anything.

use crate::draft::Draft;
use crate::insert::cheapest;
use crate::model::{Party, Problem};

/// The parties that registered in the last `ahead_s` seconds, once more and as much later. Nothing is known of anybody
/// who has not registered.
pub(super) fn expected(problem: &Problem, registered: &[(i32, u32)], now: i32, ahead_s: i32) -> Vec<Party> {
    let recent = registered.iter().rev().take_while(|(at, _)| *at > now - ahead_s);
    let again = recent.map(|(_, party)| {
        let it = &problem.parties[*party as usize];
        Party { ready: it.ready + ahead_s, pinned: None, told: None, ..it.clone() }
    });
    again.filter(|it| it.ready < problem.end).collect()
}

/// Seats everybody from index `first` on, who is only expected.
pub(super) fn seat(problem: &Problem, mut draft: Draft, first: usize) -> Draft {
    for party in (first..problem.parties.len()).filter_map(|party| u32::try_from(party).ok()) {
        match cheapest(problem, &draft, party) {
            Some((_, spot)) => draft.put(problem, party, spot),
            None => draft.leave_behind(problem, party),
        }
    }
    draft
}

/// The draft without those who are only expected.
pub(super) fn dismiss(problem: &Problem, mut draft: Draft, first: usize) -> Draft {
    let marked: Vec<bool> = (0..problem.parties.len()).map(|party| party >= first).collect();
    for vehicle in 0..draft.routes.len() {
        draft.take_out(problem, vehicle, &marked);
    }
    draft.absent.retain(|party| !marked[*party as usize]);
    draft.recount(problem);
    draft
}
