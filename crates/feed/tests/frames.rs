//! What is sent is what is described: the wire, the types and the published document agree.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, Utc};
use homeward_feed::frame::{Heartbeat, Subscribed, Ticks, Welcome};
use homeward_feed::{ClientFrame, Close, Hub, Position, Row, ServerFrame, Tick, asyncapi};
use homeward_store::{Keys, Publication, Store, Stream};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use uuid::Uuid;

/// A validator for one named schema of the document.
fn validator(name: &str) -> jsonschema::Validator {
    let document = asyncapi::document();
    let schema = json!({ "$ref": format!("#/components/schemas/{name}"), "components": document["components"] });
    jsonschema::validator_for(&schema).unwrap()
}

fn describes(name: &str, frame: &Value) {
    let faults: Vec<_> = validator(name).iter_errors(frame).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{name} does not describe {frame:#}: {faults:#?}");
}

fn at() -> &'static str {
    "2020-03-20T12:00:00.123456Z"
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn eta() -> Value {
    json!({ "p10": at(), "p50": at(), "p90": at(), "go_at": at(), "basis": "position", "as_of": at(),
        "position_state": "live", "confidence": "firm", "reasons": [{ "code": "distance_km", "value": 42.1 }],
        "arriving": false })
}

fn people() -> Value {
    json!({ "total": 3, "infants": 1, "wheelchairs": 0, "luggage": 4 })
}

fn gate() -> Value {
    json!({ "code": "huangpu-xdm-qiaojia-g1", "compound": { "zh": "乔家", "en": "Qiaojia" } })
}

fn silence() -> Value {
    json!({ "means": "agree", "place": "310101017", "rule_version": 2, "rule_by": "L", "decided": false,
        "escalated_at": null, "asked_again": 0 })
}

fn stop() -> Value {
    json!({ "kind": "stop", "stop": id(1), "trip": id(2), "receiver": "huangpu-xdm-qiaojia", "gate": gate(),
        "stage": "en_route", "eta": eta(), "broken_at": null, "change": null, "people": people(), "parties": ["P1-037"], "languages": ["ja"],
        "from": ["JPN"], "flights": ["NH919"], "plate": null, "driver": null, "escort": { "name": "E", "phone": null },
        "notice": { "sent_at": at(), "renewed_at": null, "deadline_at": at(),
            "acks": [{ "role": "leader", "by": "L", "at": at() }], "mustered_at": null, "escalated_at": null },
        "home_check": "suitable", "arrived_at": null, "offered_at": null, "handed_over_at": null, "version": 3 })
}

/// One row of every kind, in the words of the contract.
fn rows() -> Vec<Value> {
    let mut inner = stop();
    inner.as_object_mut().unwrap().remove("kind");
    vec![
        stop(),
        json!({ "kind": "request", "party": id(3), "label": "P1-037", "receiver": "huangpu-xdm-qiaojia", "gate": gate(),
            "people": people(), "languages": ["ja"], "from": ["JPN"], "asked_at": at(), "deadline_at": at(),
            "opinion": "pending", "silence": silence(), "home_check": "pending", "co_residents": 0, "own_room": true, "own_toilet": true,
            "co_residents_consent": true }),
        json!({ "kind": "private_car", "party": id(3), "label": "P1-037", "receiver": "huangpu-xdm-qiaojia",
            "gate": gate(), "people": people(), "plate": "沪A12345", "released_at": at(), "expected_at": at(),
            "overdue": false, "received_at": null }),
        json!({ "kind": "private_car", "party": id(3), "label": "P1-037", "receiver": "huangpu-xdm-qiaojia",
            "gate": gate(), "people": people(), "plate": "沪A12345", "released_at": at(), "expected_at": null,
            "overdue": false, "received_at": at(), "open_steps": { "verify": 0, "inform": 1, "enrol": 2 } }),
        json!({ "kind": "party", "party": id(3), "label": "P1-037", "version": 1, "desk": "pvg-t1-310101",
            "district": "310101", "responsible": "310101017", "flight": "NH919", "people": people(),
            "languages": ["ja"], "from": ["JPN"], "tag": "yellow", "tag_version": 4, "registered_at": at(),
            "stage": "waiting", "trip": null, "stop": null, "private_car": null,
            "lapsed": null,
            "destination": { "kind": "home", "gate": "huangpu-xdm-qiaojia-g1", "receiver": "huangpu-xdm-qiaojia",
                "home_check": "suitable", "opinion": "agreed", "opinion_reason": null, "asked_at": at(),
                "deadline_at": at(), "silence": silence(), "approval": { "mode": "manual", "version": 2,
                "confirmed_by": "D", "confirmed_at": at() } } }),
        json!({ "kind": "party", "party": id(6), "label": "P1-038", "version": 1, "desk": "pvg-t1-310101",
            "district": "310101", "responsible": "310101017", "flight": "NH919", "people": people(),
            "languages": ["ja"], "from": ["JPN"], "tag": "yellow", "tag_version": 4, "registered_at": at(),
            "stage": "waiting", "trip": null, "stop": null, "private_car": null,
            "lapsed": { "receiver": "huangpu-site-1", "room": "203", "at": at() },
            "destination": { "kind": "site", "receiver": "huangpu-site-1", "room": "301", "reason": "no room",
                "opinion": null } }),
        json!({ "kind": "trip", "trip": id(2), "version": 1, "district": "310101", "stage": "planned",
            "vehicle": { "id": id(4), "name": "Bus 1", "seats": 20, "cleaning_due_since": null, "out": null }, "plate": null, "driver": null,
            "escorts": [{ "account": id(5), "name": "E", "phone": null }], "departs_at": at(), "departed_at": null,
            "seats_taken": 3, "boarded": 0, "stops": [inner], "changes": [], "breakdown": null, "position": { "lat": 31.2, "lon": 121.5, "at": at() } }),
        json!({ "kind": "site", "receiver": "huangpu-site-1", "capacity": 40, "held": 2, "occupied": 10, "free": 28, "out": 0, "rooms_out": 1,
            "open": false, "closed": { "reason": "burst pipe", "by": "S", "at": at() } }),
        json!({ "kind": "vehicle", "version": 2, "vehicle": { "id": id(7), "name": "Bus 2", "seats": 9, "cleaning_due_since": at(),
            "out": { "reason": "brakes", "by": "D", "at": at() } } }),
        json!({ "kind": "approval", "district": "310101", "mode": "manual", "version": 2, "reason": "the list grew",
            "by": "D", "at": at() }),
        json!({ "kind": "planning", "district": "310101", "version": 3, "reason": "people sit apart", "by": "D", "at": at() }),
    ]
}

/// Typed and back again without a change, and described by the document.
fn agrees(frame: &Value) {
    let typed: ServerFrame = serde_json::from_value(frame.clone()).unwrap();
    let encoded: Value = serde_json::from_slice(&typed.encode()).unwrap();
    assert_eq!(&encoded, frame);
    describes("ServerFrame", frame);
    let op = frame["op"].as_str().unwrap();
    let payload = asyncapi::document()["components"]["messages"][format!("server_{op}")]["payload"].clone();
    let document = asyncapi::document();
    let schema = json!({ "allOf": [payload], "components": document["components"] });
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(frame), "{op}");
}

