//! A unit of work is whole or leaves no trace, and streams are gapless.

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use homeward_store::{Error, Happened, Publication, Store, Stream, idempotency, log};
use serde_json::json;
use serde_json::value::to_raw_value;
use uuid::Uuid;

super::both! {
    entries_keep_their_order_and_rows_their_last_state,
    a_dropped_unit_leaves_no_trace,
    a_future_dropped_anywhere_leaves_all_or_nothing,
    a_refusal_tells_the_constraint,
    concurrent_units_leave_no_gap,
    too_many_waiting_are_told_at_once,
    whoever_fails_fails_alone,
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_584_700_000_123_456).unwrap()
}

fn stream() -> Stream {
    Stream::receiver("huangpu-site-1")
}

fn told(key: &str, row: Option<serde_json::Value>) -> Publication {
    Publication {
        stream: stream(),
        key: key.into(),
        kind: "site.changed",
        at: at(),
        row: row.map(|row| to_raw_value(&row).unwrap()),
        driver: None,
    }
}

async fn entries_keep_their_order_and_rows_their_last_state(store: Store) {
    let mut unit = store.begin().await.unwrap();
    unit.publish(told("a", Some(json!({"n": 1, "text": "it's ‘quoted’"}))));
    unit.publish(told("a", Some(json!({"n": 2}))));
    unit.publish(told("b", Some(json!({"n": 3}))));
    unit.publish(told("b", None));
    unit.publish(Publication { stream: Stream::district("310101"), ..told("a", Some(json!({}))) });
    let heads = unit.commit().await.unwrap();
    assert_eq!(heads, [(Stream::district("310101"), 1), (stream(), 4)]);

    let mut reader = store.read().await.unwrap();
    let entries = log::entries_after(&mut reader, &stream(), 1, 10).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(entries[2].row.is_none());
    assert_eq!(entries[0].at, at());
    let snapshot = log::snapshot(&mut reader, &stream()).await.unwrap();
    assert_eq!(snapshot.seq, 4);
    assert_eq!(snapshot.epoch.len(), 8);
    assert_eq!(snapshot.rows.len(), 1);
    let row: serde_json::Value = serde_json::from_str(snapshot.rows[0].1.get()).unwrap();
    assert_eq!(row, json!({"n": 2}));
    let heads = log::heads(&mut reader, &[stream(), Stream::receiver("never")]).await.unwrap();
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0].1, log::head(&mut reader, &stream()).await.unwrap().unwrap());
}

async fn a_dropped_unit_leaves_no_trace(store: Store) {
    let mut unit = store.begin().await.unwrap();
    remember(&mut unit, "one").await.unwrap();
    drop(unit);
    let mut unit = store.begin().await.unwrap();
    assert_eq!(idempotency::find(unit.conn(), Uuid::nil(), "one").await.unwrap(), None);
    remember(&mut unit, "two").await.unwrap();
    unit.commit().await.unwrap();
}

/// Every future of a unit is dropped after each number of polls it can take; the store must always be whole and free.
async fn a_future_dropped_anywhere_leaves_all_or_nothing(store: Store) {
    let mut whole = 0;
    for polls in 0..40 {
        let mut work = Box::pin(work(store.clone(), polls));
        for _ in 0..=polls {
            if (&mut work).now_or_never().is_some() {
                break;
            }
            // The engine works on a thread of its own: give it its time, whatever it is doing.
            store.read().await.unwrap().sql("select cast(1 as bigint)").one::<(i64,)>().await.unwrap();
        }
        drop(work);
        let mut unit = store.begin().await.unwrap();
        let kept = idempotency::find(unit.conn(), Uuid::nil(), &polls.to_string()).await.unwrap().is_some();
        let head = log::head(unit.conn(), &stream()).await.unwrap().map_or(0, |head| head.seq);
        whole += i64::from(kept);
        assert_eq!(head, whole, "half of it was kept after {polls} polls");
    }
    assert!((1..40).contains(&whole), "dropped always or never: {whole}");
}

async fn work(store: Store, polls: i32) {
    let mut unit = store.begin().await.unwrap();
    remember(&mut unit, &polls.to_string()).await.unwrap();
    unit.publish(told("a", Some(json!({}))));
    unit.commit().await.unwrap();
}

async fn remember(unit: &mut homeward_store::Unit, key: &str) -> Result<(), Error> {
    let kept = idempotency::Kept { fingerprint: [3; 32], subject: Uuid::nil(), version: 1, at: at() };
    idempotency::keep(unit.conn(), Uuid::nil(), key, &kept).await
}

