//! The load tool against the real server: what it counts is what happened. Counts only; how fast it was is for
//! `deploy/measuring.md`.

use crate::server::{Server, binary};
use serde_json::{Value, json};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::process::Command;

/// The administrator that the tool makes at its first run.
const PASSWORD: &str = "a sentence to remember";
/// The crowd of a run; the two numbers below are its own.
const CROWD: [&str; 8] = ["--boards", "40", "--receivers", "4", "--rate", "40", "--heartbeat", "1"];
/// Boards of a run, over so many receivers.
const BOARDS: u64 = 40;
const RECEIVERS: u64 = 4;
/// Storms of a run.
const ROUNDS: u64 = 3;

/// A server to measure; gone with its folder.
struct Measured {
    server: Server,
    folder: TempDir,
}

impl Measured {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { server: Server::start(folder.path()).await, folder }
    }

    /// `homeward bench …`: exit code, document (null without one), what was said.
    async fn bench(&self, arguments: &[&str]) -> (Option<i32>, Value, String) {
        let code = self.server.set_up_code.as_ref().expect("a first run prints a code");
        let mut command = Command::new(binary());
        command.arg("bench").args(arguments).args(["--url", &self.server.base, "--set-up-code", code]);
        command.env("HOMEWARD_BENCH_PASSWORD", PASSWORD).stdin(Stdio::null()).kill_on_drop(true);
        let ended = command.output().await.expect("the binary runs");
        let document = serde_json::from_slice(&ended.stdout).unwrap_or_default();
        (ended.status.code(), document, String::from_utf8_lossy(&ended.stderr).into_owned())
    }

    /// A run that has to be clean; gives its figures.
    async fn clean(&self, load: &str, arguments: &[&str]) -> Value {
        let (code, document, said) = self.bench(&[&[load, "--yes-write"], arguments].concat()).await;
        assert_eq!(code, Some(0), "{said}\n{document:#}");
        assert_eq!((&document["bench"], &document["faults"]), (&json!(load), &json!([])), "{document:#}");
        document["result"].clone()
    }

    /// Every account, as the administrator sees them.
    async fn accounts(&self) -> Vec<Value> {
        let admin = self.server.sign_in("admin").await;
        let all = self.server.get(&admin, "/v1/accounts").await;
        all["accounts"].as_array().expect("accounts").clone()
    }

    /// The names of those who may sign in.
    async fn enabled(&self) -> Vec<String> {
        let all = self.accounts().await.into_iter().filter(|account| account["disabled"] == false);
        all.map(|account| account["username"].as_str().expect("a name").to_owned()).collect()
    }
}

fn number(of: &Value, path: &str) -> u64 {
    of.pointer(path).and_then(Value::as_u64).unwrap_or_else(|| panic!("no number at {path}: {of:#}"))
}

#[tokio::test]
async fn every_acknowledged_registration_is_read_back() {
    let measured = Measured::start().await;
    let result = measured.clean("register", &["--concurrency", "4", "--count", "60", "--seconds", "600"]).await;
    assert_eq!(number(&result, "/acknowledged"), 60, "{result:#}");
    assert_eq!(number(&result, "/read_back/found"), 60, "{result:#}");
    assert_eq!(number(&result, "/latency/count"), 60, "{result:#}");
    assert_eq!(measured.enabled().await, ["admin"], "the run's accounts are disabled");
    let paced = measured.clean("register", &["--rate", "20", "--seconds", "2"]).await;
    assert_eq!(number(&paced, "/acknowledged"), 40, "two seconds of twenty: {paced:#}");
}

#[tokio::test]
async fn every_change_reaches_every_board_once() {
    let measured = Measured::start().await;
    let pid = measured.server.id().to_string();
    let arguments = [&CROWD[..], &["--seconds", "1", "--baseline-seconds", "1", "--pid", &pid]].concat();
    let result = measured.clean("boards", &arguments).await;
    let changes = number(&result, "/published/acknowledged");
    assert!(changes > 0, "{result:#}");
    assert_eq!(number(&result, "/checked/gaps") + number(&result, "/checked/duplicates"), 0, "{result:#}");
    assert_eq!(number(&result, "/checked/snapshots"), BOARDS, "one each, to begin with: {result:#}");
    assert_eq!(number(&result, "/deliveries"), changes * BOARDS / RECEIVERS, "{result:#}");
    assert_eq!(number(&result, "/sent_to_socket/count"), changes * BOARDS / RECEIVERS, "every one is timed");
    assert!(number(&result, "/process/rss_bytes_with_boards") > 0, "{result:#}");
    assert_eq!(measured.enabled().await, ["admin"]);
}

#[tokio::test]
async fn every_vehicle_is_seen_and_registrations_go_on_beside_the_phones() {
    let measured = Measured::start().await;
    let track = measured.folder.path().join("track.gpx");
    let point = |lat: f64, lon: f64, time: &str| {
        format!("<trkpt lat=\"{lat}\" lon=\"{lon}\"><time>2020-03-20T12:{time}Z</time></trkpt>")
    };
    let gpx = format!("<gpx>{}{}</gpx>", point(31.15, 121.80, "00:00"), point(31.16, 121.78, "02:00"));
    std::fs::write(&track, gpx).expect("a track");
    let fleet = ["--trips", "2", "--devices", "6", "--rate", "60", "--seconds", "2", "--registrations", "10"];
    let result = measured.clean("positions", &[&fleet[..], &["--gpx", track.to_str().expect("text")]].concat()).await;
    assert_eq!((number(&result, "/heard"), number(&result, "/trips_seen")), (120, 2), "{result:#}");
    for phase in ["/registrations_alone/count", "/registrations_beside/count"] {
        assert_eq!(number(&result, phase), 20, "two seconds of ten: {result:#}");
    }
    assert_eq!(measured.enabled().await, ["admin"]);
}

#[tokio::test]
async fn a_storm_loses_nothing_and_repeats_nothing() {
    let measured = Measured::start().await;
    let arguments = [&CROWD[..], &["--rounds", "3", "--away-ms", "300"]].concat();
    let result = measured.clean("reconnect", &arguments).await;
    assert_eq!(number(&result, "/checked/gaps") + number(&result, "/checked/duplicates"), 0, "{result:#}");
    assert_eq!(number(&result, "/checked/resumes"), BOARDS * ROUNDS, "every board, every time: {result:#}");
    assert_eq!(number(&result, "/snapshots_needed"), 0, "{result:#}");
    let changes = number(&result, "/published/acknowledged");
    assert_eq!(number(&result, "/checked/facts"), changes * BOARDS / RECEIVERS, "what came while away came too");
}

#[tokio::test]
async fn a_real_register_is_not_written_to_by_mistake() {
    let measured = Measured::start().await;
    let (code, document, said) = measured.bench(&["register", "--seconds", "1"]).await;
    assert_eq!((code, document), (Some(64), Value::Null), "{said}");
    assert!(said.contains("--yes-write"), "{said}");
    measured.clean("register", &["--count", "1"]).await;
    let before = measured.accounts().await;
    let (code, _, said) = measured.bench(&["register", "--seconds", "1"]).await;
    assert_eq!(code, Some(64), "nor when it has an administrator: {said}");
    assert_eq!(measured.accounts().await, before, "and nobody was hired");
}
