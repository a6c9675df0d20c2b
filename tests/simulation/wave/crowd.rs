//! Who comes: flights in banks, immigration spreads their parties out (the shape of the planner's benchmark).

use super::roads::Roads;
use crate::chance::Chance;
use chrono::TimeDelta;

/// A party that will stand at the desk.
#[derive(Debug, Clone)]
pub struct Group {
    /// Seconds from the begin of the day until it is registered and its home is agreed.
    pub ready_s: i64,
    pub people: i64,
    pub wheelchair: bool,
    /// Which gate, as a place of [`Roads`].
    pub place: usize,
}

/// Everybody of a day, by readiness.
pub struct Crowd(pub Vec<Group>);

/// One flight bank every hour or so.
const BANK_S: usize = 4_000;
/// Two hundred people an hour and a half: 600 come in nine hours and something.
const PEOPLE_A_HOUR: i64 = 66;

impl Crowd {
    pub fn of(chance: &mut Chance, roads: &Roads, people: i64) -> Self {
        let span = usize::try_from(people * 3_600 / PEOPLE_A_HOUR).expect("a small number");
        let banks = span.div_ceil(BANK_S).max(1);
        let mut groups = Vec::new();
        let mut left = people;
        while left > 0 {
            let group = one(chance, roads, banks, left);
            left -= group.people;
            groups.push(group);
        }
        groups.sort_by_key(|group| group.ready_s);
        Self(groups)
    }

    /// When the last one is ready.
    pub fn last(&self) -> i64 {
        self.0.last().map_or(0, |group| group.ready_s)
    }

    pub fn all_at_the_desk(&self, after: TimeDelta) -> bool {
        after.num_seconds() > self.last()
    }
}

fn one(chance: &mut Chance, roads: &Roads, banks: usize, left: i64) -> Group {
    let size = match chance.below(100) {
        0..46 => 1,
        46..75 => 2,
        75..88 => 3,
        88..96 => 4,
        _ => 5,
    };
    // Landing, then three queues of up to half an hour each.
    let queues: usize = (0..3).map(|_| chance.below(1_800)).sum();
    let ready = chance.below(banks) * BANK_S + chance.below(1_200) + queues;
    let homes: Vec<usize> = (1..=roads.gates.len()).filter(|place| !is_site(roads, *place)).collect();
    let sites: Vec<usize> = (1..=roads.gates.len()).filter(|place| is_site(roads, *place)).collect();
    let from = if chance.percent(10) { &sites } else { &homes };
    Group {
        ready_s: i64::try_from(ready).expect("a small number"),
        people: size.min(left),
        wheelchair: chance.percent(2),
        place: chance.pick(from).expect("gates"),
    }
}

/// Whether an observation site is at this place.
pub fn is_site(roads: &Roads, place: usize) -> bool {
    let receiver = &roads.gates[place - 1].receiver;
    roads.receivers.iter().any(|it| it.code == *receiver && it.site)
}
