//! However plans change on the road, there is a way on: somebody can still confirm, offer again, order elsewhere. Nobody ends
//! at a gate that can never take them.

use homeward_tests::actor::{Actor, Written};
use homeward_tests::cast::{Cast, Van, arrivals, taken_in};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const XIYAO_GATE: &str = "huangpu-xdm-xiyao-g1";

/// Seated, and off: the halt where the party gets off.
async fn riding(cast: &Cast, parties: &[&str], trip: &str) -> Vec<String> {
    let mut stops = Vec::new();
    for party in parties {
        stops.push(cast.seated(party, trip).await);
    }
    cast.departed(trip).await;
    stops
}

/// Everybody of a party goes through the reception at its halt.
async fn received(cast: &Cast, party: &str, stop: &str) {
    cast.received(stop, &arrivals(&cast.dispatcher.party(party).await["members"])).await;
}

/// So many are where they belong, and nobody is missing.
async fn handed_over(cast: &Cast, people: u32) {
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["handed_over"], &ledger["closes"]), (&json!(people), &json!(true)));
}

#[tokio::test]
async fn who_is_ordered_elsewhere_under_manual_approval_is_confirmed_on_the_road() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.choose_mode("manual", "the list grew").await.expect("switched");
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    cast.dispatcher.confirm_home(&party).await.expect("confirmed");
    let trip = cast.trip("1", 9, world.now()).await;
    riding(&cast, &[&party], &trip).await;
    cast.dispatcher.divert(&trip, json!({ "gate": XIYAO_GATE, "reason": "flood" })).await.expect("ordered");
    cast.escort.see_order(&trip).await.expect("seen");
    let early = cast.dispatcher.confirm_home(&party).await.expect_err("nobody there agreed yet");
    assert_eq!(early.said(), (409, "opinion-pending"));
    cast.leader.agree(&party).await.expect("yes");
    cast.committee.home_is_suitable(&party).await.expect("yes");
    let stop = cast.dispatcher.party(&party).await["stop"].as_str().expect("a halt").to_owned();
    cast.escort.arrive(&stop).await.expect("at the gate");
    received(&cast, &party, &stop).await;
    assert_eq!(cast.escort.offer(&stop).await.expect_err("not yet").said(), (409, "not-confirmed"));
    cast.dispatcher.confirm_home(&party).await.expect("confirmed on the road");
    cast.escort.offer(&stop).await.expect("offered");
    cast.leader.accept(&stop).await.expect("accepted");
    let late = cast.dispatcher.confirm_home(&party).await.expect_err("they are there");
    assert_eq!(late.said(), (409, "already-under-way"));
    handed_over(&cast, 2).await;
}

#[tokio::test]
async fn an_offer_is_made_again_when_more_people_get_off_there() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (here, there) = (cast.registered(sample::party(1, 1)).await, cast.registered(sample::party(2, 1)).await);
    cast.agreed_home(&here).await;
    cast.dispatcher.ask_home(&there, XIYAO_GATE).await.expect("asked");
    cast.leader.agree(&there).await.expect("yes");
    let trip = cast.trip("1", 9, world.now()).await;
    let stops = riding(&cast, &[&here, &there], &trip).await;
    cast.escort.arrive(&stops[0]).await.expect("at the gate");
    received(&cast, &here, &stops[0]).await;
    cast.escort.offer(&stops[0]).await.expect("offered");

    let order = json!({ "gate": sample::QIAOJIA_GATE, "stops": [stops[1]], "reason": "flood" });
    cast.dispatcher.divert(&trip, order).await.expect("ordered");
    assert_eq!(cast.dispatcher.trip(&trip).await["stops"][0]["stage"], "arrived", "offered again with the others");
    let signed = cast.leader.accept(&stops[0]).await.expect_err("what was offered is another thing now");
    assert_eq!(signed.said(), (409, "handover-not-offered"));
    cast.escort.see_order(&trip).await.expect("seen");
    cast.leader.agree(&there).await.expect("yes");
    cast.committee.home_is_suitable(&there).await.expect("yes");
    received(&cast, &there, &stops[0]).await;
    cast.escort.offer(&stops[0]).await.expect("offered again");
    cast.leader.accept(&stops[0]).await.expect("both of them");
    handed_over(&cast, 2).await;
}

