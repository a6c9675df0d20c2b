//! The real binary: killed under load, told to stop, started wrongly.

mod bench;
mod crash;
mod cut;
mod disk;
mod eta;
mod faults;
mod lines;
mod load;
mod nodes;
mod numbers;
mod operations;
mod operator;
mod planner;
mod routing;
mod server;
mod stop;
mod traces;
