//! A bus meets a van at a relay point: people pass person by person, both escorts count, and one does not appear.

use homeward_tests::cast::{Cast, Van, arrivals};
use homeward_tests::{World, instant, sample};
use serde_json::{Value, json};

/// A family of two and one more, seated on a bus that hands them to a van.
struct Relay {
    cast: Cast,
    van: Van,
    bus: String,
    stop: String,
    change: String,
    family: String,
}

impl Relay {
    async fn planned(world: &World) -> Self {
        let cast = Cast::on_duty(world).await;
        let family = cast.registered(sample::party(1, 2)).await;
        let single = cast.registered(sample::party(3, 1)).await;
        let bus = cast.trip("大巴 1", 19, world.now()).await;
        let van = Van::ready(world, &cast, "面包车 1", 6).await;
        let mut stop = String::new();
        for party in [&family, &single] {
            cast.agreed_home(party).await;
            stop = cast.seated(party, &bus).await;
        }
        let alone = cast.dispatcher.trip(&bus).await["stops"][0]["eta"]["p50"].clone();
        let body = json!({ "onto": van.trip, "relay_point": "huangpu-relay-1" });
        let change = cast.dispatcher.plan_change(&bus, body).await.expect("a change").subject;
        let row = cast.dispatcher.trip(&van.trip).await["stops"][0].clone();
        assert_eq!(row["stop"], stop.as_str(), "the halt and its notice went over to the van");
        assert_eq!(row["change"]["place"]["en"], "Nanpu Bridge car park");
        assert!(at(&row["eta"]["p50"]) > at(&alone), "the change takes time: {} after {alone}", row["eta"]["p50"]);
        assert!(row["eta"]["reasons"].as_array().expect("reasons").iter().any(|it| it["code"] == "dwell_minutes"));
        Self { cast, van, bus, stop, change, family }
    }

    async fn riders(&self) -> Vec<String> {
        arrivals(&self.cast.dispatcher.trip(&self.bus).await["manifest"])
    }

    async fn counts(&self) -> (i64, i64, usize) {
        let row = &self.cast.dispatcher.trip(&self.bus).await["changes"][0];
        let kept = row["kept"].as_array().expect("a list").len();
        (row["total"].as_i64().expect("a count"), row["passed"].as_i64().expect("a count"), kept)
    }
}

fn at(value: &Value) -> chrono::DateTime<chrono::Utc> {
    instant(value.as_str().expect("an instant"))
}

#[tokio::test]
async fn two_pass_to_the_van_and_the_third_stays_with_the_bus_until_its_own_gate() {
    let world = World::start().await;
    let relay = Relay::planned(&world).await;
    let Relay { cast, van, bus, stop, change, family } = &relay;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let riders = relay.riders().await;
    cast.departed(bus).await;
    let early = cast.escort.offer_onward(change, &riders[0]).await.expect_err("still on the road");
    assert_eq!(early.said(), (409, "change-not-met"));
    world.pass(45).await;
    cast.escort.meet(change).await.expect("at the relay point");
    van.escort.open_boarding(&van.trip).await.expect("the van is there");

    pass_two_and_miss_one(&relay, &riders).await;

    let miscounted = cast.escort.close_change(change, 0).await.expect_err("one sits there");
    assert_eq!((miscounted.said(), &miscounted.body["manifest"]), ((409, "head-count-differs"), &json!(1)));
    cast.escort.close_change(change, 1).await.expect("both counts agree");
    van.escort.depart(&van.trip, 2).await.expect("everybody who passed");
    board
        .until("a halt of the bus beside the van's", |board| {
            board.rows().len() == 2 && board.row(stop)["people"]["total"] == 2
        })
        .await;
    assert_eq!(cast.dispatcher.ledger().await["riding"], 3, "nobody is between two lists");

    cast.handed_over_by(&van.escort, stop).await;
    let own = cast.dispatcher.trip(bus).await["stops"][0]["stop"].as_str().expect("a halt of the bus").to_owned();
    cast.handed_over(&own).await;
    for trip in [bus, &van.trip] {
        assert_eq!(cast.dispatcher.trip(trip).await["stage"], "completed");
    }
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["handed_over"], &ledger["closes"]), (&json!(3), &json!(true)));
    assert_eq!(cast.dispatcher.party(family).await["people"]["total"], 1, "one of the family came later");
}

