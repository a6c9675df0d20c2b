//! Those who have not registered yet, as far as they can be known: the next while is expected to be like the last one.
//! They take seats while the plan is improved ([`crate::improve`]), so that no large vehicle leaves for a few just before
//! many come, and are gone again before anybody is told anything.

use crate::model::{Party, Problem};

/// The parties that registered in the last `ahead_s` seconds, once more and as much later. Nothing is known of anybody
/// who has not registered.
pub(super) fn expected(problem: &Problem, registered: &[(i32, u32)], now: i32, ahead_s: i32) -> Vec<Party> {
    let recent = registered.iter().rev().take_while(|(at, _)| *at > now - ahead_s);
    let again = recent.map(|(_, party)| {
        let it = &problem.parties[*party as usize];
        Party { ready: it.ready + ahead_s, pinned: None, pinned_trip: None, told: None, stays: false, ..it.clone() }
    });
    again.filter(|it| it.ready < problem.end).collect()
}
