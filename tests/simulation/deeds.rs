//! One thing that happens: most often the next sensible one for a party or a trip, sometimes nonsense.

mod change;
mod community;
mod day_plan;
mod desk;
mod divert;
mod drivers;
mod fleet;
mod nonsense;
mod road;
mod sites;

pub use desk::load as load_party;
pub use road::load as load_trip;

use crate::day::{Day, settled};
use homeward_dispatch::{Halt, Receipt};
use homeward_domain::access::Scope;
use homeward_domain::party::Party;
use homeward_domain::trip::Trip;
use std::collections::BTreeMap;

/// What was tried, and whether it was done: `board`, `depart refused`.
pub type Deed = String;

/// Names a deed by its outcome.
pub fn told(name: &str, done: Result<Receipt, Halt>) -> Deed {
    let refused = match &done {
        Err(Halt::Refused(refusal)) => format!(" refused: {refusal:?}"),
        Err(Halt::Replayed(_)) => " again".into(),
        Ok(_) | Err(Halt::Store(_) | Halt::OffDuty) => String::new(),
    };
    settled(done);
    format!("{name}{refused}")
}

/// Lets something happen, and time pass.
pub async fn one(day: &mut Day) -> Deed {
    day.time_passes();
    match day.chance.below(100) {
        0..=7 => desk::register(day).await,
        8..=39 => desk::advance(day).await,
        40..=42 => road::plan(day).await,
        43..=44 => fleet::advance(day).await,
        45..=46 => drivers::advance(day).await,
        47..=69 => road::advance(day).await,
        70..=82 => change::advance(day).await,
        83..=84 => divert::advance(day).await,
        85..=87 => sites::advance(day).await,
        88 => desk::publish_list(day).await,
        89..=90 => desk::lay_down(day).await,
        91..=93 => steps(day).await,
        _ => nonsense::one(day).await,
    }
}

/// Whoever is not where they belong yet, in an order of its own: parts of a split party registered at the same instant.
pub async fn open_parties(day: &Day) -> Vec<Party> {
    let mut reader = day.store.read().await.expect("a reader");
    let mut open = homeward_store::party::open(reader.conn(), &Scope::system()).await.expect("readable parties");
    open.sort_by_key(|party| party.id);
    open
}

/// Everything in the plan and on the road.
pub async fn open_trips(day: &Day) -> Vec<Trip> {
    road::open(day).await
}

/// The next sensible thing for some party.
pub async fn advance_party(day: &mut Day) -> Deed {
    desk::advance(day).await
}

/// The next sensible thing for some trip, or about a meeting of two.
pub async fn advance_trip(day: &mut Day) -> Deed {
    if day.chance.percent(40) { change::advance(day).await } else { road::advance(day).await }
}

/// What was closed, broken or dirty is put right, and the background steps are made.
pub async fn tidy_up(day: &mut Day) -> Deed {
    match day.chance.below(4) {
        0 => fleet::advance(day).await,
        1 => sites::advance(day).await,
        2 => drivers::advance(day).await,
        _ => steps(day).await,
    }
}

/// Every background step once.
async fn steps(day: &Day) -> Deed {
    let dispatcher = &day.dispatcher;
    let fine = "a background step is never refused";
    let silent = dispatcher.step_silence().await.expect(fine);
    let escalated = dispatcher.step_escalate().await.expect(fine);
    let alarmed = dispatcher.step_alarm().await.expect(fine);
    dispatcher.step_positions().await.expect(fine);
    let published = dispatcher.step_estimate().await.expect(fine);
    let retagged = dispatcher.step_retag().await.expect(fine);
    let retired = dispatcher.step_retire().await.expect(fine);
    let expired = dispatcher.step_expire().await.expect(fine);
    dispatcher.step_improve().await.expect(fine);
    dispatcher.step_forget().await.expect(fine);
    if expired > 0 {
        return format!("expire {expired}");
    }
    if silent > 0 {
        return format!("silence {silent}");
    }
    if escalated > 0 {
        return format!("escalate {escalated}");
    }
    format!("steps: {alarmed} alarms, {published} estimates, {retagged} tags, {retired} rows retired")
}

/// What the days had in them.
#[derive(Default)]
pub struct Tally(BTreeMap<String, u32>);

/// Without these a day shows nothing.
const MUST_HAPPEN: [&str; 59] = [
    "register",
    "refer",
    "ambulance",
    "home",
    "opinion",
    "home-check",
    "site",
    "rooms",
    "rooms-for-all",
    "assign",
    "unassign",
    "split",
    "plan",
    "plan-for-all",
    "plan-joins",
    "crew",
    "boarding",
    "board",
    "unboard",
    "no-show",
    "depart",
    "arrive",
    "check",
    "offer",
    "accept",
    "car",
    "car-release",
    "car-receive",
    "car-elsewhere",
    "list",
    "expire",
    "clean",
    "take-out",
    "put-back",
    "driver-off",
    "driver-on",
    "another-driver",
    "other-vehicle",
    "discharge",
    "site-close",
    "site-open",
    "room-out",
    "room-back",
    "silence",
    "rule",
    "mode",
    "confirm",
    "change",
    "change-meet",
    "change-offer",
    "change-pass",
    "change-keep",
    "change-close",
    "change-off",
    "break-down",
    "replace",
    "go-on",
    "divert",
    "see-order",
];

impl Tally {
    /// Counts a deed by its first word; refused ones do not count.
    pub fn count(&mut self, deed: &str) {
        let refused = if deed.contains("refused") { " refused" } else { "" };
        let name = deed.split_once([':', ' ']).map_or(deed, |(name, _)| name);
        *self.0.entry(format!("{name}{refused}")).or_default() += 1;
    }

    /// Fails when something never happened over all days: the laws would hold for nothing.
    pub fn covers_the_day(&self) {
        let missing: Vec<_> = MUST_HAPPEN.iter().filter(|deed| !self.0.contains_key(**deed)).collect();
        assert!(missing.is_empty(), "never happened: {missing:?}\nof {:?}", self.0);
    }
}
