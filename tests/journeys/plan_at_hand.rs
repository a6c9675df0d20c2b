//! The plan is gone on with while dispatchers look: it gets better, knows who came, says when nothing better is found, and
//! is let go of when nobody asks any more. Nothing of it is written.

use crate::plan::GATES;
use chrono::TimeDelta;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// More than the slices after which a plan is left alone.
const MANY: usize = 60;

/// A party of two bound for one of four gates.
async fn waits(cast: &Cast, number: u32) -> String {
    let party = cast.registered(sample::party(2 * number, 2)).await;
    let gate = GATES[usize::try_from(number).expect("small") % GATES.len()];
    cast.dispatcher.ask_home(&party, gate).await.expect("asked");
    party
}

/// A bus, two vans and fourteen parties.
async fn evening(cast: &Cast) {
    for (name, seats) in [("中巴 1", 14), ("面包车 2", 6), ("面包车 3", 6)] {
        cast.dispatcher.add_vehicle(name, seats).await.expect("a vehicle");
    }
    for number in 0..14 {
        waits(cast, number).await;
    }
}

async fn plan(cast: &Cast) -> Value {
    cast.dispatcher.propose_plan("PVG").await.expect("a plan")
}

/// Travellers' minutes; a kilometre counts like one.
fn worth(plan: &Value) -> i64 {
    ["waiting_minutes", "riding_minutes", "kilometres"].iter().map(|of| plan[of].as_i64().expect("a number")).sum()
}

fn rides(plan: &Value, party: &str) -> bool {
    let trips = plan["trips"].as_array().expect("trips");
    trips.iter().flat_map(|trip| trip["riders"].as_array().expect("riders")).any(|rider| rider["party"] == party)
}

#[tokio::test]
async fn a_plan_that_somebody_looks_at_gets_no_worse_and_settles() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    let first = plan(&cast).await;
    assert_eq!(first["settled"], json!(false), "the search has only begun");
    for _ in 0..MANY {
        world.pass(0).await;
    }
    let later = plan(&cast).await;
    assert_eq!(later["settled"], json!(true), "nothing better was found for a while: {later}");
    assert!(worth(&later) <= worth(&first), "{} became {}", worth(&first), worth(&later));
    assert_eq!(world.pass(0).await.improved, 0, "a settled plan is left alone");

    let late = waits(&cast, 14).await;
    assert_eq!(world.pass(0).await.improved, 1, "somebody came: it is looked at again");
    let with = plan(&cast).await;
    assert!(rides(&with, &late), "whoever came is in it: {with}");
    assert_eq!(with["settled"], json!(false));
    assert!(cast.dispatcher.party(&late).await["trip"].is_null(), "nothing was written");
}

#[tokio::test]
async fn what_was_committed_is_not_planned_again_and_the_rest_stays() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    let before = plan(&cast).await;
    let trips = before["trips"].as_array().expect("trips");
    let first = trips.first().expect("a trip");
    let rider = |it: &Value| json!({ "party": it["party"], "version": it["version"] });
    let riders: Vec<Value> = first["riders"].as_array().expect("riders").iter().map(rider).collect();
    let chosen = json!([{ "vehicle": first["vehicle"], "departs_at": first["departs_at"], "riders": riders }]);
    let body = json!({ "as_of": before["as_of"], "trips": chosen });
    cast.dispatcher.commit_plan(body).await.expect("one trip of it");
    world.pass(0).await;
    let after = plan(&cast).await;
    for rider in first["riders"].as_array().expect("riders") {
        assert!(!rides(&after, rider["party"].as_str().expect("an id")), "it has its seat");
    }
    for rider in trips[1..].iter().flat_map(|trip| trip["riders"].as_array().expect("riders")) {
        assert!(rides(&after, rider["party"].as_str().expect("an id")), "it still waits");
    }
}

