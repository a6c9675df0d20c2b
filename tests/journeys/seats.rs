//! One party and its seat: the best one with its arrival, others with reasons, and for everything else the rule that stands
//! in the way. Asking writes nothing; taking an offer meets the rules again.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

async fn seats(cast: &Cast, party: &str) -> Value {
    cast.dispatcher.get(&format!("/v1/parties/{party}/proposals")).await.expect("it waits")
}

/// The reason against a vehicle's trip (`trip`) or against a new one of it.
fn against<'a>(told: &'a Value, name: &str, trip: Option<&str>) -> &'a Value {
    let refused = told["refused"].as_array().expect("a list");
    let found = refused.iter().find(|it| it["name"] == name && it["trip"].as_str() == trip);
    &found.unwrap_or_else(|| panic!("{name} is not among the refused: {told}"))["because"]
}

async fn waiting(cast: &Cast, first: u32, people: u32) -> String {
    let party = cast.registered(sample::party(first, people)).await;
    cast.agreed_home(&party).await;
    party
}

#[tokio::test]
async fn the_best_seat_comes_first_and_everything_else_says_why_not() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = waiting(&cast, 1, 2).await;
    let trip = cast.trip("大巴 1", 5, world.now()).await;
    cast.seated(&first, &trip).await;
    cast.dispatcher.add_vehicle("轿车 2", 2).await.expect("a car");
    let broken = cast.dispatcher.add_vehicle("面包车 3", 6).await.expect("a van").subject;
    cast.dispatcher.take_out(&broken, "brakes").await.expect("it stays where it is");

    let party = waiting(&cast, 10, 3).await;
    let told = seats(&cast, &party).await;
    let best = &told["offers"][0];
    assert_eq!((&best["trip"], &best["name"], &best["free_seats"]), (&json!(trip), &json!("大巴 1"), &json!(3)));
    assert_eq!(best["why"]["same_gate"], json!(["P1-001"]), "whom they get off with");
    assert!(best["arrives_at"].as_str() > best["departs_at"].as_str(), "with its arrival: {best}");
    assert_eq!((&best["dearer_minutes"], &best["over_limit"]), (&json!(0), &json!(false)));
    let small = against(&told, "轿车 2", None);
    assert_eq!((&small["code"], &small["free"], &small["needed"]), (&json!("vehicle_full"), &json!(2), &json!(3)));
    let out = against(&told, "面包车 3", None);
    assert_eq!((&out["code"], &out["reason"]), (&json!("out_of_service"), &json!("brakes")));
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "disposed", "nothing was written");

    cast.dispatcher.assign(&party, &trip).await.expect("the offer stands");
    let seated = cast.dispatcher.get(&format!("/v1/parties/{party}/proposals")).await.expect_err("it has a seat");
    assert_eq!(seated.said(), (409, "already-seated"));
    let late = waiting(&cast, 20, 1).await;
    let full = seats(&cast, &late).await;
    assert_eq!(against(&full, "大巴 1", Some(&trip))["code"], "vehicle_full");
}

#[tokio::test]
async fn a_trip_of_its_own_is_offered_and_taken_as_a_plan_of_one_trip() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus").subject;
    let party = waiting(&cast, 1, 2).await;
    let told = seats(&cast, &party).await;
    let best = &told["offers"][0];
    assert_eq!((&best["trip"], &best["vehicle"]), (&Value::Null, &json!(vehicle)));
    let version = cast.dispatcher.party(&party).await["version"].clone();
    let riders = json!([{ "party": party, "version": version }]);
    let trips = json!([{ "vehicle": vehicle, "departs_at": best["departs_at"], "riders": riders }]);
    cast.dispatcher.commit_plan(json!({ "as_of": told["as_of"], "trips": trips })).await.expect("one tap");
    assert!(cast.dispatcher.party(&party).await["trip"].is_string());

    // The next trip of the same vehicle begins behind the one that stands, and can be taken as well.
    let next = waiting(&cast, 20, 18).await;
    let told = seats(&cast, &next).await;
    let wait = against(&told, "大巴 1", told["refused"][0]["trip"].as_str());
    assert_eq!((&wait["code"], &wait["free"]), (&json!("vehicle_full"), &json!(17)));
    let behind = told["offers"].as_array().expect("a list");
    if let Some(offer) = behind.first() {
        let version = cast.dispatcher.party(&next).await["version"].clone();
        let riders = json!([{ "party": next, "version": version }]);
        let trips = json!([{ "vehicle": vehicle, "departs_at": offer["departs_at"], "riders": riders }]);
        cast.dispatcher
            .commit_plan(json!({ "as_of": told["as_of"], "trips": trips }))
            .await
            .expect("it is clean by then");
    } else {
        assert_eq!(against(&told, "大巴 1", None)["code"], "wait_too_long");
    }
}

