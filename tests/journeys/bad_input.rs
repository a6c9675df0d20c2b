//! Whatever is wrong in a registration is answered with the one field to mend, and nothing is written.

use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// Field, a value it cannot have.
fn wrong_values() -> Vec<(&'static str, Value)> {
    let long = "x".repeat(201);
    vec![
        ("desk", json!("no such desk!")),
        ("desk", json!(7)),
        ("flight", json!("NH919")),
        ("flight/number", json!("919NH")),
        ("flight/origin", json!("Tokyo")),
        ("flight/origin", json!("N1T")),
        ("flight/landed_on", json!("2020-02-30")),
        ("responsible", json!("")),
        ("responsible", json!("310199")),
        ("address", json!(long)),
        ("address", json!("a\u{7}b")),
        ("languages/1", json!("Japanese!")),
        ("members", json!([])),
        ("members", json!("none")),
        ("members/0/name/surname", json!(" ")),
        ("members/0/name/given", json!(long)),
        ("members/0/name/local", json!("王\n小")),
        ("members/0/document/kind", json!("licence")),
        ("members/0/document/country", json!("ZZZ")),
        ("members/0/document/number", json!("护照")),
        ("members/0/document/number", json!("E")),
        ("members/0/nationality", json!("China")),
        ("members/0/sex", json!("w")),
        ("members/0/born_on", json!("1899-12-31")),
        ("members/0/born_on", json!("2020-03-21")),
        ("members/0/born_on", json!("12.04.1985")),
        ("members/0/phone", json!("call me")),
        ("members/0/needs/infant", json!("yes")),
        ("members/0/needs/luggage", json!(-1)),
        ("members/0/needs/wheelchair", json!(1)),
        ("members/0/screening/temperature_c", json!(98.6)),
        ("members/0/screening/symptoms", Value::Null),
        ("members/0/screening/contact", json!("no")),
        ("members/1/document/number", json!("")),
        ("history/0/country", json!("Japan")),
        ("history/0/from", json!("2020-02-30")),
        ("history/0/until", json!("2020-03-05")),
    ]
}

/// What may not be left out.
const NEEDED: &[&str] = &[
    "desk",
    "flight",
    "flight/number",
    "flight/landed_on",
    "responsible",
    "members",
    "members/0/name",
    "members/0/name/surname",
    "members/0/document",
    "members/0/document/kind",
    "members/0/document/country",
    "members/0/document/number",
    "members/0/nationality",
    "members/0/sex",
    "members/0/born_on",
    "members/0/screening",
    "members/0/screening/symptoms",
    "history/0/country",
    "history/0/until",
];

#[tokio::test]
async fn a_wrong_value_is_answered_with_its_field() {
    let world = World::start().await;
    let officer = world.duty_officer().await;
    for (field, wrong) in wrong_values() {
        let mut party = sample::party(1, 2);
        *party.pointer_mut(&format!("/{field}")).expect("a field of the sample") = wrong.clone();
        let problem = officer.register(party).await.expect_err(field);
        assert_eq!((problem.status, problem.field.as_str()), (422, field), "for {wrong}: {:#}", problem.body);
        assert_eq!(problem.code, "invalid-field");
        assert!(problem.body["mend"].is_string(), "{field} says how to mend it");
    }
    nothing_is_written(&world).await;
}

#[tokio::test]
async fn a_missing_field_is_answered_with_its_name() {
    let world = World::start().await;
    let officer = world.duty_officer().await;
    for field in NEEDED {
        let mut party = sample::party(1, 2);
        let (parent, name) = field.rsplit_once('/').map_or((String::new(), *field), |(up, it)| (format!("/{up}"), it));
        let parent = party.pointer_mut(&parent).and_then(Value::as_object_mut).expect("a field of the sample");
        parent.remove(name).expect("a field of the sample");
        let problem = officer.register(party).await.expect_err(field);
        assert_eq!((problem.status, problem.field.as_str()), (422, *field), "{:#}", problem.body);
    }
    nothing_is_written(&world).await;
}

#[tokio::test]
async fn a_field_nobody_knows_is_not_swallowed() {
    let world = World::start().await;
    let officer = world.duty_officer().await;
    for place in ["", "/flight", "/members/0", "/members/0/needs", "/members/0/screening", "/history/0"] {
        let mut party = sample::party(1, 1);
        party.pointer_mut(place).expect("an object of the sample")["hight"] = json!(1);
        let problem = officer.register(party).await.expect_err(place);
        let field = format!("{place}/hight").trim_start_matches('/').to_owned();
        assert_eq!((problem.status, problem.field), (422, field));
        assert_eq!(problem.body["reason"], "unknown-field");
    }
    nothing_is_written(&world).await;
}

async fn nothing_is_written(world: &World) {
    let ledger = world.administrator().get("/v1/ledger").await.expect("the numbers");
    assert_eq!(ledger["registered"], 0);
}

#[tokio::test]
async fn what_stands_in_the_address_is_answered_like_everything_else() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    for (path, field) in [
        ("/v1/parties?open=perhaps", "open"),
        ("/v1/trips?open=1", "open"),
        ("/v1/receivers/huangpu-xdm-qiaojia-g2/feed?after=newest", "after"),
        ("/v1/receivers/huangpu-xdm-qiaojia-g2/feed?limit=-1", "limit"),
    ] {
        let problem = dispatcher.get(path).await.expect_err(path);
        assert_eq!(
            (problem.status, problem.code.as_str(), problem.field.as_str()),
            (422, "invalid-field", field),
            "{path}"
        );
        assert_ne!(problem.body["mend"].as_str().unwrap_or_default(), "", "{path}: {:#}", problem.body);
    }
    for path in ["/v1/parties/nobody", "/v1/trips/17", "/v1/parties/nobody/decisions"] {
        let problem = dispatcher.get(path).await.expect_err(path);
        assert_eq!((problem.status, problem.code.as_str()), (404, "not-found"), "{path}");
    }
    let problem = dispatcher.write("/v1/trips/17/depart", json!({})).await.expect_err("no such trip");
    assert_eq!((problem.status, problem.code.as_str()), (404, "not-found"));
}

#[tokio::test]
async fn what_somebody_has_already_is_said_with_its_field() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    let vehicle = |name: &str, plate: &str| json!({ "name": name, "plate": plate, "seats": 9 });
    let account = |username: &str| {
        json!({ "username": username, "password": "a long password", "display_name": "N",
            "grant": { "role": "escort", "district": "310101" } })
    };
    dispatcher.write("/v1/vehicles", vehicle("大巴 1", "沪A10001")).await.expect("the first");
    world.administrator().write("/v1/accounts", account("night")).await.expect("the first");
    let same_name = dispatcher.write("/v1/vehicles", vehicle("大巴 1", "沪A10002")).await.expect_err("its name");
    let same_plate = dispatcher.write("/v1/vehicles", vehicle("大巴 2", "沪A10001")).await.expect_err("its plate");
    let same_account = world.administrator().write("/v1/accounts", account("night")).await.expect_err("its name");
    for (problem, field) in [(same_name, "name"), (same_plate, "plate"), (same_account, "username")] {
        assert_eq!((problem.said(), problem.field.as_str()), ((409, "taken"), field));
    }
    assert_eq!(dispatcher.vehicles().await.len(), 1, "nothing was written");
}
