//! What comes before and between drives: boarding, leaving, standing at a gate.

use super::{Case, Clock, Factors, NEAR_KM, classes};
use crate::Leg;
use crate::model::cells;
use crate::model::city::GRACE_SECONDS;
use crate::model::key::{Factor, Part};

/// Waiting of one part at one end of a way: at the point of entry before it leaves, at the gate when it stands there.
/// The first guesses are the story's: registered 17:00, on board 20:10, away 20:40; two or three people at a gate.
pub fn wait(part: Part, leg: &Leg) -> Case {
    let minutes = match part {
        Part::Board => 60.0,
        Part::Leave => 20.0,
        Part::Delay => 40.0,
        Part::Drive | Part::Rest | Part::Stand => 15.0,
    };
    let clock = Clock::of(leg);
    let mut factors = Factors::new(part);
    factors.calendar(clock);
    let end = if part == Part::Stand { leg.to } else { leg.from };
    factors.add(Factor::Origin, end.code.unwrap_or_else(|| cells::cell(end.point, 3.0)), 0, 1.0);
    Case {
        part,
        base: (minutes * 60.0 + GRACE_SECONDS).ln(),
        base_hour: 0.0,
        factors: factors.list,
        classes: classes(part, leg, clock),
        near: cells::cell(end.point, NEAR_KM),
        at: leg.seconds(),
    }
}
