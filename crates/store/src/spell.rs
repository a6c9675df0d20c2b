//! The columns of what holds for a while: the same seven in every table that has it.

use crate::veil::{Veiled, opened};
use crate::{Error, Keys, Micros};
use homeward_domain::spell::{Ended, Spell};

/// As they are read.
#[derive(sqlx::FromRow)]
pub(crate) struct Columns {
    begins: Micros,
    ends: Micros,
    reason: Veiled,
    said_by: Veiled,
    said_at: Micros,
    ended_by: Option<Veiled>,
    ended_at: Option<Micros>,
}

impl Columns {
    /// What they say.
    pub fn open(self, keys: &Keys) -> Result<Spell, Error> {
        let ended_by = opened(keys, self.ended_by)?;
        Ok(Spell {
            begins: self.begins.at(),
            ends: self.ends.at(),
            reason: self.reason.open(keys)?,
            by: self.said_by.open(keys)?,
            at: self.said_at.at(),
            ended: ended_by.zip(self.ended_at).map(|(by, at)| Ended { by, at: at.at() }),
        })
    }
}
