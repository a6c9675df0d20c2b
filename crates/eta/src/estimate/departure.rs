//! How long until it leaves: the part of the estimate that is wrong by hours when one only knows the road (mission.md).

use super::reason;
use crate::range::{Range, in_minutes};
use crate::{Reason, ReasonCode, Stage};
use chrono::{DateTime, Utc};

/// Minutes from `now` until the vehicle leaves; zero once it left. `shown` is what earlier trips say, in the place of what is
/// assumed.
pub fn expect(now: DateTime<Utc>, stage: Stage, shown: Option<Range>) -> (Range, Vec<Reason>) {
    const OPEN: (f64, f64, f64) = (20.0, 90.0, 240.0);
    let open = Range::new(OPEN.0, OPEN.1, OPEN.2);
    let (planned, assumed) = match stage {
        Stage::Waiting { planned_departure: None } | Stage::Stranded => (None, open),
        Stage::Waiting { planned_departure: Some(planned) } => (Some(planned), waiting(in_minutes(planned - now))),
        // Whoever boards is busy leaving: that is not overdue.
        Stage::Boarding { planned_departure } => (None, boarding(in_minutes(planned_departure - now).max(0.0))),
        Stage::EnRoute { .. } | Stage::Arrived { .. } => return (Range::ZERO, Vec::new()),
    };
    let range = shown.unwrap_or(assumed);
    let mut reasons = vec![reason(ReasonCode::DepartureInMinutes, range.p50)];
    if let Some(overdue) = planned.map(|planned| in_minutes(now - planned)).filter(|minutes| *minutes > 0.0) {
        reasons.push(reason(ReasonCode::DepartureOverdueMinutes, overdue));
    }
    (range, reasons)
}

fn waiting(until: f64) -> Range {
    // A plan far ahead is worth less.
    let doubt = until.max(0.0) * 0.1;
    Range::new((until - 5.0 - doubt).max(5.0), (until + 10.0).max(15.0), (until + 45.0 + doubt).max(60.0))
}

fn boarding(until: f64) -> Range {
    Range::new(until.max(2.0), (until + 5.0).max(5.0), (until + 20.0).max(15.0))
}