async fn a_refusal_tells_the_constraint(store: Store) {
    let mut unit = store.begin().await.unwrap();
    remember(&mut unit, "one").await.unwrap();
    let Err(Error::Conflict { constraint }) = remember(&mut unit, "one").await else { panic!("kept twice") };
    assert_eq!(constraint, "idempotency_pkey");
    drop(unit);
    for (sql, name) in [
        ("insert into stream (id, epoch, seq) values ('x', 'e', -1)", "stream_seq_not_negative"),
        ("insert into stream (id, epoch) values ('x', 'e')", "stream_seq_not_null"),
        ("insert into feed_row (stream, key, seq, body) values ('nobody', 'k', 1, '{}')", "foreign_key"),
    ] {
        let mut unit = store.begin().await.unwrap();
        let Err(Error::Conflict { constraint }) = unit.conn().sql(sql).run().await else { panic!("{name}") };
        assert_eq!(constraint, name);
    }
    let mut unit = store.begin().await.unwrap();
    let fault = unit.conn().sql("select nothing from nowhere").run().await;
    assert!(matches!(fault, Err(Error::Statement { .. })), "{fault:?}");
}

async fn concurrent_units_leave_no_gap(store: Store) {
    let writers = (0..8_u128).map(|writer| {
        let store = store.clone();
        async move {
            for turn in 0..10_u128 {
                let mut unit = store.begin().await.unwrap();
                unit.publish(told(&turn.to_string(), Some(json!({ "writer": writer.to_string() }))));
                unit.publish(Publication { stream: Stream::trip(Uuid::from_u128(writer % 2)), ..told("t", None) });
                let subject = Uuid::from_u128(writer);
                unit.record(Happened { subject, actor: None, kind: "site.changed", at: at(), body: json!({}) });
                if turn % 3 == 0 { drop(unit) } else { drop(unit.commit().await.unwrap()) }
            }
        }
    });
    futures_util::future::join_all(writers).await;
    let mut reader = store.read().await.unwrap();
    let entries = log::entries_after(&mut reader, &stream(), 0, 1_000).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), (1..=48).collect::<Vec<_>>());
    let (count, last): (i64, i64) = reader.sql("select count(*), max(number) from event").one().await.unwrap();
    assert_eq!((count, last), (48, 48));
}

async fn too_many_waiting_are_told_at_once(store: Store) {
    let unit = store.begin().await.unwrap();
    let mut waiting: Vec<_> = (0..1_024).map(|_| Box::pin(store.begin())).collect();
    assert!(waiting.iter_mut().all(|begin| begin.now_or_never().is_none()));
    assert!(matches!(store.begin().await, Err(Error::Busy)));
    drop((unit, waiting));
    store.begin().await.unwrap();
}

/// Many write at once, so that they share commits; every third is refused by a constraint, every third is dropped.
async fn whoever_fails_fails_alone(store: Store) {
    let mut unit = store.begin().await.unwrap();
    remember(&mut unit, "taken").await.unwrap();
    unit.commit().await.unwrap();
    let writers = (0..96).map(|number| {
        let store = store.clone();
        async move {
            let mut unit = store.begin().await?;
            remember(&mut unit, &number.to_string()).await?;
            unit.publish(told("a", Some(json!({ "number": number }))));
            match number % 3 {
                0 => unit.commit().await.map(|_| true),
                1 => remember(&mut unit, "taken").await.map(|()| true),
                _ => Ok(false),
            }
        }
    });
    let outcomes: Vec<Result<bool, Error>> = futures_util::future::join_all(writers).await;
    let mut reader = store.read().await.unwrap();
    for (number, outcome) in (0..).zip(&outcomes) {
        let kept = idempotency::find(&mut reader, Uuid::nil(), &number.to_string()).await.unwrap().is_some();
        match number % 3 {
            0 => assert!(matches!(outcome, Ok(true)) && kept, "{number}: {outcome:?}"),
            1 => assert!(matches!(outcome, Err(Error::Conflict { .. })) && !kept, "{number}: {outcome:?}"),
            _ => assert!(matches!(outcome, Ok(false)) && !kept, "{number}: {outcome:?}"),
        }
    }
    let head = log::head(&mut reader, &stream()).await.unwrap().unwrap();
    assert_eq!(head.seq, 32, "the numbers of those who failed were not used up");
}