#[tokio::test]
async fn a_vehicle_that_nobody_disinfected_is_named_with_its_hour() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let rider = waiting(&cast, 1, 2).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&rider, &trip).await;
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    world.pass(150).await;
    let party = waiting(&cast, 10, 2).await;
    let told = seats(&cast, &party).await;
    assert_eq!(told["offers"], json!([]));
    let dirty = against(&told, "大巴 1", None);
    assert_eq!((&dirty["code"], dirty["at"].is_string()), (&json!("not_cleaned"), true));
    let vehicle = cast.dispatcher.vehicles().await[0]["id"].as_str().expect("an id").to_owned();
    cast.dispatcher.write(&format!("/v1/vehicles/{vehicle}/cleaned"), json!({})).await.expect("clean");
    assert_eq!(seats(&cast, &party).await["offers"][0]["name"], "大巴 1");
}

#[tokio::test]
async fn who_waited_too_long_is_offered_a_seat_all_the_same() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = waiting(&cast, 1, 2).await;
    world.pass(150).await;
    cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus at last");
    let told = seats(&cast, &party).await;
    assert_eq!((&told["offers"][0]["over_limit"], &told["offers"][0]["name"]), (&json!(true), &json!("大巴 1")));
}

#[tokio::test]
async fn without_a_destination_only_the_sites_without_room_are_named() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher
        .write(&format!("/v1/sites/{}/close", sample::SITE_2), json!({ "reason": "burst pipe" }))
        .await
        .expect("closed");
    let family = cast.registered(sample::party(1, 5)).await;
    let told = seats(&cast, &family).await;
    assert_eq!((&told["offers"], &told["refused"]), (&json!([]), &json!([])), "nowhere to go, so no seat: {told}");
    let said = |site: &str| {
        let sites = told["sites"].as_array().expect("a list");
        sites.iter().find(|it| it["site"] == site).unwrap_or_else(|| panic!("{site}: {told}"))["because"].clone()
    };
    assert_eq!(
        (&said(sample::SITE_2)["code"], &said(sample::SITE_2)["reason"]),
        (&json!("site_closed"), &json!("burst pipe"))
    );
    assert_eq!((&said(sample::SITE_1)["code"], &said(sample::SITE_1)["needed"]), (&json!("no_room_whole"), &json!(5)));
}

#[tokio::test]
async fn an_escort_who_speaks_the_language_makes_the_better_seat_and_luggage_is_counted() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let speaks = format!("/v1/escorts/{}/languages", cast.second.account());
    let wrong = cast.dispatcher.write(&speaks, json!({ "languages": ["Japanese!"] })).await.expect_err("no tag");
    assert_eq!((wrong.said().0, wrong.field.as_str()), (422, "languages/0"));
    cast.dispatcher.write(&speaks, json!({ "languages": ["ja"] })).await.expect("written down");
    let escorts = cast.dispatcher.get("/v1/escorts").await.expect("escorts");
    let second = escorts["escorts"].as_array().expect("a list").iter().find(|it| it["id"] == cast.second.account());
    assert_eq!(second.expect("on duty")["languages"], json!(["ja"]));

    let third = world.escort().await;
    let mute = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus").subject;
    let mute = cast.dispatcher.plan_trip(&mute, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&mute, &[&cast.escort, &third]).await.expect("a crew");
    let told = cast.trip("大巴 2", 19, world.now()).await;
    let car = json!({ "name": "轿车 3", "seats": 4, "luggage_places": 1 });
    cast.dispatcher.write("/v1/vehicles", car).await.expect("a car");
    let mut guest = sample::party(1, 1);
    guest["languages"] = json!(["ja-JP"]);
    let party = cast.registered(guest).await;
    cast.agreed_home(&party).await;
    let seats = seats(&cast, &party).await;
    let best = &seats["offers"][0];
    assert_eq!((&best["trip"], &best["no_language"]), (&json!(told), &json!(false)));
    let offers = seats["offers"].as_array().expect("a list");
    let other = offers.iter().find(|it| it["trip"] == json!(mute)).expect("nobody stays behind for a language");
    assert_eq!(other["no_language"], json!(true));
    assert!(other["dearer_minutes"].as_i64() > Some(0), "a quarter of an hour: {other}");
    let small = against(&seats, "轿车 3", None);
    assert_eq!((&small["code"], &small["free"], &small["needed"]), (&json!("luggage_full"), &json!(1), &json!(2)));
}

#[tokio::test]
async fn a_seat_given_by_hand_meets_the_rules_that_the_explanation_names() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let trip = cast.trip("面包车 1", 6, world.now()).await;
    let vehicle = cast.dispatcher.trip(&trip).await["vehicle"]["id"].as_str().expect("an id").to_owned();
    let party = cast.registered(wheelchair(1, 2)).await;
    cast.agreed_home(&party).await;
    let before = cast.dispatcher.trip(&trip).await;
    let refused = async |code: &'static str, words: &str| {
        let refused = cast.dispatcher.assign(&party, &trip).await.expect_err("it does not fit");
        assert_eq!(refused.said(), (409, code), "{}", refused.body);
        assert_eq!(against(&seats(&cast, &party).await, "面包车 1", Some(&trip))["code"], words);
        refused.body
    };
    let luggage = async |places: Value| {
        let path = format!("/v1/vehicles/{vehicle}/luggage");
        cast.dispatcher.write(&path, json!({ "luggage_places": places })).await.expect("written down");
    };
    luggage(json!(3)).await;
    let body = refused("luggage-full", "luggage_full").await;
    assert_eq!((&body["free"], &body["needed"]), (&json!(3), &json!(4)));
    luggage(Value::Null).await;
    let body = refused("no-wheelchair-place", "no_wheelchair_place").await;
    assert_eq!((&body["free"], &body["needed"]), (&json!(0), &json!(1)));
    assert_eq!(cast.dispatcher.trip(&trip).await, before, "nothing was written");
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "disposed");
}

