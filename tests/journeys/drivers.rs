//! Who drives: one person, one phone, at one wheel. A trip names somebody of the registry; whoever is typed enters it once.

mod kept;

use homeward_tests::actor::{Dispatcher, Written};
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const ZHAO: (&str, &str) = ("赵师傅", "13900001111");
const QIAN: (&str, &str) = ("钱师傅", "13900002222");

/// Added to the registry, with the vehicle they drive as a rule; gives the id.
async fn added(cast: &Cast, (name, phone): (&str, &str), usual: Option<&str>) -> String {
    cast.dispatcher.add_driver(name, phone, usual).await.expect("a driver").subject
}

async fn vehicle(cast: &Cast, name: &str) -> String {
    cast.dispatcher.add_vehicle(name, 9).await.expect("a vehicle").subject
}

/// A party of two with seats on a new trip of the vehicle, which this driver is named for: the trip, the stop.
async fn round(world: &World, cast: &Cast, vehicle: &str, (first, driver): (u32, &Value)) -> (String, String) {
    let party = cast.registered(sample::party(first, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(vehicle, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew_with(&trip, driver, &[&cast.escort, &cast.second]).await.expect("a crew");
    let stop = cast.seated(&party, &trip).await;
    (trip, stop)
}

async fn driver_of(cast: &Cast, trip: &str) -> Value {
    cast.dispatcher.trip(trip).await["driver"].clone()
}

#[tokio::test]
async fn a_driver_is_written_down_once_with_hours_and_a_usual_vehicle() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let shift = json!({ "shift": { "from": "20:00", "until": "06:00" } });
    cast.dispatcher.keep_driver(&zhao, "shift", shift).await.expect("the night");
    let seen = &cast.dispatcher.drivers().await[0];
    assert_eq!((seen["name"].as_str(), seen["phone"].as_str()), (Some(ZHAO.0), Some(ZHAO.1)));
    assert_eq!((&seen["usual"]["name"], &seen["shift"]["from"]), (&json!("大巴 1"), &json!("20:00")));
    assert_eq!((&seen["off"], &seen["trips"]), (&json!(null), &json!([])));

    let twice = cast.dispatcher.add_driver(QIAN.0, "+86 139 0000 1111", None).await.expect_err("Zhao's phone");
    assert_eq!((twice.said(), twice.field.as_str()), ((409, "driver-phone-taken"), "phone"));
    assert_eq!(twice.body["name"], ZHAO.0, "the dispatcher is told whose it is");
    for (body, field) in [
        (json!({ "name": " ", "phone": "13900003333" }), "name"),
        (json!({ "name": "N", "phone": "none" }), "phone"),
        (json!({ "name": "N", "phone": "13900003333", "shift": { "from": "8", "until": "09:00" } }), "shift/from"),
        (json!({ "name": "N", "phone": "13900003333", "usual": zhao }), "usual"),
    ] {
        assert_eq!(cast.dispatcher.write("/v1/drivers", body).await.expect_err("not right").field, field);
    }
    assert_eq!(cast.dispatcher.drivers().await.len(), 1, "nothing was written");
}

#[tokio::test]
async fn named_by_id_or_by_typing_and_whoever_is_typed_enters_the_registry_once() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, van) = (vehicle(&cast, "大巴 1").await, vehicle(&cast, "面包车 2").await);
    let zhao = added(&cast, ZHAO, None).await;
    let (trip, _) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    assert_eq!(driver_of(&cast, &trip).await, json!({ "id": zhao, "name": ZHAO.0, "phone": ZHAO.1 }));
    let now = cast.dispatcher.drivers().await[0]["trips"][0].clone();
    assert_eq!((&now["trip"], &now["vehicle"]["name"]), (&json!(trip), &json!("大巴 1")));

    let typed = json!({ "name": QIAN.0, "phone": QIAN.1 });
    let (other, _) = round(&world, &cast, &van, (3, &typed)).await;
    let again = json!({ "name": " 钱 师傅", "phone": "+86 139-0000-2222" });
    let crew = [&cast.escort, &cast.second];
    cast.dispatcher.crew_with(&other, &again, &crew).await.expect("the same one, written otherwise");
    let all = cast.dispatcher.drivers().await;
    assert_eq!(all.len(), 2, "once: {all:?}");
    assert_eq!(driver_of(&cast, &other).await["phone"], QIAN.1, "as the registry has it");

    let before = cast.dispatcher.trip(&other).await;
    let wrong = json!({ "name": "孙师傅", "phone": ZHAO.1 });
    let refused = cast.dispatcher.crew_with(&other, &wrong, &crew).await.expect_err("Zhao's phone");
    assert_eq!((refused.said(), refused.field.as_str()), ((409, "driver-phone-taken"), "driver/phone"));
    assert_eq!(refused.body["name"], ZHAO.0);
    for (driver, field) in [
        (json!({ "id": bus }), "driver/id"),
        (json!({ "id": zhao, "name": "Z" }), "driver/id"),
        (json!({ "name": "Z" }), "driver/phone"),
        (json!({}), "driver/name"),
    ] {
        let refused = cast.dispatcher.crew_with(&other, &driver, &crew).await.expect_err("nobody");
        assert_eq!((refused.status, refused.field.as_str()), (422, field));
    }
    assert_eq!(cast.dispatcher.trip(&other).await, before, "nothing was changed");
    assert_eq!(cast.dispatcher.drivers().await.len(), 2);
}

