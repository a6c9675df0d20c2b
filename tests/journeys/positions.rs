//! Where a vehicle is, as phones tell it: in both dialects, late, twice, wrong, from nobody; and what boards say of it.

use chrono::TimeDelta;
use homeward_tests::actor::Phone;
use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{World, sample};
use serde_json::Value;

/// Places on the elevated road into town, and near the gate of Qiaojia Road.
const ROAD: (f64, f64) = (31.1668, 121.7240);
const BRIDGE: (f64, f64) = (31.2010, 121.6010);

/// A trip under way with two people for Qiaojia, a phone on the dashboard, and the board that waits.
struct Ride {
    world: World,
    cast: Cast,
    phone: Phone,
    trip: String,
    stop: String,
    board: FeedClient,
}

impl Ride {
    async fn under_way() -> Self {
        let world = World::start().await;
        let cast = Cast::on_duty(&world).await;
        let party = cast.registered(sample::party(1, 2)).await;
        cast.agreed_home(&party).await;
        let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
        let phone = cast.dispatcher.enrol(&vehicle, "车载手机").await;
        let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
        let stop = cast.seated(&party, &trip).await;
        let board = world.watch(&cast.leader, sample::QIAOJIA).await;
        cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
        cast.departed(&trip).await;
        Self { world, cast, phone, trip, stop, board }
    }

    /// Where the trip is, as its crew reads it.
    async fn position(&self) -> Value {
        self.cast.escort.trip(&self.trip).await.expect("their trip")["position"].clone()
    }

    /// What became of the phone's last word.
    async fn outcome(&self) -> String {
        self.outcome_of(&self.phone).await
    }

    async fn outcome_of(&self, phone: &Phone) -> String {
        let devices = self.cast.dispatcher.devices().await;
        let device = devices.iter().find(|device| device["id"] == phone.id).expect("a phone of the district");
        device["outcome"].as_str().expect("it was heard").to_owned()
    }

    async fn until_row(&mut self, what: &str, holds: impl Fn(&Value) -> bool) {
        let stop = self.stop.clone();
        self.board.until(what, |board| holds(board.row(&stop))).await;
    }

    async fn gate(&self) -> (f64, f64) {
        let place = &self.cast.escort.trip(&self.trip).await.expect("their trip")["places"][0];
        let degrees = |member: &str| place[member].as_f64().expect("degrees");
        assert!((degrees("map_lat") - degrees("lat")).abs() > 0.001, "a Chinese map has it elsewhere");
        (degrees("lat"), degrees("lon"))
    }
}

#[tokio::test]
async fn both_dialects_move_the_vehicle_and_the_board_says_so() {
    let mut ride = Ride::under_way().await;
    assert_eq!(ride.phone.tell(ROAD, ride.world.now()).await, 200);
    ride.world.pass(0).await;
    ride.until_row("an estimate from the road", |row| row["eta"]["position_state"] == "live").await;
    ride.world.pass(1).await;
    let now = ride.world.now();
    assert_eq!(ride.phone.json((31.17, 121.72), now).await, 200);
    assert_eq!(ride.position().await["lat"], 31.17);
    ride.world.pass(1).await;
    let form =
        format!("id={}&lat=31.171&lon=121.719&timestamp={}", ride.phone.token, ride.world.now().timestamp_millis());
    assert_eq!(ride.phone.post("", form).await, 200);
    assert_eq!(ride.position().await["lat"], 31.171);
    ride.world.pass(1).await;
    let query = format!("?deviceid={}&lat=31.172&lon=121.718", ride.phone.token);
    assert_eq!(ride.phone.post(&query, String::new()).await, 200, "the older app posts its query");
    assert_eq!(ride.position().await["lat"], 31.172);
}

#[tokio::test]
async fn what_is_not_believed_is_dropped_and_never_refused() {
    let ride = Ride::under_way().await;
    ride.world.pass(10).await;
    let now = ride.world.now();
    assert_eq!(ride.phone.tell(ROAD, now).await, 200);
    let told = [
        (format!("lat=31.1668&lon=121.724&timestamp={}", now.timestamp()), "duplicate"),
        (format!("lat=31.15&lon=121.80&timestamp={}", now.timestamp() - 60), "late"),
        (format!("lat=31.15&lon=121.80&timestamp={}", now.timestamp() - 3_600), "before_departure"),
        (format!("lat=31.17&lon=121.72&timestamp={}", now.timestamp() + 600), "clock_ahead"),
        ("lat=0&lon=0".to_owned(), "no_fix"),
        ("lat=31.17&lon=121.72&valid=false".to_owned(), "no_fix"),
        (format!("lat=31.17&lon=121.72&accuracy=900&timestamp={}", now.timestamp() + 1), "vague"),
        (format!("lat=39.90&lon=116.40&timestamp={}", now.timestamp() + 2), "jump"),
    ];
    for (query, outcome) in told {
        assert_eq!(ride.phone.query(&query).await, 200, "{query}");
        assert_eq!(ride.outcome().await, outcome, "{query}");
        assert_eq!(ride.position().await["lat"], ROAD.0, "{query} moved the vehicle");
    }
    assert_eq!(ride.phone.query("lat=north&lon=1").await, 422, "what cannot be read is named");
    assert_eq!(ride.phone.query("lat=31.17&lon=121.72&timestamp=soon").await, 422);
}

