//! A bus breaks down between two gates: its boards are told, a replacement takes over person by person, whoever is home stays
//! home.

use crate::plan::riders;
use homeward_tests::World;
use homeward_tests::actor::Escort;
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::sample;
use serde_json::json;

const XIYAO: &str = "huangpu-xdm-xiyao";
const XIYAO_GATE: &str = "huangpu-xdm-xiyao-g1";

/// A bus under way to Qiaojia and Xiyao, two people each; the halts in this order.
async fn under_way(world: &World, cast: &Cast) -> (String, [String; 2], [String; 2]) {
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    let (mut parties, mut stops) = (Vec::new(), Vec::new());
    for (first, gate) in [(1, sample::QIAOJIA_GATE), (3, XIYAO_GATE)] {
        let party = cast.registered(sample::party(first, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        cast.leader.agree(&party).await.expect("agreed");
        cast.committee.home_is_suitable(&party).await.expect("suitable");
        stops.push(cast.seated(&party, &bus).await);
        parties.push(party);
    }
    cast.departed(&bus).await;
    let two = |list: Vec<String>| list.try_into().expect("two of them");
    (bus, two(stops), two(parties))
}

#[tokio::test]
async fn the_replacement_takes_over_who_is_not_home_yet() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, [first, second], parties) = under_way(&world, &cast).await;
    let mut board = world.watch(&cast.leader, XIYAO).await;
    cast.leader.acknowledge(&second).await.expect("we are coming");
    world.pass(50).await;
    cast.handed_over(&first).await;

    cast.escort.break_down(&bus, "engine overheated").await.expect("reported");
    assert!(cast.escort.again().await.expect("the same answer").replayed);
    let twice = cast.dispatcher.break_down(&bus, "engine").await.expect_err("known");
    assert_eq!(twice.said(), (409, "broken-down"));
    board.until("the board is told", |board| board.row(&second)["broken_at"].is_string()).await;
    assert_eq!(board.row(&second)["eta"]["position_state"], "no_vehicle", "no vehicle comes until one is sent");
    let stuck = cast.escort.arrive(&second).await.expect_err("it stands");
    assert_eq!(stuck.said(), (409, "broken-down"));

    let (change, van, crew) = replacement(&world, &cast, &bus).await;
    let comes = |row: &serde_json::Value| row["broken_at"].is_null() && row["eta"]["position_state"] != "no_vehicle";
    board.until("a replacement with a plate", |board| comes(board.row(&second))).await;
    let row = board.row(&second).clone();
    assert_eq!((&row["trip"], &row["change"]["from_vehicle"]), (&json!(van), &json!("大巴 1")));
    assert_eq!(row["notice"]["lapsed"][0]["role"], "leader", "another time: who answered is asked again");

    pass_all(&cast, &change, &bus, &van, &crew).await;
    assert_eq!(cast.dispatcher.trip(&bus).await["stage"], "completed", "nobody is left in it");
    crew.depart(&van, 2).await.expect("everybody");
    world.pass(15).await;
    cast.handed_over_by(&crew, &second).await;
    for party in &parties {
        assert_eq!(cast.dispatcher.party(party).await["stage"], "handed_over");
    }
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["handed_over"], &ledger["closes"]), (&json!(4), &json!(true)));
}

/// A vehicle is named and crewed; the change, its trip, its first escort.
async fn replacement(world: &World, cast: &Cast, bus: &str) -> (String, String, Escort) {
    let (escort, second) = (world.escort().await, world.escort().await);
    let vehicle = cast.dispatcher.add_vehicle("备用 1", 9).await.expect("on standby").subject;
    let at_relay = json!({ "vehicle": vehicle, "relay_point": "huangpu-relay-1" });
    let cannot = cast.dispatcher.plan_change(bus, at_relay).await.expect_err("it cannot drive there");
    assert_eq!(cannot.said(), (409, "broken-down"));
    let change = cast.dispatcher.plan_change(bus, json!({ "vehicle": vehicle })).await.expect("sent").subject;
    let van = cast.dispatcher.trip(bus).await["changes"][0]["onto"].as_str().expect("a trip").to_owned();
    cast.dispatcher.crew(&van, &[&escort, &second]).await.expect("a crew");
    (change, van, escort)
}

