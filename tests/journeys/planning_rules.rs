//! The rules that plans are made by are the district's own: chosen by a named person with a reason, a version each, and met by
//! whatever is proposed, changed, committed or seated by hand from then on.

use super::plan::{commit_body, riders};
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// A party that is asked about a home at a gate.
async fn bound_for(cast: &Cast, gate: &str, first: u32, people: u32) -> String {
    let party = cast.registered(sample::party(first, people)).await;
    cast.dispatcher.ask_home(&party, gate).await.expect("asked");
    party
}

async fn plan(cast: &Cast) -> Value {
    cast.dispatcher.propose_plan("PVG").await.expect("a plan")
}

async fn rules(cast: &Cast) -> Value {
    cast.dispatcher.get("/v1/planning-rules").await.expect("a dispatcher reads them")
}

fn trips(plan: &Value) -> &[Value] {
    plan["trips"].as_array().expect("trips")
}

/// The reason against a vehicle's trip.
async fn against(cast: &Cast, party: &str, trip: &str) -> Value {
    let told = cast.dispatcher.get(&format!("/v1/parties/{party}/proposals")).await.expect("it waits");
    let refused = told["refused"].as_array().expect("a list").iter().find(|it| it["trip"] == trip);
    refused.unwrap_or_else(|| panic!("nothing stands against it: {told}"))["because"].clone()
}

#[tokio::test]
async fn a_version_is_chosen_with_a_reason_and_everybody_at_the_desk_sees_it_at_once() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut district = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let usual = rules(&cast).await;
    assert_eq!((&usual["in_force"]["version"], &usual["versions"]), (&json!(0), &json!([])));
    assert_eq!((&usual["in_force"]["km_seconds"], &usual["in_force"]["changed"]), (&json!(60), &json!([])));

    let half = json!({ "spacing_percent": 50, "apart": [["red", "yellow"], ["yellow", "red"]], "version": 0 });
    cast.dispatcher.choose_planning(half.clone()).await.expect("the first version");
    district.until("every dispatcher hears of it", |it| it.row("planning")["version"] == 1).await;
    assert_eq!(district.row("planning")["reason"], "so decided");
    let told = rules(&cast).await;
    assert_eq!(told["in_force"]["apart"], json!([["yellow", "red"]]), "said once for both sides");
    assert_eq!(told["in_force"]["changed"], json!(["apart", "spacing_percent"]));
    assert_eq!((&told["versions"][0]["version"], &told["versions"][0]["spacing_percent"]), (&json!(1), &json!(50)));
    assert!(told["versions"][0]["by"].is_string());

    let stale = cast.dispatcher.choose_planning(half).await.expect_err("somebody chose meanwhile");
    assert_eq!((stale.said(), &stale.body["found"]), ((409, "stale"), &json!(1)));
    let command = world.hire(json!({ "role": "command", "district": "310101" })).await;
    let body = json!({ "district": "310101", "apart": [], "spacing_percent": 100, "wait_max_minutes": 90,
        "ride_max_minutes": 150, "km_seconds": 0, "reason": "the command's word", "version": 1 });
    command.write("/v1/planning-rules", body.clone()).await.expect("the command may");
    assert_eq!(rules(&cast).await["in_force"]["version"], 2);
    let leader = cast.leader.write("/v1/planning-rules", body.clone()).await.expect_err("a sub-district may not");
    assert_eq!(leader.said(), (403, "not-your-role"));
    let mut elsewhere = body;
    elsewhere["district"] = json!("310115");
    let elsewhere = cast.dispatcher.write("/v1/planning-rules", elsewhere).await.expect_err("another district's");
    assert_eq!(elsewhere.said(), (404, "not-found"));
}

#[tokio::test]
async fn what_nobody_can_plan_with_is_refused_at_its_field() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    for (differs, field) in [
        (json!({ "spacing_percent": 10 }), "spacing_percent"),
        (json!({ "wait_max_minutes": 0 }), "wait_max_minutes"),
        (json!({ "ride_max_minutes": 10_000 }), "ride_max_minutes"),
        (json!({ "km_seconds": -1 }), "km_seconds"),
        (json!({ "apart": [["yellow", "red"], ["red", "red"]] }), "apart/1"),
        (json!({ "apart": [["yellow"]] }), "apart/0"),
        (json!({ "apart": [["blue", "red"]] }), "apart/0"),
        (json!({ "reason": " " }), "reason"),
        (json!({ "district": "310101017" }), "district"),
    ] {
        let refused = cast.dispatcher.choose_planning(differs).await.expect_err("no rule of plans");
        assert_eq!((refused.said().0, &refused.body["field"]), (422, &json!(field)), "{}", refused.body);
    }
    assert_eq!(rules(&cast).await["versions"], json!([]), "nothing was written");
}

