//! A plan adds to the trips that stand before another vehicle drives; whoever sits there keeps seat and departure.

use crate::plan::{GATES, commit_body, riders};
use chrono::TimeDelta;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// Two people who wait to be brought to a gate.
async fn waiting(cast: &Cast, first: u32, gate: &str) -> String {
    let party = cast.registered(sample::party(first, 2)).await;
    cast.dispatcher.ask_home(&party, gate).await.expect("asked");
    party
}

async fn propose(cast: &Cast) -> Value {
    cast.dispatcher.propose_plan("PVG").await.expect("a plan")
}

/// A bus of fourteen that leaves in forty minutes with two people for the first gate, and a van of six; gives the trip and who
/// sits there.
async fn evening(world: &World, cast: &Cast) -> (String, String) {
    let trip = cast.trip("中巴 1", 14, world.now() + TimeDelta::minutes(40)).await;
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let sits = waiting(cast, 1, GATES[0]).await;
    cast.seated(&sits, &trip).await;
    (trip, sits)
}

#[tokio::test]
async fn a_bus_that_stands_is_filled_before_another_vehicle_drives() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, sits) = evening(&world, &cast).await;
    let before = cast.dispatcher.trip(&trip).await;
    let nobody = propose(&cast).await;
    assert_eq!((&nobody["trips"], &nobody["left_out"]), (&json!([]), &json!([])), "nobody waits");
    assert_eq!(nobody["standing"][0]["trip"], json!(trip), "and there is room on what stands");
    assert_eq!(nobody["waiting_minutes"], json!(0), "which costs nobody anything: {nobody}");

    let joins = waiting(&cast, 10, GATES[0]).await;
    world.pass(25).await;
    let plan = propose(&cast).await;
    assert_eq!((plan["trips"].as_array().map(Vec::len), &plan["standing"]), (Some(1), &json!([])), "{plan}");
    let only = &plan["trips"][0];
    assert_eq!((&only["trip"], &only["departs_at"]), (&json!(trip), &before["departs_at"]), "as it was told");
    let seated: Vec<_> = riders(&plan).iter().map(|it| (it["party"].as_str(), it["seated"].as_bool())).collect();
    assert_eq!(seated, [(Some(&*sits), Some(true)), (Some(&*joins), Some(false))]);
    assert_eq!(only["riders"][1]["why"]["waits_for"], json!("departure"));

    cast.dispatcher.commit_plan(commit_body(&plan)).await.expect("it is still true");
    assert_eq!(cast.dispatcher.party(&joins).await["trip"], json!(trip));
    let after = cast.dispatcher.trip(&trip).await;
    assert_eq!((&after["seats_taken"], &after["departs_at"]), (&json!(4), &before["departs_at"]));
    assert_eq!(cast.dispatcher.get("/v1/trips").await.expect("trips")["trips"].as_array().map(Vec::len), Some(1));
    assert_eq!(cast.dispatcher.ledger().await["closes"], json!(true));
}

#[tokio::test]
async fn who_joins_gets_off_where_the_plan_says_and_who_sits_is_not_forgotten() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, sits) = evening(&world, &cast).await;
    cast.dispatcher.take_out(&vehicle(&cast, "面包车 2").await, "brakes").await.expect("only the bus is left");
    for (first, gate) in [(10, GATES[1]), (20, GATES[2]), (30, GATES[3])] {
        waiting(&cast, first, gate).await;
    }
    let plan = propose(&cast).await;
    assert_eq!(plan["trips"].as_array().map(Vec::len), Some(1), "{plan}");
    let gates = |of: &Value| of.as_array().expect("a list").iter().map(|it| it["gate"].clone()).collect::<Vec<_>>();
    let planned = gates(&plan["trips"][0]["riders"]);

    let mut without = commit_body(&plan);
    without["trips"][0]["riders"].as_array_mut().expect("riders").retain(|it| it["party"] != json!(sits));
    let looked = cast.dispatcher.ask("/v1/plans/PVG/check", without).await.expect("looked at");
    assert_eq!((&looked["broken"], &looked["gone"]), (&Value::Null, &json!([])));
    let all = looked["plan"]["trips"][0]["riders"].as_array().expect("riders").iter();
    assert!(all.clone().any(|it| it["party"] == json!(sits)), "whoever sits there rides: {looked}");

    cast.dispatcher.commit_plan(commit_body(&plan)).await.expect("it is still true");
    let stops = cast.dispatcher.trip(&trip).await["stops"].clone();
    let codes: Vec<Value> = stops.as_array().expect("stops").iter().map(|stop| stop["gate"]["code"].clone()).collect();
    assert_eq!((codes.len(), codes), (4, planned), "in the order of the plan");
}

