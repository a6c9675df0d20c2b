//! The product in a real browser: what a person sees, taps and hears, at the sizes of their devices.

mod accuracy;
mod console;
mod crowd;
mod diversion;
mod front_door;
mod hands;
mod harness;
mod line;
mod map;
mod mrz;
mod page_server;
mod pins;
mod plan;
mod positions;
mod relay;
mod roads;
mod routing;
mod scenes;
mod seats;
mod silence;
mod site;
mod story;
mod team;
mod trouble;
mod truth;
mod vehicles;
