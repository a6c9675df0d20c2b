//! `homeward bench eta`: trips from a file, predicted before they are learnt from; no server takes part.

use crate::server::binary;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

const TRIPS: &str = "trip_id,city,pickup_local,plat,plon,pzone,dlat,dlon,dzone,dur_s,split\n";
const POSITIONS: &str = "trip_id,pickup_local,elapsed_s,remaining_s,lat,lon,dlat,dlon,plat,plon,progress\n";

/// A trip an hour, all alike but for the last one, which takes `last` seconds.
fn trips(last: u32) -> String {
    let mut text = TRIPS.to_owned();
    for trip in 0..40 {
        let (day, hour, took) = (1 + trip / 20, trip % 20, if trip == 39 { last } else { 2_400 });
        writeln!(text, "t{trip},x,2018-01-0{day}T{hour:02}:00:00,40.65,-73.79,,40.75,-73.98,230,{took},train")
            .expect("text");
    }
    text
}

fn run(folder: &Path, option: &str, text: &str, more: &[&str]) -> Output {
    let file = folder.join("lines.csv");
    std::fs::write(&file, text).expect("written");
    let mut command = Command::new(binary());
    command.args(["bench", "eta", option]).arg(&file).arg("--predictions").arg(folder.join("out.csv")).args(more);
    command.output().expect("the binary runs")
}

fn predictions(folder: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.join("out.csv")).expect("predictions");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The three quantiles of the last trip.
fn last(folder: &Path) -> Vec<String> {
    predictions(folder).pop().expect("a line")[1..4].to_vec()
}

#[test]
fn a_trip_is_predicted_from_those_that_ended_and_never_from_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let done = run(folder.path(), "--trips", &trips(2_400), &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let told: Value = serde_json::from_slice(&done.stdout).expect("one document");
    let alike = last(folder.path());
    assert_eq!((&told["predicted"], predictions(folder.path()).len()), (&Value::from(40), 41), "{told}");
    assert_eq!(predictions(folder.path())[0], ["trip_id", "p10", "p50", "p90", "micros"]);
    run(folder.path(), "--trips", &trips(9_000), &[]);
    assert_eq!(last(folder.path()), alike, "what the trip itself took must not be seen");
    run(folder.path(), "--trips", &trips(2_400), &["--first", "5"]);
    assert_ne!(last(folder.path()), alike, "five trips teach less than thirty-nine");
}

#[test]
fn a_bad_line_is_named_and_left_out_and_a_bad_file_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("{}t40,x,2018-01-03T00:00:00,,,,40.75,-73.98,230,2400,train\n", trips(2_400));
    let done = run(folder.path(), "--trips", &text, &[]);
    let told: Value = serde_json::from_slice(&done.stdout).expect("one document");
    assert_eq!((&told["predicted"], &told["refusals"][0]["line"]), (&Value::from(40), &Value::from(42)), "{told}");
    assert_eq!(told["refusals"][0]["why"], "plat is empty");
    let done = run(folder.path(), "--trips", "a,b\n1,2\n", &[]);
    assert_eq!(done.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&done.stderr).contains("trip_id"));
}

#[test]
fn positions_are_predicted_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = POSITIONS.to_owned();
    for trip in 0..20 {
        for quarter in 1..4 {
            let (elapsed, left, lat) = (quarter * 600, 2_400 - quarter * 600, 40.65 + 0.025 * f64::from(quarter));
            let share = f64::from(quarter) / 4.0;
            writeln!(
                text,
                "t{trip},2018-01-01T{trip:02}:00:00,{elapsed},{left},{lat},-73.9,40.75,-73.98,40.65,-73.79,{share}"
            )
            .expect("text");
        }
    }
    let done = run(folder.path(), "--under-way", &text, &[]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let lines = predictions(folder.path());
    assert_eq!((lines.len(), lines[0].len(), lines[1][..2].join(" ")), (61, 6, "t0 600".to_owned()));
}
