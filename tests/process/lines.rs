//! The log as a machine reads it: one JSON object a line, a request's id in its span, nobody's name anywhere.

use crate::server::Server;
use homeward_tests::sample;
use reqwest::Client;
use serde_json::Value;
use std::fs::File;

const ID: &str = "0af7651916cd43dd8448eb211c80319c";

#[tokio::test]
async fn every_line_is_json_carries_the_requests_id_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    let log = File::create(&path).expect("a file");
    let mut server = Server::start_with(folder.path(), &["--log", "debug", "--log-format", "json"], log.into()).await;
    let token = server.first_run().await;
    let registered = Client::new().post(format!("{}/v1/parties", server.base)).bearer_auth(&token);
    let registered = registered.header("idempotency-key", "one").header("x-request-id", ID).json(&sample::party(1, 2));
    let registered = registered.send().await.expect("an answer");
    assert_eq!((registered.status().as_u16(), registered.headers()["x-request-id"].as_bytes()), (201, ID.as_bytes()));
    let own = Client::new().get(format!("{}/v1/reference", server.base)).header("x-request-id", "WANG \u{e9}");
    let own = own.send().await.expect("an answer").headers()["x-request-id"].to_str().expect("text").to_owned();
    assert!(uuid::Uuid::parse_str(&own).is_ok(), "an id that is no id is replaced: {own}");
    let phone = "a-phones-token-is-told-to-nobody-0123456789";
    let told = Client::new().get(format!("{}/v1/positions?id={phone}&lat=31.2&lon=121.6", server.base)).send().await;
    assert_eq!(told.expect("an answer").status(), 401);
    let told =
        Client::new().post(format!("{}/v1/positions", server.base)).body(format!("{{\"device_id\":\"{phone}\" broken"));
    assert_eq!(told.send().await.expect("an answer").status(), 400);
    assert_eq!(server.terminate().await.code(), Some(0));
    let text = std::fs::read_to_string(&path).expect("the log");
    assert!(text.contains("/v1/positions") && !text.contains(phone), "a phone's token is in the log");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().all(|line| line["timestamp"].is_string() && line["level"].is_string()), "{text}");
    for (id, method, route, status) in [(ID, "POST", "/v1/parties", 201), (&own, "GET", "/v1/reference", 401)] {
        let of_it: Vec<_> = lines.iter().filter(|line| line["span"]["id"] == id).collect();
        let told = |line: &&Value| {
            line["message"] == "answered"
                && line["span"]["http.request.method"] == method
                && line["span"]["http.route"] == route
                && line["span"]["http.response.status_code"] == status
        };
        assert_eq!(of_it.into_iter().filter(told).count(), 1, "{method} {route} {status} once: {text}");
    }
    let person = sample::person(1);
    for telling in
        [&person["name"]["surname"], &person["name"]["local"], &person["document"]["number"], &person["phone"]]
    {
        let telling = telling.as_str().expect("text");
        assert!(!text.contains(telling), "{telling} is in the log");
    }
    assert!(!text.contains(&token) && !text.contains("乔家路") && !text.contains("a sentence to remember"));
}

#[tokio::test]
async fn a_line_for_people_leaves_out_what_a_collector_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    let log = File::create(&path).expect("a file");
    let mut server = Server::start_with(folder.path(), &["--log", "homeward_web=debug"], log.into()).await;
    let asked = Client::new().get(format!("{}/v1/setup", server.base)).header("x-request-id", ID);
    assert_eq!(asked.send().await.expect("an answer").status(), 200);
    server.terminate().await;
    let text = std::fs::read_to_string(&path).expect("the log");
    let line = text.lines().find(|line| line.contains("answered")).expect("a line about the request");
    assert!(line.contains(ID) && line.contains("/v1/setup") && !line.contains("otel."), "{line}");
}
