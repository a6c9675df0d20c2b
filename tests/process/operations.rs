//! What an operator's tools see of a real process: the numbers move, readiness follows the truth, a drain is told.

use crate::numbers::Numbers;
use crate::server::Server;
use futures_util::StreamExt as _;
use homeward_dispatch::{Clock, Dispatcher, Ids};
use homeward_feed::{Hub, PROTOCOL};
use homeward_store::{Keys, Store};
use homeward_tests::feed_client::FeedClient;
use homeward_tests::sample;
use homeward_web::{App, Reach};
use reqwest::StatusCode;
use serde_json::Value;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Longer than anything here takes on a busy machine, shorter than a drain's limit.
const SOON: Duration = Duration::from_secs(8);
const WATCHED: [&str; 4] = ["--log", "off", "--metrics-listen", "127.0.0.1:0"];
const REQUESTS: &str = "homeward_http_requests_total";

async fn status(address: &str) -> (StatusCode, String) {
    let answer = reqwest::get(address).await.expect("an answer");
    (answer.status(), answer.text().await.expect("text"))
}

/// Scrapes until the numbers are as wanted.
async fn until(operations: &str, what: &str, wanted: impl Fn(&Numbers) -> bool) -> Numbers {
    let scrape = async {
        loop {
            let numbers = Numbers::scrape(operations).await;
            if wanted(&numbers) {
                return numbers;
            }
        }
    };
    timeout(SOON, scrape).await.unwrap_or_else(|_| panic!("never came true: {what}"))
}

#[tokio::test]
async fn the_numbers_move_with_what_happens_and_name_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &WATCHED, Stdio::inherit()).await;
    let operations = server.operations.clone().expect("the listener was asked for");
    let token = server.first_run().await;
    let register = [("route", "/v1/parties"), ("method", "POST"), ("status", "201")];
    let before = Numbers::scrape(&operations).await;
    assert_eq!((before.of(REQUESTS, &register), before.of("homeward_boards", &[])), (0, 0));
    let mut board = FeedClient::connect(&server.base, &token, sample::DISTRICT, None).await;
    let made = server.write(&token, "/v1/parties", "one", &sample::party(1, 2)).await.expect("an answer");
    let id = made.json::<Value>().await.expect("a receipt")["subject"].as_str().expect("an id").to_owned();
    while board.next().await["op"] != "ev" {}
    server.get(&token, &format!("/v1/parties/{id}")).await;
    status(&format!("{}/WANG-XIAO/E00000001", server.base)).await;
    let after = until(&operations, "a frame with its lag, and a turn of every kind of step", |numbers| {
        let steps = ["sweep", "escalate", "alarm", "retag", "estimate", "retire", "forget"];
        let turned = |step| numbers.of("homeward_step_runs_total", &[("step", step), ("outcome", "done")]) > 0;
        numbers.of("homeward_board_lag_seconds_count", &[]) > 0 && steps.into_iter().all(turned)
    })
    .await;
    assert_eq!((after.of(REQUESTS, &register), after.of("homeward_boards", &[])), (1, 1));
    assert_eq!(after.of("homeward_http_request_seconds_count", &register[..2]), 1);
    assert_eq!(after.of(REQUESTS, &[("route", "/v1/parties/{id}"), ("status", "200")]), 1);
    assert_eq!(after.of(REQUESTS, &[("route", "pages"), ("status", "404")]), 1);
    assert!(after.of("homeward_frames_sent_total", &[]) >= 3, "welcome, sub, ev");
    assert!(after.of("homeward_step_seconds_count", &[("step", "sweep")]) > 0);
    assert_eq!(after.of("homeward_ready", &[]), 1);
    assert_eq!(after.of("homeward_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1);
    assert_eq!(after.kind("homeward_http_request_seconds"), Some("histogram"));
    let telling =
        after.series().find(|series| series.contains(&id) || series.contains("WANG") || series.contains("E0"));
    assert_eq!(telling, None, "a path as it was asked");
    drop(board);
    until(&operations, "the socket is counted out", |numbers| numbers.of("homeward_boards", &[]) == 0).await;
}

#[tokio::test]
async fn the_numbers_are_on_the_operators_listener_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &WATCHED, Stdio::inherit()).await;
    let operations = server.operations.as_ref().expect("the listener was asked for");
    let asked = async |base: &str, path| status(&format!("{base}{path}")).await.0;
    assert_eq!(asked(&server.base, "/metrics").await, 404);
    for base in [&server.base, operations] {
        assert_eq!((asked(base, "/healthz").await, asked(base, "/readyz").await), (StatusCode::OK, StatusCode::OK));
    }
    assert_eq!(asked(operations, "/v1/session").await, 404, "nothing of the product is served there");
    let other = tempfile::tempdir().expect("a folder");
    assert_eq!(Server::start(other.path()).await.operations, None, "off until it is asked for");
}

