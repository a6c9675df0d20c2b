//! What the tests of the whole product stand on. Only what more than one test target needs lives here.
//!
//! The product itself is never mocked: the journeys call the real floors, the browser opens the real pages, the process
//! tests start the real binary.

pub mod browser;