#[tokio::test]
async fn who_does_not_change_and_finds_no_second_room_rides_on_and_is_ordered_elsewhere() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let pair = cast.placed(1, 2).await;
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&pair, &bus).await;
    let van = Van::ready(&world, &cast, "面包车 1", 6).await;
    let body = json!({ "onto": van.trip, "relay_point": "huangpu-relay-1" });
    let change = cast.dispatcher.plan_change(&bus, body).await.expect("a change").subject;
    cast.fill(sample::SITE_1, 1000).await;
    let riders = arrivals(&cast.dispatcher.trip(&bus).await["manifest"]);
    cast.departed(&bus).await;
    cast.escort.meet(&change).await.expect("at the relay point");
    van.escort.open_boarding(&van.trip).await.expect("the van is there");
    cast.escort.offer_onward(&change, &riders[0]).await.expect("offered");
    van.escort.take_over(&change, &riders[0]).await.expect("passed");

    cast.escort.keep(&change, &riders[1], "does not get up").await.expect("stays, though the site is full");
    cast.escort.close_change(&change, 1).await.expect("both counts agree");
    van.escort.depart(&van.trip, 1).await.expect("off");
    let row = cast.dispatcher.trip(&bus).await;
    let kept = row["changes"][0]["kept"][0]["party"].as_str().expect("a party of their own").to_owned();
    let said = cast.dispatcher.decisions(&kept).await.pop().expect("a decision");
    assert_eq!((&said["kind"], &said["reason"]), (&json!("person.kept"), &json!("does not get up")));
    let seen = cast.dispatcher.party(&kept).await;
    assert_eq!((&seen["stage"], seen["destination"].is_null()), (&json!("riding"), true));
    let own = seen["stop"].as_str().expect("a halt").to_owned();
    cast.escort.arrive(&own).await.expect("before a full house");
    assert_eq!(cast.escort.offer(&own).await.expect_err("no bed there").said(), (409, "no-destination"));

    let order = json!({ "site": sample::SITE_2, "reason": "the first site is full" });
    cast.dispatcher.divert(&bus, order).await.expect("a bed elsewhere");
    cast.escort.see_order(&bus).await.expect("seen");
    let there = cast.dispatcher.party(&kept).await["stop"].as_str().expect("a halt").to_owned();
    taken_in(&cast.escort, &world.site_manager(sample::SITE_2).await, &there).await;
    taken_in(&van.escort, &world.site_manager(sample::SITE_1).await, &stop).await;
    handed_over(&cast, 2).await;
}

async fn car(cast: &Cast, party: &str) {
    cast.officer.record_car(party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
}

async fn redirect(actor: &Actor, party: &str, body: Value) -> Written {
    actor.write(&format!("/v1/parties/{party}/private-car/diversion"), body).await
}

#[tokio::test]
async fn a_car_whose_home_turns_out_unsuitable_is_ordered_elsewhere_and_not_received_there() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    cast.leader.agree(&party).await.expect("yes");
    car(&cast, &party).await;
    let site = json!({ "site": sample::SITE_2, "reason": "no room of their own" });
    let early = redirect(&cast.dispatcher, &party, site.clone()).await.expect_err("it stands at the airport");
    assert_eq!(early.said(), (409, "car-not-released"));
    cast.officer.release_car(&party, "沪C12345").await.expect("the visit may come later");
    let unseen = cast.leader.receive_car(&party).await.expect_err("nobody has visited");
    assert_eq!(unseen.said(), (409, "home-check-pending"));
    cast.committee.home_is_unsuitable(&party, "no room of their own").await.expect("said");
    let no = cast.leader.receive_car(&party).await.expect_err("not into that home");
    assert_eq!(no.said(), (409, "home-unsuitable"));

    let silent = redirect(&cast.dispatcher, &party, json!({ "site": sample::SITE_2, "reason": " " })).await;
    assert_eq!(silent.expect_err("says nothing").said(), (422, "reason-missing"));
    let same = json!({ "gate": sample::QIAOJIA_GATE, "reason": "x" });
    assert_eq!(
        redirect(&cast.dispatcher, &party, same).await.expect_err("there already").said(),
        (422, "invalid-field")
    );
    redirect(&cast.dispatcher, &party, site).await.expect("phoned");
    let seen = cast.dispatcher.party(&party).await;
    assert_eq!((&seen["stage"], &seen["destination"]["receiver"]), (&json!("private_car"), &json!(sample::SITE_2)));
    let old = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(old.rows().iter().all(|(_, row)| row["kind"] != "private_car"), "nobody waits there any more");
    let manager = world.site_manager(sample::SITE_2).await;
    manager.receive_car(&party).await.expect("here they are");
    let decision = cast.dispatcher.decisions(&party).await.pop().expect("a decision");
    assert_eq!((&decision["kind"], &decision["reason"]), (&json!("party.diverted"), &json!("no room of their own")));
    handed_over(&cast, 2).await;
}

#[tokio::test]
async fn a_car_that_waits_does_not_hide_that_nobody_has_decided() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    car(&cast, &party).await;
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "waiting");
    let path = format!("/v1/parties/{party}/private-car");
    cast.officer.delete(&path, json!({ "reason": "it did not start" })).await.expect("given up");
    let said = cast.dispatcher.decisions(&party).await.pop().expect("a decision");
    assert_eq!((&said["kind"], &said["reason"]), (&json!("private_car.reason"), &json!("it did not start")));
    car(&cast, &party).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked, though a car waits");
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "asked");
    cast.leader.agree(&party).await.expect("yes");
    cast.committee.home_is_suitable(&party).await.expect("yes");
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "private_car");
    cast.officer.release_car(&party, "沪C12345").await.expect("cleared");
    cast.leader.receive_car(&party).await.expect("home");

    let free = cast.registered(sample::from_country("FRA", 5, 1)).await;
    car(&cast, &free).await;
    cast.dispatcher.free(&free, "green, and gone by train").await.expect("free");
    let seen = cast.dispatcher.party(&free).await;
    assert_eq!((&seen["stage"], seen["private_car"].is_null()), (&json!("released"), true));
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
}
