//! The product in a real browser: what a person sees, taps and hears, at the sizes of their devices.

mod harness;
mod mrz;
mod page_server;
mod scenes;
mod story;
mod team;