#[tokio::test]
async fn a_node_that_drains_is_not_ready_and_finishes_what_it_began() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start_with(folder.path(), &WATCHED, Stdio::inherit()).await;
    let operations = server.operations.clone().expect("the listener was asked for");
    let token = server.first_run().await;
    let body = sample::party(1, 1).to_string();
    let mut request = begun(&server.base, &token, body.len()).await;
    server.tell_to_stop().await;
    let unready = async {
        loop {
            let (status, text) = status(&format!("{operations}/readyz")).await;
            if status != StatusCode::OK {
                return (status, serde_json::from_str::<Value>(&text).expect("problem+json"));
            }
        }
    };
    let (said, problem) = timeout(SOON, unready).await.expect("the node becomes unready");
    assert_eq!((said.as_u16(), &problem["reason"], &problem["status"]), (503, &"draining".into(), &503.into()));
    assert_eq!(status(&format!("{operations}/healthz")).await.0, 200, "it lives while it drains");
    assert_eq!(Numbers::scrape(&operations).await.of("homeward_ready", &[]), 0);
    request.write_all(body.as_bytes()).await.expect("the server still reads");
    let mut answer = String::new();
    request.read_to_string(&mut answer).await.expect("the server still answers");
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(server.ended().await.code(), Some(0));
}

/// A registration whose handler runs already and waits for its body: the server asks for it when it wants to read.
async fn begun(base: &str, token: &str, bytes: usize) -> TcpStream {
    let host = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.expect("the server listens");
    let head = format!(
        "POST /v1/parties HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\nidempotency-key: held\r\n\
         content-type: application/json\r\ncontent-length: {bytes}\r\nexpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    let mut said = [0; 25];
    stream.read_exact(&mut said).await.expect("the handler asks for the body");
    assert_eq!(&said, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[tokio::test]
async fn a_socket_that_said_nothing_yet_is_told_to_come_back_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start_with(folder.path(), &WATCHED, Stdio::inherit()).await;
    let mut request =
        format!("{}/feed", server.base.replacen("http", "ws", 1)).into_client_request().expect("a request");
    request.headers_mut().insert("sec-websocket-protocol", PROTOCOL.parse().expect("a word"));
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("the feed is there");
    server.tell_to_stop().await;
    let bye = timeout(SOON, socket.next()).await.expect("at once, not after the time for a hello");
    let bye: Value = match bye {
        Some(Ok(Message::Text(bye))) => serde_json::from_str(&bye).expect("a frame"),
        other => panic!("a goodbye, not {other:?}"),
    };
    assert_eq!((&bye["op"], &bye["why"]), (&"bye".into(), &"restart".into()));
    let [least, most] = [0, 1].map(|at| bye["retry_ms"][at].as_u64().expect("milliseconds"));
    assert!(most >= least + 1_000, "a full house comes back spread, not at once: {bye}");
    match socket.next().await {
        Some(Ok(Message::Close(Some(frame)))) => assert_eq!(u16::from(frame.code), 4501),
        other => panic!("a close, not {other:?}"),
    }
    assert_eq!(server.ended().await.code(), Some(0));
}

#[tokio::test]
async fn a_node_without_its_database_lives_and_is_not_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("homeward.db").display());
    let store = Store::open(&url, Keys::from_bytes([7; 32])).await.expect("a register");
    let hub = Hub::new(store.clone());
    let dispatcher = Dispatcher::new(store.clone(), hub.clone(), Clock::system(), Ids::System);
    let app =
        App::from(Reach { dispatcher, hub, tasks: TaskTracker::new(), closing: CancellationToken::new(), demo: false });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = async {
        let before = status(&format!("{base}/readyz")).await;
        store.close().await;
        (before, status(&format!("{base}/readyz")).await, status(&format!("{base}/healthz")).await)
    };
    let (before, unready, alive) = tokio::select! {
        asked = asked => asked,
        ended = homeward_web::serve(listener, app, std::future::pending(), SOON) => panic!("served no longer: {ended:?}"),
    };
    let problem: Value = serde_json::from_str(&unready.1).expect("problem+json");
    assert_eq!((before.0.as_u16(), unready.0.as_u16(), alive.0.as_u16()), (200, 503, 200));
    assert_eq!((&problem["reason"], &problem["code"]), (&"database".into(), &"unready".into()));
}
