//! One stroke of the simulated day: what is due now happens, through the same verbs that people use. A visitor may act too;
//! whoever is second is refused, and that is fine.

use super::cast::Cast;
use super::chance::Chance;
use super::people::{self, Landed};
use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::{Dispatcher, Halt, Receipt};
use homeward_domain::{Jurisdiction, TripId};
use std::collections::{BTreeMap, VecDeque};

/// Parties that wait at the desks at most: a district's share of a bad evening, and what a first look can take in.
const OPEN_MAX: usize = 40;

/// Somebody who will come to a desk.
pub(super) struct Coming {
    at: DateTime<Utc>,
    desk: usize,
    landed: Landed,
}

/// The day and where it is.
pub struct Day {
    pub(super) cast: Cast,
    pub(super) chance: Chance,
    pub(super) coming: VecDeque<Coming>,
    pub(super) trips: usize,
    pub(super) told_at: BTreeMap<TripId, DateTime<Utc>>,
    next_flight_at: DateTime<Utc>,
}

impl Day {
    /// A day that begins.
    pub fn new(cast: Cast, seed: u64, now: DateTime<Utc>) -> Self {
        let chance = Chance::new(seed);
        Self { cast, chance, coming: VecDeque::new(), trips: 0, told_at: BTreeMap::new(), next_flight_at: now }
    }

    /// Everything that is due.
    pub async fn go_on(&mut self, dispatcher: &Dispatcher) -> Result<(), Fault> {
        let now = dispatcher.now();
        self.land_flights(now);
        self.register(dispatcher, now).await?;
        self.work_the_queue(dispatcher, now).await?;
        self.work_the_trips(dispatcher, now).await
    }

    fn land_flights(&mut self, now: DateTime<Utc>) {
        while self.next_flight_at <= now {
            let landed = people::land(&mut self.chance, now);
            let desk = *self.chance.pick(&[0, 0, 1, 1, 2]);
            for _ in 0..self.chance.number(1, 4) {
                // Landing 12:37, desk 16:40 was the worst; half an hour to two hours is an ordinary evening.
                let at = self.next_flight_at + TimeDelta::minutes(i64::from(self.chance.number(30, 110)));
                self.coming.push_back(Coming { at, desk, landed });
            }
            self.next_flight_at += TimeDelta::minutes(i64::from(self.chance.number(12, 30)));
        }
    }

    async fn register(&mut self, dispatcher: &Dispatcher, now: DateTime<Utc>) -> Result<(), Fault> {
        let open = dispatcher.parties(&self.cast.dispatcher, true).await?.some.len();
        let mut room = OPEN_MAX.saturating_sub(open);
        for _ in 0..self.coming.len() {
            let Some(coming) = self.coming.pop_front() else { break };
            if coming.at > now || room == 0 {
                self.coming.push_back(coming);
                continue;
            }
            room -= 1;
            let caller = self.cast.desks[coming.desk].clone();
            let homeward_domain::access::Grant::DutyOfficer { desk } = &caller.actor.grant else { continue };
            let responsible = self.somewhere();
            let registration = people::party(&mut self.chance, coming.landed, desk, &responsible);
            done(dispatcher.register(&caller, &super::cast::key(dispatcher), registration).await)?;
        }
        Ok(())
    }

    /// The story's sub-district more often than the others: its board is the one visitors look at.
    fn somewhere(&mut self) -> Jurisdiction {
        if self.chance.percent(45) {
            return Jurisdiction::parse("310101017").expect("a code of the reference data");
        }
        self.chance.pick(&self.cast.squads).0.clone()
    }
}

/// Whether it happened. A refusal means that it did not, and that somebody had a reason.
pub(super) fn done(result: Result<Receipt, Halt>) -> Result<bool, Fault> {
    match result {
        Ok(_) => Ok(true),
        Err(Halt::Refused(refusal)) => {
            tracing::debug!(?refusal, "refused, as it may be");
            Ok(false)
        }
        Err(halt) => Err(halt.into()),
    }
}