#[tokio::test]
async fn what_the_store_keeps_is_sent_as_described() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("homeward.db").display());
    let store = Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap();
    let (hub, stream) = (Hub::new(store.clone()), Stream::district("310101"));
    let mut unit = store.begin().await.unwrap();
    let happened: DateTime<Utc> = at().parse().unwrap();
    for (key, row) in rows().into_iter().enumerate() {
        // A snapshot is in the order of its keys.
        let key = format!("{key:02}");
        unit.publish(Publication {
            stream: stream.clone(),
            key,
            kind: "trip.planned",
            at: happened,
            row: Some(to_raw_value(&row).unwrap()),
            driver: None,
        });
    }
    unit.publish(Publication {
        stream: stream.clone(),
        key: "x".into(),
        kind: "trip.planned",
        at: happened,
        row: None,
        driver: None,
    });
    unit.commit().await.unwrap();

    let mut snapshot = hub.subscribe(stream.clone(), None).await.unwrap();
    let begun: Value = serde_json::from_slice(&snapshot.next().await.unwrap()).unwrap();
    agrees(&begun);
    assert_eq!(begun["board"]["rows"], json!(rows()));
    let told = rows().len() + 1;
    assert_eq!(begun["seq"], told);

    let position = Position { after: 0, epoch: begun["epoch"].as_str().unwrap().into() };
    let mut resumed = hub.subscribe(stream.clone(), Some(position)).await.unwrap();
    agrees(&serde_json::from_slice(&resumed.next().await.unwrap()).unwrap());
    let mut events = Vec::new();
    for _ in 0..told {
        events.push(serde_json::from_slice::<Value>(&resumed.next().await.unwrap()).unwrap());
    }
    events.iter().for_each(agrees);
    assert_eq!(events[0]["at"], at());
    assert_eq!(events[told - 1]["d"], json!({ "key": "x", "row": null }));
    let page = hub.page(&stream, 5, 10).await.unwrap();
    assert_eq!(serde_json::to_value(&page).unwrap()["entries"], json!(events[5..]));
    assert_eq!((page.head, page.epoch), (i64::try_from(told).unwrap(), begun["epoch"].as_str().unwrap().to_owned()));
    let board = serde_json::to_value(hub.board(&stream).await.unwrap()).unwrap();
    assert_eq!((&board["rows"], &board["seq"]), (&begun["board"]["rows"], &json!(told)));
}

