//! Arrows between the crates: only down, only those of ARCHITECTURE.md.

use cargo_metadata::Package;

use crate::tree::{hold, short_name, workspace};

/// Each floor and the floors it may stand on. `server` may reach `feed` and `store` because it wires them together.
/// `bench` stands outside and sees the wire, and the planner and the estimates that it measures alone (decisions 0013, 0014).
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("eta", &["domain"]),
    ("planner", &[]),
    ("routing", &["domain"]),
    ("store", &["domain"]),
    ("feed", &["domain", "store"]),
    ("dispatch", &["domain", "eta", "feed", "planner", "routing", "store"]),
    ("web", &["dispatch", "domain", "feed"]),
    ("bench", &["eta", "planner"]),
    ("server", &["bench", "dispatch", "domain", "feed", "routing", "store", "web"]),
];

#[test]
fn arrows_between_crates_go_down() {
    let metadata = workspace();
    let broken: Vec<String> = metadata.packages.iter().flat_map(forbidden_arrows).collect();
    hold(
        "A crate uses a floor it must not see.",
        "move the code to the floor that may, or pass a value down; a truly new arrow is a commit of its own: the list \
         in tests/tidy/arrows.rs, ARCHITECTURE.md and a page in decisions/.",
        &broken,
    );
}

#[test]
fn every_crate_has_its_floor() {
    let members: Vec<String> = workspace().packages.iter().map(short_name).filter(|name| name != "tests").collect();
    let unknown: Vec<String> =
        members.iter().filter(|name| MAY_USE.iter().all(|(floor, _)| floor != name)).cloned().collect();
    hold(
        "A crate has no floor.",
        "add it to the list in tests/tidy/arrows.rs, or make it a module of a crate that has one.",
        &unknown,
    );
    assert_eq!(members.len(), MAY_USE.len(), "a floor of tests/tidy/arrows.rs has no crate any more: drop its line");
}

fn forbidden_arrows(package: &Package) -> Vec<String> {
    let from = short_name(package);
    if from == "tests" {
        return Vec::new();
    }
    let allowed = MAY_USE.iter().find(|(floor, _)| *floor == from).map_or(&[][..], |(_, below)| below);
    let used = package.dependencies.iter().filter_map(|used| used.name.strip_prefix("homeward-"));
    used.filter(|to| !allowed.contains(to)).map(|to| format!("{from} -> {to}")).collect()
}
