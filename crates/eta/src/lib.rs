//! When a vehicle reaches a gate: a range, what it rests on, how old that is, and why.
//!
//! [`estimate`] is a **prior, not learnt**: a handful of documented assumptions (see [`prior`]) applied to the distance,
//! the hour and what is known of the vehicle. [`estimate_learnt`] asks a [`Model`] instead, which has learnt from the trips
//! that ended and calibrates its own ranges. Pure: `now` comes in, nothing is read.
//!
//! ```
//! use chrono::{DateTime, FixedOffset, TimeDelta};
//! use homeward_domain::Point;
//! use homeward_eta::{Basis, Journey, PositionState, Stage, estimate};
//! let now = DateTime::UNIX_EPOCH + TimeDelta::days(18_341);
//! let journey = Journey {
//!     origin: Point::parse(31.151, 121.801)?,
//!     stops_before: vec![],
//!     last_gate: None,
//!     destination: Point::parse(31.219, 121.501)?,
//!     stage: Stage::EnRoute { departed_at: now, last_position: None },
//!     vehicle_known: true,
//!     manual: None,
//!     engine: None,
//!     lead_time_minutes: 6.0,
//!     local: FixedOffset::east_opt(8 * 3600).expect("UTC+8 is an offset"),
//! };
//! let eta = estimate(now, &journey);
//! assert!(eta.go_at < eta.p10 && eta.p10 < eta.p50 && eta.p50 < eta.p90);
//! assert_eq!((eta.basis, eta.position_state), (Basis::Estimate, PositionState::NoPosition));
//! # Ok::<(), homeward_domain::Invalid>(())
//! ```

pub mod accuracy;
mod codes;
mod estimate;
mod journey;
mod leg;
mod lesson;
mod model;
mod outcome;
pub mod prior;
mod promised;
mod publish;
mod range;

pub use estimate::{Learnt, estimate, estimate_learnt};
pub use homeward_domain::Point;
pub use journey::{Engine, EngineSource, Journey, LastGate, Manual, Position, Stage, StopBefore};
pub use leg::{Earlier, Leg, Place, UnderWay, Word};
pub use lesson::{BEFORE_PLAN, Lesson, Took, Witness};
pub use model::belief::{Belief, Row};
pub use model::key::{Factor, Key, Part};
pub use model::spread::{Quantiles, Spread};
pub use model::{Cause, Forecast, Model, Multiplier};
pub use outcome::{Basis, Confidence, Eta, PositionState, Reason, ReasonCode};
pub use promised::{Promised, stands_there};
pub use publish::worth_publishing;
