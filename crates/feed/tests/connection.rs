//! One socket's streams: fair, bounded, with ticks between the facts and receipts for what was shown.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, Duration, Utc};
use futures_util::FutureExt as _;
use homeward_feed::{Connection, Error, Hub, Position, Receipts, Tick};
use homeward_store::{Keys, Publication, Store, Stream};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

async fn hub() -> (TempDir, Store, Hub) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("homeward.db").display());
    let store = Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap();
    let hub = Hub::new(store.clone());
    (folder, store, hub)
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).unwrap()
}

fn connection(hub: &Hub, id: u128) -> Connection {
    Connection::new(hub.clone(), Uuid::from_u128(id), now() + Duration::hours(8))
}

fn stream(n: usize) -> Stream {
    Stream::receiver(&format!("huangpu-site-{n}"))
}

async fn publish(store: &Store, hub: &Hub, to: &[Stream], count: usize) {
    let mut unit = store.begin().await.unwrap();
    for stream in to {
        for _ in 0..count {
            let row = Some(to_raw_value(&json!({})).unwrap());
            unit.publish(Publication {
                stream: stream.clone(),
                key: "k".into(),
                kind: "site.changed",
                at: now(),
                row,
                driver: None,
            });
        }
    }
    hub.wake(&unit.commit().await.unwrap());
}

async fn next(connection: &mut Connection) -> Value {
    serde_json::from_slice(&connection.next().await.unwrap()).unwrap()
}

fn tick(stop: u128, v: u64) -> Tick {
    let at = now();
    serde_json::from_value(json!({ "stop": Uuid::from_u128(stop), "v": v, "position": null, "eta": {
        "p10": at, "p50": at, "p90": at, "go_at": at, "basis": "position", "as_of": at, "position_state": "live",
        "confidence": "firm", "reasons": [] } }))
    .unwrap()
}

#[tokio::test]
async fn a_stream_nobody_wrote_to_has_a_position() {
    let (_folder, store, hub) = hub().await;
    let mut one = connection(&hub, 1);
    one.subscribe(stream(1), None).await.unwrap();
    let begun = next(&mut one).await;
    assert_eq!((begun["seq"].as_i64(), begun["epoch"].as_str().unwrap().len()), (Some(0), 8));
    publish(&store, &hub, &[stream(1)], 1).await;
    assert_eq!(next(&mut one).await["s"], 1);
    let beat: Value = serde_json::from_slice(&one.heartbeat(now())).unwrap();
    assert_eq!(beat["heads"], json!({ "huangpu-site-1": 1 }));
    assert_eq!(beat.get("expires_in"), None);
    let beat: Value = serde_json::from_slice(&one.heartbeat(now() + Duration::seconds(8 * 3_600 - 7))).unwrap();
    assert_eq!(beat["expires_in"], 7);
}

#[tokio::test]
async fn a_busy_stream_does_not_starve_the_others() {
    let (_folder, store, hub) = hub().await;
    let mut one = connection(&hub, 1);
    for n in 1..=2 {
        one.subscribe(stream(n), None).await.unwrap();
        next(&mut one).await;
    }
    publish(&store, &hub, &[stream(1)], 500).await;
    publish(&store, &hub, &[stream(2)], 1).await;
    let mut before = 0;
    while next(&mut one).await["c"] == "huangpu-site-1" {
        before += 1;
    }
    assert!(before < 100, "{before} frames came first");
}

#[tokio::test]
async fn a_connection_has_a_bound_and_lets_go() {
    let (_folder, store, hub) = hub().await;
    let mut one = connection(&hub, 1);
    for n in 0..64 {
        one.subscribe(stream(n), None).await.unwrap();
    }
    one.subscribe(stream(0), None).await.unwrap();
    assert!(matches!(one.subscribe(stream(64), None).await, Err(Error::TooManySubscriptions(64))));
    for n in 1..64 {
        one.unsubscribe(&stream(n));
    }
    assert_eq!(one.streams().collect::<Vec<_>>(), [&stream(0)]);
    assert_eq!(next(&mut one).await["op"], "sub");
    publish(&store, &hub, &[stream(1)], 1).await;
    assert!(one.next().now_or_never().is_none(), "nothing comes from what is watched no longer");
}

#[tokio::test]
async fn receipts_count_connections_while_they_last() {
    let (_folder, store, hub) = hub().await;
    let (mut one, mut two) = (connection(&hub, 1), connection(&hub, 2));
    one.subscribe(stream(1), None).await.unwrap();
    two.subscribe(stream(1), None).await.unwrap();
    publish(&store, &hub, &[stream(1)], 2).await;
    for _ in 0..3 {
        next(&mut one).await;
    }
    one.acknowledge(&stream(1), 99, now());
    two.acknowledge(&stream(1), 99, now() - Duration::seconds(9));
    assert_eq!(hub.receipts(&stream(1), 2), Receipts { connections: 1, by: Some(now()) }, "two was sent nothing yet");
    for _ in 0..3 {
        next(&mut two).await;
    }
    two.acknowledge(&stream(1), 2, now() + Duration::seconds(1));
    assert_eq!(hub.receipts(&stream(1), 2).connections, 2);
    drop(one);
    two.unsubscribe(&stream(1));
    assert_eq!(hub.receipts(&stream(1), 1), Receipts::default());
}