#[tokio::test]
async fn who_is_off_duty_is_not_named_and_does_not_leave() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, None).await;
    let (trip, _) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    let mut console = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let off = async || cast.dispatcher.keep_driver(&zhao, "off", json!({})).await;
    off().await.expect("off duty");
    assert_eq!(off().await.expect_err("twice").said(), (409, "driver-off-duty"));
    console.until("the console is told", |board| board.row(&trip)["driver"]["off_since"].is_string()).await;
    assert!(cast.dispatcher.drivers().await[0]["off"]["by"].is_string());

    for driver in [json!({ "id": zhao }), json!({ "name": ZHAO.0, "phone": ZHAO.1 })] {
        let refused = cast.dispatcher.crew_with(&trip, &driver, &[&cast.escort, &cast.second]).await;
        assert_eq!(refused.expect_err("off duty").said(), (409, "driver-off-duty"));
    }
    let refused = leaves(&cast, &trip).await.expect_err("nobody drives it");
    assert_eq!((refused.said(), refused.body["at"].is_string()), ((409, "driver-off-duty"), true));

    cast.dispatcher.keep_driver(&zhao, "on", json!({})).await.expect("on duty");
    let twice = cast.dispatcher.keep_driver(&zhao, "on", json!({})).await.expect_err("they are");
    assert_eq!(twice.said(), (409, "driver-on-duty"));
    console.until("and told again", |board| board.row(&trip)["driver"]["off_since"].is_null()).await;
    cast.escort.depart(&trip, 2).await.expect("it leaves");
}

#[tokio::test]
async fn a_driver_sits_at_one_wheel() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, van) = (vehicle(&cast, "大巴 1").await, vehicle(&cast, "面包车 2").await);
    let zhao = json!({ "id": added(&cast, ZHAO, None).await });
    let (first, stop) = round(&world, &cast, &bus, (1, &zhao)).await;
    let (second, _) = round(&world, &cast, &van, (3, &zhao)).await;
    let mut console = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    cast.escort.open_boarding(&second).await.expect("boarding");
    console.until("nobody is away", |board| board.row(&second)["driver"]["away"].is_null()).await;
    cast.departed(&first).await;
    console.until("the console is told", |board| board.row(&second)["driver"]["away"]["vehicle"] == "大巴 1").await;

    let before = cast.dispatcher.trip(&second).await;
    let refused = leaves(&cast, &second).await.expect_err("nobody drives two vehicles");
    assert_eq!((refused.said(), &refused.body["vehicle"]), ((409, "driver-away"), &json!("大巴 1")));
    assert_eq!(cast.dispatcher.trip(&second).await["driver"], before["driver"]);
    assert_eq!(cast.dispatcher.drivers().await[0]["trips"].as_array().map(Vec::len), Some(2));
    cast.handed_over(&stop).await;
    console.until("they are back", |board| board.row(&second)["driver"]["away"].is_null()).await;
    cast.escort.depart(&second, 2).await.expect("free again");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn another_driver_takes_over_where_people_wait() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, van) = (vehicle(&cast, "大巴 1").await, vehicle(&cast, "面包车 2").await);
    let zhao = json!({ "id": added(&cast, ZHAO, None).await });
    let (first, _) = round(&world, &cast, &bus, (1, &zhao)).await;
    let (second, _) = round(&world, &cast, &van, (3, &zhao)).await;
    cast.departed(&first).await;
    leaves(&cast, &second).await.expect_err("away");
    let qian = json!({ "name": QIAN.0, "phone": QIAN.1 });
    cast.dispatcher.crew_with(&second, &qian, &[&cast.escort, &cast.second]).await.expect("another one");
    cast.escort.depart(&second, 2).await.expect("it leaves");
}

