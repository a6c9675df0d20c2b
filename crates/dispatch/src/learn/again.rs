//! The model made again from its lessons: the same lessons in the same order give the same rows, so what is remembered can be
//! checked at any time, and a program that learns differently learns all of it anew.

use super::{lesson, lore};
use crate::Halt;
use crate::estimate::local;
use homeward_eta::{Model, Row};
use homeward_store::{Conn, Store, model};
use std::collections::BTreeMap;

/// Lessons that are read at a time: a few hundred kilobytes.
const LESSONS: i64 = 2_000;
/// Numbers nearer to each other than this, as a share, are the same: the last bit of a logarithm is the machine's matter.
const SAME: f64 = 1e-6;

/// What was made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Lessons taken in.
    pub lessons: u64,
    /// Rows they make.
    pub rows: usize,
    /// Rows that are stored otherwise, or only on one side.
    pub differing: usize,
}

/// Makes the model again beside the one that is stored, and counts where the two differ. Reads only.
pub async fn check(store: &Store) -> Result<Again, Halt> {
    let mut reader = store.read().await?;
    let (model, lessons) = learn(reader.conn()).await?;
    let stored = model::newer(reader.conn(), 0).await?;
    Ok(compare(&model, lessons, &stored))
}

/// Makes the model again and puts it in the place of the stored one. Nodes that run hear of it within a second.
pub async fn replace(store: &Store) -> Result<Again, Halt> {
    let mut unit = store.begin().await?;
    let (model, lessons) = learn(unit.conn()).await?;
    let stored = model::newer(unit.conn(), 0).await?;
    let version = model::turn(unit.conn()).await?;
    model::clear(unit.conn(), version).await?;
    let rows: Vec<model::Row> = model.rows().map(|row| lore::kept(&row)).collect();
    model::put(unit.conn(), &rows, version).await?;
    unit.commit().await?;
    Ok(compare(&model, lessons, &stored))
}

async fn learn(conn: &mut Conn) -> Result<(Model, u64), Halt> {
    let (mut model, mut count, mut last) = (Model::default(), 0, 0);
    loop {
        let lessons = homeward_store::lesson::after(conn, last, LESSONS).await?;
        let Some((number, _)) = lessons.last() else { return Ok((model, count)) };
        last = *number;
        for lesson in lessons.iter().filter_map(|(_, kept)| lesson::read(kept)) {
            model.take_in(&lesson, local());
            count += 1;
        }
    }
}

fn compare(model: &Model, lessons: u64, stored: &[model::Row]) -> Again {
    let mut made: BTreeMap<String, Row> = model.rows().map(|row| (row.key.to_string(), row)).collect();
    let rows = made.len();
    let other = stored.iter().filter(|kept| !made.remove(&kept.key).is_some_and(|row| same(&lore::kept(&row), kept)));
    let other = other.count();
    Again { lessons, rows, differing: other + made.len() }
}

fn same(one: &model::Row, other: &model::Row) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(b.abs()).max(SAME);
    near(one.mean, other.mean) && near(one.variance, other.variance) && near(one.count, other.count)
}
