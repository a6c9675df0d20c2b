//! What a careful duty officer does by hand: every five minutes take whoever waits longest, the smallest free vehicle that
//! holds them and their neighbours (gates within twelve minutes), and send it when it is 80 % full or they have waited for
//! forty minutes; the nearest gate first. The planner's benchmark calls it `desk_rule`.

use super::Outcome;
use super::crowd::{Crowd, Group};
use super::roads::Roads;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::vehicle::Vehicle;

const LOOK_EVERY_S: i64 = 300;
const BOARDING_S: i64 = 300;
const STOP_S: i64 = 180;
const PARTY_S: i64 = 60;
const TURNAROUND_S: i64 = 1_200;
const NEAR_S: i64 = 720;
const PATIENCE_S: i64 = 2_400;
const PARTIES_MAX: usize = 14;
const FULL_PERCENT: i64 = 80;
const DAY_S: i64 = 24 * 3_600;

struct Desk<'c> {
    crowd: &'c [Group],
    roads: &'c Roads,
    begin: DateTime<Utc>,
    left: Vec<bool>,
    /// Seats, wheelchair places, and when it is back and clean.
    fleet: Vec<(i64, i64, i64)>,
    outcome: Outcome,
}

/// The same day by the rule.
pub fn outcome(crowd: &Crowd, roads: &Roads, fleet: &[Vehicle], begin: DateTime<Utc>) -> Outcome {
    let mut fleet: Vec<_> = fleet.iter().map(|it| (it.seats, it.wheelchair_places, 0)).collect();
    fleet.sort_unstable();
    let left = vec![true; crowd.0.len()];
    let mut desk = Desk { crowd: &crowd.0, roads, begin, left, fleet, outcome: Outcome::default() };
    for now in (0..DAY_S).step_by(usize::try_from(LOOK_EVERY_S).expect("small")) {
        while let Some((vehicle, take)) = desk.next(now) {
            desk.send(now, vehicle, take);
        }
    }
    let unserved = desk.crowd.iter().zip(&desk.left).filter(|(_, left)| **left).map(|(group, _)| group.people).sum();
    Outcome { unserved, ..desk.outcome }
}

impl Desk<'_> {
    fn seconds(&self, from: usize, to: usize, now: i64) -> i64 {
        self.roads.seconds(from, to, self.begin + TimeDelta::seconds(now))
    }

    /// The vehicle to send now, and who rides.
    fn next(&self, now: i64) -> Option<(usize, Vec<usize>)> {
        let ready: Vec<usize> =
            (0..self.crowd.len()).filter(|it| self.left[*it] && self.crowd[*it].ready_s <= now).collect();
        ready.iter().find_map(|first| {
            let mut best: Option<(usize, Vec<usize>)> = None;
            for vehicle in (0..self.fleet.len()).filter(|it| self.fleet[*it].2 <= now) {
                let take = self.neighbours(*first, &ready, vehicle, now);
                let people: i64 = take.iter().map(|it| self.crowd[*it].people).sum();
                let patient = now - self.crowd[*first].ready_s < PATIENCE_S;
                let fuller = best.as_ref().is_none_or(|(_, most)| take.len() > most.len());
                if !take.is_empty() && (people * 100 >= self.fleet[vehicle].0 * FULL_PERCENT || (!patient && fuller)) {
                    best = Some((vehicle, take));
                }
            }
            best
        })
    }

    /// The first party and those who live near it, as many as the vehicle takes; nobody when it does not take the first.
    fn neighbours(&self, first: usize, ready: &[usize], vehicle: usize, now: i64) -> Vec<usize> {
        let home = self.crowd[first].place;
        let far = |it: &usize| self.seconds(home, self.crowd[*it].place, now);
        let mut near: Vec<usize> = ready.iter().copied().filter(|it| *it != first && far(it) <= NEAR_S).collect();
        near.sort_by_key(far);
        let (mut seats, mut places, _) = self.fleet[vehicle];
        let mut take = Vec::new();
        for it in std::iter::once(first).chain(near) {
            let group = &self.crowd[it];
            if group.people <= seats && i64::from(group.wheelchair) <= places && take.len() < PARTIES_MAX {
                (seats, places) = (seats - group.people, places - i64::from(group.wheelchair));
                take.push(it);
            } else if it == first {
                return Vec::new();
            }
        }
        take
    }

    /// Drives it: the nearest gate first.
    fn send(&mut self, now: i64, vehicle: usize, mut take: Vec<usize>) {
        let departs = now + BOARDING_S;
        let (mut at, mut time, mut places) = (0, departs, Vec::new());
        while let Some(next) = take.iter().copied().min_by_key(|it| self.seconds(at, self.crowd[*it].place, departs)) {
            take.retain(|it| *it != next);
            let (group, ready) = (self.crowd[next].clone(), self.crowd[next].ready_s);
            if group.place != at {
                time += self.seconds(at, group.place, departs) + STOP_S;
                at = group.place;
                places.push(at);
            }
            self.outcome.home(group.people, departs - ready, time - departs);
            self.left[next] = false;
            time += PARTY_S;
        }
        self.outcome.metres += self.roads.way(&places);
        self.outcome.trips += 1;
        self.fleet[vehicle].2 = time + self.seconds(at, 0, departs) + TURNAROUND_S;
    }
}