#[tokio::test]
async fn the_usual_driver_is_named_by_itself_and_of_two_nobody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, van) = (vehicle(&cast, "大巴 1").await, vehicle(&cast, "面包车 2").await);
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let planned = async |vehicle: &str| cast.dispatcher.plan_trip(vehicle, world.now()).await.expect("a plan").subject;
    let trip = planned(&bus).await;
    assert_eq!(driver_of(&cast, &trip).await["id"], json!(zhao));
    assert_eq!(driver_of(&cast, &planned(&bus).await).await["id"], json!(zhao), "one after the other");
    assert_eq!(driver_of(&cast, &planned(&van).await).await, json!(null), "nobody drives it as a rule");

    cast.dispatcher.keep_driver(&zhao, "usual", json!({ "usual": van })).await.expect("the van");
    assert_eq!(driver_of(&cast, &planned(&van).await).await, json!(null), "named for another vehicle");
    let qian = added(&cast, QIAN, Some(&van)).await;
    assert_eq!(driver_of(&cast, &planned(&van).await).await["id"], json!(qian));
    let sun = added(&cast, ("孙师傅", "13900003333"), Some(&van)).await;
    assert_eq!(driver_of(&cast, &planned(&van).await).await, json!(null), "a person decides which");
    // The stories begin at 20:30 in Shanghai.
    let morning = json!({ "shift": { "from": "06:00", "until": "12:00" } });
    cast.dispatcher.keep_driver(&sun, "shift", morning).await.expect("the morning");
    assert_eq!(driver_of(&cast, &planned(&van).await).await["id"], json!(qian), "the other one is at home");
}

#[tokio::test]
async fn a_committed_plan_names_the_usual_driver() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let trip = &plan["trips"][0];
    let riders: Vec<_> = trip["riders"].as_array().expect("riders").iter().map(rider).collect();
    let chosen = json!({ "vehicle": trip["vehicle"], "departs_at": trip["departs_at"], "riders": riders });
    let body = json!({ "as_of": plan["as_of"], "trips": [chosen] });
    cast.dispatcher.commit_plan(body).await.expect("committed");
    let trip = cast.dispatcher.party(&party).await["trip"].as_str().expect("a trip").to_owned();
    assert_eq!(driver_of(&cast, &trip).await["id"], json!(zhao));
}

fn rider(rider: &Value) -> Value {
    json!({ "party": rider["party"], "version": rider["version"] })
}

#[tokio::test]
async fn a_number_that_is_mended_reaches_whoever_calls_it() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, None).await;
    added(&cast, QIAN, None).await;
    let (trip, stop) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    cast.departed(&trip).await;
    let mended = |name: &str, phone: &str| json!({ "name": name, "phone": phone });
    let taken = cast.dispatcher.keep_driver(&zhao, "correct", mended(ZHAO.0, QIAN.1)).await.expect_err("Qian's");
    assert_eq!((taken.said(), taken.field.as_str()), ((409, "driver-phone-taken"), "phone"));
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    cast.dispatcher.keep_driver(&zhao, "correct", mended("赵刚", ZHAO.1)).await.expect("their name, their own phone");
    cast.dispatcher.keep_driver(&zhao, "correct", mended("赵刚", "13900009999")).await.expect("another phone");
    board.until("the gate calls it", |board| board.row(&stop)["driver"]["phone"] == "13900009999").await;
    assert_eq!(driver_of(&cast, &trip).await["name"], "赵刚");
    cast.handed_over(&stop).await;
    cast.dispatcher.keep_driver(&zhao, "correct", mended("赵刚", ZHAO.1)).await.expect("and back");
    assert_eq!(driver_of(&cast, &trip).await["phone"], "13900009999", "what is over stays as it was");
}