#[tokio::test]
async fn a_van_that_took_people_over_is_ordered_elsewhere_like_any_other() {
    let world = World::start().await;
    let relay = Relay::planned(&world).await;
    let Relay { cast, van, bus, change, .. } = &relay;
    let riders = relay.riders().await;
    cast.departed(bus).await;
    world.pass(45).await;
    cast.escort.meet(change).await.expect("at the relay point");
    van.escort.open_boarding(&van.trip).await.expect("the van is there");
    pass_two_and_miss_one(&relay, &riders).await;
    cast.escort.close_change(change, 1).await.expect("both counts agree");
    van.escort.depart(&van.trip, 2).await.expect("everybody who passed");

    let order = json!({ "site": sample::SITE_2, "reason": "burst pipe at the gate" });
    cast.dispatcher.divert(&van.trip, order).await.expect("whichever vehicle brought them there");
    let told = cast.dispatcher.trip(&van.trip).await;
    let to = told["order"]["to"].as_str().expect("where to").to_owned();
    assert_eq!(world.watch(&cast.dispatcher, sample::SITE_2).await.row(&to)["people"]["total"], 2);
    assert_eq!(relay.counts().await, (3, 2, 1), "what passed at the change stays written down");
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["riding"], &ledger["closes"]), (&json!(3), &json!(true)));
    van.escort.see_order(&van.trip).await.expect("seen");
    van.escort.arrive(&to).await.expect("at the site");
}

async fn pass_two_and_miss_one(relay: &Relay, riders: &[String]) {
    let Relay { cast, van, bus, change, .. } = relay;
    let unasked = van.escort.take_over(change, &riders[0]).await.expect_err("nobody was offered");
    assert_eq!(unasked.said(), (409, "handover-not-offered"));
    for arrival in riders {
        cast.escort.offer_onward(change, arrival).await.expect("offered");
    }
    assert!(cast.escort.again().await.expect("the same answer").replayed);
    van.escort.take_over(change, &riders[0]).await.expect("aboard the van");
    assert!(van.escort.again().await.expect("the same answer").replayed);
    let twice = van.second.take_over(change, &riders[0]).await.expect_err("the colleague was faster");
    assert_eq!(twice.said(), (409, "already-received"));
    let one_short = van.escort.depart(&van.trip, 1).await.expect_err("two are missing");
    assert_eq!((one_short.said(), &one_short.body["manifest"]), ((409, "not-boarded"), &json!(3)));
    let open = cast.escort.close_change(change, 2).await.expect_err("two stand between");
    assert_eq!((open.said(), &open.body["open"], &open.body["passed"]), ((409, "change-open"), &json!(2), &json!(1)));
    assert_eq!(relay.counts().await, (3, 1, 0));

    let why = van.escort.keep(change, &riders[1], " ").await.expect_err("no reason");
    assert_eq!(why.said(), (422, "reason-missing"));
    van.escort.keep(change, &riders[1], "not at the van").await.expect("stays with the bus");
    let gone = van.escort.take_over(change, &riders[1]).await.expect_err("kept");
    assert_eq!(gone.said(), (409, "not-on-manifest"));
    van.escort.take_over(change, &riders[2]).await.expect("aboard the van");
    assert_eq!(relay.counts().await, (3, 2, 1));
    let kept = cast.dispatcher.trip(bus).await["changes"][0]["kept"][0].clone();
    assert_eq!((&kept["arrival"], &kept["reason"]), (&json!(riders[1]), &json!("not at the van")));
    assert_eq!(kept["label"], "P1-001b", "a party of their own");
}

