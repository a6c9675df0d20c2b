//! Estimates for trips: from what is stored and told to what `eta` computes, and back to what boards show.

mod onward;

pub(crate) use onward::{Start, at_change, start};

use crate::back::{self, Back};
use crate::learn::Lore;
use crate::road::{Outlook, Way};
use crate::under_way::Told;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_domain::{Jurisdiction, Point, fence};
use homeward_eta as eta;
use homeward_feed::row;
use homeward_store::trip::promise::Promise;

/// How long before the early end of the range a squad wants to stand at the gate: the walk from the committee's office.
const LEAD_TIME: TimeDelta = TimeDelta::minutes(5);
/// How long a hand-over keeps the vehicle: two or three people, three steps each, told from the story's evening.
const DWELL_MINUTES: f64 = 15.0;
/// China keeps one time, UTC+8, without summer time.
const LOCAL_SECONDS_EAST: i32 = 8 * 3600;

/// Civil time there.
pub(crate) fn local() -> FixedOffset {
    FixedOffset::east_opt(LOCAL_SECONDS_EAST).expect("eight hours are an offset")
}

/// The civil day of an instant there.
#[must_use]
pub fn local_day(at: DateTime<Utc>) -> chrono::NaiveDate {
    at.with_timezone(&local()).date_naive()
}

/// The last midnight there.
pub(crate) fn local_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    midnight(local_day(now))
}

/// When a civil day begins there.
pub(crate) fn midnight(day: chrono::NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    midnight.and_local_timezone(local()).single().expect("a fixed offset skips no midnight").to_utc()
}

/// The time of the day there.
pub(crate) fn local_time(at: DateTime<Utc>) -> chrono::NaiveTime {
    at.with_timezone(&local()).time()
}

/// A drive that begins now, by the prior: plans compare thousands of ways, and what was learnt moves all of them alike.
#[must_use]
pub fn drive(from: Point, to: Point, now: DateTime<Utc>) -> eta::Eta {
    eta::estimate(now, &drive_now(from, to, now))
}

/// A private car's drive, which begins now.
pub(crate) fn private_drive(
    lore: &Lore,
    district: &Jurisdiction,
    (from, to): (Point, Point),
    now: DateTime<Utc>,
) -> eta::Eta {
    lore.estimate(district, now, &drive_now(from, to, now))
}

fn drive_now(from: Point, to: Point, now: DateTime<Utc>) -> eta::Journey {
    let stage = eta::Stage::EnRoute { departed_at: now, last_position: None };
    journey(from, Vec::new(), to, stage, None, None, true)
}

fn journey(
    origin: Point,
    stops_before: Vec<eta::StopBefore>,
    destination: Point,
    stage: eta::Stage,
    manual: Option<eta::Manual>,
    engine: Option<eta::Engine>,
    vehicle_known: bool,
) -> eta::Journey {
    eta::Journey {
        origin,
        stops_before,
        last_gate: None,
        destination,
        stage,
        vehicle_known,
        manual,
        lead_time_minutes: LEAD_TIME.as_seconds_f64() / 60.0,
        engine,
        local: local(),
    }
}

/// An estimate for every stop, in order; `gates` are their places.
pub(crate) fn stops(
    trip: &Trip,
    start: &Start,
    gates: &[Point],
    told: &Told,
    (road, lore): (&Outlook, &Lore),
    now: DateTime<Utc>,
) -> Vec<eta::Eta> {
    let last_gate = last_gate(trip, gates);
    let one = |place: usize| {
        let to_come = trip.stops[..place].iter().zip(gates).filter(|(stop, _)| still_to_leave(stop));
        let before: Vec<_> = to_come
            .map(|(stop, &point)| eta::StopBefore { point, dwell_minutes: DWELL_MINUTES, since: stands_since(stop) })
            .collect();
        let engine = road.to(before.len());
        let stop = &trip.stops[place];
        let said_lately = |said: &eta::Manual| trip.breakdown.as_ref().is_none_or(|broken| said.given_at > broken.at);
        let manual = told.manual.get(&stop.id).copied().filter(said_lately);
        // Until a plate is named another vehicle may come, and one that cannot go on brings nobody: there is none to look for.
        let known = trip.plate.is_some() && !stands(trip, start.back);
        let stage = stage(trip, stop, start.back, told);
        let own = journey(start.from, before.clone(), gates[place], stage, manual, engine, known);
        let own = lore.estimate(&trip.district, now, &eta::Journey { last_gate, ..own });
        match &start.first {
            Some(first) if manual.is_none() && stop.stage == StopStage::Expected => {
                later(own, lore.estimate(&trip.district, now, &first.through(before, gates[place])))
            }
            _ => own,
        }
    };
    (0..trip.stops.len()).map(one).collect()
}

/// What is left to drive: from where the vehicle told it is since it left, else from where the trip begins.
pub(crate) fn way_left(trip: &Trip, from: Point, gates: &[Point], told: &Told) -> Way {
    let left = trip.stops.iter().zip(gates).filter(|(stop, _)| still_to_leave(stop)).map(|(_, &gate)| gate);
    let told_since = |departed_at| told.position.filter(|position| position.at >= departed_at);
    let start = match trip.state {
        State::EnRoute { departed_at, .. } => told_since(departed_at).map_or(from, |position| position.point),
        State::Planned | State::Boarding { .. } | State::Completed { .. } | State::Cancelled { .. } => from,
    };
    Way { start, gates: if trip.state.open() { left.collect() } else { Vec::new() } }
}

