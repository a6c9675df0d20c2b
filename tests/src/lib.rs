//! What the tests of the whole product stand on. Only what more than one test target needs lives here.
//!
//! The product itself is never mocked: the journeys call the real floors, the browser opens the real pages, the process
//! tests start the real binary.

pub mod actor;
pub mod browser;
pub mod cable;
pub mod cast;
pub mod cluster;
pub mod crowd;
pub mod diary;
pub mod feed_client;
pub mod growth;
pub mod osrm;
pub mod register;
pub mod sample;
pub mod wheels;
mod world;

pub use register::{Engine, Register};
pub use world::{EVENING, Steps, World, instant};
