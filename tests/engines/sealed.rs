//! What an older program left open is sealed by the first one that opens the register, and reads as it did.

use homeward_domain::AccountId;
use homeward_store::{Json, Store, Stream, account, check, decision, idempotency, log};
use homeward_tests::{Engine, Register};
use serde_json::json;
use uuid::Uuid;

const NAME: &str = "Zqxmark";
/// The SHA-256 of a request, as an older program kept it.
const REQUEST: [u8; 32] = [7; 32];

/// The rows as they were written before step 21.
async fn older(store: &Store) {
    let (id, mut unit) = (Uuid::from_u128(1), store.begin().await.unwrap());
    let conn = unit.conn();
    let row = json!({ "kind": "vehicle", "free": 3, "open": true, "closed": null, "by": NAME });
    conn.sql("insert into stream (id, epoch, seq) values ('huangpu-site-1', 'e', 1)").run().await.unwrap();
    conn.sql(
        "insert into feed_entry (stream, seq, event, key, kind, at, body)
         values ('huangpu-site-1', 1, $1, 'k', 'site.changed', 1, $2)",
    )
    .bind(id)
    .bind(Json(row.clone()))
    .run()
    .await
    .unwrap();
    conn.sql("insert into feed_row (stream, key, seq, body) values ('huangpu-site-1', 'k', 1, $1)")
        .bind(Json(row))
        .run()
        .await
        .unwrap();
    conn.sql(
        "insert into account (id, username, password, display_name, phone, role, granted, created_at, version)
         values ($1, 'night', 'x', $2, '17799900', 'auditor', $3, 1, 1)",
    )
    .bind(id)
    .bind(NAME)
    .bind(Json(json!({ "role": "auditor" })))
    .run()
    .await
    .unwrap();
    conn.sql(
        "insert into event (number, id, subject, actor, kind, at, body) values (1, $1, $1, $1, 'site.closed', 1, $2)",
    )
    .bind(id)
    .bind(Json(json!({ "reason": NAME, "site": "huangpu-site-1" })))
    .run()
    .await
    .unwrap();
    conn.sql(
        "insert into closure (id, site, reason, closed_by, closed_at, opened_reason, opened_by, opened_at)
         values ($1, 'huangpu-site-1', $2, $2, 1, $2, $2, 2)",
    )
    .bind(id)
    .bind(NAME)
    .run()
    .await
    .unwrap();
    conn.sql(
        "insert into idempotency (account, key, fingerprint, subject, version, at) values ($1, 'k', $2, $1, 1, 1)",
    )
    .bind(id)
    .bind(REQUEST.to_vec())
    .run()
    .await
    .unwrap();
    conn.sql(
        "insert into unsealed (what) values ('feed'), ('fingerprints'), ('names'), ('space') on conflict do nothing",
    )
    .run()
    .await
    .unwrap();
    unit.commit().await.unwrap();
}

/// In how many pieces of what was written down the name can be read.
async fn open_in(register: &Register) -> usize {
    let pieces = register.bytes().await;
    let reads = |bytes: &[u8]| bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes());
    pieces.iter().filter(|(_, bytes)| reads(bytes)).count()
}

async fn reads_as_it_did(store: &Store) {
    let mut reader = store.read().await.unwrap();
    let stream = Stream::receiver("huangpu-site-1");
    let entry = log::entries_after(&mut reader, &stream, 0, 9).await.unwrap().remove(0);
    let shown = log::snapshot(&mut reader, &stream).await.unwrap();
    for row in [entry.row.unwrap(), shown.rows[0].1.clone()] {
        let row: serde_json::Value = serde_json::from_str(row.get()).unwrap();
        assert_eq!((&row["by"], &row["free"]), (&json!(NAME), &json!(3)));
    }
    let night = account::load(&mut reader, AccountId::new(Uuid::from_u128(1))).await.unwrap().unwrap();
    assert_eq!((night.display_name.as_str(), night.phone.as_deref()), (NAME, Some("17799900")));
    let told = decision::of(&mut reader, Uuid::from_u128(1)).await.unwrap().remove(0);
    assert_eq!((told.by.as_deref(), &told.body["reason"]), (Some(NAME), &json!(NAME)));
}

async fn sealed_by_whoever_opens_it_next(engine: Engine) {
    let (register, store) = crate::opened(engine).await;
    older(&store).await;
    reads_as_it_did(&store).await;
    let lay_open = |findings: Vec<check::Finding>| {
        findings.into_iter().find(|it| it.what == "what streams tell lies sealed").unwrap().broken
    };
    assert_eq!(lay_open(check::laws(store.read().await.unwrap().conn()).await.unwrap()), 2);
    store.close().await;
    assert_ne!(open_in(&register).await, 0, "the search itself finds what lies open");
    for _ in 0..2 {
        let store = crate::open(&register).await;
        reads_as_it_did(&store).await;
        assert_eq!(lay_open(check::laws(store.read().await.unwrap().conn()).await.unwrap()), 0);
        let kept =
            idempotency::find(store.read().await.unwrap().conn(), Uuid::from_u128(1), "k").await.unwrap().unwrap();
        assert_eq!(kept.fingerprint, store.keys().fingerprint(REQUEST), "keyed, and once");
        store.close().await;
    }
    assert_eq!(open_in(&register).await, 0, "neither in a row nor where one was");
}

#[tokio::test]
async fn sqlite_seals_what_an_older_program_left_open() {
    sealed_by_whoever_opens_it_next(Engine::Sqlite).await;
}

#[tokio::test]
async fn postgres_seals_what_an_older_program_left_open() {
    sealed_by_whoever_opens_it_next(Engine::Postgres).await;
}