#[tokio::test]
async fn who_turns_up_after_all_passes_with_another_change() {
    let world = World::start().await;
    let relay = Relay::planned(&world).await;
    let Relay { cast, van, bus, stop, change, .. } = &relay;
    let riders = relay.riders().await;
    cast.departed(bus).await;
    cast.escort.meet(change).await.expect("there");
    van.escort.open_boarding(&van.trip).await.expect("there");
    for arrival in &riders[..2] {
        cast.escort.offer_onward(change, arrival).await.expect("offered");
        van.escort.take_over(change, arrival).await.expect("aboard");
    }
    cast.escort.keep(change, &riders[2], "asleep at the back?").await.expect("kept");
    cast.escort.close_change(change, 1).await.expect("counted");

    let body = json!({ "onto": van.trip, "relay_point": "huangpu-relay-1" });
    let again = cast.dispatcher.plan_change(bus, body).await.expect("found").subject;
    cast.escort.meet(&again).await.expect("still there");
    cast.escort.offer_onward(&again, &riders[2]).await.expect("offered");
    van.escort.take_over(&again, &riders[2]).await.expect("aboard");
    cast.escort.close_change(&again, 0).await.expect("the bus is empty");
    assert_eq!(cast.dispatcher.trip(bus).await["stage"], "completed");
    van.escort.depart(&van.trip, 3).await.expect("everybody");
    cast.handed_over_by(&van.escort, stop).await;
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 3);
}

/// Three rode from the bus to the van at a relay point, and are on their way.
async fn passed_once(world: &World) -> (Relay, Vec<String>) {
    let relay = Relay::planned(world).await;
    let Relay { cast, van, bus, change, .. } = &relay;
    let riders = relay.riders().await;
    cast.departed(bus).await;
    world.pass(45).await;
    cast.escort.meet(change).await.expect("at the relay point");
    van.escort.open_boarding(&van.trip).await.expect("the van is there");
    for rider in &riders {
        cast.escort.offer_onward(change, rider).await.expect("offered");
        van.escort.take_over(change, rider).await.expect("passed");
    }
    cast.escort.close_change(change, 0).await.expect("all of them");
    van.escort.depart(&van.trip, 3).await.expect("off");
    (relay, riders)
}

