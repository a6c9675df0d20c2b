//! A program outside asks where vehicles are and when they come: it gets GTFS-Realtime by the public definition, and nobody.

use homeward_tests::actor::Actor;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample, wheels};
use reqwest::Client;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

const PATH: &str = "/v1/gtfs-realtime";

async fn program(world: &World) -> Actor {
    world.hire(json!({ "role": "export", "district": "310101" })).await
}

async fn bytes(world: &World, who: &Actor, accept: &str) -> (String, Vec<u8>) {
    let request = Client::new().get(format!("{}{PATH}", world.base())).bearer_auth(who.token()).header(ACCEPT, accept);
    let answer = request.send().await.expect("an answer").error_for_status().expect("the right is there");
    let kind = answer.headers()[CONTENT_TYPE].to_str().expect("a plain header").to_owned();
    (kind, answer.bytes().await.expect("a body").to_vec())
}

/// The message as another program reads it: by the public definition, with protobuf's own reader. It also holds our JSON
/// form against the bytes.
async fn feed(world: &World, who: &Actor) -> Value {
    let (kind, body) = bytes(world, who, "*/*").await;
    assert_eq!(kind, "application/x-protobuf");
    let (kind, written) = bytes(world, who, "application/json").await;
    assert_eq!(kind, "application/json");
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(&written).expect("room on the disk");
    let mut reader = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/gtfs.py"))
        .arg("--json")
        .arg(file.path())
        .env("PYTHONPATH", wheels::folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 is there: tests/wheels just ran it");
    reader.stdin.take().expect("a pipe").write_all(&body).expect("the reader reads");
    let read = reader.wait_with_output().expect("an end");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).expect("the reader writes JSON")
}

fn entity<'f>(feed: &'f Value, kind: &str, trip: &str) -> &'f Value {
    let all = feed["entity"].as_array().expect("entities");
    all.iter().find(|it| it[kind]["trip"]["trip_id"] == trip).map_or(&Value::Null, |it| &it[kind])
}

fn number(of: &Value) -> i64 {
    of.as_i64().or_else(|| of.as_str()?.parse().ok()).unwrap_or_else(|| panic!("a number: {of}"))
}

fn seconds(instant: &Value) -> i64 {
    homeward_tests::instant(instant.as_str().expect("an instant")).timestamp()
}

#[tokio::test]
async fn a_program_reads_arrivals_and_positions_by_the_public_definition() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let program = program(&world).await;
    let empty = feed(&world, &program).await;
    assert!(empty.get("entity").is_none(), "{empty:#}");
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;

    let before = feed(&world, &program).await;
    let header = &before["header"];
    assert_eq!((&header["gtfs_realtime_version"], &header["incrementality"]), (&json!("2.0"), &json!("FULL_DATASET")));
    assert_eq!(number(&header["timestamp"]), world.now().timestamp());
    let update = entity(&before, "trip_update", &trip);
    assert_eq!(update["trip"]["schedule_relationship"], "ADDED");
    let halt = &update["stop_time_update"][0];
    assert_eq!((&halt["stop_id"], &halt["stop_sequence"]), (&json!(sample::QIAOJIA_GATE), &json!(1)));
    let shown = cast.leader.stop(&stop).await.expect("their stop")["eta"].clone();
    assert_eq!(number(&halt["arrival"]["time"]), seconds(&shown["p50"]), "the board and the programs hear the same");
    assert_eq!(number(&halt["arrival"]["uncertainty"]), seconds(&shown["p90"]) - seconds(&shown["p10"]));
    assert!(entity(&before, "vehicle", &trip).is_null(), "nobody knows where it is");

    cast.departed(&trip).await;
    world.pass(10).await;
    assert!(entity(&feed(&world, &program).await, "vehicle", &trip).is_null(), "it left and told nothing");
    cast.escort.position(&trip, (31.18, 121.65), world.now()).await.expect("a position");
    let told_at = world.now().timestamp();
    world.pass(1).await;
    let under_way = feed(&world, &program).await;
    let vehicle = entity(&under_way, "vehicle", &trip);
    assert_eq!(number(&vehicle["timestamp"]), told_at, "the position's own time, not the question's");
    let latitude = vehicle["position"]["latitude"].as_f64().expect("degrees");
    assert!((latitude - 31.18).abs() < 1e-5, "{latitude}");
    assert_eq!((&vehicle["stop_id"], &vehicle["current_stop_sequence"]), (&json!(sample::QIAOJIA_GATE), &json!(1)));
    assert_eq!(vehicle["current_status"], "IN_TRANSIT_TO");
    world.pass(5).await;
    assert!(entity(&feed(&world, &program).await, "vehicle", &trip).is_null(), "an old position is not passed on");

    cast.escort.arrive(&stop).await.expect("at the gate");
    let there = feed(&world, &program).await;
    let arrival = &entity(&there, "trip_update", &trip)["stop_time_update"][0]["arrival"];
    assert_eq!((number(&arrival["time"]), number(&arrival["uncertainty"])), (world.now().timestamp(), 0));
}

#[tokio::test]
async fn a_program_learns_nothing_about_anybody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let program = program(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    cast.escort.position(&trip, (31.18, 121.65), world.now()).await.expect("a position");

    let told = feed(&world, &program).await.to_string();
    assert!(told.contains(&trip), "the trip is there: {told}");
    let label = cast.dispatcher.party(&party).await["label"].as_str().expect("a label").to_owned();
    let plate = cast.dispatcher.trip(&trip).await["plate"].as_str().expect("a plate").to_owned();
    let inside = ["XIAOB", "WANG", "王小", "E00000001", "乔家路", "13900000000", "大巴", "occupancy", "license"];
    for word in inside.into_iter().chain([label.as_str(), plate.as_str(), party.as_str(), stop.as_str()]) {
        assert!(!told.contains(word), "{word} left the house: {told}");
    }
    for path in ["/v1/trips", "/v1/parties", "/v1/ledger", "/v1/accounts"] {
        assert_eq!(program.get(path).await.expect_err("one right only").code, "not-your-role", "{path}");
    }
    let board = program.get("/v1/boards/huangpu-xdm-qiaojia").await.expect_err("no board");
    assert_eq!(board.code, "not-found");
    for who in [&cast.dispatcher.0, &cast.escort.0, &cast.leader.0, &world.administrator().0] {
        assert_eq!(who.get(PATH).await.expect_err("export is a right of its own").code, "not-your-role");
    }
}
