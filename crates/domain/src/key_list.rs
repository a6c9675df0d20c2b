//! The list of key countries: versions with an effective time, and what a version makes of a travel history. Who may
//! override a tag, and what a tag forbids, stands in the party.

mod change;

pub use change::{Change, Retag, changes, compare};

use crate::{Country, Invalid, TravelHistory};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The sticker on the passport, ordered by severity: `Green < Yellow < Red`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskTag {
    /// Nothing on the list: free to go.
    Green,
    /// Observation at home when it is suitable, at a site otherwise.
    Yellow,
    /// Observation at a site.
    Red,
}

impl RiskTag {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        [Self::Green, Self::Yellow, Self::Red]
            .into_iter()
            .find(|tag| tag.code() == code)
            .ok_or_else(|| Invalid::new("not-a-tag", "red, yellow or green"))
    }
}

/// One version of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyList {
    /// Counts up from 1; the version that made a decision is stored with it.
    pub version: u32,
    /// From this instant on it is in force, until the next version is.
    pub effective_at: DateTime<Utc>,
    /// Red or yellow by country; what is not here is green.
    pub entries: BTreeMap<Country, RiskTag>,
    /// Where it comes from, e.g. the number of the notice.
    pub note: String,
}

/// What a list makes of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagged {
    /// The strictest entry that applies.
    pub tag: RiskTag,
    /// The version of the list that says so.
    pub version: u32,
    /// The country that decided, the latest one on a tie; `None` for green.
    pub because: Option<Country>,
}

impl KeyList {
    /// A limit on everything: no note is longer, in characters.
    pub const NOTE_CHARS_MAX: usize = 500;

    /// Refuses version 0, a country twice, a green entry (leave the country out), a note above 500 characters.
    pub fn parse(
        version: u32,
        effective_at: DateTime<Utc>,
        entries: impl IntoIterator<Item = (Country, RiskTag)>,
        note: &str,
    ) -> Result<Self, Invalid> {
        if version == 0 {
            return Err(Invalid::new("out-of-range", "versions count from 1").at("version"));
        }
        if note.chars().count() > Self::NOTE_CHARS_MAX {
            return Err(Invalid::new("too-long", "at most 500 characters").at("note"));
        }
        let mut unique = BTreeMap::new();
        for (index, (country, tag)) in entries.into_iter().enumerate() {
            if tag == RiskTag::Green {
                let mend = "green is what is not on the list; leave the country out";
                return Err(Invalid::new("green-entry", mend).at("tag").at(index).at("entries"));
            }
            if unique.insert(country, tag).is_some() {
                let mend = format!("{country} stands on the list twice; keep one");
                return Err(Invalid::new("country-twice", mend).at("country").at(index).at("entries"));
            }
        }
        Ok(Self { version, effective_at, entries: unique, note: note.trim().to_owned() })
    }

    /// The list in force at `at`: of those already effective the one that became so last, the higher version on a tie.
    #[must_use]
    pub fn in_force(lists: &[Self], at: DateTime<Utc>) -> Option<&Self> {
        lists.iter().filter(|list| list.effective_at <= at).max_by_key(|list| (list.effective_at, list.version))
    }
}

/// The strictest entry any counted sojourn meets; green if none. The latest such country is the reason.
///
/// ```
/// use homeward_domain::key_list::evaluate;
/// use homeward_domain::{Country, KeyList, RiskTag, TravelHistory};
/// let list = KeyList::parse(3, chrono::DateTime::UNIX_EPOCH, [(Country::parse("ITA")?, RiskTag::Red)], "")?;
/// let tagged = evaluate(&TravelHistory::default(), &list);
/// assert_eq!((tagged.tag, tagged.version, tagged.because), (RiskTag::Green, 3, None));
/// # Ok::<(), homeward_domain::Invalid>(())
/// ```
#[must_use]
pub fn evaluate(history: &TravelHistory, list: &KeyList) -> Tagged {
    let mut tagged = Tagged { tag: RiskTag::Green, version: list.version, because: None };
    for country in history.countries() {
        match list.entries.get(&country) {
            Some(tag) if *tag > tagged.tag => (tagged.tag, tagged.because) = (*tag, Some(country)),
            _ => {}
        }
    }
    tagged
}

#[cfg(test)]
mod tests;