#[tokio::test]
async fn another_district_sees_and_keeps_its_own() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let elsewhere = Dispatcher(world.hire(json!({ "role": "dispatcher", "district": "3101" })).await);
    assert_eq!(elsewhere.drivers().await, Vec::<Value>::new());
    for (what, body) in [
        ("correct", json!({ "name": "N", "phone": "13900003333" })),
        ("shift", json!({ "shift": null })),
        ("usual", json!({ "usual": null })),
        ("off", json!({})),
        ("on", json!({})),
    ] {
        assert_eq!(elsewhere.keep_driver(&zhao, what, body).await.expect_err(what).said(), (404, "not-found"));
    }
    let usual = elsewhere.add_driver(QIAN.0, QIAN.1, Some(&bus)).await.expect_err("not their vehicle");
    assert_eq!(usual.field, "usual");
    elsewhere.add_driver("N", ZHAO.1, None).await.expect("a phone is once a district");
    assert_eq!(cast.dispatcher.drivers().await.len(), 1);
}

/// A trip whose people are aboard, with this driver.
async fn loaded(world: &World, cast: &Cast, vehicle: &str, at: (u32, &Value)) -> String {
    let (trip, _) = round(world, cast, vehicle, at).await;
    cast.escort.open_boarding(&trip).await.expect("boarding");
    for arrival in arrivals(&cast.dispatcher.trip(&trip).await["manifest"]) {
        cast.escort.board(&trip, &arrival).await.expect("aboard");
    }
    trip
}

#[tokio::test]
async fn two_that_leave_at_once_with_one_driver_are_one_that_leaves() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let other_node = world.another_node().await;
    for round in 0..6 {
        let (bus, van) =
            (vehicle(&cast, &format!("大巴 {round}")).await, vehicle(&cast, &format!("面包车 {round}")).await);
        let driver = json!({ "name": format!("赵 {round}"), "phone": format!("1390000111{round}") });
        let first = loaded(&world, &cast, &bus, (1 + round * 10, &driver)).await;
        let second = loaded(&world, &cast, &van, (5 + round * 10, &driver)).await;
        let elsewhere = homeward_tests::actor::Escort(cast.second.at(&other_node));
        let (one, other) = tokio::join!(cast.escort.depart(&first, 2), elsewhere.depart(&second, 2));
        let refused = match (one, other) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
            both => panic!("one leaves and one stays: {both:?}"),
        };
        assert!(["driver-away", "driver-just-left"].contains(&refused.said().1), "{refused:?}");
        assert_eq!(refused.status, 409);
    }
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn whose_hours_a_trip_does_not_keep_within_is_said_and_forbids_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, None).await;
    let (trip, stop) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    let mut console = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    console.until("any hour", |board| board.row(&trip)["driver"]["outside"].is_null()).await;
    let hours = async |from: &str, until: &str| {
        let shift = json!({ "shift": { "from": from, "until": until } });
        cast.dispatcher.keep_driver(&zhao, "shift", shift).await.expect("hours");
    };
    // The stories begin at 18:40 in Shanghai; from Pudong it takes the better part of an hour.
    hours("18:00", "18:50").await;
    console.until("it ends later", |board| board.row(&trip)["driver"]["outside"]["until"] == "18:50").await;
    let ends = console.row(&trip)["driver"]["outside"]["ends_at"].as_str().expect("when").to_owned();
    assert!(homeward_tests::instant(&ends) > world.now());
    hours("20:00", "04:00").await;
    console.until("it begins earlier", |board| board.row(&trip)["driver"]["outside"]["from"] == "20:00").await;
    hours("18:00", "02:00").await;
    console.until("within", |board| board.row(&trip)["driver"]["outside"].is_null()).await;
    hours("06:00", "12:00").await;
    cast.departed(&trip).await;
    console.until("on the road, too", |board| board.row(&trip)["driver"]["outside"]["until"] == "12:00").await;
    cast.dispatcher.keep_driver(&zhao, "off", json!({})).await.expect("off duty");
    console
        .until("nobody is on duty for what drives", |board| board.row(&trip)["driver"]["off_since"].is_string())
        .await;
    cast.handed_over(&stop).await;
    assert!(driver_of(&cast, &trip).await["outside"].is_null(), "what is over warns nobody");
}

/// Boards both of a trip, opens it first where it is planned, and leaves.
async fn leaves(cast: &Cast, trip: &str) -> Written {
    let seen = cast.dispatcher.trip(trip).await;
    if seen["stage"] == "planned" {
        cast.escort.open_boarding(trip).await.expect("boarding");
    }
    for arrival in arrivals(&seen["manifest"]) {
        cast.escort.board(trip, &arrival).await.expect("aboard");
    }
    cast.escort.depart(trip, 2).await
}
