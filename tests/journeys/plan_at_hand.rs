//! The plan is gone on with while dispatchers look: it gets better, knows who came, says when nothing better is found, and
//! is let go of when nobody asks any more. Nothing of it is written.

use crate::plan::GATES;
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
