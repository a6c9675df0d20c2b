//! Who rides with whom: a plan for every party at once, and a place for one party at a time. It proposes, it never acts.
//!
//! Pure and deterministic: no clock, no chance of its own, no names, nothing outside the standard library.

mod check;
mod draft;
mod explain;
mod improve;
mod insert;
mod model;
mod online;
mod plain;
mod plan;
mod random;
mod search;
mod solve;
mod timing;

pub use check::{Broken, Goals, check};
pub use explain::{Explanation, Fit, OFFERS_MAX, Obstacle, Offer, Refused, explain, fit};
pub use improve::{improve, solve_around};
pub use model::{Defect, ORIGIN, Party, Place, Problem, Roads, Rules, Vehicle};
pub use online::{Policy, Rolling, Told};
pub use plain::{back_of, price_of};
pub use plan::{Plan, PlannedStop, PlannedTrip};
pub use search::{Pace, Rounds};
pub use solve::{Outcome, solve};
