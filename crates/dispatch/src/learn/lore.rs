//! What a node remembers for its estimates: the model and the words of operators, as of a version of the register.

use crate::Halt;
use chrono::{DateTime, Utc};
use homeward_domain::Jurisdiction;
use homeward_domain::road_word::RoadWord;
use homeward_eta::{self as eta, Belief, Key, Learnt, Model, Row};
use homeward_store::{Conn, model, word};
use std::sync::{Arc, PoisonError, RwLock};

/// What was learnt and what was said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lore {
    /// Of the register's model; 0 knows nothing yet.
    pub version: i64,
    /// From trips. One register is one city and has one model.
    pub model: Arc<Model>,
    /// By operators; those that are over may stand here still.
    pub words: Arc<[RoadWord]>,
}

impl Lore {
    /// When a vehicle of a district reaches the end of a journey.
    pub fn estimate(&self, district: &Jurisdiction, now: DateTime<Utc>, journey: &eta::Journey) -> eta::Eta {
        let said: Vec<eta::Word> = self.words.iter().filter(|word| word.concerns(district)).map(spoken).collect();
        eta::estimate_learnt(now, journey, Learnt { model: &self.model, words: &said })
    }
}

/// A word as estimates take it.
pub(super) fn spoken(word: &RoadWord) -> eta::Word {
    eta::Word { factor: word.factor, from: word.spell.begins, until: word.spell.until() }
}

/// This node's memory of it. Whoever estimates takes what there is and holds nobody up.
#[derive(Default)]
pub(crate) struct Memory {
    lore: RwLock<Arc<Lore>>,
}

impl Memory {
    /// What is remembered now.
    pub fn now(&self) -> Arc<Lore> {
        Arc::clone(&self.lore.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers what was made durable, unless something newer is remembered: every version holds all before it.
    pub fn put(&self, newer: Lore) {
        let mut lore = self.lore.write().unwrap_or_else(PoisonError::into_inner);
        if newer.version > lore.version {
            *lore = Arc::new(newer);
        }
    }
}

/// What the register knows beyond what is remembered; `None` if nothing. Reads only rows that are newer.
pub(super) async fn newer(conn: &mut Conn, known: &Lore, now: DateTime<Utc>) -> Result<Option<Lore>, Halt> {
    let found = model::version(conn).await?;
    if found.version <= known.version {
        return Ok(None);
    }
    let mut lore = Lore { version: found.version, ..known.clone() };
    let mut since = known.version;
    if found.anew > known.version {
        (since, lore.model) = (0, Arc::default());
    }
    let rows = model::newer(conn, since).await?;
    if !rows.is_empty() {
        Arc::make_mut(&mut lore.model).put(rows.iter().filter_map(row));
    }
    lore.words = word::open(conn, now).await?.into();
    Ok(Some(lore))
}

/// A row as it is stored.
pub(super) fn kept(row: &Row) -> model::Row {
    let Belief { mean, variance, count, at } = row.belief;
    model::Row { key: row.key.to_string(), mean, variance, count, at }
}

/// And back; `None` for a factor that only another version of the program knows.
pub(super) fn row(kept: &model::Row) -> Option<Row> {
    let model::Row { key, mean, variance, count, at } = kept;
    let belief = Belief { mean: *mean, variance: *variance, count: *count, at: *at };
    Some(Row { key: Key::parse(key)?, belief })
}
