//! What trips teach arrival estimates (decision 0021). The lesson is learnt in the transaction of the event that ended it, from
//! the newest rows there are; what this node remembers changes only once that is durable.

pub mod again;
mod lesson;
mod lore;

pub(crate) use lesson::{Came, taught};
pub(crate) use lore::{Lore, Memory};

use crate::estimate::local;
use crate::turn::Turn;
use crate::{Dispatcher, Halt};
use homeward_domain::TripId;
use homeward_eta::{Key, Lesson, Row, Witness};
use homeward_store::{Conn, model};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Dispatcher {
    /// Remembers what was learnt and said since this node looked last, on whichever node. Every node asks, every second and at
    /// its start; it costs one row where nothing is new.
    pub async fn look_at_lore(&self) -> Result<(), Halt> {
        let mut reader = self.store.read().await?;
        if let Some(newer) = lore::newer(reader.conn(), &self.lore.now(), self.clock.now()).await? {
            self.lore.put(newer);
        }
        Ok(())
    }

    /// The model made again from its lessons, beside the one that is stored.
    pub async fn learnt_again(&self) -> Result<again::Again, Halt> {
        again::check(&self.store).await
    }
}

/// Learns from what this turn ended. Gives what the node shall remember once the turn is durable; `None` if nothing was learnt.
pub(crate) async fn take_in(turn: &mut Turn<'_>, came: Vec<Came>) -> Result<Option<Lore>, Halt> {
    if came.is_empty() {
        return Ok(None);
    }
    let now = turn.now;
    let known = turn.dispatcher().lore.now();
    // Writers take turns (decision 0008): what is newer now is everything, and nobody writes before this turn ends.
    let newest = lore::newer(turn.conn(), &known, now).await?.unwrap_or_else(|| known.as_ref().clone());
    let mut learning = Learning { lore: newest, rows: BTreeMap::new(), lessons: Vec::new() };
    for one in &came {
        for (lesson, witness) in lesson::of(turn, one).await? {
            let believed = learning.consider(one.trip().id, lesson, witness);
            if !believed && matches!(one, Came::Arrived(..)) {
                // An arrival nobody believes says nothing about who was first, either.
                break;
            }
        }
    }
    learning.write_down(turn.conn()).await
}

/// What one turn learns.
struct Learning {
    lore: Lore,
    rows: BTreeMap<Key, Row>,
    lessons: Vec<(TripId, Lesson)>,
}

impl Learning {
    /// Learns it if it is likely enough; whether it was.
    fn consider(&mut self, trip: TripId, lesson: Lesson, witness: Witness) -> bool {
        if let Lesson::Took(took) = &lesson
            && !took.believable(&self.lore.model, local(), witness)
        {
            return false;
        }
        // Copied once a turn: boards go on reading what is remembered until this turn is durable.
        let rows = Arc::make_mut(&mut self.lore.model).take_in(&lesson, local());
        self.rows.extend(rows.into_iter().map(|row| (row.key, row)));
        self.lessons.push((trip, lesson));
        true
    }

    async fn write_down(mut self, conn: &mut Conn) -> Result<Option<Lore>, Halt> {
        if self.lessons.is_empty() {
            return Ok(None);
        }
        for (trip, lesson) in &self.lessons {
            homeward_store::lesson::add(conn, &lesson::kept(*trip, lesson)).await?;
        }
        let rows: Vec<_> = self.rows.values().map(lore::kept).collect();
        self.lore.version = model::turn(conn).await?;
        model::put(conn, &rows, self.lore.version).await?;
        Ok(Some(self.lore))
    }
}
