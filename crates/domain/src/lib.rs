//! The words and the rules of Homeward: states, events, refusals.
//!
//! No I/O, no clock, no randomness, no async: a rule takes `now` and data and returns events or a [`Refusal`].

mod country;
mod document;
mod flight;
mod history;
mod invalid;
pub mod key_list;
pub mod mrz;
mod point;
mod screening;

pub use country::Country;
pub use document::{Document, DocumentKind};
pub use flight::FlightNumber;
pub use history::{Sojourn, TravelHistory};
pub use invalid::Invalid;
pub use key_list::{KeyList, RiskTag};
pub use point::Point;
pub use screening::Screening;