#[test]
fn the_other_frames_are_described() {
    let now = at().parse().unwrap();
    let tick: Tick = serde_json::from_value(json!({ "stop": id(1), "v": 9, "eta": eta(), "position": null })).unwrap();
    let heads = [("huangpu-site-1".to_owned(), 3)].into();
    for frame in [
        ServerFrame::Welcome(Welcome { conn: id(1), hb: 15, expires: now, now }),
        ServerFrame::Tick(Ticks { c: Stream::district("310101"), eta: vec![tick] }),
        ServerFrame::Hb(Heartbeat { now, heads, expires_in: None, behind: true }),
        ServerFrame::Hb(Heartbeat { now, heads: [].into(), expires_in: Some(59), behind: false }),
        Close::Restart.bye(),
    ] {
        agrees(&serde_json::from_slice(&frame.encode()).unwrap());
    }
}

#[test]
fn a_wrong_frame_is_not_described() {
    let whole =
        json!({ "op": "ev", "c": "x", "s": 1, "t": "t", "at": at(), "id": id(1), "d": { "key": "k", "row": null } });
    describes("ServerFrame", &whole);
    for field in ["op", "c", "s", "t", "at", "id", "d"] {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(field);
        assert!(!validator("ServerFrame").is_valid(&less), "{field} may be missing");
    }
    let mut wrong = rows().remove(0);
    wrong["stage"] = json!("elsewhere");
    assert!(!validator("Row").is_valid(&wrong));
    assert!(serde_json::from_value::<Row>(wrong).is_err());
}

#[test]
fn what_a_watcher_says_is_read_and_the_unknown_ignored() {
    let hello = r#"{"op":"hello","subs":[{"c":"huangpu-xdm","after":174,"epoch":"k3f"}],"hb":2,"later":1}"#;
    let Ok(ClientFrame::Hello(hello)) = ClientFrame::parse(hello) else { panic!("hello") };
    assert_eq!(hello.subs[0].position(), Some(Position { after: 174, epoch: "k3f".into() }));
    assert_eq!(ClientFrame::parse(r#"{"op":"later","x":[1]}"#).unwrap(), ClientFrame::Unknown);
    assert_eq!(ClientFrame::parse(r#"{"op":"ping"}"#).unwrap(), ClientFrame::Ping);
    for said in [
        json!({ "op": "hello" }),
        json!({ "op": "hello", "subs": [], "hb": 15 }),
        json!({ "op": "sub", "c": "district:310101" }),
        json!({ "op": "unsub", "c": "district:310101" }),
        json!({ "op": "ack", "c": "district:310101", "s": 9 }),
        json!({ "op": "auth", "auth": "ticket" }),
        json!({ "op": "ping" }),
    ] {
        ClientFrame::parse(&said.to_string()).unwrap();
        describes("ClientFrame", &said);
    }
    for bad in ["", "[]", "{}", r#"{"op":"sub"}"#, r#"{"op":"sub","c":"NO WAY"}"#, r#"{"op":"ack","c":"a","s":"1"}"#] {
        assert!(ClientFrame::parse(bad).is_err(), "{bad}");
    }
    let resume = json!({ "op": "sub", "c": "a", "epoch": "e", "mode": "resume", "after": 1, "head": 2 });
    assert!(serde_json::from_value::<Subscribed>(resume).is_ok());
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
                Value::String(target) if name == "$ref" => found.push(target.clone()),
                _ => references(value, found),
            }),
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let (document, mut found) = (asyncapi::document(), Vec::new());
    references(&document, &mut found);
    assert!(found.len() > 30);
    for target in found {
        assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
    }
}
