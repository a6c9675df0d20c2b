//! The words and the rules of Homeward: states, events, refusals.
//!
//! No I/O, no clock, no randomness, no async: a rule takes `now` and data and returns events or a [`Refusal`].

pub mod access;
pub mod approval;
pub mod code;
mod country;
pub mod custody;
pub mod disposition;
mod document;
pub mod driver;
pub mod fence;
pub mod fix;
mod flight;
pub mod gate;
pub mod gcj02;
mod history;
mod id;
mod invalid;
pub mod key_list;
pub mod mrz;
pub mod notice;
pub mod party;
mod personal;
pub mod planning;
mod point;
pub mod private_car;
pub mod reception;
pub mod refusal;
pub mod road_word;
mod screening;
pub mod silence;
pub mod site;
pub mod spell;
mod squad;
pub mod trip;
pub mod vehicle;

pub use code::{Jurisdiction, Level};
pub use country::Country;
pub use document::{Document, DocumentKind};
pub use flight::FlightNumber;
pub use history::{Sojourn, TravelHistory};
pub use id::{
    AccountId, ArrivalId, ChangeId, DeviceId, DriverId, GateClosureId, PartyId, RoadWordId, SessionId, StopId,
    TravellerId, TripId, VehicleId,
};
pub use invalid::Invalid;
pub use key_list::{KeyList, RiskTag};
pub use personal::{Personal, Sensitive};
pub use point::Point;
pub use refusal::Refusal;
pub use screening::Screening;
pub use squad::SquadRole;
