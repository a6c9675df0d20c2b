//! Whether a new estimate is worth a numbered fact. Between two facts the raw one travels in ticks.

use crate::range::in_minutes;
use crate::{Eta, PositionState, ReasonCode};
use chrono::{DateTime, Utc};

/// A best guess that moves less than this is the same, in minutes (product.md, "No flapping").
const MOVE_MINUTES_MIN: f64 = 2.0;
/// Nor does one that moves less than this share of what is left: before departure two minutes are nothing, and an
/// open departure slides with the clock. Assumption.
const MOVE_SHARE_MIN: f64 = 0.1;
/// Nor one that stays inside what was published (half its width) or within this share of what is left, up to a slip of ten
/// minutes, which renews a notice.
const SLIP_SHARE: f64 = 0.25;
const SLIP_MINUTES_MAX: f64 = 10.0;
/// Somebody who has to go within this many minutes is told at once of anything earlier. Assumption: a squad gathers in
/// a quarter of an hour.
const GATHERING_MINUTES: f64 = 15.0;
/// Earlier by less than this is noise to somebody who walks to a gate, in minutes.
const EARLIER_MINUTES_MIN: f64 = 1.0;

/// Nothing was heard, and the late end moved out by this many minutes: what a board shows, it shows to the minute.
const GROWTH_MINUTES_MIN: f64 = 1.0;

/// Whether `new` should replace the published `old`: its class changed (basis, state of the position, stage, lateness,
/// arrival), it moved out of what was published, it moved earlier and eats the receiver's lead time, or nothing was heard of
/// the vehicle for so long that it may come later than published. A range that only grows narrower leaves what was published
/// true.
#[must_use]
pub fn worth_publishing(old: &Eta, new: &Eta, now: DateTime<Utc>) -> bool {
    class_changed(old, new) || moved(old, new, now) || eats_lead_time(old, new, now) || grew_with_silence(old, new)
}

fn class_changed(old: &Eta, new: &Eta) -> bool {
    // These reasons come and go with the stage, the source or a person's word, never with the minute.
    let stages = [
        ReasonCode::DepartureInMinutes,
        ReasonCode::DepartureOverdueMinutes,
        ReasonCode::LaterThanExpected,
        ReasonCode::ArrivedMinutes,
        ReasonCode::RoutingEngineOsrmMinutes,
        ReasonCode::RoutingEngineValhallaMinutes,
        ReasonCode::RoutingEngineSilentMinutes,
        ReasonCode::WordFactor,
    ];
    (old.basis, old.position_state) != (new.basis, new.position_state)
        || stages.into_iter().any(|code| old.has(code) != new.has(code))
}

fn moved(old: &Eta, new: &Eta, now: DateTime<Utc>) -> bool {
    let left = in_minutes(new.p50 - now).max(0.0);
    let half_width = in_minutes(old.p90 - old.p10) / 2.0;
    let slip = half_width.max(left * SLIP_SHARE).min(SLIP_MINUTES_MAX);
    in_minutes(new.p50 - old.p50).abs() >= MOVE_MINUTES_MIN.max(left * MOVE_SHARE_MIN).max(slip)
}

fn grew_with_silence(old: &Eta, new: &Eta) -> bool {
    new.position_state == PositionState::OldPosition && in_minutes(new.p90 - old.p90) >= GROWTH_MINUTES_MIN
}

fn eats_lead_time(old: &Eta, new: &Eta, now: DateTime<Utc>) -> bool {
    let earlier = in_minutes(old.go_at - new.go_at);
    earlier >= EARLIER_MINUTES_MIN && in_minutes(new.go_at - now) <= GATHERING_MINUTES
}
