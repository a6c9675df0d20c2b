//! The bus that was meant to does not come: another vehicle makes the journey. Nobody loses a seat, no gate is asked again.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const ZHAO: (&str, &str) = ("赵师傅", "13900001111");
const QIAN: (&str, &str) = ("钱师傅", "13900002222");

/// Its plate ends in its seats.
async fn vehicle(cast: &Cast, name: &str, seats: i64) -> String {
    let new = json!({ "name": name, "plate": format!("沪A100{seats:02}"), "seats": seats });
    cast.dispatcher.write("/v1/vehicles", new).await.expect("a vehicle").subject
}

fn seats(trip: &Value) -> Vec<i64> {
    let lines = trip["manifest"].as_array().expect("a manifest").iter();
    let mut numbers: Vec<i64> = lines.filter_map(|line| line["seat"].as_i64()).collect();
    numbers.sort_unstable();
    numbers
}

#[tokio::test]
async fn who_has_a_seat_keeps_it_and_the_board_shows_the_other_plate() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, van) = (vehicle(&cast, "大巴 1", 19).await, vehicle(&cast, "中巴 2", 4).await);
    cast.dispatcher.add_driver(ZHAO.0, ZHAO.1, Some(&bus)).await.expect("a driver");
    let qian = cast.dispatcher.add_driver(QIAN.0, QIAN.1, Some(&van)).await.expect("a driver").subject;
    let first = cast.registered(sample::party(1, 2)).await;
    let second = cast.registered(sample::party(11, 2)).await;
    let gone = cast.registered(sample::party(21, 1)).await;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
    for party in [&gone, &first, &second] {
        cast.agreed_home(party).await;
        cast.seated(party, &trip).await;
    }
    cast.dispatcher.unassign(&gone, "stays in town").await.expect("its seat is free");
    let stop = cast.dispatcher.party(&first).await["stop"].as_str().expect("a stop").to_owned();
    cast.leader.acknowledge(&stop).await.expect("seen");
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;

    cast.dispatcher.take_vehicle(&trip, &van, None).await.expect("another vehicle");
    board.until("the other vehicle", |board| board.row(&stop)["plate"] == "沪A10004").await;
    let row = board.row(&stop);
    assert_eq!(row["driver"]["name"], QIAN.0, "the usual one of the vehicle that comes");
    assert_eq!(row["notice"]["acks"].as_array().map(Vec::len), Some(1), "the squad's answer stands: {row:#}");
    let seen = cast.dispatcher.trip(&trip).await;
    assert_eq!((&seen["stage"], seats(&seen)), (&json!("planned"), vec![1, 2, 3, 4]), "numbered as the van's");
    assert_eq!(seen["driver"]["id"], json!(qian));
    assert_eq!(seen["escorts"].as_array().map(Vec::len), Some(2), "they go along");

    let again = cast.dispatcher.take_vehicle(&trip, &van, None).await.expect_err("it is that one");
    assert_eq!((again.said(), again.field.as_str()), ((422, "invalid-field"), "vehicle"));
    cast.dispatcher.take_vehicle(&trip, &bus, Some(&json!({ "id": qian }))).await.expect("taken back");
    assert_eq!(cast.dispatcher.trip(&trip).await["driver"]["id"], json!(qian), "who was named drives");
    cast.dispatcher.take_vehicle(&trip, &van, None).await.expect("and again");
    assert_eq!(cast.dispatcher.trip(&trip).await["driver"]["id"], json!(qian), "whom this trip named is free for it");
    let early = cast.escort.expect_at(&trip, &stop, world.now() + chrono::TimeDelta::minutes(40)).await;
    assert_eq!(early.expect_err("nobody has seen the road").said(), (409, "wrong-stage"));
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("with a plate");
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn it_takes_everybody_or_nobody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (small, out) = (vehicle(&cast, "小车 2", 2).await, vehicle(&cast, "大巴 3", 19).await);
    let steps = vehicle(&cast, "大巴 4", 18).await;
    let mut party = sample::party(1, 3);
    party["members"][0]["needs"]["wheelchair"] = json!(true);
    let party = cast.registered(party).await;
    cast.agreed_home(&party).await;
    let with_room = json!({ "name": "大巴 1", "plate": "沪A10001", "seats": 19, "wheelchair_places": 1 });
    let bus = cast.dispatcher.write("/v1/vehicles", with_room).await.expect("a bus").subject;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
    cast.seated(&party, &trip).await;
    cast.dispatcher.take_out(&out, "brakes").await.expect("out of service");
    let before = cast.dispatcher.trip(&trip).await;

    let refused = cast.dispatcher.take_vehicle(&trip, &small, None).await.expect_err("three into two");
    assert_eq!((refused.said(), &refused.body["needed"]), ((409, "vehicle-full"), &json!(3)));
    let refused = cast.dispatcher.take_vehicle(&trip, &steps, None).await.expect_err("no place for a wheelchair");
    assert_eq!(refused.said(), (409, "no-wheelchair-place"));
    let refused = cast.dispatcher.take_vehicle(&trip, &out, None).await.expect_err("it does not drive");
    assert_eq!(refused.said(), (409, "out-of-service"));
    let refused = cast.dispatcher.take_vehicle(&trip, &party, None).await.expect_err("no vehicle");
    assert_eq!((refused.said(), refused.field.as_str()), ((422, "invalid-field"), "vehicle"));
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let person = arrivals(&cast.dispatcher.trip(&trip).await["manifest"])[0].clone();
    cast.escort.board(&trip, &person).await.expect("aboard");
    let wide = json!({ "name": "大巴 5", "plate": "沪A10005", "seats": 19, "wheelchair_places": 1 });
    let wide = cast.dispatcher.write("/v1/vehicles", wide).await.expect("it could").subject;
    let refused = cast.dispatcher.take_vehicle(&trip, &wide, None).await.expect_err("somebody is aboard");
    assert_eq!(refused.said(), (409, "already-under-way"));
    assert_eq!(cast.dispatcher.trip(&trip).await["vehicle"], before["vehicle"], "nothing was changed");
}