async fn pass_all(cast: &Cast, change: &str, bus: &str, van: &str, crew: &Escort) {
    crew.open_boarding(van).await.expect("beside the bus");
    let mending = cast.escort.go_on(bus, "it starts again").await.expect_err("people stand outside");
    assert_eq!((mending.said(), &mending.body["open"]), ((409, "change-open"), &json!(2)));
    for arrival in &arrivals(&cast.dispatcher.trip(van).await["manifest"]) {
        cast.escort.offer_onward(change, arrival).await.expect("offered");
        crew.take_over(change, arrival).await.expect("aboard");
    }
    cast.escort.close_change(change, 0).await.expect("empty");
}

#[tokio::test]
async fn a_vehicle_that_starts_again_goes_on() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, [first, second], _) = under_way(&world, &cast).await;
    let well = cast.escort.go_on(&bus, "?").await.expect_err("it drives");
    assert_eq!(well.said(), (409, "not-broken-down"));
    let why = cast.dispatcher.break_down(&bus, " ").await.expect_err("no reason");
    assert_eq!(why.said(), (422, "reason-missing"));
    cast.dispatcher.break_down(&bus, "flat tyre").await.expect("reported by phone");
    cast.escort.go_on(&bus, "wheel changed").await.expect("goes on");
    for stop in [&first, &second] {
        cast.handed_over(stop).await;
    }
    let over = cast.escort.break_down(&bus, "engine").await.expect_err("it is over");
    assert_eq!(over.said(), (409, "wrong-stage"));
}

#[tokio::test]
async fn nothing_is_promised_of_a_vehicle_that_stands_beside_the_road() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, ..) = under_way(&world, &cast).await;
    let vehicle = cast.dispatcher.trip(&bus).await["vehicle"]["id"].as_str().expect("a vehicle").to_owned();
    let due = world.now() + chrono::TimeDelta::minutes(10);
    let next = cast.dispatcher.plan_trip(&vehicle, due).await.expect("its next trip").subject;
    cast.dispatcher.crew(&next, &[&cast.escort, &cast.second]).await.expect("a crew");
    let party = cast.registered(sample::party(10, 2)).await;
    cast.agreed_home(&party).await;
    let stop = cast.seated(&party, &next).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let state = |board: &homeward_tests::feed_client::FeedClient| board.row(&stop)["eta"]["position_state"].clone();
    assert_eq!(state(&board), "no_position");

    cast.escort.break_down(&bus, "engine overheated").await.expect("reported");
    board.until("its next board is told", |board| state(board) == "no_vehicle").await;
    let waiting = cast.registered(sample::party(20, 2)).await;
    cast.agreed_home(&waiting).await;
    let refused = cast.dispatcher.assign(&waiting, &next).await.expect_err("who knows when it comes");
    assert_eq!(refused.said(), (409, "broken-down"));
    let told = cast.dispatcher.get(&format!("/v1/parties/{waiting}/proposals")).await.expect("an explanation");
    assert_eq!(told["offers"], json!([]), "{told}");
    let because = &told["refused"][0]["because"];
    assert_eq!((&because["code"], &because["reason"]), (&json!("broken_down"), &json!("engine overheated")));
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let short = plan["left_out"].as_array().map(Vec::len);
    assert_eq!((&plan["trips"], short), (&json!([]), Some(2)), "neither who waits nor who has a seat there: {plan}");
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("another vehicle");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let lost: Vec<_> =
        riders(&plan).into_iter().filter(|it| it["lost"].is_string()).map(|it| it["party"].clone()).collect();
    assert_eq!(lost, [json!(party)], "who has a seat there could ride in it: {plan}");

    cast.escort.go_on(&bus, "it starts again").await.expect("goes on");
    board.until("it comes after all", |board| state(board) == "no_position").await;
    cast.dispatcher.assign(&waiting, &next).await.expect("a seat");
}
