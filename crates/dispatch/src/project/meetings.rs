//! The changes of vehicle a trip has a part in, gathered for its rows: those where its people pass on, and those they come by.

use super::{TripContext, before};
use crate::back::Back;
use crate::{Dispatcher, Halt, estimate};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::change::{Change, Place, Stage};
use homeward_domain::trip::{Stop, Trip};
use homeward_domain::{Point, StopId};
use homeward_feed::row::{BreakdownRow, ChangeRow, KeptRow, Name, StopChange};
use homeward_store::trip::change as rows;
use homeward_store::{Conn, reference};

/// One of them.
pub(crate) struct Meeting {
    change: Change,
    /// The trip people come from.
    first: Trip,
    onto_vehicle: String,
    place: Option<Name>,
    expected_at: Option<DateTime<Utc>>,
    /// When the first vehicle is back from the trips before, as long as it does not load.
    back: Option<Back>,
}

/// Those of a trip, the ones that lead to it first.
pub(super) async fn of(conn: &mut Conn, trip: &Trip) -> Result<Vec<Meeting>, Halt> {
    let mut meetings = Vec::new();
    for (id, first) in rows::leading_to(conn, trip.id).await? {
        let first = homeward_store::trip::load(conn, first, &Scope::system()).await?;
        let Some(first) = first else { continue };
        let Some(change) = first.change_of(id).cloned() else { continue };
        meetings.push(meeting(conn, change, first, trip.vehicle.name.clone()).await?);
    }
    for change in &trip.changes {
        let onto = rows::vehicle_name(conn, change.onto).await?.unwrap_or_default();
        meetings.push(meeting(conn, change.clone(), trip.clone(), onto).await?);
    }
    Ok(meetings)
}

async fn meeting(conn: &mut Conn, change: Change, first: Trip, onto_vehicle: String) -> Result<Meeting, Halt> {
    let place = match &change.place {
        Place::Road { .. } => None,
        Place::Relay { point, .. } => reference::relay_point_of(conn, point).await?,
    };
    let place = place.map(|point| Name { zh: point.name.zh, en: point.name.en });
    Ok(Meeting { change, first, onto_vehicle, place, expected_at: None, back: None })
}

/// The first trips of changes that lie ahead learn when their vehicles are back from the trips before them.
pub(super) async fn wait(
    conn: &mut Conn,
    trip: &Trip,
    meetings: &mut [Meeting],
    airport: Point,
    now: DateTime<Utc>,
) -> Result<(), Halt> {
    for meeting in meetings.iter_mut().filter(|meeting| meeting.first.id != trip.id) {
        meeting.back = before::back(conn, &meeting.first, airport, now).await?;
    }
    Ok(())
}

/// Where the trip's own way begins, seen from where its people come from; the meetings learn when they are expected.
pub(super) fn start(
    dispatcher: &Dispatcher,
    (trip, back): (&Trip, Option<Back>),
    meetings: &mut [Meeting],
    airport: Point,
    now: DateTime<Utc>,
) -> estimate::Start {
    let lore = dispatcher.lore.now();
    for meeting in meetings.iter_mut().filter(|meeting| meeting.change.stage == Stage::Expected) {
        let told = dispatcher.under_way.of(meeting.first.id);
        if meeting.first.id == trip.id {
            meeting.back = back;
        }
        let (first, at) = ((&meeting.first, meeting.back), meeting.change.place.location());
        meeting.expected_at = at.map(|at| estimate::at_change(first, &told, (airport, at), (&lore, now)));
    }
    let leading = meetings.iter().filter(|meeting| meeting.change.onto == trip.id);
    let told = leading
        .map(|meeting| ((&meeting.first, meeting.back), &meeting.change, dispatcher.under_way.of(meeting.first.id)));
    estimate::start((trip, back), told, airport, &dispatcher.under_way.of(trip.id))
}

/// The changes as both escorts see them.
pub(super) fn change_rows(meetings: &[Meeting]) -> Vec<ChangeRow> {
    meetings.iter().map(change_row).collect()
}

fn change_row(meeting: &Meeting) -> ChangeRow {
    let Meeting { change, first, .. } = meeting;
    let counts = change.counts();
    let (met_at, closed_at) = match change.stage {
        Stage::Expected => (None, None),
        Stage::Met { at } => (Some(at), None),
        Stage::Closed { met_at, at, .. } => (Some(met_at), Some(at)),
    };
    let kept = change.kept.iter().map(|kept| KeptRow {
        arrival: kept.arrival.uuid(),
        party: kept.party.uuid(),
        label: kept.label.clone(),
        reason: kept.reason.clone(),
        at: kept.at,
    });
    ChangeRow {
        change: change.id.uuid(),
        from: first.id.uuid(),
        from_vehicle: first.vehicle.name.clone(),
        onto: change.onto.uuid(),
        onto_vehicle: meeting.onto_vehicle.clone(),
        relay_point: match &change.place {
            Place::Relay { point, .. } => Some(point.to_string()),
            Place::Road { .. } => None,
        },
        place: meeting.place.clone(),
        stage: change.stage.code().to_owned(),
        expected_at: meeting.expected_at,
        met_at,
        closed_at,
        total: counts.total,
        offered: counts.offered,
        passed: counts.passed,
        kept: kept.collect(),
        aboard: first.aboard(),
    }
}

/// What a halt's board says of the change; the last one its people come by.
pub(super) fn stop_change(stop: &Stop, context: &TripContext) -> Option<StopChange> {
    let by = |meeting: &&Meeting| stop.seats.iter().any(|seat| seat.via == Some(meeting.change.id));
    context.meetings.iter().rev().find(by).map(|meeting| StopChange {
        place: meeting.place.clone(),
        from_vehicle: meeting.first.vehicle.name.clone(),
        stage: meeting.change.stage.code().to_owned(),
    })
}

/// Since when the vehicle of a halt that it has not reached cannot go on.
pub(super) fn broken_at(trip: &Trip, stop: StopId) -> Option<DateTime<Utc>> {
    let ahead = trip.stops.iter().any(|halt| halt.id == stop && !halt.handed_over());
    trip.breakdown.as_ref().filter(|_| ahead).map(|broken| broken.at)
}

/// Why the trip cannot go on.
pub(super) fn breakdown_row(trip: &Trip) -> Option<BreakdownRow> {
    let broken = trip.breakdown.as_ref()?;
    Some(BreakdownRow { at: broken.at, reason: broken.reason.clone(), by: broken.by.clone() })
}
