//! From a journey to a range of instants. The numbers stand in `prior`, the arithmetic of ranges in `range`.

mod departure;
mod engine;
mod learnt;

use crate::model::spread::Spread;
use crate::prior::{self, LIVE_SECONDS_MAX};
use crate::range::{Range, in_minutes, minutes};
use crate::{
    Basis, Confidence, Eta, Journey, LastGate, Manual, Position, PositionState, Reason, ReasonCode, Stage, StopBefore,
    Word,
};
use chrono::{DateTime, Utc};
use homeward_domain::Point;
use learnt::Seen;

pub use learnt::Learnt;

/// What the stages agree on before the clock has its say: instants are `from + range`.
struct Draft {
    basis: Basis,
    as_of: DateTime<Utc>,
    from: DateTime<Utc>,
    range: Range,
    position_state: PositionState,
    reasons: Vec<Reason>,
}

/// When the vehicle is at the destination of `journey`, seen from `now`.
///
/// Never fails and never defaults silently: the basis, its instant and the state of the position say what is not known.
#[must_use]
pub fn estimate(now: DateTime<Utc>, journey: &Journey) -> Eta {
    by(now, journey, None)
}

/// The same from what was learnt of earlier trips; where too few have shown a part yet, the prior stands in for it. What
/// operators said holds from the first trip on.
#[must_use]
pub fn estimate_learnt(now: DateTime<Utc>, journey: &Journey, learnt: Learnt<'_>) -> Eta {
    by(now, journey, Some(learnt))
}

fn by(now: DateTime<Utc>, journey: &Journey, learnt: Option<Learnt<'_>>) -> Eta {
    let draft = match (journey.stage, journey.manual) {
        (Stage::Arrived { at }, _) => return arrived(now, at, journey),
        (_, Some(manual)) => by_word(now, journey, manual),
        (Stage::EnRoute { departed_at, last_position }, None) => {
            under_way(now, journey, departed_at, last_position, learnt)
        }
        (Stage::Waiting { .. } | Stage::Stranded | Stage::Boarding { .. }, None) => {
            before_departure(now, journey, learnt)
        }
    };
    settle(now, journey, draft, learnt)
}

fn reason(code: ReasonCode, value: f64) -> Reason {
    // Two decimals are finer than any value here is known.
    Reason { code, value: (value * 100.0).round() / 100.0 }
}

/// Driving and standing from `start` over the stops to the gate.
fn way(
    journey: &Journey,
    start: Point,
    at: DateTime<Utc>,
    seen: Option<Seen>,
    learnt: Option<Learnt<'_>>,
) -> (Range, Vec<Reason>) {
    if let Some(learnt) = learnt.filter(Learnt::knows) {
        return learnt::way(learnt, journey, start, (at, Spread::ZERO), seen);
    }
    let word = learnt.map_or(1.0, |learnt| Word::factor_at(learnt.words, at));
    let factor = prior::factor_at(at, journey.local);
    let (mut km, mut free, mut dwell, mut here) = (0.0, 0.0, 0.0, start);
    for point in journey.stops_before.iter().map(|stop| stop.point).chain([journey.destination]) {
        let leg_km = here.metres_to(point) / 1000.0 * prior::DETOUR;
        km += leg_km;
        free += prior::free_minutes(leg_km);
        here = point;
    }
    for stop in &journey.stops_before {
        dwell += dwell_left(stop, at);
    }
    let (free, said) = engine::weigh(free, journey.engine);
    let driving = free * factor * word;
    let mut reasons = vec![
        reason(ReasonCode::DistanceKm, km),
        reason(ReasonCode::DrivingMinutes, driving),
        reason(ReasonCode::HourFactor, factor),
    ];
    if (word - 1.0).abs() >= 0.005 {
        reasons.push(reason(ReasonCode::WordFactor, word));
    }
    reasons.extend(said);
    if dwell > 0.0 {
        reasons.push(reason(ReasonCode::DwellMinutes, dwell));
    }
    let standing = Range::new(dwell * 0.6, dwell, dwell * 1.8);
    (Range::log_normal(driving, prior::SIGMA).plus(standing), reasons)
}

fn before_departure(now: DateTime<Utc>, journey: &Journey, learnt: Option<Learnt<'_>>) -> Draft {
    let shown = learnt.and_then(|learnt| learnt::departure(learnt, journey, now));
    let (departure, mut reasons) = departure::expect(now, journey.stage, shown.map(learnt::range));
    let leaves_at = now + minutes(departure.p50);
    let (range, because) = if let (Some(learnt), Some(shown)) = (learnt.filter(Learnt::knows), shown) {
        learnt::way(learnt, journey, journey.origin, (leaves_at, shown), None)
    } else {
        let (way, because) = way(journey, journey.origin, leaves_at, None, learnt);
        (departure.plus(way), because)
    };
    reasons.extend(because);
    let position_state = known(journey, PositionState::NoPosition);
    Draft { basis: Basis::Estimate, as_of: now, from: now, range, position_state, reasons }
}

