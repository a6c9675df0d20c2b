//! The format `tdp-1`: one airport, gates, sites, vehicles, parties; seconds and metres.

use crate::Fault;
use homeward_planner::{Party, Place, Problem, Roads, Rules, Vehicle};
use serde::Deserialize;
use std::path::Path;

/// An instance as it is written.
#[derive(Debug, Deserialize)]
pub(super) struct Instance {
    pub name: String,
    pub end: i32,
    params: Params,
    nodes: Vec<Node>,
    dist: Vec<Vec<i32>>,
    time: Vec<Vec<i32>>,
    vehicles: Vec<Cab>,
    pub parties: Vec<Group>,
}

#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the format's own names")]
struct Params {
    board_s: i32,
    stop_s: i32,
    party_s: i32,
    turnaround_s: i32,
    max_wait_s: i32,
    max_ride_s: i32,
}

#[derive(Debug, Deserialize)]
struct Node {
    open: i32,
    close: i32,
    beds: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Cab {
    seats: i32,
    luggage: i32,
    wheelchair: i32,
    free: i32,
    until: i32,
}

/// A party as it is written.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    size: i32,
    luggage: i32,
    wheelchair: i32,
    /// When the desk first knows of it.
    pub registered: i32,
    ready: i32,
    dest: Vec<u16>,
}

impl Instance {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let unreadable =
            |why: String| Fault::Option(format!("{}: {why}; give an instance in the format tdp-1", path.display()));
        let text = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
        serde_json::from_slice(&text).map_err(|error| unreadable(error.to_string()))
    }

    /// The problem, validated. `kilometre` is what one is worth, in seconds of one traveller.
    pub fn problem(&self, kilometre: i32) -> Result<Problem, Fault> {
        let places = self.nodes.iter().map(|it| Place { opens: it.open, closes: it.close, beds: it.beds });
        let roads = Roads { seconds: self.time.concat(), metres: self.dist.concat() };
        let vehicles = self.vehicles.iter().map(Cab::vehicle);
        let parties = self.parties.iter().map(Group::party);
        let rules = self.params.rules(kilometre);
        Problem::new(places.collect(), roads, vehicles.collect(), parties.collect(), rules, self.end)
            .map_err(|defect| Fault::Option(format!("{}: {defect}", self.name)))
    }
}

impl Params {
    fn rules(&self, kilometre: i32) -> Rules {
        Rules {
            boarding_s: self.board_s,
            stop_s: self.stop_s,
            party_s: self.party_s,
            turnaround_s: self.turnaround_s,
            wait_max_s: self.max_wait_s,
            ride_max_s: self.max_ride_s,
            km_s: kilometre,
            ..Rules::default()
        }
    }
}

impl Cab {
    fn vehicle(&self) -> Vehicle {
        Vehicle {
            seats: self.seats,
            luggage: self.luggage,
            wheelchairs: self.wheelchair,
            free: self.free,
            until: self.until,
            ..Vehicle::default()
        }
    }
}

impl Group {
    fn party(&self) -> Party {
        Party {
            people: self.size,
            luggage: self.luggage,
            wheelchairs: self.wheelchair,
            ready: self.ready,
            places: self.dest.clone(),
            ..Party::default()
        }
    }
}