/// The gate the vehicle came to last since it set out for good: when it left, or when it came if it stands there.
fn last_gate(trip: &Trip, gates: &[Point]) -> Option<eta::LastGate> {
    let met = trip.last_met().map(|(_, at)| at);
    let came = trip.stops.iter().zip(gates).filter_map(|(stop, &point)| {
        let at = stands_since(stop).or(match stop.stage {
            StopStage::HandedOver { at, .. } => Some(at),
            _ => None,
        })?;
        met.is_none_or(|met| met < at).then_some(eta::LastGate { point, at })
    });
    came.max_by_key(|last| last.at)
}

fn stands_since(stop: &Stop) -> Option<DateTime<Utc>> {
    match stop.stage {
        StopStage::Arrived { at } | StopStage::Offered { arrived_at: at, .. } => Some(at),
        StopStage::Expected | StopStage::HandedOver { .. } => None,
    }
}

fn later(one: eta::Eta, other: eta::Eta) -> eta::Eta {
    if other.p50 > one.p50 { other } else { one }
}

fn still_to_leave(stop: &Stop) -> bool {
    !matches!(stop.stage, StopStage::HandedOver { .. })
}

fn stage(trip: &Trip, stop: &Stop, back: Option<Back>, told: &Told) -> eta::Stage {
    match stop.stage {
        StopStage::Arrived { at }
        | StopStage::Offered { arrived_at: at, .. }
        | StopStage::HandedOver { arrived_at: at, .. } => return eta::Stage::Arrived { at },
        StopStage::Expected => {}
    }
    of_vehicle(trip, back, told)
}

/// Whether the vehicle stands beside the road, on this trip or on one before it.
fn stands(trip: &Trip, back: Option<Back>) -> bool {
    trip.breakdown.is_some() || matches!(back, Some(Back::Stranded { .. }))
}

/// How far the vehicle itself is; it leaves no earlier than it is back and turned around.
fn of_vehicle(trip: &Trip, back: Option<Back>, told: &Told) -> eta::Stage {
    if stands(trip, back) {
        return eta::Stage::Stranded;
    }
    match trip.state {
        State::Planned | State::Cancelled { .. } => eta::Stage::Waiting { planned_departure: back::leaves(trip, back) },
        State::Boarding { .. } => eta::Stage::Boarding { planned_departure: trip.departs_at },
        State::EnRoute { departed_at, .. } | State::Completed { departed_at, .. } => {
            let departed_at = trip.last_met().map_or(departed_at, |(_, at)| at.max(departed_at));
            eta::Stage::EnRoute { departed_at, last_position: told.position }
        }
    }
}

/// What the board shall show: what it shows already, unless that is no longer true. And whether it is new.
///
/// What stays still gets older or younger: the age is that of what it rests on now.
pub(crate) fn published(
    before: Option<row::Eta>,
    fresh: &eta::Eta,
    arriving: bool,
    now: DateTime<Utc>,
) -> (row::Eta, bool) {
    let stays = |before: &row::Eta| parse(before).is_some_and(|old| !eta::worth_publishing(&old, fresh, now));
    match before {
        Some(before) if before.arriving == arriving && stays(&before) => {
            (row::Eta { as_of: fresh.as_of, ..before }, false)
        }
        _ => (row::Eta { arriving, ..show(fresh) }, true),
    }
}

/// A vehicle that stands still at a gate may send nothing more; this long its last word still counts.
const STANDING_MAX: TimeDelta = TimeDelta::minutes(10);

/// Whether the vehicle is about to be at the gate of a stop. Only of the next one; whoever stands there says so.
pub(crate) fn arriving(
    trip: &Trip,
    place: usize,
    gate: Point,
    told: &Told,
    before: Option<&row::Eta>,
    now: DateTime<Utc>,
) -> bool {
    let next = trip.stops.iter().position(|stop| !matches!(stop.stage, StopStage::HandedOver { .. }));
    let expected = next == Some(place) && trip.stops[place].stage == StopStage::Expected;
    let Some(position) = told.position.filter(|_| expected && matches!(trip.state, State::EnRoute { .. })) else {
        return false;
    };
    let was = before.is_some_and(|before| before.arriving);
    let age = now - position.at;
    let fresh = age.as_seconds_f64() <= eta::prior::LIVE_SECONDS_MAX || (was && age <= STANDING_MAX);
    fresh && fence::inside(was, position.point, told.accuracy_metres, gate)
}

/// What a published estimate promises to whoever waits at the stop.
pub(crate) fn promise(trip: &Trip, stop: &Stop, eta: &row::Eta, now: DateTime<Utc>) -> Promise {
    Promise {
        stop: stop.id,
        at: now,
        stage: trip.state.code().to_owned(),
        basis: basis(eta.basis).as_str().to_owned(),
        p10: eta.p10,
        p50: eta.p50,
        p90: eta.p90,
        go_at: eta.go_at,
        lead: LEAD_TIME,
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
        arriving: false,
    }
}

fn reason(it: &eta::Reason) -> row::Reason {
    row::Reason { code: it.code.as_str().to_owned(), value: it.value }
}

const fn basis(it: row::Basis) -> eta::Basis {
    match it {
        row::Basis::Estimate => eta::Basis::Estimate,
        row::Basis::Position => eta::Basis::Position,
        row::Basis::Manual => eta::Basis::Manual,
    }
}

/// Back from what a board shows; `None` if a later version wrote words this one does not know.
fn parse(it: &row::Eta) -> Option<eta::Eta> {
    let reason = |it: &row::Reason| Some(eta::Reason { code: eta::ReasonCode::find(&it.code)?, value: it.value });
    Some(eta::Eta {
        p10: it.p10,
        p50: it.p50,
        p90: it.p90,
        go_at: it.go_at,
        basis: basis(it.basis),
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