/// A vehicle that is on the road comes later: the boards are told so with the change.
#[tokio::test]
async fn a_vehicle_that_is_still_away_is_awaited() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let away = cast.trip("大巴 2", 19, world.now()).await;
    let far = cast.registered(sample::party(11, 2)).await;
    cast.agreed_home(&far).await;
    cast.seated(&far, &away).await;
    cast.departed(&away).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let at = |board: &Value| board["eta"]["p50"].as_str().expect("a time").to_owned();
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let before = at(board.row(&stop));
    let vehicles = cast.dispatcher.vehicles().await;
    let busy = vehicles.iter().find(|one| one["name"] == "大巴 2").expect("on the road")["id"].clone();
    cast.dispatcher.take_vehicle(&trip, busy.as_str().expect("an id"), None).await.expect("it is awaited");
    board.until("a later time", |board| at(board.row(&stop)) > before).await;
}

/// Qiaojia first, then Baidu: the way that stands, not the one that would be shorter.
async fn two_halts(world: &World, cast: &Cast) -> (String, Vec<Value>) {
    let bus = vehicle(cast, "大巴 1", 19).await;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    for (number, gate) in [(1, sample::QIAOJIA_GATE), (11, "huangpu-xdm-baidu-g1")] {
        let party = cast.registered(sample::party(number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        cast.dispatcher.assign(&party, &trip).await.expect("seats");
    }
    let stops = cast.dispatcher.trip(&trip).await["stops"].as_array().expect("halts").clone();
    (trip, stops)
}

#[tokio::test]
async fn it_keeps_its_hours_its_room_for_luggage_and_every_gate_on_the_way() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, stops) = two_halts(&world, &cast).await;
    let new = async |body: Value| cast.dispatcher.write("/v1/vehicles", body).await.expect("a vehicle").subject;
    let refused = async |vehicle: &str| cast.dispatcher.take_vehicle(&trip, vehicle, None).await.expect_err("no");
    let little = new(json!({ "name": "大巴 2", "seats": 19, "luggage_places": 1 })).await;
    assert_eq!(refused(&little).await.said(), (409, "luggage-full"));
    let early = new(json!({ "name": "大巴 3", "seats": 19, "shift": { "from": "06:00", "until": "19:30" } })).await;
    assert_eq!(refused(&early).await.said(), (409, "back-after-shift"));

    let other = new(json!({ "name": "大巴 4", "seats": 19 })).await;
    let last = stops.last().expect("two halts");
    let arrives = homeward_tests::instant(last["eta"]["p50"].as_str().expect("a time"));
    let closed = json!({ "gate": last["gate"]["code"], "from": arrives - chrono::TimeDelta::minutes(30),
        "until": arrives + chrono::TimeDelta::hours(1), "reason": "roadworks" });
    cast.dispatcher.write("/v1/gate-closures", closed).await.expect("closed then");
    assert_eq!(refused(&other).await.said(), (409, "gate-closed"));
    assert_eq!(cast.dispatcher.trip(&trip).await["vehicle"]["name"], "大巴 1", "nothing was changed");
}
