//! A vehicle leaves whole or not at all: driver, two escorts, plate, everybody aboard, counted. And a trip that does not
//! go gives everybody back to the queue.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::json;

#[tokio::test]
async fn nobody_leaves_without_driver_two_escorts_plate_and_count() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    cast.seated(&party, &trip).await;
    let crew = format!("/v1/trips/{trip}/crew");
    let one = json!({ "driver": { "name": "陈师傅", "phone": "13800000001" }, "escorts": [cast.escort.account()] });
    cast.dispatcher.write(&crew, one).await.expect("the second escort comes later");
    cast.escort.open_boarding(&trip).await.expect("boarding");
    for arrival in arrivals(&cast.dispatcher.trip(&trip).await["manifest"]) {
        cast.escort.board(&trip, &arrival).await.expect("aboard");
    }

    let alone = cast.escort.depart(&trip, 2).await.expect_err("one escort");
    assert_eq!((alone.said(), &alone.body["escorts"]), ((409, "crew-incomplete"), &json!(1)));
    let two = json!({ "driver": { "name": "陈师傅", "phone": "13800000001" },
        "escorts": [cast.escort.account(), cast.second.account()] });
    cast.dispatcher.write(&crew, two).await.expect("both escorts");
    assert_eq!(cast.escort.depart(&trip, 2).await.expect_err("no plate").said(), (409, "plate-missing"));
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("with the plate");
    let miscounted = cast.escort.depart(&trip, 3).await.expect_err("a stranger aboard?");
    assert_eq!((miscounted.said(), &miscounted.body["manifest"]), ((409, "head-count-differs"), &json!(2)));
    cast.escort.depart(&trip, 2).await.expect("whole");
    assert_eq!(cast.dispatcher.ledger().await["riding"], 2);
    let late = cast.dispatcher.crew(&trip, &[&cast.escort]).await.expect_err("the crew is on the road");
    assert_eq!(late.said(), (409, "wrong-stage"));
}

#[tokio::test]
async fn a_trip_that_is_cancelled_gives_everybody_back() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(board.rows().contains_key(&stop));
    let cancel = format!("/v1/trips/{trip}/cancel");
    let silent = cast.dispatcher.write(&cancel, json!({ "reason": "" })).await.expect_err("why?");
    assert_eq!(silent.field, "reason");
    cast.dispatcher.write(&cancel, json!({ "reason": "flat tyre" })).await.expect("it does not go");
    board.until("nobody is expected", |board| board.rows().is_empty()).await;
    let seen = cast.dispatcher.party(&party).await;
    assert_eq!((&seen["stage"], &seen["trip"]), (&json!("disposed"), &json!(null)));
    let next = cast.trip("大巴 2", 19, world.now()).await;
    cast.seated(&party, &next).await;
}

#[tokio::test]
async fn who_gets_off_again_is_the_desks_and_may_get_on_again() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let arrival = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]).remove(0);
    cast.escort.board(&trip, &arrival).await.expect("aboard");
    let seats = format!("/v1/parties/{party}/seats");
    let aboard = cast.dispatcher.delete(&seats, json!({ "reason": "another bus" })).await.expect_err("they sit in it");
    assert_eq!(aboard.said(), (409, "already-under-way"));
    let off = json!({ "arrival": arrival });
    cast.escort.write(&format!("/v1/trips/{trip}/unboard"), off).await.expect("forgot a bag");
    assert_eq!(cast.dispatcher.party(&party).await["members"][0]["custody"]["holder"], "desk");
    cast.escort.board(&trip, &arrival).await.expect("with the bag");
    cast.escort.depart(&trip, 1).await.expect("whole");
    cast.handed_over(&stop).await;
}

#[tokio::test]
async fn a_screen_that_is_behind_is_told_so() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let body = json!({ "site": sample::SITE_1, "reason": "as seen before the answers", "version": 1 });
    let behind = cast.dispatcher.write(&format!("/v1/parties/{party}/site"), body).await.expect_err("it moved on");
    assert_eq!(behind.said(), (409, "stale"));
    assert_eq!((&behind.body["expected"], &behind.body["found"]), (&json!(1), &json!(4)));
    let site = world.watch(&cast.dispatcher, sample::DISTRICT).await.row(sample::SITE_1).clone();
    assert_eq!(site["held"], 0, "no bed is held for a refusal: {site:#}");
}
