//! The published documents: what programs build on changes only on purpose.

use homeward_tests::actor;
use homeward_tests::feed_client::fault;
use homeward_tests::{World, sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn the_published_interface_is_the_one_we_agreed_on() {
    let world = World::start().await;
    let document: Value = world.administrator().get("/openapi.json").await.expect("served to anybody");
    let generated = serde_json::to_value(homeward_web::openapi()).expect("a document is JSON");
    assert_eq!(document, generated, "served as generated");
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_every_write_asks_for_a_key() {
    let document = serde_json::to_value(homeward_web::openapi()).expect("a document is JSON");
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let name = operation["operationId"].as_str().expect("a name");
            assert!(names.insert(name), "{method} {path} shares the name {name}");
            let receipt = operation["responses"].to_string().contains("schemas/Receipt");
            let keyed = operation["parameters"].to_string().contains("Idempotency-Key");
            let signed_in = path != "/v1/setup";
            assert!(keyed || !receipt || !signed_in, "{method} {path} writes without a key");
        }
    }
}

/// The schema of each is a schema, also of answers that no story gets.
#[test]
fn every_kind_of_answer_can_be_judged() {
    let document = serde_json::to_value(homeward_web::openapi()).expect("a document is JSON");
    let operations = document["paths"].as_object().expect("paths").len();
    assert!(actor::kinds_of_bodies() > operations, "each operation answers, and refuses");
}

#[tokio::test]
async fn the_published_feed_is_the_one_every_frame_was_held_against() {
    let world = World::start().await;
    let document = world.administrator().get("/asyncapi.json").await.expect("served to anybody");
    assert_eq!(document, homeward_feed::asyncapi::document());
    insta::assert_json_snapshot!("asyncapi", document);
}

#[tokio::test]
async fn a_frame_that_is_not_as_published_is_caught() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    let mut district = world.watch(&dispatcher, sample::DISTRICT).await;
    dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle");
    let vehicle = dispatcher.get("/v1/vehicles").await.expect("vehicles")["vehicles"][0]["id"].clone();
    let trip = dispatcher.plan_trip(vehicle.as_str().expect("an id"), world.now()).await.expect("a plan").subject;
    district.until("the plan", |district| district.rows().contains_key(&trip)).await;
    let event = district.seen().iter().find(|frame| frame["d"]["row"]["kind"] == "trip").expect("a fact").clone();
    assert_eq!(fault(&event), None);
    for (field, wrong) in
        [("/s", json!("7")), ("/at", Value::Null), ("/d/row/seats_taken", json!("none")), ("/d/key", json!(1))]
    {
        let mut broken = event.clone();
        *broken.pointer_mut(field).expect("a field of the fact") = wrong;
        assert!(fault(&broken).is_some(), "{field} is not held to anything");
    }
    assert!(fault(&json!({ "op": "gossip" })).is_some());
}

#[tokio::test]
async fn an_answer_that_is_not_as_published_is_caught() {
    let world = World::start().await;
    let path = "/v1/ledger?district=310101";
    let ledger = world.administrator().get(path).await.expect("the numbers");
    assert_eq!(actor::fault("GET", path, 200, &ledger), None);
    let mut broken = ledger.clone();
    broken["closes"] = json!("yes");
    assert!(actor::fault("GET", path, 200, &broken).is_some());
    broken.as_object_mut().expect("numbers").remove("closes");
    assert!(actor::fault("GET", path, 200, &broken).is_some());
    assert!(actor::fault("GET", path, 204, &ledger).is_some(), "an answer nobody promised");
    assert!(actor::fault("GET", "/v1/gossip", 200, &ledger).is_some());
}
