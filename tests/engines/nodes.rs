//! Several nodes on one PostgreSQL database: what one writes the others hear of.

use homeward_store::{Heard, Publication, Stream, log};
use homeward_tests::{Engine, Register};
use serde_json::json;
use serde_json::value::to_raw_value;
use std::time::Duration;
use tokio::time::timeout;

/// Far more than a wake-up takes; who needs it has lost it.
const PATIENCE: Duration = Duration::from_secs(20);

fn publication(key: &str) -> Publication {
    let at = chrono::DateTime::from_timestamp(1_584_700_000, 0).unwrap();
    Publication {
        stream: stream(),
        key: key.into(),
        kind: "site.changed",
        at,
        row: Some(to_raw_value(&json!({})).unwrap()),
        driver: None,
    }
}

fn stream() -> Stream {
    Stream::receiver("huangpu-site-1")
}

#[tokio::test]
async fn a_commit_on_one_node_is_heard_on_the_other_and_not_on_its_own() {
    let register = Register::on(Engine::Postgres).await;
    let (here, there) = (crate::open(&register).await, crate::open(&register).await);
    let (mut own, mut other) = (here.listen(), there.listen());
    assert_eq!(timeout(PATIENCE, other.next()).await.unwrap(), Heard::Missed, "it may have missed the past");
    assert_eq!(timeout(PATIENCE, own.next()).await.unwrap(), Heard::Missed);
    let mut unit = here.begin().await.unwrap();
    unit.publish(publication("a"));
    unit.commit().await.unwrap();
    assert_eq!(timeout(PATIENCE, other.next()).await.unwrap(), Heard::Heads(vec![(stream(), 1)]));
    there.tell("greeting", json!({ "long": "x".repeat(5_000) }));
    there.tell("greeting", json!({ "long": "y".repeat(5_000) }));
    for letter in ["x", "y"] {
        let told = Heard::Told { topic: "greeting".into(), body: json!({ "long": letter.repeat(5_000) }) };
        assert_eq!(timeout(PATIENCE, own.next()).await.unwrap(), told, "its own commit was not echoed");
    }
}

/// Four nodes, eight writers each, all telling the same streams in any order: no gap, no number twice, no deadlock.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_on_many_nodes_leave_no_gap() {
    const ROUNDS: i64 = 10;
    let register = Register::on(Engine::Postgres).await;
    let mut writers = Vec::new();
    for node in 0..4 {
        let store = crate::open(&register).await;
        for writer in 0..8_i64 {
            let store = store.clone();
            writers.push(async move {
                for round in 0..ROUNDS {
                    let mut unit = store.begin().await.unwrap();
                    unit.publish(publication(&format!("{node}-{writer}-{round}")));
                    let other = Publication { stream: Stream::district("310101"), ..publication("d") };
                    unit.publish(other);
                    unit.commit().await.unwrap();
                }
            });
        }
    }
    futures_util::future::join_all(writers).await;
    let store = crate::open(&register).await;
    let mut reader = store.read().await.unwrap();
    for name in [stream(), Stream::district("310101")] {
        let entries = log::entries_after(&mut reader, &name, 0, 1_000).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=32 * ROUNDS).collect::<Vec<_>>());
    }
}
