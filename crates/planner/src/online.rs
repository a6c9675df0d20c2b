//! The day as it comes: who registers gets a seat at once, the plan is improved in slices, trips are locked when boarding
//! begins, and parties are told late, because whoever was told shall not be moved.
//!
//! Told late and sticky keeps nearly all of the gain of planning anew at a fraction of the changes (product.md).

mod ahead;

use crate::draft::{Draft, Trip};
use crate::improve;
use crate::insert::cheapest;
use crate::model::{Problem, SLIP_S};
use crate::plan::Plan;
use crate::search::{Cooling, Pace};

/// When people learn their vehicle, and when a trip stops changing. Seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A party is told this long before its trip leaves. 15 minutes: with 30 (product.md) the day is 7 % longer and four
    /// times as many are told anew (deploy/measuring.md).
    pub tell_before_s: i32,
    /// A trip is locked this long before its boarding begins.
    pub lock_before_s: i32,
    /// Improvements reckon with as many registrations in the next so many seconds as there were in the last; 0 looks at
    /// nobody but those who are registered.
    pub ahead_s: i32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { tell_before_s: 900, lock_before_s: 60, ahead_s: 2_700 }
    }
}

/// What somebody who was told had to be told anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Parties that were told.
    pub parties: u32,
    /// How often one was told another vehicle, or an arrival more than ten minutes from the one before.
    pub changes: u32,
}

/// A plan that rolls with the day.
#[derive(Debug)]
pub struct Rolling {
    problem: Problem,
    draft: Draft,
    policy: Policy,
    /// Vehicle and arrival each party was told.
    told: Vec<Option<(usize, i32)>>,
    changes: u32,
    /// When each party registered, in order.
    registered: Vec<(i32, u32)>,
    /// For each vehicle: when its next trip would leave if it waited for those who are expected.
    waits: Vec<Option<i32>>,
}

impl Rolling {
    /// A day on which nobody is registered yet.
    #[must_use]
    pub fn new(problem: Problem, policy: Policy) -> Self {
        let (draft, told) = (Draft::empty(&problem, 0), vec![None; problem.parties.len()]);
        let waits = vec![None; problem.vehicles.len()];
        Self { problem, draft, policy, told, changes: 0, registered: Vec::new(), waits }
    }

    /// It is `now`: nothing boards before, and a trip that waited leaves later than it would have.
    pub fn now(&mut self, now: i32) {
        self.draft.now = now;
        for vehicle in 0..self.draft.routes.len() {
            let first = self.draft.locked[vehicle];
            let missed = |trip: &Trip| trip.departs - self.problem.rules.boarding_s < now;
            if self.draft.routes[vehicle].trips.get(first).is_some_and(missed) {
                self.draft.retime(&self.problem, vehicle, first, first);
            }
        }
    }

    /// A party registers, and gets the seat that costs least. False when there is none; it stays in the plan and is
    /// tried again with every improvement.
    pub fn register(&mut self, party: u32) -> bool {
        self.registered.push((self.draft.now, party));
        let spot = cheapest(&self.problem, &self.draft, party);
        match spot {
            Some((_, spot)) => self.draft.put(&self.problem, party, spot),
            None => self.draft.leave_behind(&self.problem, party),
        }
        spot.is_some()
    }

    /// Improves what may still change, with small steps; to be called every minute, since what is expected changes with the
    /// time alone. Gives the number of rounds.
    pub fn improve(&mut self, seed: u64, pace: &mut impl Pace) -> u64 {
        let expected = ahead::expected(&self.problem, &self.registered, self.draft.now, self.policy.ahead_s);
        let draft = std::mem::take(&mut self.draft);
        let found = improve::go_on(&self.problem, draft, expected, (seed, Cooling::IMPROVE), pace);
        (self.draft, self.waits) = (found.draft, found.waits);
        found.rounds
    }

    /// Tells whoever leaves soon, and locks the trips that board until `until`; a trip that had better wait for somebody who is
    /// expected is left open.
    pub fn tell_and_lock(&mut self, until: i32) {
        let soon = self.draft.now + self.policy.tell_before_s;
        for vehicle in 0..self.draft.routes.len() {
            let first = self.draft.locked[vehicle];
            for index in first..self.draft.routes[vehicle].trips.len() {
                let mut departs = self.draft.routes[vehicle].trips[index].departs;
                if index == first {
                    departs = departs.max(self.waits[vehicle].unwrap_or(departs));
                }
                self.tell_trip(vehicle, index, departs <= soon);
                if departs - self.problem.rules.boarding_s < until + self.policy.lock_before_s {
                    self.draft.locked[vehicle] = index + 1;
                }
            }
        }
        self.draft.recount(&self.problem);
    }

    /// Tells the riders of a trip, and times it anew: what was promised is part of its price.
    fn tell_trip(&mut self, vehicle: usize, index: usize, soon: bool) {
        let trip = self.draft.routes[vehicle].trips[index];
        for at in trip.row() {
            let rider = self.draft.routes[vehicle].riders[at];
            self.tell(rider.party as usize, vehicle, trip.departs + rider.arrives, soon);
            self.draft.routes[vehicle].riders[at].promised = self.problem.promised[rider.party as usize];
        }
        let route = &mut self.draft.routes[vehicle];
        self.problem.time(&mut route.riders[trip.row()], &mut route.trips[index], trip.departs);
    }

    fn tell(&mut self, party: usize, vehicle: usize, arrives: i32, soon: bool) {
        match self.told[party] {
            Some((told, at)) if told != vehicle || (at - arrives).abs() > SLIP_S => self.changes += 1,
            None if soon => {}
            _ => return,
        }
        self.told[party] = Some((vehicle, arrives));
        self.problem.tell(party, vehicle, arrives);
    }

    /// Whether no trip may change any more and nobody waits for a seat.
    #[must_use]
    pub fn settled(&self) -> bool {
        let open = self.draft.routes.iter().zip(&self.draft.locked).any(|(it, locked)| it.trips.len() > *locked);
        !open && self.draft.absent.is_empty()
    }

    /// The plan as it stands.
    #[must_use]
    pub fn plan(&self) -> Plan {
        self.draft.plan()
    }

    /// How many were told, and how often something else than before.
    #[must_use]
    pub fn told(&self) -> Told {
        let parties = self.told.iter().flatten().count();
        Told { parties: u32::try_from(parties).unwrap_or(u32::MAX), changes: self.changes }
    }
}
