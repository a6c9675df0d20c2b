//! Estimates for trips: from what is stored and told to what `eta` computes, and back to what boards show.

use crate::position::Told;
use chrono::{DateTime, FixedOffset, Utc};
use homeward_domain::Point;
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_eta as eta;
use homeward_feed::row;

/// How long before the early end of the range a squad wants to stand at the gate: the walk from the committee's office.
const LEAD_TIME_MINUTES: f64 = 5.0;
/// How long a hand-over keeps the vehicle: two or three people, three steps each, told from the story's evening.
const DWELL_MINUTES: f64 = 15.0;
/// China keeps one time, UTC+8, without summer time.
const LOCAL_SECONDS_EAST: i32 = 8 * 3600;

fn local() -> FixedOffset {
    FixedOffset::east_opt(LOCAL_SECONDS_EAST).expect("eight hours are an offset")
}

/// The civil day of an instant there.
#[must_use]
pub fn local_day(at: DateTime<Utc>) -> chrono::NaiveDate {
    at.with_timezone(&local()).date_naive()
}

/// The last midnight there.
pub(crate) fn local_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = local_day(now).and_time(chrono::NaiveTime::MIN);
    midnight.and_local_timezone(local()).single().expect("a fixed offset skips no midnight").to_utc()
}

/// The time of the day there.
pub(crate) fn local_time(at: DateTime<Utc>) -> chrono::NaiveTime {
    at.with_timezone(&local()).time()
}

/// A drive that begins now, such as a private car's.
#[must_use]
pub fn drive(from: Point, to: Point, now: DateTime<Utc>) -> eta::Eta {
    let stage = eta::Stage::EnRoute { departed_at: now, last_position: None };
    eta::estimate(now, &journey(from, Vec::new(), to, stage, None))
}

fn journey(
    origin: Point,
    stops_before: Vec<eta::StopBefore>,
    destination: Point,
    stage: eta::Stage,
    manual: Option<eta::Manual>,
) -> eta::Journey {
    eta::Journey {
        origin,
        stops_before,
        destination,
        stage,
        vehicle_known: true,
        manual,
        lead_time_minutes: LEAD_TIME_MINUTES,
        local: local(),
    }
}

/// An estimate for every stop, in order; `gates` are their places.
pub(crate) fn stops(trip: &Trip, from: Point, gates: &[Point], told: &Told, now: DateTime<Utc>) -> Vec<eta::Eta> {
    let one = |place: usize| {
        let to_come = trip.stops[..place].iter().zip(gates).filter(|(stop, _)| still_to_leave(stop));
        let before = to_come.map(|(_, &point)| eta::StopBefore { point, dwell_minutes: DWELL_MINUTES }).collect();
        let stop = &trip.stops[place];
        let manual = told.manual.get(&stop.id).copied();
        eta::estimate(now, &journey(from, before, gates[place], stage(trip, stop, told, now), manual))
    };
    (0..trip.stops.len()).map(one).collect()
}

fn still_to_leave(stop: &Stop) -> bool {
    !matches!(stop.stage, StopStage::HandedOver { .. })
}

fn stage(trip: &Trip, stop: &Stop, told: &Told, now: DateTime<Utc>) -> eta::Stage {
    match stop.stage {
        StopStage::Arrived { at }
        | StopStage::Offered { arrived_at: at, .. }
        | StopStage::HandedOver { arrived_at: at, .. } => return eta::Stage::Arrived { at },
        StopStage::Expected => {}
    }
    match trip.state {
        State::Planned | State::Cancelled { .. } => eta::Stage::Waiting { planned_departure: Some(trip.departs_at) },
        State::Boarding { .. } => eta::Stage::Boarding { planned_departure: trip.departs_at.max(now) },
        State::EnRoute { departed_at, .. } | State::Completed { departed_at, .. } => {
            eta::Stage::EnRoute { departed_at, last_position: told.position }
        }
    }
}

/// What the board shall show: what it shows already, unless that is no longer true. And whether it is new.
pub(crate) fn published(before: Option<row::Eta>, fresh: &eta::Eta, now: DateTime<Utc>) -> (row::Eta, bool) {
    match before {
        Some(before) if parse(&before).is_some_and(|old| !eta::worth_publishing(&old, fresh, now)) => (before, false),
        _ => (show(fresh), true),
    }
}

/// As boards show it.
pub(crate) fn show(it: &eta::Eta) -> row::Eta {
    row::Eta {
        p10: it.p10,
        p50: it.p50,
        p90: it.p90,
        go_at: it.go_at,
        basis: match it.basis {
            eta::Basis::Estimate => row::Basis::Estimate,
            eta::Basis::Position => row::Basis::Position,
            eta::Basis::Manual => row::Basis::Manual,
        },
        as_of: it.as_of,
        position_state: match it.position_state {
            eta::PositionState::NoVehicle => row::PositionState::NoVehicle,
            eta::PositionState::NoPosition => row::PositionState::NoPosition,
            eta::PositionState::OldPosition => row::PositionState::OldPosition,
            eta::PositionState::Live => row::PositionState::Live,
        },
        confidence: match it.confidence {
            eta::Confidence::Firm => row::Confidence::Firm,
            eta::Confidence::Fair => row::Confidence::Fair,
            eta::Confidence::Rough => row::Confidence::Rough,
        },
        reasons: it.reasons.iter().map(reason).collect(),
    }
}

fn reason(it: &eta::Reason) -> row::Reason {
    row::Reason { code: it.code.as_str().to_owned(), value: it.value }
}

/// Back from what a board shows; `None` if a later version wrote words this one does not know.
fn parse(it: &row::Eta) -> Option<eta::Eta> {
    let reason = |it: &row::Reason| Some(eta::Reason { code: eta::ReasonCode::find(&it.code)?, value: it.value });
    Some(eta::Eta {
        p10: it.p10,
        p50: it.p50,
        p90: it.p90,
        go_at: it.go_at,
        basis: match it.basis {
            row::Basis::Estimate => eta::Basis::Estimate,
            row::Basis::Position => eta::Basis::Position,
            row::Basis::Manual => eta::Basis::Manual,
        },
        as_of: it.as_of,
        position_state: match it.position_state {
            row::PositionState::NoVehicle => eta::PositionState::NoVehicle,
            row::PositionState::NoPosition => eta::PositionState::NoPosition,
            row::PositionState::OldPosition => eta::PositionState::OldPosition,
            row::PositionState::Live => eta::PositionState::Live,
        },
        confidence: match it.confidence {
            row::Confidence::Firm => eta::Confidence::Firm,
            row::Confidence::Fair => eta::Confidence::Fair,
            row::Confidence::Rough => eta::Confidence::Rough,
        },
        reasons: it.reasons.iter().map(reason).collect::<Option<_>>()?,
    })
}
