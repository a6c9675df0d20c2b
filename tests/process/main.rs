//! The real binary: killed under load, told to stop, started wrongly.

mod crash;
mod faults;
mod server;
mod stop;
