//! The real binary: killed under load, told to stop, started wrongly.

mod bench;
mod crash;
mod faults;
mod lines;
mod numbers;
mod operations;
mod server;
mod stop;
mod traces;
