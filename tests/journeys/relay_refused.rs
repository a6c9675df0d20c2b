//! What cannot be done about a change of vehicle, and what becomes of it when plans change at the airport.

use chrono::TimeDelta;
use homeward_tests::World;
use homeward_tests::cast::{Cast, Van, arrivals};
use homeward_tests::sample;
use serde_json::{Value, json};

async fn seated(cast: &Cast, world: &World, people: u32) -> (String, String) {
    let party = cast.registered(sample::party(1, people)).await;
    cast.agreed_home(&party).await;
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    cast.seated(&party, &bus).await;
    (party, bus)
}

fn at_the_bridge(onto: &str) -> Value {
    json!({ "onto": onto, "relay_point": "huangpu-relay-1" })
}

#[tokio::test]
async fn a_change_that_makes_no_sense_is_refused_and_changes_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (party, bus) = seated(&cast, &world, 3).await;
    let small = Van::ready(&world, &cast, "面包车 1", 2).await;
    let vehicle = cast.dispatcher.trip(&bus).await["vehicle"]["id"].as_str().expect("a vehicle").to_owned();
    let again = cast.dispatcher.plan_trip(&vehicle, world.now() + TimeDelta::hours(4)).await.expect("a plan").subject;
    let before = cast.dispatcher.trip(&bus).await;
    for (body, said, field) in [
        (at_the_bridge(&bus), (422, "invalid-field"), "onto"),
        (at_the_bridge(&again), (422, "invalid-field"), "onto"),
        (json!({ "vehicle": vehicle, "relay_point": "huangpu-relay-1" }), (422, "invalid-field"), "onto"),
        (at_the_bridge(&party), (422, "invalid-field"), "onto"),
        (json!({ "relay_point": "huangpu-relay-1" }), (422, "invalid-field"), "onto"),
        (json!({ "onto": small.trip, "relay_point": "huangpu-relay-9" }), (422, "invalid-field"), "relay_point"),
        (json!({ "onto": small.trip, "relay_point": "Nanpu Bridge" }), (422, "invalid-field"), "relay_point"),
        (at_the_bridge(&small.trip), (409, "vehicle-full"), ""),
        (json!({ "onto": small.trip }), (409, "not-broken-down"), ""),
        (
            json!({ "onto": small.trip, "relay_point": "huangpu-relay-1", "stops": [party] }),
            (422, "invalid-field"),
            "stops",
        ),
    ] {
        let refused = cast.dispatcher.plan_change(&bus, body.clone()).await.expect_err("no such change");
        assert_eq!((refused.said(), refused.field.as_str()), (said, field), "{body}");
    }
    assert_eq!(cast.dispatcher.trip(&bus).await, before);
}

#[tokio::test]
async fn a_planned_change_is_called_off_first() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (party, bus) = seated(&cast, &world, 2).await;
    let van = Van::ready(&world, &cast, "面包车 1", 6).await;
    let change = cast.dispatcher.plan_change(&bus, at_the_bridge(&van.trip)).await.expect("planned").subject;
    let cancel = |trip: &str| format!("/v1/trips/{trip}/cancel");
    let because = json!({ "reason": "engine" });
    let bus_stays = cast.dispatcher.write(&cancel(&bus), because.clone()).await.expect_err("half a way");
    assert_eq!(bus_stays.said(), (409, "change-open"));
    let van_stays = cast.dispatcher.write(&cancel(&van.trip), because.clone()).await.expect_err("half a way");
    assert_eq!(van_stays.said(), (409, "passes-at-change"));
    van.escort.open_boarding(&van.trip).await.expect("early");
    let rider = arrivals(&cast.dispatcher.trip(&bus).await["manifest"])[0].clone();
    let at_the_airport = van.escort.board(&van.trip, &rider).await.expect_err("not here");
    assert_eq!(at_the_airport.said(), (409, "passes-at-change"));
    let not_theirs = van.escort.meet(&change).await.expect_err("the bus's escort says so");
    assert_eq!(not_theirs.said(), (404, "not-found"));

    cast.dispatcher.call_off(&change, "the bus goes there itself").await.expect("called off");
    assert_eq!(cast.dispatcher.party(&party).await["trip"], bus.as_str());
    assert_eq!(cast.dispatcher.trip(&van.trip).await["seats_taken"], 0);
    let gone = cast.dispatcher.call_off(&change, "twice").await.expect_err("no such change any more");
    assert_eq!(gone.said(), (404, "not-found"));
    cast.dispatcher.write(&cancel(&van.trip), because).await.expect("nobody waits for it");
    let stop = cast.dispatcher.party(&party).await["stop"].as_str().expect("a halt").to_owned();
    cast.departed(&bus).await;
    cast.handed_over(&stop).await;
}