#[tokio::test]
async fn what_is_pinned_is_obeyed_and_not_remembered() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    let free = plan(&cast).await;
    let trips = free["trips"].as_array().expect("trips");
    let party = trips[0]["riders"][0]["party"].clone();
    let elsewhere = trips.iter().map(|trip| &trip["vehicle"]).find(|it| **it != trips[0]["vehicle"]);
    let elsewhere = elsewhere.expect("another vehicle").clone();
    let wishes = json!({ "pinned": [{ "party": party, "vehicle": elsewhere }], "left_out": [] });
    let pinned = cast.dispatcher.ask("/v1/plans/PVG/proposal", wishes).await.expect("a plan around it");
    let of = |plan: &Value| {
        let trips = plan["trips"].as_array().expect("trips").clone();
        let has = |trip: &Value| trip["riders"].as_array().expect("riders").iter().any(|it| it["party"] == party);
        trips.into_iter().find(has).expect("it rides")["vehicle"].clone()
    };
    assert_eq!(of(&pinned), elsewhere);
    let again = plan(&cast).await;
    assert!(worth(&again) <= worth(&free), "a wish of one dispatcher is not another's plan");
}

#[tokio::test]
async fn a_plan_nobody_asks_for_is_let_go_of() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    plan(&cast).await;
    waits(&cast, 14).await;
    assert_eq!(world.pass(9).await.improved, 1, "somebody asked nine minutes ago");
    waits(&cast, 15).await;
    assert_eq!(world.pass(1).await.improved, 0, "nobody has asked for ten minutes");
}

#[tokio::test]
async fn each_trip_says_until_when_it_need_not_be_decided() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    for trip in plan(&cast).await["trips"].as_array().expect("trips") {
        let at = |of: &str| homeward_tests::instant(trip[of].as_str().expect("an instant"));
        assert_eq!((at("departs_at") - at("decide_by")).num_minutes(), 15, "{trip}");
    }
}

async fn settled(world: &World, cast: &Cast) -> Value {
    for _ in 0..MANY {
        world.pass(0).await;
    }
    let plan = plan(cast).await;
    assert_eq!(plan["settled"], json!(true), "{plan}");
    plan
}

#[tokio::test]
async fn a_settled_plan_is_gone_on_with_when_its_vehicle_becomes_late_or_a_gate_will_close() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    for name in ["面包车 1", "面包车 2"] {
        cast.dispatcher.add_vehicle(name, 6).await.expect("a van");
    }
    waits(&cast, 0).await;
    plan(&cast).await;
    let before = settled(&world, &cast).await;
    assert_eq!(world.pass(9).await.improved, 0, "a vehicle that stands ready stands ready still");
    let vehicle = before["trips"][0]["vehicle"].as_str().expect("a vehicle").to_owned();

    cast.dispatcher.plan_trip(&vehicle, world.now() + TimeDelta::minutes(60)).await.expect("somebody needs it");
    let after = plan(&cast).await;
    assert_eq!(after["settled"], json!(false), "what it was made for is no more: {after}");
    assert_ne!(after["trips"][0]["vehicle"], json!(vehicle), "the other van stands ready: {after}");
    assert!(after["waiting_minutes"].as_i64() <= Some(30), "{after}");

    settled(&world, &cast).await;
    let at = |minutes| (world.now() + TimeDelta::minutes(minutes)).to_rfc3339();
    let closing = json!({ "gate": GATES[0], "from": at(180), "until": at(600), "reason": "夜间关闭" });
    let closure = cast.dispatcher.write("/v1/gate-closures", closing).await.expect("closed").subject;
    assert_eq!(world.pass(0).await.improved, 1, "a gate that will close is looked at");
    settled(&world, &cast).await;
    cast.dispatcher.write(&format!("/v1/gate-closures/{closure}/end"), json!({})).await.expect("opened");
    assert_eq!(plan(&cast).await["settled"], json!(false), "and one that will not");
}

#[tokio::test]
async fn a_settled_plan_is_begun_anew_when_the_rules_of_plans_change() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 1", 8).await.expect("a van");
    for number in [0, 4] {
        waits(&cast, number).await;
    }
    plan(&cast).await;
    let before = settled(&world, &cast).await;
    assert_eq!(before["trips"].as_array().map(Vec::len), Some(1), "both to one gate: {before}");
    cast.dispatcher.choose_planning(json!({ "spacing_percent": 25 })).await.expect("a version");
    assert_eq!(world.pass(0).await.improved, 1, "while nobody asks");
    let after = plan(&cast).await;
    assert_eq!((&after["settled"], &after["rules"]["version"]), (&json!(false), &json!(1)));
    assert_eq!(after["trips"].as_array().map(Vec::len), Some(2), "one after the other: {after}");
}
