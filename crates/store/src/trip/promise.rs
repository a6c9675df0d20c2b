//! What was promised: every estimate that was published for a stop while it was expected. Written with the fact that tells it,
//! read beside the arrival.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::StopId;
use uuid::Uuid;

/// One published estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Of which stop.
    pub stop: StopId,
    /// Published when.
    pub at: DateTime<Utc>,
    /// Where the trip was in its life: the code of its state.
    pub stage: String,
    /// What the estimate rested on, as its code.
    pub basis: String,
    /// One in ten comes before this.
    pub p10: DateTime<Utc>,
    /// The best guess.
    pub p50: DateTime<Utc>,
    /// One in ten comes after this.
    pub p90: DateTime<Utc>,
    /// When the squad was told to go.
    pub go_at: DateTime<Utc>,
    /// From there to when it stands at the gate.
    pub lead: TimeDelta,
}

pub(super) type Columns = (Uuid, Micros, String, String, Micros, Micros, Micros, Micros, i64);

pub(super) fn promise((stop, at, stage, basis, p10, p50, p90, go_at, lead): Columns) -> Promise {
    let [at, p10, p50, p90, go_at] = [at, p10, p50, p90, go_at].map(Micros::at);
    Promise { stop: StopId::new(stop), at, stage, basis, p10, p50, p90, go_at, lead: TimeDelta::seconds(lead) }
}

/// Adds a promise; of two of one instant the later one counts.
pub async fn add(conn: &mut Conn, it: &Promise) -> Result<(), Error> {
    conn.sql(
        "insert into promise (stop, at, stage, basis, p10, p50, p90, go_at, lead_seconds)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (stop, at) do update set stage = excluded.stage, basis = excluded.basis, p10 = excluded.p10,
             p50 = excluded.p50, p90 = excluded.p90, go_at = excluded.go_at, lead_seconds = excluded.lead_seconds",
    )
    .bind(it.stop.uuid())
    .bind(Micros::from(it.at))
    .bind(it.stage.as_str())
    .bind(it.basis.as_str())
    .bind(Micros::from(it.p10))
    .bind(Micros::from(it.p50))
    .bind(Micros::from(it.p90))
    .bind(Micros::from(it.go_at))
    .bind(it.lead.num_seconds())
    .run()
    .await?;
    Ok(())
}

/// The promises of a stop, in order.
pub async fn of_stop(conn: &mut Conn, stop: StopId) -> Result<Vec<Promise>, Error> {
    let rows: Vec<Columns> = conn
        .sql("select stop, at, stage, basis, p10, p50, p90, go_at, lead_seconds from promise where stop = $1 order by at")
        .bind(stop.uuid())
        .all()
        .await?;
    Ok(rows.into_iter().map(promise).collect())
}

/// Forgets what was promised before an instant. Gives how many.
pub async fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64, Error> {
    conn.sql("delete from promise where at < $1").bind(Micros::from(before)).run().await
}
