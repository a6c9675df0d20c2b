//! What a new version changes, for the list and for a person, so that it is shown before it takes effect.

use super::{KeyList, RiskTag, Tagged, evaluate};
use crate::{Country, TravelHistory};
use std::collections::BTreeSet;

/// One country whose tag differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Which country.
    pub country: Country,
    /// What it was; green when it was not on the list.
    pub from: RiskTag,
    /// What it becomes; green when it leaves the list.
    pub to: RiskTag,
}

/// A person whose tag another list would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retag {
    /// What holds now.
    pub from: Tagged,
    /// What would hold.
    pub to: Tagged,
}

/// The countries that differ, in the order of their codes.
#[must_use]
pub fn changes(old: &KeyList, new: &KeyList) -> Vec<Change> {
    let countries: BTreeSet<Country> = old.entries.keys().chain(new.entries.keys()).copied().collect();
    let tag = |list: &KeyList, country| list.entries.get(&country).copied().unwrap_or(RiskTag::Green);
    countries
        .into_iter()
        .map(|country| Change { country, from: tag(old, country), to: tag(new, country) })
        .filter(|change| change.from != change.to)
        .collect()
}

/// Whether somebody with this history is affected by going from `old` to `new`; `None` when the tag stays.
#[must_use]
pub fn compare(history: &TravelHistory, old: &KeyList, new: &KeyList) -> Option<Retag> {
    let (from, to) = (evaluate(history, old), evaluate(history, new));
    (from.tag != to.tag).then_some(Retag { from, to })
}
