//! One vehicle that came to one gate, and what the gate had been told of it.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::code::Receiver;

/// How far the trip was when something was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody got on yet.
    Waiting,
    /// People got on.
    Boarding,
    /// It had left.
    UnderWay,
}

/// A published estimate, as it stood on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Published when; in force until the next one.
    pub at: DateTime<Utc>,
    /// How far the trip was.
    pub stage: Stage,
    /// One in ten should come before this.
    pub p10: DateTime<Utc>,
    /// The best guess.
    pub p50: DateTime<Utc>,
    /// One in ten should come after this.
    pub p90: DateTime<Utc>,
    /// When the squad had to go.
    pub go_at: DateTime<Utc>,
    /// From there to when it stands at the gate.
    pub lead: TimeDelta,
}

/// A vehicle that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ride {
    /// To whom.
    pub receiver: Receiver,
    /// When it stood at the gate.
    pub arrived_at: DateTime<Utc>,
    /// What had been told until then, in order.
    pub promises: Vec<Promise>,
}

/// How far off a promise was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Miss {
    /// Arrival − best guess.
    pub late: TimeDelta,
    /// Whether it came between p10 and p90.
    pub inside: bool,
}

/// What became of the promise that a squad went by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub inside: bool,
    pub vehicle_first: bool,
}

/// A board shows minutes: less is no change.
const CHANGE_MIN: TimeDelta = TimeDelta::minutes(1);

impl Ride {
    /// What the gate heard before the vehicle stood there.
    fn told(&self) -> impl DoubleEndedIterator<Item = &Promise> {
        self.promises.iter().filter(|promise| promise.at < self.arrived_at)
    }

    fn miss(&self, promise: &Promise) -> Miss {
        Miss { late: self.arrived_at - promise.p50, inside: self.inside(promise) }
    }

    fn inside(&self, promise: &Promise) -> bool {
        promise.p10 <= self.arrived_at && self.arrived_at <= promise.p90
    }

    /// The promise that a squad went by.
    pub(super) fn word(&self) -> Option<Word> {
        let last = self.told().next_back()?;
        let ends = self.told().skip(1).map(|next| next.at).chain([self.arrived_at]);
        let goes = |promise: &Promise| promise.go_at.max(promise.at);
        let gone_by = self.told().zip(ends).find(|(promise, end)| goes(promise) < *end);
        let promise = gone_by.map_or(last, |(promise, _)| promise);
        let vehicle_first = self.arrived_at < goes(promise) + promise.lead;
        Some(Word { inside: self.inside(promise), vehicle_first })
    }

    /// How long before the vehicle the gate heard of it.
    pub(super) fn lead(&self) -> Option<TimeDelta> {
        self.told().next().map(|first| self.arrived_at - first.at)
    }

    /// What each stage began with.
    pub(super) fn by_stage(&self) -> Vec<(Stage, Miss)> {
        let first = |stage| self.told().find(|promise| promise.stage == stage);
        let stages = [Stage::Waiting, Stage::Boarding, Stage::UnderWay];
        stages.into_iter().filter_map(|stage| Some((stage, self.miss(first(stage)?)))).collect()
    }

    /// The promise in force so long before the arrival.
    pub(super) fn at_horizon(&self, before: TimeDelta) -> Option<Miss> {
        self.told().rfind(|promise| promise.at <= self.arrived_at - before).map(|promise| self.miss(promise))
    }

    /// How often the shown time changed, and how often it changed back.
    pub(super) fn changes(&self) -> (usize, usize) {
        let moves = self.told().zip(self.told().skip(1)).map(|(old, new)| new.p50 - old.p50);
        let later: Vec<bool> = moves.filter(|by| by.abs() >= CHANGE_MIN).map(|by| by > TimeDelta::zero()).collect();
        let back = later.windows(2).filter(|pair| pair[0] != pair[1]).count();
        (later.len(), back)
    }
}