#[tokio::test]
async fn a_seat_given_by_hand_ends_within_the_shift_and_before_an_open_gate() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let body = json!({ "name": "面包车 1", "seats": 6, "wheelchair_places": 1 });
    let vehicle = cast.dispatcher.write("/v1/vehicles", body).await.expect("a van").subject;
    let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    let party = cast.registered(wheelchair(1, 2)).await;
    cast.agreed_home(&party).await;
    let shift = format!("/v1/vehicles/{vehicle}/shift");
    // The stories begin at 18:40 there.
    let early = json!({ "shift": { "from": "06:00", "until": "19:30" } });
    cast.dispatcher.write(&shift, early).await.expect("its hours");
    let late = cast.dispatcher.assign(&party, &trip).await.expect_err("its driver goes home");
    assert_eq!(late.said(), (409, "back-after-shift"));
    assert!(late.body["at"].as_str() > late.body["until"].as_str(), "{}", late.body);
    assert_eq!(against(&seats(&cast, &party).await, "面包车 1", Some(&trip))["code"], "back_after_shift");
    cast.dispatcher.write(&shift, json!({ "shift": null })).await.expect("at any hour");

    let until = (world.now() + chrono::TimeDelta::minutes(240)).to_rfc3339();
    let closing = json!({ "gate": sample::QIAOJIA_GATE, "until": until, "reason": "barrier" });
    let closure = cast.dispatcher.write("/v1/gate-closures", closing).await.expect("closed").subject;
    let shut = cast.dispatcher.assign(&party, &trip).await.expect_err("they would stand before it");
    assert_eq!((shut.said(), shut.body["until"].is_string()), ((409, "gate-closed"), true));
    assert_eq!(cast.dispatcher.trip(&trip).await["seats_taken"], 0, "nothing was written");
    let tomorrow = cast.dispatcher.plan_trip(&vehicle, world.now() + chrono::TimeDelta::hours(9)).await;
    let tomorrow = tomorrow.expect("a plan").subject;
    cast.dispatcher.assign(&party, &tomorrow).await.expect("it is open by then");
    cast.dispatcher.delete(&format!("/v1/parties/{party}/seats"), json!({ "reason": "sooner" })).await.expect("back");
    cast.dispatcher.write(&format!("/v1/gate-closures/{closure}/end"), json!({})).await.expect("opened");
    cast.dispatcher.assign(&party, &trip).await.expect("a seat");

    let second = cast.registered(wheelchair(10, 1)).await;
    cast.agreed_home(&second).await;
    let taken = cast.dispatcher.assign(&second, &trip).await.expect_err("the place is taken");
    assert_eq!((taken.said(), &taken.body["free"]), ((409, "no-wheelchair-place"), &json!(0)));
}

/// A party of which one sits in a wheelchair.
fn wheelchair(first: u32, people: u32) -> Value {
    let mut party = sample::party(first, people);
    party["members"][0]["needs"]["wheelchair"] = json!(true);
    party
}

#[tokio::test]
async fn the_vehicle_stops_in_the_order_that_was_offered_whoever_was_seated_first() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (home, site) = (waiting(&cast, 1, 2).await, cast.placed(10, 2).await);
    let mut orders = Vec::new();
    for (name, riders) in [("大巴 1", [&home, &site]), ("大巴 2", [&site, &home])] {
        let trip = cast.trip(name, 9, world.now()).await;
        cast.seated(riders[0], &trip).await;
        let told = seats(&cast, riders[1]).await;
        let offers = told["offers"].as_array().expect("a list");
        let offer = offers.iter().find(|offer| offer["trip"] == json!(trip)).expect("the trip has room");
        cast.seated(riders[1], &trip).await;
        let stops = cast.dispatcher.trip(&trip).await["stops"].as_array().expect("stops").clone();
        let gates: Vec<Value> = stops.iter().map(|stop| stop["gate"]["code"].clone()).collect();
        assert_ne!(gates[0], gates[1], "two halts");
        let party = cast.dispatcher.party(riders[1]).await;
        let own = stops.iter().position(|stop| stop["stop"] == party["stop"]).expect("it gets off");
        assert_eq!((&offer["why"]["stop"], &offer["why"]["stops"]), (&json!(own + 1), &json!(2)), "{offer}");
        for rider in riders {
            cast.dispatcher.unassign(rider, "the other way round").await.expect("not under way");
        }
        orders.push(gates);
    }
    assert_eq!(orders[0], orders[1], "the shorter way is the shorter way");
}