fn under_way(
    now: DateTime<Utc>,
    journey: &Journey,
    departed_at: DateTime<Utc>,
    last: Option<Position>,
    learnt: Option<Learnt<'_>>,
) -> Draft {
    let departed_at = departed_at.min(now);
    let state = position_state(now, last);
    let set_out = set_out(journey, departed_at, now);
    let Some(position) = last.filter(|position| position.at >= departed_at) else {
        let (range, reasons) = way(journey, set_out.point, set_out.at, None, learnt);
        let position_state = known(journey, state);
        return Draft { basis: Basis::Estimate, as_of: set_out.at, from: set_out.at, range, position_state, reasons };
    };
    // A device's clock may be ahead of ours; nobody is where they will be.
    let at = position.at.min(now);
    let (range, mut reasons) = way(journey, position.point, at, Some(Seen { set_out, at }), learnt);
    let age = in_minutes(now - at);
    let silent = if state == PositionState::Live { 0.0 } else { age * 0.25 };
    let range = Range::new(range.p10, range.p50, range.p90 + silent);
    reasons.push(reason(ReasonCode::PositionAgeSeconds, age * 60.0));
    Draft { basis: Basis::Position, as_of: at, from: at, range, position_state: state, reasons }
}

/// The last place it is known to have set out from, and when.
fn set_out(journey: &Journey, departed_at: DateTime<Utc>, now: DateTime<Utc>) -> LastGate {
    let airport = LastGate { point: journey.origin, at: departed_at };
    let last = journey.last_gate.filter(|last| last.at >= departed_at);
    last.map_or(airport, |last| LastGate { at: last.at.min(now), ..last })
}

/// Minutes it still stands at a stop; who has stood there for long is soon done, but never at once.
fn dwell_left(stop: &StopBefore, at: DateTime<Utc>) -> f64 {
    let dwell = stop.dwell_minutes.max(0.0);
    let stood = stop.since.map_or(0.0, |since| in_minutes(at - since).max(0.0));
    (dwell - stood).max(dwell * 0.2)
}

fn by_word(now: DateTime<Utc>, journey: &Journey, manual: Manual) -> Draft {
    let given_at = manual.given_at.min(now);
    let ahead = in_minutes(manual.gate_at - given_at).max(0.0);
    let spread = (ahead * 0.15).max(5.0);
    let position_state = match journey.stage {
        Stage::EnRoute { last_position, .. } if journey.vehicle_known => position_state(now, last_position),
        _ => known(journey, PositionState::NoPosition),
    };
    let reasons = vec![reason(ReasonCode::ManualAgeMinutes, in_minutes(now - given_at))];
    let range = Range::new(ahead - spread, ahead, ahead + spread);
    Draft { basis: Basis::Manual, as_of: given_at, from: given_at, range, position_state, reasons }
}

fn arrived(now: DateTime<Utc>, at: DateTime<Utc>, journey: &Journey) -> Eta {
    Eta {
        p10: at,
        p50: at,
        p90: at,
        go_at: at - minutes(journey.lead_time_minutes.max(0.0)),
        basis: if journey.manual.is_some() { Basis::Manual } else { Basis::Position },
        as_of: at,
        position_state: known(journey, PositionState::Live),
        confidence: Confidence::Firm,
        reasons: vec![reason(ReasonCode::ArrivedMinutes, in_minutes(now - at).max(0.0))],
    }
}

fn known(journey: &Journey, state: PositionState) -> PositionState {
    if journey.vehicle_known { state } else { PositionState::NoVehicle }
}

fn position_state(now: DateTime<Utc>, last: Option<Position>) -> PositionState {
    match last {
        None => PositionState::NoPosition,
        Some(position) if (now - position.at).as_seconds_f64() <= LIVE_SECONDS_MAX => PositionState::Live,
        Some(_) => PositionState::OldPosition,
    }
}

/// Counts down. What has not happened until now lies ahead: the range is pushed in front of the clock, gently while it
/// is passing and wholly once it has passed; then it says so.
fn settle(now: DateTime<Utc>, journey: &Journey, draft: Draft, learnt: Option<Learnt<'_>>) -> Eta {
    // Once the range has passed, "any minute now, ten at most" is all that can be said.
    const PASSED_MINUTES: f64 = 10.0;
    let Draft { basis, as_of, from, range, position_state, mut reasons } = draft;
    let elapsed = in_minutes(now - from);
    // A position just seen needs no such doubt, an estimate that counts down since long all of it.
    let left = (range.p90 - elapsed).max(PASSED_MINUTES.min(elapsed.max(0.0)));
    let passed = elapsed - range.p90;
    if passed > 0.0 {
        reasons.push(reason(ReasonCode::LaterThanExpected, passed));
    }
    let rest = Range::new((range.p10 - elapsed).max(left * 0.05), (range.p50 - elapsed).max(left * 0.35), left);
    let p10 = now + minutes(rest.p10);
    let lead = journey.lead_time_minutes.max(0.0);
    let be_there = learnt.map_or(rest.p10, |learnt| learnt::be_there(learnt, rest, lead));
    Eta {
        p10,
        p50: now + minutes(rest.p50),
        p90: now + minutes(rest.p90),
        go_at: (now + minutes(be_there) - minutes(lead)).min(p10),
        basis,
        as_of,
        position_state,
        confidence: confidence(rest.p90 - rest.p10, passed > 0.0, position_state),
        reasons,
    }
}

fn confidence(width_minutes: f64, late: bool, state: PositionState) -> Confidence {
    match width_minutes {
        _ if late => Confidence::Rough,
        width if width <= 15.0 && state == PositionState::Live => Confidence::Firm,
        width if width <= 40.0 => Confidence::Fair,
        _ => Confidence::Rough,
    }
}
