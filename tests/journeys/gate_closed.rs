//! A gate closes for a while: boards and the queue see it on every vehicle that comes there, plans bring nobody there
//! meanwhile, and it opens by itself or by a word.

use chrono::TimeDelta;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// Another gate of another community.
const HAIYUE_GATE: &str = "huangpu-wlq-haiyue-g1";

fn closing(world: &World, from: i64, until: i64) -> Value {
    let at = |minutes| (world.now() + TimeDelta::minutes(minutes)).to_rfc3339();
    json!({ "gate": sample::QIAOJIA_GATE, "from": at(from), "until": at(until), "reason": "夜间关闭" })
}

/// A party of two that waits for a seat.
async fn waits(cast: &Cast, number: u32, gate: &str) -> String {
    let party = cast.registered(sample::party(2 * number, 2)).await;
    cast.dispatcher.ask_home(&party, gate).await.expect("asked");
    party
}

fn rider<'p>(plan: &'p Value, party: &str) -> Option<&'p Value> {
    let trips = plan["trips"].as_array().expect("trips");
    trips.iter().flat_map(|trip| trip["riders"].as_array().expect("riders")).find(|it| it["party"] == party)
}

fn left_out<'p>(plan: &'p Value, party: &str) -> Option<&'p Value> {
    plan["left_out"].as_array().expect("a list").iter().find(|it| it["party"] == party)
}

#[tokio::test]
async fn nobody_is_planned_to_a_gate_that_is_closed_when_they_come() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");
    let (shut, other) = (waits(&cast, 1, sample::QIAOJIA_GATE).await, waits(&cast, 2, HAIYUE_GATE).await);
    let before = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert!(rider(&before, &shut).is_some() && rider(&before, &other).is_some());

    let closure = cast.dispatcher.write("/v1/gate-closures", closing(&world, 0, 240)).await.expect("closed");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert!(rider(&plan, &shut).is_none() && rider(&plan, &other).is_some(), "{plan}");
    let out = left_out(&plan, &shut).expect("it is named");
    assert_eq!(out["short"], "gate_closed");
    let until = homeward_tests::instant(out["until"].as_str().expect("an instant"));
    assert_eq!((until - world.now()).num_minutes(), 240);

    let id = closure.subject;
    cast.dispatcher.write(&format!("/v1/gate-closures/{id}/end"), json!({})).await.expect("opened");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert!(rider(&plan, &shut).is_some(), "it rides again: {plan}");
}

#[tokio::test]
async fn a_gate_that_closes_later_is_reached_before_or_it_is_said() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    // Two seats now, and four an hour later.
    cast.dispatcher.add_vehicle("轿车 1", 2).await.expect("a car");
    let late = cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    let evening = json!({ "shift": { "from": "19:40", "until": "06:00" } });
    cast.dispatcher.write(&format!("/v1/vehicles/{}/shift", late.subject), evening).await.expect("its hours");
    let (shut, other) = (waits(&cast, 1, sample::QIAOJIA_GATE).await, waits(&cast, 2, HAIYUE_GATE).await);
    cast.dispatcher.write("/v1/gate-closures", closing(&world, 100, 600)).await.expect("closed");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let first = rider(&plan, &shut).expect("it rides");
    assert!(first["gate_closed_at"].is_null(), "the planner brings it there in time: {plan}");
    assert_eq!(plan["over_limit"], json!(0));
    // A person who changes them round is told.
    let trip = |vehicle: &Value, party: &str| {
        let riders = json!([{ "party": party, "version": rider(&plan, party).expect("it rides")["version"] }]);
        json!({ "vehicle": vehicle, "departs_at": plan["as_of"], "riders": riders })
    };
    let trips = plan["trips"].as_array().expect("trips");
    assert_eq!(trips.len(), 2, "{plan}");
    let changed = [trip(&trips[0]["vehicle"], &other), trip(&trips[1]["vehicle"], &shut)];
    let body = json!({ "as_of": plan["as_of"], "trips": changed });
    let checked = cast.dispatcher.ask("/v1/plans/PVG/check", body).await.expect("looked at");
    let late = rider(&checked["plan"], &shut).expect("it rides");
    let closed = homeward_tests::instant(late["gate_closed_at"].as_str().expect("an instant"));
    assert_eq!((closed - world.now()).num_minutes(), 100, "{checked}");
    assert_eq!(checked["plan"]["over_limit"], json!(2), "two people would stand before it");
}

#[tokio::test]
async fn boards_and_the_queue_see_it_on_every_vehicle_that_comes_there() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("1", 9, world.now()).await;
    cast.dispatcher.assign(&party, &trip).await.expect("a seat");
    let board = async || cast.leader.board_page(sample::QIAOJIA).await.expect("a board");
    let closed = |board: &Value| {
        let rows = board["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["kind"] == "stop").expect("the stop")["gate_closed"].clone()
    };
    assert!(closed(&board().await).is_null());
    // The gate's own leader says it.
    let said = cast.leader.write("/v1/gate-closures", closing(&world, 30, 400)).await.expect("closed");
    let row = closed(&board().await);
    assert_eq!(row["reason"], "夜间关闭");
    assert!(row["by"].is_string(), "and who said it: {row}");
    let shown = cast.dispatcher.get(&format!("/v1/trips/{trip}")).await.expect("the trip");
    assert_eq!(shown["stops"][0]["gate_closed"]["reason"], "夜间关闭");
    let list = cast.leader.get("/v1/gate-closures").await.expect("a list");
    assert_eq!(list["closures"].as_array().map(Vec::len), Some(1));

    let twice = cast.dispatcher.write("/v1/gate-closures", closing(&world, 60, 90)).await.expect_err("closed then");
    assert_eq!((twice.said(), &twice.body["reason"]), ((409, "gate-closed-then"), &json!("夜间关闭")));
    let id = said.subject;
    cast.leader.write(&format!("/v1/gate-closures/{id}/end"), json!({})).await.expect("opened");
    assert!(closed(&board().await).is_null(), "it is open again");
    let again = cast.leader.write(&format!("/v1/gate-closures/{id}/end"), json!({})).await.expect_err("it is over");
    assert_eq!(again.said().0, 404);
}

#[tokio::test]
async fn a_seat_at_a_closed_gate_is_refused_by_its_reason() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");
    let party = waits(&cast, 1, sample::QIAOJIA_GATE).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    cast.dispatcher.write("/v1/gate-closures", closing(&world, 0, 240)).await.expect("closed");
    let seats = cast.dispatcher.get(&format!("/v1/parties/{party}/proposals")).await.expect("an explanation");
    assert_eq!(seats["offers"], json!([]));
    assert_eq!(seats["refused"][0]["because"]["code"], "gate_closed", "{seats}");
    // A plan made before it closed cannot be committed for who would stand before it.
    let rider = &plan["trips"][0]["riders"][0];
    let riders = json!([{ "party": rider["party"], "version": rider["version"] }]);
    let trip = json!({ "vehicle": plan["trips"][0]["vehicle"], "departs_at": plan["trips"][0]["departs_at"], "riders": riders });
    let body = json!({ "as_of": plan["as_of"], "trips": [trip] });
    let refused = cast.dispatcher.commit_plan(body).await.expect_err("its gate is closed");
    assert_eq!(refused.said(), (409, "gate-closed"));
}
