//! The product in a real browser: what a person sees, taps and hears, at the sizes of their devices.

mod front_door;
mod harness;
mod line;
mod mrz;
mod page_server;
mod plan;
mod scenes;
mod silence;
mod site;
mod story;
mod team;
mod trouble;
mod vehicles;
