//! How true the promises were: what was told to whoever waited at a gate, beside when the vehicle came. Pure counting;
//! nothing here learns.
//!
//! | figure | definition |
//! |---|---|
//! | error | arrival − best guess; above zero the vehicle came later than told |
//! | by stage | once a ride and stage: the first promise of the stage, what it began with |
//! | by horizon | the promise in force so long before the arrival; a ride nobody had been told of by then is left out |
//! | the word gone by | the promise in force when its own `go_at` came, or the last one if the vehicle came before |
//! | inside | p10 ≤ arrival ≤ p90 of the word gone by |
//! | vehicle first | arrival < `go_at` + the way to the gate of the word gone by; who is told to go too late goes at once |
//! | change, reversal | the best guess moved by a minute or more; the other way than the time before |
//! | lead | arrival − the first promise of the ride |

mod figures;
mod ride;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use homeward_domain::code::Receiver;
use std::collections::BTreeMap;

pub use figures::{Errors, Lead};
pub use ride::{Promise, Ride, Stage};

/// Minutes before the arrival at which the promise in force is looked at.
pub const HORIZONS_MINUTES: [i64; 5] = [90, 60, 30, 15, 5];
/// The promise of the house: a squad hears of a vehicle this long before it comes (mission.md, "in an hour and a half").
pub const LEAD_MIN: TimeDelta = TimeDelta::minutes(90);

/// How many promises were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Rides whose gate was told of them.
    pub rides: usize,
    /// Came between p10 and p90 of the word gone by.
    pub inside: usize,
    /// Was at the gate before the squad that went by its word.
    pub vehicle_first: usize,
}

/// What became of the promises of some rides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Accuracy {
    /// All rides together.
    pub kept: Kept,
    /// Rides that came to a gate that had been told nothing.
    pub untold: usize,
    /// Errors by the stage in which it was promised; a stage without any is left out.
    pub by_stage: Vec<(Stage, Errors)>,
    /// Errors by how many minutes before the arrival it was in force, the earliest first; those without any are left out.
    pub by_horizon: Vec<(i64, Errors)>,
    /// By local week of the arrival, named by its Monday; a week without any is left out.
    pub weeks: Vec<(NaiveDate, Kept)>,
    /// How often a shown time changed, all rides together.
    pub changes: usize,
    /// How often it changed back.
    pub reversals: usize,
    /// How long before the vehicle its receiver heard of it; nothing without a ride.
    pub lead: Option<Lead>,
    /// The same for each receiver, by code.
    pub receivers: Vec<(Receiver, Lead)>,
}

/// Counts. `local` is the time that weeks are counted in.
#[must_use]
pub fn tally(rides: impl IntoIterator<Item = Ride>, local: FixedOffset) -> Accuracy {
    let mut sums = Sums::default();
    for ride in rides {
        sums.add(&ride, local);
    }
    sums.total()
}

#[derive(Default)]
struct Sums {
    kept: Kept,
    untold: usize,
    by_stage: BTreeMap<Stage, Vec<ride::Miss>>,
    by_horizon: BTreeMap<i64, Vec<ride::Miss>>,
    weeks: BTreeMap<NaiveDate, Kept>,
    changes: usize,
    reversals: usize,
    leads: BTreeMap<Receiver, Vec<TimeDelta>>,
}

impl Sums {
    fn add(&mut self, ride: &Ride, local: FixedOffset) {
        let Some((word, lead)) = ride.word().zip(ride.lead()) else {
            self.untold += 1;
            return;
        };
        for kept in [&mut self.kept, self.weeks.entry(monday(ride.arrived_at, local)).or_default()] {
            kept.rides += 1;
            kept.inside += usize::from(word.inside);
            kept.vehicle_first += usize::from(word.vehicle_first);
        }
        for (stage, miss) in ride.by_stage() {
            self.by_stage.entry(stage).or_default().push(miss);
        }
        for minutes in HORIZONS_MINUTES {
            let miss = ride.at_horizon(TimeDelta::minutes(minutes));
            self.by_horizon.entry(minutes).or_default().extend(miss);
        }
        let (changes, reversals) = ride.changes();
        self.changes += changes;
        self.reversals += reversals;
        self.leads.entry(ride.receiver.clone()).or_default().push(lead);
    }

    fn total(self) -> Accuracy {
        let errors = |(bucket, misses): (i64, Vec<ride::Miss>)| Some((bucket, Errors::of(&misses)?));
        let of_stage = |(stage, misses): (Stage, Vec<ride::Miss>)| Some((stage, Errors::of(&misses)?));
        let all: Vec<TimeDelta> = self.leads.values().flatten().copied().collect();
        Accuracy {
            kept: self.kept,
            untold: self.untold,
            by_stage: self.by_stage.into_iter().filter_map(of_stage).collect(),
            by_horizon: self.by_horizon.into_iter().rev().filter_map(errors).collect(),
            weeks: self.weeks.into_iter().collect(),
            changes: self.changes,
            reversals: self.reversals,
            lead: Lead::of(all),
            receivers: self.leads.into_iter().filter_map(|(code, leads)| Some((code, Lead::of(leads)?))).collect(),
        }
    }
}

fn monday(at: DateTime<Utc>, local: FixedOffset) -> NaiveDate {
    let day = at.with_timezone(&local).date_naive();
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}
