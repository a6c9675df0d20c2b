//! The plan for everybody who waits: proposed with nothing written, committed whole, refused when it is no longer true.

use futures_util::future::join_all;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Gates of four communities.
pub const GATES: [&str; 4] =
    [sample::QIAOJIA_GATE, "huangpu-xdm-baidu-g1", "huangpu-hhz-xicheng-g1", "huangpu-wlq-haiyue-g1"];

/// Ten parties of two at four gates, a bus of fourteen and a van of six.
async fn evening(cast: &Cast) -> Vec<String> {
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let mut parties = Vec::new();
    for number in 0..10 {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        let gate = GATES[usize::try_from(number).expect("small") % GATES.len()];
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        parties.push(party);
    }
    parties
}

pub fn riders(plan: &Value) -> Vec<&Value> {
    let trips = plan["trips"].as_array().expect("trips");
    trips.iter().flat_map(|trip| trip["riders"].as_array().expect("riders")).collect()
}

pub fn commit_body(plan: &Value) -> Value {
    let rider = |it: &Value| json!({ "party": it["party"], "version": it["version"] });
    let trip = |it: &Value| {
        let riders: Vec<Value> = it["riders"].as_array().expect("riders").iter().map(rider).collect();
        json!({ "trip": it["trip"], "vehicle": it["vehicle"], "departs_at": it["departs_at"], "riders": riders })
    };
    let trips: Vec<Value> = plan["trips"].as_array().expect("trips").iter().map(trip).collect();
    json!({ "as_of": plan["as_of"], "trips": trips })
}

#[tokio::test]
async fn everybody_who_waits_gets_a_seat_in_one_commit() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let parties = evening(&cast).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let planned: BTreeSet<&str> = riders(&plan).iter().filter_map(|it| it["party"].as_str()).collect();
    assert_eq!(planned, parties.iter().map(String::as_str).collect(), "everybody once: {plan}");
    assert_eq!((&plan["left_out"], riders(&plan).len()), (&json!([]), 10));
    for trip in plan["trips"].as_array().expect("trips") {
        let people: i64 =
            trip["riders"].as_array().expect("riders").iter().filter_map(|it| it["people"].as_i64()).sum();
        assert!(people <= trip["seats"].as_i64().expect("seats"), "a vehicle is not overfilled: {trip}");
    }
    assert_eq!(cast.dispatcher.party(&parties[0]).await["stage"], "asked", "a proposal writes nothing");

    cast.dispatcher.commit_plan(commit_body(&plan)).await.expect("it is still true");
    for party in &parties {
        assert!(cast.dispatcher.party(party).await["trip"].is_string(), "seated");
    }
    assert_eq!(cast.dispatcher.ledger().await["closes"], json!(true));
    let rest = cast.dispatcher.propose_plan("PVG").await.expect("a plan of nobody");
    assert_eq!((&rest["trips"], &rest["left_out"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn of_two_dispatchers_who_commit_at_once_one_is_told_that_it_is_stale() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    let other = world.dispatcher().await;
    let (mine, theirs) =
        (cast.dispatcher.propose_plan("PVG").await.expect("a plan"), other.propose_plan("PVG").await.expect("a plan"));
    let done =
        join_all([cast.dispatcher.commit_plan(commit_body(&mine)), other.commit_plan(commit_body(&theirs))]).await;
    let refused: Vec<_> = done.iter().filter_map(|it| it.as_ref().err()).collect();
    assert_eq!(refused.len(), 1, "one wins");
    assert_eq!(refused[0].said(), (409, "stale"));
    let trips = cast.dispatcher.get("/v1/trips").await.expect("trips");
    let count = |plan: &Value| plan["trips"].as_array().map_or(0, Vec::len);
    assert_eq!(trips["trips"].as_array().map(Vec::len), Some(count(&mine)), "nothing of the loser remains");
}

#[tokio::test]
async fn a_plan_that_breaks_a_rule_is_refused_whole() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let parties = evening(&cast).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let mut overfull = commit_body(&plan);
    let all: Vec<Value> =
        riders(&plan).iter().map(|it| json!({ "party": it["party"], "version": it["version"] })).collect();
    overfull["trips"] = json!([{ "vehicle": plan["trips"][0]["vehicle"], "departs_at": plan["trips"][0]["departs_at"], "riders": all }]);
    let refused = cast.dispatcher.commit_plan(overfull).await.expect_err("twenty people in fourteen seats");
    assert_eq!((refused.said().0, &refused.body["field"]), (422, &json!("trips")));
    world.pass(6).await;
    let refused = cast.dispatcher.commit_plan(commit_body(&plan)).await.expect_err("it is too old");
    assert_eq!((refused.said().0, &refused.body["field"]), (422, &json!("as_of")));
    assert!(cast.dispatcher.party(&parties[0]).await["trip"].is_null(), "nothing was written");
}

#[tokio::test]
async fn a_family_that_fits_no_vehicle_whole_is_left_to_a_person() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("轿车 3", 4).await.expect("a car");
    let family = cast.registered(sample::party(40, 5)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert_eq!(plan["trips"], json!([]));
    assert_eq!(plan["left_out"][0]["party"], json!(family));
    assert_eq!(plan["left_out"][0]["short"], "no_vehicle_whole");
    let nowhere = cast.dispatcher.propose_plan("XXX").await.expect_err("no desk there");
    assert_eq!((nowhere.said().0, &nowhere.body["field"]), (422, &json!("point_of_entry")));
}