#[tokio::test]
async fn red_and_yellow_share_a_bus_until_the_rule_keeps_them_apart() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");
    let yellow = bound_for(&cast, sample::QIAOJIA_GATE, 1, 2).await;
    let red = cast.placed(10, 2).await;
    let before = plan(&cast).await;
    assert_eq!(trips(&before).len(), 1, "one bus for both: {before}");
    assert_eq!(before["rules"]["version"], 0);

    cast.dispatcher.choose_planning(json!({ "apart": [["red", "yellow"]] })).await.expect("a version");
    let refused = cast.dispatcher.commit_plan(commit_body(&before)).await.expect_err("by the newest rules");
    assert_eq!((refused.said(), &refused.body["version"]), ((409, "must-not-meet"), &json!(1)));
    assert!(cast.dispatcher.party(&red).await["trip"].is_null(), "nothing was written");
    let looked = cast.dispatcher.ask("/v1/plans/PVG/check", commit_body(&before)).await.expect("looked at");
    assert_eq!((&looked["broken"]["code"], &looked["broken"]["trip"]), (&json!("must_not_meet"), &json!(0)));
    let after = plan(&cast).await;
    assert_eq!(trips(&after).len(), 2, "one after the other: {after}");
    assert_eq!((&after["rules"]["version"], &after["rules"]["apart"]), (&json!(1), &json!([["yellow", "red"]])));

    let trip = cast.trip("面包车 2", 9, world.now()).await;
    cast.dispatcher.assign(&yellow, &trip).await.expect("nobody is aboard");
    let label = cast.dispatcher.party(&yellow).await["label"].clone();
    let refused = cast.dispatcher.assign(&red, &trip).await.expect_err("somebody yellow is aboard");
    assert_eq!(refused.said(), (409, "must-not-meet"));
    assert_eq!((&refused.body["with"], &refused.body["version"]), (&label, &json!(1)));
    let because = against(&cast, &red, &trip).await;
    assert_eq!((&because["code"], &because["label"]), (&json!("must_not_meet"), &label));
    cast.dispatcher.choose_planning(json!({})).await.expect("it is over");
    cast.dispatcher.assign(&red, &trip).await.expect("together again");
}

#[tokio::test]
async fn people_who_sit_apart_leave_every_second_seat_free() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 1", 8).await.expect("a van");
    for number in 0..3 {
        bound_for(&cast, sample::QIAOJIA_GATE, 2 * number, 2).await;
    }
    let before = plan(&cast).await;
    assert_eq!((trips(&before).len(), &before["trips"][0]["usable_seats"]), (1, &json!(8)));

    cast.dispatcher.choose_planning(json!({ "spacing_percent": 50 })).await.expect("a version");
    let refused = cast.dispatcher.commit_plan(commit_body(&before)).await.expect_err("made by older rules");
    assert_eq!(refused.said(), (409, "seats-apart"));
    let said = &refused.body;
    assert_eq!(
        (&said["free"], &said["needed"], &said["percent"], &said["version"]),
        (&json!(4), &json!(6), &json!(50), &json!(1))
    );
    let looked = cast.dispatcher.ask("/v1/plans/PVG/check", commit_body(&before)).await.expect("looked at");
    assert_eq!(looked["broken"]["code"], "seats_apart");
    let after = plan(&cast).await;
    let seats = &after["trips"][0];
    assert_eq!((trips(&after).len(), &seats["seats"], &seats["usable_seats"]), (2, &json!(8), &json!(4)));
    assert_eq!(riders(&after).len(), 3, "everybody all the same");

    let family = bound_for(&cast, sample::QIAOJIA_GATE, 20, 5).await;
    let left_out = &plan(&cast).await["left_out"][0];
    assert_eq!((&left_out["party"], &left_out["short"]), (&json!(family), &json!("no_vehicle_whole")));
    assert_eq!(left_out["most"], 4, "of the seats that may be used");
}

