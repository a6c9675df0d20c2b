//! The real program beside a real OSRM: what a verb left to ask is asked by itself, and the board hears.

use crate::numbers::Numbers;
use crate::server::Server;
use homeward_tests::actor::{Actor, Dispatcher, DutyOfficer, Squad};
use homeward_tests::feed_client::FeedClient;
use homeward_tests::osrm::Osrm;
use homeward_tests::sample;
use serde_json::{Value, json};
use std::process::Stdio;

async fn hired(server: &Server, admin: &Actor, username: &str, grant: Value) -> Actor {
    let body =
        json!({ "username": username, "password": "a sentence to remember", "display_name": username, "grant": grant });
    let account = admin.write("/v1/accounts", body).await.expect("a new account").subject;
    Actor::sign_in(&server.base, username, account).await.expect("a right password")
}

#[tokio::test]
async fn the_program_asks_its_engine_by_itself() {
    let osrm = Osrm::on(&[(&[(31.1496, 121.8010), (31.1496, 121.6), (31.2173, 121.4909)], 50)]);
    let folder = tempfile::tempdir().expect("a folder");
    let more = ["--log", "off", "--metrics-listen", "127.0.0.1:0", "--routing-engine", "osrm", "--routing-url"];
    let more = [&more[..], &[osrm.address()]].concat();
    let mut server = Server::start_with(folder.path(), &more, Stdio::inherit()).await;
    server.first_run().await;
    let admin = Actor::sign_in(&server.base, "admin", String::new()).await.expect("a right password");
    let desk = Actor::sign_in(&server.base, "desk", String::new()).await.expect("a right password");
    let officer = DutyOfficer(desk);
    let dispatcher = json!({ "role": "dispatcher", "district": "310101" });
    let dispatcher = Dispatcher(hired(&server, &admin, "dispatcher", dispatcher).await);
    let squad = |role: &str| json!({ "role": "squad", "place": "310101017", "squad_role": role });
    let leader = Squad(hired(&server, &admin, "leader", squad("leader")).await);
    let committee = Squad(hired(&server, &admin, "committee", squad("committee")).await);
    let party = officer.register(sample::party(1, 1)).await.expect("a good registration").subject;
    dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    leader.agree(&party).await.expect("agreed");
    committee.home_is_suitable(&party).await.expect("visited");
    let vehicle = dispatcher.add_vehicle("1", 9).await.expect("a vehicle").subject;
    let now = admin.get("/v1/session").await.expect("signed in")["now"].clone();
    let now = homeward_tests::instant(now.as_str().expect("the program's clock"));
    let trip = dispatcher.plan_trip(&vehicle, now).await.expect("a plan").subject;
    let mut board = FeedClient::connect(&server.base, leader.token(), sample::QIAOJIA, None).await;
    dispatcher.assign(&party, &trip).await.expect("seats");
    let stop = dispatcher.party(&party).await["stop"].as_str().expect("a seated party has a stop").to_owned();
    // A busy machine may take longer than an answer may; then the board says that the engine is silent.
    let words = ["routing_engine_osrm_minutes", "routing_engine_silent_minutes"];
    let told = |row: &Value| {
        let reasons = row["eta"]["reasons"].as_array();
        reasons.is_some_and(|all| all.iter().any(|it| words.iter().any(|word| it["code"] == *word)))
    };
    board.until("the engine's word", |board| told(board.row(&stop))).await;
    let numbers = Numbers::scrape(&server.operations.clone().expect("the listener was asked for")).await;
    let asked = |outcome| numbers.of("homeward_routing_questions_total", &[("engine", "osrm"), ("outcome", outcome)]);
    assert_eq!(asked("answered") + asked("slow"), 1, "one question at assignment");
    assert_eq!(server.terminate().await.code(), Some(0), "nobody waits for an engine at the end");
}
