//! The times a board shows for a stop, as what a squad answers to: kept with each answer, and published anew as soon as an
//! answer counts no longer, however little the board's own figures moved since they were last published.

use crate::{Halt, estimate};
use chrono::{DateTime, Utc};
use homeward_domain::StopId;
use homeward_domain::notice::Told;
use homeward_domain::trip::{Stop, Trip};
use homeward_eta as eta;
use homeward_feed::row;
use homeward_store::Conn;

/// What a published estimate tells.
pub(crate) const fn told(shown: &row::Eta) -> Told {
    Told { gate_at: shown.p50, go_at: shown.go_at }
}

/// What the board shows of a stop now, if it shows a time at all.
pub(crate) async fn on_board(conn: &mut Conn, stop: StopId) -> Result<Option<Told>, Halt> {
    let published = homeward_store::trip::estimate(conn, stop).await?;
    Ok(published.and_then(|it| serde_json::from_value(it.document).ok()).as_ref().map(told))
}

/// What the board shall show, and whether it is new: as [`estimate::published`], and new whenever somebody who answered
/// would come at the wrong time.
pub(crate) fn published(
    (trip, stop): (&Trip, &Stop),
    before: Option<row::Eta>,
    fresh: &eta::Eta,
    arriving: bool,
    now: DateTime<Utc>,
) -> (row::Eta, bool) {
    let new = Told { gate_at: fresh.p50, go_at: fresh.go_at };
    if trip.overtaken(stop, &new, now) {
        return (row::Eta { arriving, ..estimate::show(fresh) }, true);
    }
    estimate::published(before, fresh, arriving, now)
}