#[tokio::test]
async fn a_stranger_and_a_revoked_phone_are_answered_alike_and_slowed_down() {
    let ride = Ride::under_way().await;
    let stranger = Phone { id: String::new(), token: "A".repeat(43), base: ride.phone.base.clone() };
    assert_eq!(stranger.query("lat=north").await, 401, "a stranger hears nothing about the message");
    ride.cast.dispatcher.revoke(&ride.phone).await.expect("revoked");
    assert_eq!(ride.phone.tell(ROAD, ride.world.now()).await, 401);
    assert_eq!(ride.cast.dispatcher.revoke(&ride.phone).await.expect_err("once").said(), (404, "not-found"));
    for _ in 0..3 {
        assert_eq!(stranger.query("lat=1").await, 401);
    }
    assert_eq!(stranger.query("lat=1").await, 429, "as at sign-in");
    let vehicle = ride.cast.dispatcher.trip(&ride.trip).await["vehicle"]["id"].as_str().expect("an id").to_owned();
    let another = ride.cast.dispatcher.enrol(&vehicle, "the next one").await;
    ride.world.pass(0).await;
    assert_eq!(another.tell(ROAD, ride.world.now()).await, 200, "whoever is known is not slowed down");
}

#[tokio::test]
async fn nobody_is_followed_without_a_trip() {
    let ride = Ride::under_way().await;
    let parked = ride.cast.dispatcher.add_vehicle("大巴 2", 19).await.expect("a vehicle").subject;
    let phone = ride.cast.dispatcher.enrol(&parked, "车载手机 2").await;
    assert_eq!(phone.tell(ROAD, ride.world.now()).await, 200, "accepted, so that its queue does not grow");
    assert_eq!(ride.outcome_of(&phone).await, "no_trip");
    assert_eq!(ride.phone.tell(ROAD, ride.world.now()).await, 200);
    assert_eq!(ride.position().await["lat"], ROAD.0);
    ride.cast.handed_over(&ride.stop).await;
    ride.world.pass(0).await;
    assert_eq!(ride.position().await, Value::Null, "gone with the trip");
    assert_eq!(ride.phone.tell(BRIDGE, ride.world.now() + TimeDelta::seconds(5)).await, 200);
    assert_eq!(ride.position().await, Value::Null, "and not followed after it");
    for (piece, bytes) in ride.world.written_down().await {
        for word in [ride.phone.token.as_str(), "121.724"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} lies in {piece}");
        }
    }
}

#[tokio::test]
async fn no_vehicle_no_position_and_an_old_one_are_three_things() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    let stop = cast.seated(&party, &trip).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let mut until = async |state: &str| board.until(state, |it| it.row(&stop)["eta"]["position_state"] == state).await;
    until("no_vehicle").await;
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a plate");
    until("no_position").await;
    cast.departed(&trip).await;
    world.pass(3).await;
    cast.escort.position(&trip, ROAD, world.now()).await.expect("heard");
    world.pass(0).await;
    until("live").await;
    world.pass(3).await;
    until("old_position").await;
}

#[tokio::test]
async fn at_the_gate_the_board_says_so_and_nobody_is_handed_over_by_a_phone() {
    let mut ride = Ride::under_way().await;
    let gate = ride.gate().await;
    ride.world.pass(40).await;
    assert_eq!(ride.phone.tell((gate.0 + 0.0045, gate.1), ride.world.now()).await, 200);
    ride.world.pass(0).await;
    ride.until_row("on the road", |row| row["eta"]["basis"] == "position" && row["eta"]["arriving"] == false).await;
    ride.world.pass(1).await;
    assert_eq!(ride.phone.tell((gate.0 + 0.001, gate.1), ride.world.now()).await, 200);
    ride.world.pass(0).await;
    ride.until_row("arriving now", |row| row["eta"]["arriving"] == true).await;
    ride.world.pass(1).await;
    assert_eq!(ride.phone.tell((gate.0 + 0.0036, gate.1), ride.world.now()).await, 200);
    ride.world.pass(0).await;
    assert_eq!(ride.board.row(&ride.stop)["eta"]["arriving"], true, "400 m off is still at the gate");
    assert_eq!(ride.board.row(&ride.stop)["stage"], "en_route", "arriving is a person's word");
    ride.cast.escort.arrive(&ride.stop).await.expect("at the gate");
    ride.until_row("arrived", |row| row["arrived_at"].is_string() && row["eta"]["arriving"] == false).await;
}

#[tokio::test]
async fn a_phone_enrolled_at_one_node_is_heard_at_the_other() {
    let ride = Ride::under_way().await;
    let there =
        Phone { base: ride.world.another_node().await, id: ride.phone.id.clone(), token: ride.phone.token.clone() };
    assert_eq!(there.tell(ROAD, ride.world.now()).await, 200);
}
