//! `homeward bench planner` as a program: reads an instance, writes a plan, tells its goals; repeatable to the byte.

use crate::server::binary;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Six parties of two for three gates in a row, a van of six that needs two trips.
fn instance() -> Value {
    let node = |id: usize| json!({ "id": id, "kind": if id == 0 { "airport" } else { "community" }, "open": 0, "close": 30_000 });
    let road = |a: i64, b: i64| if a == b { 0 } else { (a - b).abs() * 300 + 600 };
    let table: Vec<Vec<i64>> = (0..4).map(|a| (0..4).map(|b| road(a, b)).collect()).collect();
    let party = |id: usize| {
        json!({ "id": id, "size": 2, "luggage": 2, "wheelchair": 0, "flight": "F1", "registered": id * 60,
            "ready": 600 + id * 60, "dest": [1 + id % 3] })
    };
    json!({ "format": "tdp-1", "name": "small", "end": 40_000, "dist": table, "time": table,
        "params": { "board_s": 300, "stop_s": 180, "party_s": 60, "turnaround_s": 1200, "max_wait_s": 7200, "max_ride_s": 9000 },
        "nodes": (0..4).map(node).collect::<Vec<_>>(),
        "vehicles": [{ "id": 0, "seats": 6, "luggage": 10, "wheelchair": 0, "free": 0, "until": 40_000 }],
        "parties": (0..6).map(party).collect::<Vec<_>>() })
}

fn plan(folder: &Path, more: &[&str]) -> (Value, Vec<u8>) {
    let (file, out) = (folder.join("instance.json"), folder.join("plan.json"));
    std::fs::write(&file, instance().to_string()).expect("written");
    let mut command = Command::new(binary());
    command.args(["bench", "planner"]).arg(&file).args(["--seed", "7", "--out"]).arg(&out).args(more);
    let done = command.output().expect("the binary runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    (serde_json::from_slice(&done.stdout).expect("one document"), std::fs::read(&out).expect("a plan"))
}

#[test]
fn an_instance_is_planned_whole_and_as_a_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let (told, written) = plan(folder.path(), &["--iterations", "500"]);
    let document: Value = serde_json::from_slice(&written).expect("JSON");
    let trips = document["trips"].as_array().expect("trips");
    assert_eq!((&document["format"], trips.len(), &told["l1"]), (&json!("tdp-plan-1"), 2, &json!(0)), "{told}");
    assert_eq!(plan(folder.path(), &["--iterations", "500"]).1, written, "the same rounds give the same bytes");
    assert_eq!(plan(folder.path(), &["--ms", "20"]).0["l1"], 0);
    let (day, _) = plan(folder.path(), &["--online", "--iterations", "50"]);
    assert_eq!((&day["l1"], &day["told"]), (&json!(0), &json!(6)), "{day}");
}

#[test]
fn a_file_that_is_no_instance_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.json");
    std::fs::write(&file, "{}").expect("written");
    let done = Command::new(binary()).args(["bench", "planner"]).arg(&file).output().expect("the binary runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(64), "{said}");
    assert!(said.contains("x.json") && said.contains("tdp-1"), "{said}");
}
