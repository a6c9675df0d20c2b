//! A real OSRM, out of the Python wheel `osrm-bindings`, on a map that a test draws.

use crate::wheels;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// OSRM's car profile takes eight tenths of a road's limit as its speed.
pub const SHARE_OF_LIMIT: f64 = 0.8;

/// A road: its bends (latitude, longitude) and its limit in km/h. Roads with a bend in common meet there.
pub type Road<'r> = (&'r [(f64, f64)], u32);

/// A running `osrm-routed`. Dropped, it is gone.
pub struct Osrm {
    process: Child,
    address: String,
    _folder: TempDir,
}

impl Osrm {
    /// Draws the map, prepares it and serves it on a free port.
    #[must_use]
    pub fn on(roads: &[Road<'_>]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("map.osm"), drawn(roads)).expect("room on the disk");
        let profile = wheels::folder().join("osrm/share/profiles/car.lua");
        let profile = profile.to_str().expect("a plain path");
        run(folder.path(), "osrm-extract", &["--threads", "1", "--profile", profile, "map.osm"]);
        run(folder.path(), "osrm-contract", &["--threads", "1", "map.osrm"]);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
        let mut process = program(folder.path(), "osrm-routed")
            .args(["--ip", "127.0.0.1", "--port", &port.to_string(), "--threads", "1", "map.osrm"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("osrm-routed starts");
        let mut said = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let ready = said.any(|line| line.is_ok_and(|line| line.contains("waiting for requests")));
        assert!(ready, "osrm-routed ended before it listened on {port}");
        // Its log is read to the end, or it would stand still once the pipe is full.
        std::thread::spawn(move || said.count());
        Self { process, address: format!("http://127.0.0.1:{port}"), _folder: folder }
    }

    /// Where it answers.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Osrm {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn program(folder: &Path, name: &str) -> Command {
    let mut command = Command::new(wheels::folder().join("osrm/bin").join(name));
    command.current_dir(folder);
    command
}

fn run(folder: &Path, name: &str, arguments: &[&str]) {
    let done = program(folder, name).args(arguments).output().expect("the wheel holds the programs");
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&said));
}

/// OpenStreetMap XML.
fn drawn(roads: &[Road<'_>]) -> String {
    let mut nodes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut map, mut ways) = (String::from("<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n"), String::new());
    for (number, (bends, limit)) in roads.iter().enumerate() {
        write!(ways, "<way id=\"{}\">", number + 1).expect("a string takes any text");
        for (lat, lon) in *bends {
            let (place, next) = (format!("lat=\"{lat}\" lon=\"{lon}\""), nodes.len() + 1);
            let id = *nodes.entry(place).or_insert(next);
            write!(ways, "<nd ref=\"{id}\"/>").expect("a string takes any text");
        }
        let tags = format!("<tag k=\"highway\" v=\"primary\"/><tag k=\"maxspeed\" v=\"{limit}\"/></way>");
        writeln!(ways, "{tags}").expect("a string takes any text");
    }
    for (place, id) in &nodes {
        writeln!(map, "<node id=\"{id}\" {place}/>").expect("a string takes any text");
    }
    format!("{map}{ways}</osm>\n")
}
