//! Traces: a collector of the test's own receives the span of a request, over OTLP.

use crate::server::Server;
use axum::body::Bytes;
use axum::http::{HeaderMap, Uri};
use axum::{Router, extract::State};
use reqwest::Client;
use std::process::Stdio;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;

const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
/// The exporter sends every five seconds.
const WITHIN: Duration = Duration::from_secs(30);

type Received = (String, HeaderMap, Bytes);

async fn take(State(told): State<mpsc::UnboundedSender<Received>>, uri: Uri, headers: HeaderMap, body: Bytes) {
    told.send((uri.path().to_owned(), headers, body)).expect("the test waits");
}

#[tokio::test]
async fn a_collector_receives_the_span_of_a_request() {
    let (told, mut heard) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let collector = axum::serve(listener, Router::new().fallback(take).with_state(told));
    let story = async {
        let folder = tempfile::tempdir().expect("a folder");
        let more = ["--log", "off", "--otlp-endpoint", &endpoint];
        let mut server = Server::start_with(folder.path(), &more, Stdio::inherit()).await;
        let asked = Client::new().get(format!("{}/v1/session", server.base)).header("x-request-id", ID);
        assert_eq!(asked.send().await.expect("an answer").status(), 401);
        let ended = server.terminate().await;
        let received = heard.recv().await.expect("the collector listens");
        (ended, received)
    };
    let (ended, (path, headers, body)) = tokio::select! {
        story = timeout(WITHIN, story) => story.expect("a span arrives"),
        served = collector => panic!("the collector ended: {served:?}"),
    };
    assert_eq!((ended.code(), path.as_str()), (Some(0), "/v1/traces"));
    assert_eq!(headers["content-type"], "application/x-protobuf");
    let told = |word: &str| body.windows(word.len()).any(|bytes| bytes == word.as_bytes());
    for word in ["GET /v1/session", "http.route", "http.response.status_code", "service.name", "homeward", ID] {
        assert!(told(word), "{word} is not in the span");
    }
}

#[tokio::test]
async fn a_collector_that_is_gone_stops_nobody() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", taken.local_addr().expect("an address"));
    drop(taken);
    let folder = tempfile::tempdir().expect("a folder");
    let more = ["--log", "off", "--otlp-endpoint", &endpoint];
    let mut server = Server::start_with(folder.path(), &more, Stdio::inherit()).await;
    let asked = reqwest::get(format!("{}/v1/setup", server.base)).await.expect("an answer");
    assert_eq!((asked.status().as_u16(), server.terminate().await.code()), (200, Some(0)));
}