#[tokio::test(flavor = "current_thread")]
async fn ticks_are_the_latest_and_at_most_one_frame_a_second() {
    let (_folder, _store, hub) = hub().await;
    let mut one = connection(&hub, 1);
    one.subscribe(stream(1), None).await.unwrap();
    next(&mut one).await;
    tokio::time::pause();
    for v in 1..=3 {
        hub.tick(&stream(1), tick(1, v));
    }
    hub.tick(&stream(1), tick(2, 5));
    hub.tick(&stream(1), tick(2, 4));
    let frame = next(&mut one).await;
    assert_eq!(frame["op"], "tick");
    let told: Vec<_> = frame["eta"].as_array().unwrap().iter().map(|tick| tick["v"].as_u64().unwrap()).collect();
    assert_eq!(told, [3, 5]);

    let began = tokio::time::Instant::now();
    hub.tick(&stream(1), tick(2, 6));
    assert!(one.next().now_or_never().is_none(), "not in the same second");
    hub.tick(&stream(1), tick(2, 7));
    let frame = next(&mut one).await;
    assert_eq!((frame["eta"].as_array().unwrap().len(), &frame["eta"][0]["v"]), (1, &json!(7)));
    assert!(began.elapsed() >= std::time::Duration::from_secs(1));

    tokio::time::resume();
    hub.end_ticks(&stream(1), Uuid::from_u128(1));
    let mut late = connection(&hub, 2);
    late.subscribe(stream(1), None).await.unwrap();
    assert_eq!(next(&mut late).await["op"], "sub");
    let frame = next(&mut late).await;
    assert_eq!(frame["eta"].as_array().unwrap().len(), 1, "the present slots, without the stop that ended");
    assert_eq!(frame["eta"][0]["v"], 7);
}

/// Writers and watchers at once on several threads: the order is that of the commits.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn watchers_keep_up_with_writers_on_other_threads() {
    const WRITERS: usize = 4;
    const TURNS: usize = 50;
    let (_folder, store, hub) = hub().await;
    let write = (0..WRITERS).map(|_| async {
        for _ in 0..TURNS {
            publish(&store, &hub, &[stream(1), stream(2)], 1).await;
        }
    });
    let watch = (0..4).map(|id| {
        let mut one = connection(&hub, id);
        async move {
            one.subscribe(stream(1), None).await.unwrap();
            let mut last = next(&mut one).await["seq"].as_u64().unwrap();
            while last < (WRITERS * TURNS) as u64 {
                let frame = next(&mut one).await;
                assert_eq!(frame["op"], "ev", "a healthy stream never begins anew");
                last += 1;
                assert_eq!(frame["s"], last);
            }
        }
    });
    let sweep = async {
        loop {
            hub.sweep().await.unwrap();
        }
    };
    tokio::select! {
        biased;
        _ = futures_util::future::join(futures_util::future::join_all(write), futures_util::future::join_all(watch)) => {}
        () = sweep => {}
    }
}

#[tokio::test]
async fn only_a_fact_that_came_while_watching_tells_how_late_it_is() {
    let (_folder, store, hub) = hub().await;
    publish(&store, &hub, &[stream(1)], 3).await;
    let mut first = connection(&hub, 1);
    first.subscribe(stream(1), None).await.unwrap();
    let begun = next(&mut first).await;
    assert_eq!(first.happened_at(), None, "a snapshot is no fact");
    publish(&store, &hub, &[stream(1)], 2).await;
    next(&mut first).await;
    assert_eq!(first.happened_at(), Some(now()));
    let position = Position { after: 1, epoch: begun["epoch"].as_str().unwrap().to_owned() };
    let mut back = connection(&hub, 2);
    back.subscribe(stream(1), Some(position)).await.unwrap();
    for _ in 0..5 {
        let frame = next(&mut back).await;
        assert_eq!(back.happened_at(), None, "missed, not late: {frame}");
    }
    publish(&store, &hub, &[stream(1)], 1).await;
    next(&mut back).await;
    assert_eq!(back.happened_at(), Some(now()));
    hub.tick(&stream(1), tick(1, 1));
    assert_eq!(next(&mut back).await["op"], "tick");
    assert_eq!(back.happened_at(), None, "a tick is no fact");
}
