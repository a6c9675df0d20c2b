//! The columns of what holds for a while: the same seven in every table that has it.

use crate::Micros;
use homeward_domain::spell::{Ended, Spell};

/// As they are read.
#[derive(sqlx::FromRow)]
pub(crate) struct Columns {
    begins: Micros,
    ends: Micros,
    reason: String,
    said_by: String,
    said_at: Micros,
    ended_by: Option<String>,
    ended_at: Option<Micros>,
}

impl From<Columns> for Spell {
    fn from(row: Columns) -> Self {
        Self {
            begins: row.begins.at(),
            ends: row.ends.at(),
            reason: row.reason,
            by: row.said_by,
            at: row.said_at.at(),
            ended: row.ended_by.zip(row.ended_at).map(|(by, at)| Ended { by, at: at.at() }),
        }
    }
}