#[tokio::test]
async fn a_trip_that_people_board_takes_nobody_more_by_a_plan() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, _) = evening(&world, &cast).await;
    let joins = waiting(&cast, 10, GATES[0]).await;
    let plan = propose(&cast).await;
    assert_eq!(plan["trips"][0]["trip"], json!(trip));
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let looked = cast.dispatcher.ask("/v1/plans/PVG/check", commit_body(&plan)).await.expect("looked at");
    assert_eq!((&looked["broken"]["code"], &looked["broken"]["trip"]), (&json!("begun"), &json!(0)), "{looked}");
    let refused = cast.dispatcher.commit_plan(commit_body(&plan)).await.expect_err("they board");
    assert_eq!((refused.said(), &*refused.field), ((422, "invalid-field"), "trips/0/trip"));
    assert!(cast.dispatcher.party(&joins).await["trip"].is_null(), "nothing was written");
    let again = propose(&cast).await;
    assert_eq!(
        (again["trips"].as_array().map(Vec::len), &again["trips"][0]["trip"]),
        (Some(1), &Value::Null),
        "{again}"
    );
    assert_eq!(again["standing"], json!([]));
}

#[tokio::test]
async fn a_pinned_party_joins_the_trip_that_stands_and_the_plan_at_hand_goes_on_around_it() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, sits) = evening(&world, &cast).await;
    let bus = vehicle(&cast, "中巴 1").await;
    let party = waiting(&cast, 10, GATES[3]).await;
    let wishes = json!({ "pinned": [{ "party": party, "vehicle": bus, "trip": 0 }], "left_out": [] });
    let plan = cast.dispatcher.ask("/v1/plans/PVG/proposal", wishes).await.expect("a plan");
    assert_eq!(plan["trips"][0]["trip"], json!(trip), "{plan}");
    let later = json!({ "pinned": [{ "party": party, "vehicle": bus, "trip": 1 }], "left_out": [] });
    let plan = cast.dispatcher.ask("/v1/plans/PVG/proposal", later).await.expect("a plan");
    let own = |plan: &Value| {
        let trips = plan["trips"].as_array().expect("trips").clone();
        trips
            .into_iter()
            .find(|it| it["riders"].as_array().expect("riders").iter().any(|it| it["party"] == json!(party)))
    };
    let rides = own(&plan).expect("it rides");
    assert_eq!((&rides["trip"], &rides["vehicle"]), (&Value::Null, &json!(bus)), "on the bus's next trip: {plan}");

    propose(&cast).await;
    world.pass(1).await;
    cast.dispatcher.unassign(&sits, "they wait for a relative").await.expect("not under way");
    let plan = propose(&cast).await;
    assert_eq!(riders(&plan).iter().filter(|it| it["seated"] == json!(false)).count(), 2, "both wait again: {plan}");
    assert!(plan["trips"].as_array().expect("trips").iter().all(|it| it["trip"].is_null()), "nothing stands: {plan}");
}

/// The id of a vehicle.
async fn vehicle(cast: &Cast, name: &str) -> String {
    let all = cast.dispatcher.get("/v1/vehicles").await.expect("vehicles");
    let found = all["vehicles"].as_array().expect("vehicles").iter().find(|it| it["name"] == name).cloned();
    found.expect("it was added")["id"].as_str().expect("an id").to_owned()
}
