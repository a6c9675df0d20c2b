//! A vehicle between two trips: it came back, somebody disinfects it and says so, and one with bad brakes is left where it is.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, instant, sample};
use serde_json::json;

#[tokio::test]
async fn nobody_gets_on_again_before_the_vehicle_is_disinfected() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let first = round(&cast, &world, &vehicle, 1).await;
    cast.departed(&first.0).await;

    let second = round(&cast, &world, &vehicle, 3).await;
    let away = cast.escort.open_boarding(&second.0).await.expect_err("it is on the road");
    assert_eq!(away.said(), (409, "vehicle-away"));
    cast.handed_over(&first.1).await;
    let dirty = cast.escort.open_boarding(&second.0).await.expect_err("nobody has cleaned it");
    assert_eq!(dirty.said(), (409, "not-cleaned"));
    let row = cast.escort.trip(&second.0).await.expect("its own trip");
    assert!(row["vehicle"]["cleaning_due_since"].is_string(), "the escort's page says so");

    let cleaned = format!("/v1/vehicles/{vehicle}/cleaned");
    cast.escort.write(&cleaned, json!({})).await.expect("the escort's word");
    let again = cast.dispatcher.write(&cleaned, json!({})).await.expect_err("once is enough");
    assert_eq!(again.said(), (409, "clean-already"));
    cast.escort.open_boarding(&second.0).await.expect("clean");
    let seen = &cast.dispatcher.vehicles().await[0];
    assert_eq!((&seen["trips_today"], &seen["cleaning_due_since"]), (&json!(1), &json!(null)));
    assert!(seen["cleaned"]["by"].is_string());
}

#[tokio::test]
async fn a_vehicle_out_of_service_is_not_planned_with() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let (trip, _) = round(&cast, &world, &vehicle, 1).await;
    let waiting = cast.registered(sample::party(9, 2)).await;
    cast.agreed_home(&waiting).await;

    assert_eq!(cast.dispatcher.take_out(&vehicle, " ").await.expect_err("why?").field, "reason");
    cast.dispatcher.take_out(&vehicle, "brakes").await.expect("it stays where it is");
    let twice = cast.dispatcher.take_out(&vehicle, "tyres").await.expect_err("somebody was faster");
    assert_eq!((twice.said(), &twice.body["reason"]), ((409, "out-of-service"), &json!("brakes")));
    let boarding = cast.dispatcher.write(&format!("/v1/trips/{trip}/boarding"), json!({})).await;
    assert_eq!(boarding.expect_err("with bad brakes?").said(), (409, "out-of-service"));
    let planned = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect_err("not with this one");
    assert_eq!(planned.said(), (409, "out-of-service"));
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let short = plan["left_out"].as_array().map(Vec::len);
    assert_eq!((&plan["trips"], short), (&json!([]), Some(2)), "neither who waits nor who sits there: {plan}");

    cast.dispatcher.write(&format!("/v1/vehicles/{vehicle}/in-service"), json!({})).await.expect("mended");
    cast.escort.open_boarding(&trip).await.expect("it goes");
}

#[tokio::test]
async fn a_vehicle_takes_no_more_luggage_than_was_written_down_for_it() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let waiting = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&waiting).await;
    let luggage = format!("/v1/vehicles/{vehicle}/luggage");
    let bad = cast.dispatcher.write(&luggage, json!({ "luggage_places": 501 })).await.expect_err("too many");
    assert_eq!(bad.field, "luggage_places");
    cast.dispatcher.write(&luggage, json!({ "luggage_places": 1 })).await.expect("one piece");
    let told = cast.dispatcher.get(&format!("/v1/parties/{waiting}/proposals")).await.expect("an explanation");
    assert_eq!(told["refused"][0]["because"]["code"], "luggage_full", "{told}");
    cast.dispatcher.write(&luggage, json!({ "luggage_places": null })).await.expect("no limit");
    let told = cast.dispatcher.get(&format!("/v1/parties/{waiting}/proposals")).await.expect("an explanation");
    assert_eq!(told["offers"].as_array().map(Vec::len), Some(1), "{told}");
}

