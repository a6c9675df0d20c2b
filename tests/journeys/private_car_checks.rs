//! The release check of a private car point by point, the hour of its alarm, and who may say that it came.

use chrono::TimeDelta;
use homeward_tests::cast::Cast;
use homeward_tests::{World, instant, sample};
use serde_json::json;

#[tokio::test]
async fn a_car_is_let_go_when_plate_document_walk_and_destination_are_right() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up("huangpu-xdm-xiyao-g1")).await.expect("five fields");
    let release = format!("/v1/parties/{party}/private-car/release");
    for (document, walked) in [(false, true), (true, false)] {
        let body = json!({ "plate_seen": "沪C12345", "document_checked": document, "walked_to_car": walked });
        let open = cast.officer.write(&release, body).await.expect_err("an open point");
        assert_eq!(open.said(), (422, "release-check-incomplete"));
    }
    let elsewhere = cast.officer.release_car(&party, "沪C12345").await.expect_err("named another gate");
    assert_eq!(elsewhere.said(), (409, "destination-differs"));
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("the right gate");
    let early = cast.leader.receive_car(&party).await.expect_err("it has not left");
    assert_eq!(early.said(), (409, "car-not-released"));
    assert_eq!(cast.dispatcher.party(&party).await["members"][0]["custody"]["holder"], "desk");
    cast.officer.release_car(&party, "沪C12345").await.expect("all four are right");
    assert!(cast.officer.again().await.expect("the same answer").replayed);
    assert_eq!(cast.dispatcher.party(&party).await["members"][0]["custody"]["holder"], "private_car");
}

#[tokio::test]
async fn the_alarm_goes_twenty_minutes_after_the_expected_arrival_until_its_own_gate_saw_the_car() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    cast.officer.release_car(&party, "沪C12345").await.expect("let go");
    let seen = cast.dispatcher.party(&party).await["private_car"].clone();
    let expected_at = instant(seen["expected_at"].as_str().expect("an expected arrival"));
    assert!(expected_at > world.now() + TimeDelta::minutes(30), "a drive from Pudong takes its time");

    assert_eq!(world.pass_until(expected_at + TimeDelta::minutes(19)).await.alarmed, 0);
    assert_eq!(cast.dispatcher.party(&party).await["private_car"]["overdue"], false);
    assert_eq!(world.pass(2).await.alarmed, 1, "twenty minutes after the expected arrival");
    assert_eq!(cast.dispatcher.party(&party).await["private_car"]["overdue"], true);
    let stranger = world.squad_at("310101013", "leader").await;
    assert_eq!(stranger.receive_car(&party).await.expect_err("not their gate").said(), (404, "not-found"));
    let doctor = cast.doctor.receive_car(&party).await.expect_err("accepts no custody");
    assert_eq!(doctor.said(), (403, "not-your-role"));
    assert_eq!(cast.dispatcher.party(&party).await["private_car"]["overdue"], true, "until its gate saw it");
    cast.leader.receive_car(&party).await.expect("here they are");
    assert_eq!(cast.dispatcher.party(&party).await["private_car"]["overdue"], false);
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 1);
}
