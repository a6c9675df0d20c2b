//! What the tests of the whole product stand on. Only what more than one test target needs lives here.
//!
//! The product itself is never mocked: the journeys call the real floors, the browser opens the real pages, the process
//! tests start the real binary.

pub mod actor;
pub mod browser;
pub mod cast;
pub mod feed_client;
pub mod sample;
mod world;

pub use world::{EVENING, Steps, World, instant};