#[tokio::test]
async fn a_change_that_has_begun_is_not_called_off() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (_, bus) = seated(&cast, &world, 1).await;
    let van = Van::ready(&world, &cast, "面包车 1", 6).await;
    let change = cast.dispatcher.plan_change(&bus, at_the_bridge(&van.trip)).await.expect("planned").subject;
    let rider = arrivals(&cast.dispatcher.trip(&bus).await["manifest"])[0].clone();
    cast.departed(&bus).await;
    cast.escort.meet(&change).await.expect("there");
    let once = cast.second.meet(&change).await.expect_err("there already");
    assert_eq!(once.said(), (409, "change-open"));
    cast.escort.offer_onward(&change, &rider).await.expect("offered");
    let begun = cast.dispatcher.call_off(&change, "too late").await.expect_err("a hand is open");
    assert_eq!(begun.said(), (409, "change-begun"));
    let closed_door = van.escort.take_over(&change, &rider).await.expect_err("boarding is not open");
    assert_eq!(closed_door.said(), (409, "wrong-stage"));
}

#[tokio::test]
async fn who_does_not_come_to_the_airport_frees_both_seats() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (party, bus) = seated(&cast, &world, 3).await;
    let van = Van::ready(&world, &cast, "面包车 1", 6).await;
    cast.dispatcher.plan_change(&bus, at_the_bridge(&van.trip)).await.expect("planned");
    let riders = arrivals(&cast.dispatcher.trip(&bus).await["manifest"]);
    cast.escort.open_boarding(&bus).await.expect("boarding");
    cast.escort.no_show(&bus, &riders[2], "waits for luggage").await.expect("stays behind");
    for trip in [&bus, &van.trip] {
        assert_eq!(cast.dispatcher.trip(trip).await["seats_taken"], 2);
    }
    cast.officer.refer(&party, &riders[..1]).await.expect("a fever at the door");
    for trip in [&bus, &van.trip] {
        assert_eq!(cast.dispatcher.trip(trip).await["seats_taken"], 0, "a patient has no seat anywhere");
    }
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
}

#[tokio::test]
async fn whoever_changes_vehicles_fits_into_the_next_one_as_into_the_first() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut family = sample::party(1, 2);
    family["members"][0]["needs"]["wheelchair"] = json!(true);
    let party = cast.registered(family).await;
    cast.agreed_home(&party).await;
    let body = json!({ "name": "大巴 1", "seats": 19, "wheelchair_places": 1 });
    let vehicle = cast.dispatcher.write("/v1/vehicles", body).await.expect("a bus").subject;
    let bus = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&bus, &[&cast.escort, &cast.second]).await.expect("a crew");
    cast.seated(&party, &bus).await;
    let small = Van::ready(&world, &cast, "面包车 1", 6).await;
    let before = (cast.dispatcher.trip(&bus).await, cast.dispatcher.trip(&small.trip).await);
    let refused = cast.dispatcher.plan_change(&bus, at_the_bridge(&small.trip)).await.expect_err("how?");
    assert_eq!((refused.said(), &refused.body["needed"]), ((409, "no-wheelchair-place"), &json!(1)));
    assert_eq!((cast.dispatcher.trip(&bus).await, cast.dispatcher.trip(&small.trip).await), before);

    let body = json!({ "name": "面包车 2", "seats": 6, "wheelchair_places": 1, "luggage_places": 3 });
    let lift = cast.dispatcher.write("/v1/vehicles", body).await.expect("a van with a lift").subject;
    let onto = json!({ "vehicle": lift, "relay_point": "huangpu-relay-1" });
    let refused = cast.dispatcher.plan_change(&bus, onto.clone()).await.expect_err("four pieces");
    assert_eq!((refused.said(), &refused.body["free"]), ((409, "luggage-full"), &json!(3)));
    let any = json!({ "luggage_places": null });
    cast.dispatcher.write(&format!("/v1/vehicles/{lift}/luggage"), any).await.expect("no limit");

    let until = (world.now() + chrono::TimeDelta::minutes(300)).to_rfc3339();
    let closing = json!({ "gate": sample::QIAOJIA_GATE, "until": until, "reason": "barrier" });
    cast.dispatcher.write("/v1/gate-closures", closing).await.expect("closed");
    let refused = cast.dispatcher.plan_change(&bus, onto).await.expect_err("they would stand before it");
    assert_eq!(refused.said(), (409, "gate-closed"));
    cast.departed(&bus).await;
    cast.escort.break_down(&bus, "engine").await.expect("reported");
    let rescue = json!({ "vehicle": lift });
    cast.dispatcher.plan_change(&bus, rescue).await.expect("nobody is left beside the road because of a gate");
}