#[tokio::test]
async fn who_stays_behind_at_a_second_change_is_a_party_of_their_own_on_the_whole_way() {
    let world = World::start().await;
    let (relay, riders) = passed_once(&world).await;
    let Relay { cast, van, .. } = &relay;

    let next = Van::ready(&world, cast, "面包车 2", 6).await;
    let body = json!({ "onto": next.trip, "relay_point": "huangpu-relay-2" });
    let second = cast.dispatcher.plan_change(&van.trip, body).await.expect("once more").subject;
    van.escort.meet(&second).await.expect("there");
    next.escort.open_boarding(&next.trip).await.expect("the other van, too");
    van.escort.keep(&second, &riders[0], "does not get up").await.expect("stays");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn when_all_stay_behind_at_a_second_change_whoever_waits_for_the_next_van_can_still_be_taken_off_it() {
    let world = World::start().await;
    let (relay, riders) = passed_once(&world).await;
    let Relay { cast, van, .. } = &relay;
    let next = Van::ready(&world, cast, "面包车 2", 6).await;
    let waits = cast.registered(sample::party(90, 1)).await;
    cast.agreed_home(&waits).await;
    cast.seated(&waits, &next.trip).await;
    let body = json!({ "onto": next.trip, "relay_point": "huangpu-relay-2" });
    let second = cast.dispatcher.plan_change(&van.trip, body).await.expect("once more").subject;
    van.escort.meet(&second).await.expect("there");
    next.escort.open_boarding(&next.trip).await.expect("the other van, too");
    for rider in &riders {
        van.escort.keep(&second, rider, "does not get up").await.expect("stays");
    }
    cast.dispatcher.unassign(&waits, "nobody else goes there").await.expect("the seat is given back");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn when_a_second_change_is_called_off_whoever_waits_for_the_next_van_can_still_be_taken_off_it() {
    let world = World::start().await;
    let (relay, _) = passed_once(&world).await;
    let Relay { cast, van, .. } = &relay;
    let next = Van::ready(&world, cast, "面包车 2", 6).await;
    let waits = cast.registered(sample::party(90, 1)).await;
    cast.agreed_home(&waits).await;
    cast.seated(&waits, &next.trip).await;
    let body = json!({ "onto": next.trip, "relay_point": "huangpu-relay-2" });
    let second = cast.dispatcher.plan_change(&van.trip, body).await.expect("once more").subject;
    cast.dispatcher.call_off(&second, "the van goes on itself").await.expect("nobody was offered");
    cast.dispatcher.unassign(&waits, "nobody else goes there").await.expect("the seat is given back");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

/// A mother and her child at the relay point, the van there; bus, van, change and the two.
async fn mother_and_child(world: &World, cast: &Cast) -> (String, Van, String, [String; 2]) {
    let mut two = sample::party(1, 2);
    two["members"][1]["born_on"] = json!("2014-06-01");
    let party = cast.registered(two).await;
    cast.agreed_home(&party).await;
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    let van = Van::ready(world, cast, "面包车 1", 6).await;
    cast.seated(&party, &bus).await;
    let body = json!({ "onto": van.trip, "relay_point": "huangpu-relay-1" });
    let change = cast.dispatcher.plan_change(&bus, body).await.expect("a change").subject;
    let riders = arrivals(&cast.dispatcher.trip(&bus).await["manifest"]);
    cast.departed(&bus).await;
    world.pass(45).await;
    cast.escort.meet(&change).await.expect("at the relay point");
    van.escort.open_boarding(&van.trip).await.expect("the van is there");
    (bus, van, change, riders.try_into().expect("two"))
}

#[tokio::test]
async fn a_child_does_not_go_on_without_the_mother_who_is_kept() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, _, change, [mother, child]) = mother_and_child(&world, &cast).await;
    for (one, other) in [(&mother, &child), (&child, &mother)] {
        let alone = cast.escort.keep(&change, one, "does not get up").await.expect_err("one of them is a child");
        assert_eq!(
            (alone.said(), &alone.body["field"]),
            ((409, "minors-parted-on-the-way"), &json!("with")),
            "{other}"
        );
    }
    let both = json!({ "arrival": mother, "with": [child], "reason": "does not get up" });
    cast.escort.keep_with(&change, both).await.expect("both stay");
    let row = cast.dispatcher.trip(&bus).await;
    let kept = row["changes"][0]["kept"].as_array().expect("a list").clone();
    assert_eq!(arrivals(&json!(kept)), [mother.clone(), child.clone()]);
    assert_eq!(kept[0]["party"], kept[1]["party"], "one party still");
    cast.escort.close_change(&change, 2).await.expect("both sit there");
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
    let stop = row["stops"][0]["stop"].as_str().expect("a halt of the bus").to_owned();
    cast.handed_over(&stop).await;
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 2);
}

#[tokio::test]
async fn a_child_whose_mother_passed_already_is_kept_when_somebody_is_named() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (_, van, change, [mother, child]) = mother_and_child(&world, &cast).await;
    cast.escort.offer_onward(&change, &mother).await.expect("offered");
    van.escort.take_over(&change, &mother).await.expect("aboard the van");
    let with = json!({ "arrival": child, "with": [mother], "reason": "hides" });
    let gone = cast.escort.keep_with(&change, with).await.expect_err("she sits in the van");
    assert_eq!(gone.said(), (409, "already-received"));
    let nobody = json!({ "arrival": child, "looked_after_by": " ", "reason": "hides" });
    let alone = cast.escort.keep_with(&change, nobody).await.expect_err("nobody is named");
    assert_eq!(alone.said(), (409, "minors-parted-on-the-way"));
    let named = json!({ "arrival": child, "looked_after_by": "陈护送", "reason": "hides" });
    cast.escort.keep_with(&change, named).await.expect("somebody is");
    let kept = cast.dispatcher.trip(&van.trip).await["changes"][0]["kept"][0].clone();
    let path = format!("/v1/parties/{}/decisions", kept["party"].as_str().expect("a party of its own"));
    let trail = cast.dispatcher.get(&path).await.expect("its trail");
    let said = trail["decisions"].as_array().expect("decisions").last().expect("one").clone();
    assert_eq!((&said["kind"], &said["looked_after_by"]), (&json!("person.kept"), &json!("陈护送")));
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
}