#[tokio::test]
async fn who_is_seated_by_hand_sits_apart_too() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let trip = cast.trip("面包车 1", 6, world.now()).await;
    let (first, second) =
        (bound_for(&cast, sample::QIAOJIA_GATE, 1, 2).await, bound_for(&cast, sample::QIAOJIA_GATE, 10, 2).await);
    cast.dispatcher.assign(&first, &trip).await.expect("two of six");
    cast.dispatcher.choose_planning(json!({ "spacing_percent": 50 })).await.expect("a version");
    let refused = cast.dispatcher.assign(&second, &trip).await.expect_err("one of three is left");
    assert_eq!(refused.said(), (409, "seats-apart"));
    let said = &refused.body;
    assert_eq!((&said["free"], &said["needed"], &said["percent"]), (&json!(1), &json!(2), &json!(50)));
    let because = against(&cast, &second, &trip).await;
    assert_eq!(
        (&because["code"], &because["free"], &because["percent"]),
        (&json!("seats_apart"), &json!(1), &json!(50))
    );
    let many = bound_for(&cast, sample::QIAOJIA_GATE, 20, 5).await;
    let full = cast.dispatcher.assign(&many, &trip).await.expect_err("no rule makes room for seven");
    assert_eq!(full.said(), (409, "vehicle-full"));
    assert_eq!(cast.dispatcher.trip(&trip).await["seats_taken"], 2, "who has a seat keeps it");
}

#[tokio::test]
async fn what_a_kilometre_is_worth_decides_how_many_vehicles_drive() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 1", 8).await.expect("a van");
    cast.dispatcher.add_vehicle("面包车 2", 8).await.expect("another");
    bound_for(&cast, sample::QIAOJIA_GATE, 1, 4).await;
    bound_for(&cast, "huangpu-wlq-haiyue-g1", 10, 4).await;
    cast.dispatcher.choose_planning(json!({ "km_seconds": 0 })).await.expect("kilometres are free");
    let free = plan(&cast).await;
    assert_eq!(trips(&free).len(), 2, "each straight home: {free}");
    cast.dispatcher.choose_planning(json!({ "km_seconds": 600 })).await.expect("kilometres are dear");
    let dear = plan(&cast).await;
    assert_eq!(trips(&dear).len(), 1, "one after the other on one way: {dear}");
    assert!(dear["kilometres"].as_i64() < free["kilometres"].as_i64());
    assert_eq!(dear["rules"]["km_seconds"], 600);
}

#[tokio::test]
async fn the_longest_wait_is_what_the_district_says() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 1", 8).await.expect("a van");
    let party = bound_for(&cast, sample::QIAOJIA_GATE, 1, 2).await;
    world.pass(30).await;
    assert_eq!(plan(&cast).await["over_limit"], 0);
    cast.dispatcher.choose_planning(json!({ "wait_max_minutes": 20 })).await.expect("a version");
    assert_eq!(plan(&cast).await["over_limit"], 2, "both have waited for longer");
    let told = cast.dispatcher.get(&format!("/v1/parties/{party}/proposals")).await.expect("it waits");
    assert_eq!(told["offers"][0]["over_limit"], true);
}

#[tokio::test]
async fn a_change_that_is_planned_meets_the_rules_and_nobody_is_left_beside_the_road_because_of_them() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    let yellow = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&yellow).await;
    let red = cast.placed(10, 2).await;
    for party in [&yellow, &red] {
        cast.seated(party, &bus).await;
    }
    let van = cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van").subject;
    let relay = json!({ "vehicle": van, "relay_point": "huangpu-relay-1" });
    cast.dispatcher.choose_planning(json!({ "spacing_percent": 50 })).await.expect("a version");
    let refused = cast.dispatcher.plan_change(&bus, relay.clone()).await.expect_err("three seats for four");
    assert_eq!((refused.said(), &refused.body["free"]), ((409, "seats-apart"), &json!(1)));
    let apart = json!({ "apart": [["red", "yellow"]], "spacing_percent": 50 });
    cast.dispatcher.choose_planning(apart).await.expect("a version");
    cast.departed(&bus).await;
    cast.escort.break_down(&bus, "engine").await.expect("reported");
    cast.dispatcher.plan_change(&bus, json!({ "vehicle": van })).await.expect("every seat is used beside the road");
}