#[tokio::test]
async fn a_vehicle_is_planned_with_during_its_hours() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let waiting = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&waiting).await;
    let shift = format!("/v1/vehicles/{vehicle}/shift");
    let bad = json!({ "shift": { "from": "25:00", "until": "06:00" } });
    assert_eq!(cast.dispatcher.write(&shift, bad).await.expect_err("no time").field, "shift/from");

    // The stories begin at 20:30 in Shanghai.
    let morning = json!({ "shift": { "from": "06:00", "until": "12:00" } });
    cast.dispatcher.write(&shift, morning).await.expect("the early shift");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let departs = plan["trips"][0]["departs_at"].as_str().expect("a trip");
    assert!(departs >= "2020-03-20T22:00:00Z", "it leaves when its shift begins: {departs}");
    cast.dispatcher.write(&shift, json!({ "shift": null })).await.expect("at any hour");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let departs = plan["trips"][0]["departs_at"].as_str().expect("a trip");
    assert!(departs < "2020-03-20T22:00:00Z", "it leaves this evening: {departs}");
}

#[tokio::test]
async fn one_trip_of_a_vehicle_loads_at_a_time() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let (first, _) = round(&cast, &world, &vehicle, 1).await;
    let (second, _) = round(&cast, &world, &vehicle, 3).await;
    let rider = arrivals(&cast.dispatcher.trip(&first).await["manifest"])[0].clone();
    cast.escort.open_boarding(&first).await.expect("it stands here");

    let before = cast.dispatcher.trip(&second).await;
    let empty = cast.escort.open_boarding(&second).await.expect_err("the people of the first are on their way to it");
    assert_eq!((empty.said(), &empty.body["aboard"]), ((409, "vehicle-loading"), &json!(0)));
    cast.escort.board(&first, &rider).await.expect("aboard");
    let loaded = cast.dispatcher.write(&format!("/v1/trips/{second}/boarding"), json!({})).await;
    let loaded = loaded.expect_err("whoever it is");
    assert_eq!((loaded.said(), &loaded.body["aboard"]), ((409, "vehicle-loading"), &json!(1)));
    assert!(loaded.body["at"].is_string());
    assert_eq!(cast.dispatcher.trip(&second).await, before, "nothing was written");

    cast.escort.write(&format!("/v1/trips/{first}/unboard"), json!({ "arrival": rider })).await.expect("off again");
    let off = json!({ "reason": "the other one goes first" });
    cast.dispatcher.write(&format!("/v1/trips/{first}/cancel"), off).await.expect("called off");
    cast.departed(&second).await;
}

#[tokio::test]
async fn an_escort_who_is_on_the_road_is_named_where_people_get_on() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus").subject;
    let van = cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van").subject;
    let (away, stop) = round(&cast, &world, &bus, 1).await;
    let (here, _) = round(&cast, &world, &van, 3).await;
    let said = async || cast.dispatcher.trip(&here).await["escorts"][0]["away"].clone();
    cast.escort.open_boarding(&here).await.expect("boarding");
    assert_eq!(said().await, json!(null), "both stand here");
    let mut console = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    cast.departed(&away).await;
    assert_eq!(said().await["vehicle"], "大巴 1", "one crew is not in two vehicles");
    console.until("the console is told", |board| board.row(&here)["escorts"][1]["away"].is_object()).await;
    cast.handed_over(&stop).await;
    console.until("they are back", |board| board.row(&here)["escorts"][1]["away"].is_null()).await;
}

#[tokio::test]
async fn the_next_trip_is_promised_no_time_before_its_vehicle_is_back_and_clean() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let (first, stop) = round(&cast, &world, &vehicle, 1).await;
    world.pass(1).await;
    let (second, next) = round(&cast, &world, &vehicle, 3).await;
    let minutes = async |of: &str| {
        let board = cast.leader.board_page(sample::QIAOJIA).await.expect("a board");
        let rows = board["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["stop"] == next.as_str()).expect("its stop");
        (instant(row["eta"][of].as_str().expect("a time")) - world.now()).num_minutes()
    };
    assert!(minutes("go_at").await > 100, "behind one that has not left: {}", minutes("go_at").await);
    cast.departed(&first).await;
    world.pass(40).await;
    assert!(minutes("go_at").await > 70, "behind one that is on the road: {}", minutes("go_at").await);
    cast.handed_over(&stop).await;
    world.pass(0).await;
    assert!(minutes("p50").await > 100, "it drives back and is disinfected: {}", minutes("p50").await);
    cast.escort.write(&format!("/v1/vehicles/{vehicle}/cleaned"), json!({})).await.expect("it is here");
    assert!(minutes("p50").await < 100, "it stands ready: {}", minutes("p50").await);
    cast.departed(&second).await;
}

/// A party with seats on a new trip of the vehicle: the trip, the stop.
async fn round(cast: &Cast, world: &World, vehicle: &str, first: u32) -> (String, String) {
    let party = cast.registered(sample::party(first, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(vehicle, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
    let stop = cast.seated(&party, &trip).await;
    (trip, stop)
}
