//! One of two has a fever: both go by ambulance, neither is ever given a seat, and the ledger counts both.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

fn feverish_party() -> Value {
    let mut party = sample::party(1, 2);
    party["members"][0]["screening"]["temperature_c"] = json!(38.2);
    party
}

#[tokio::test]
async fn a_feverish_person_and_the_companion_go_by_ambulance_and_never_get_a_seat() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let party = cast.registered(feverish_party()).await;
    let seen = cast.dispatcher.party(&party).await;
    assert_eq!(seen["stage"], "to_refer");

    cast.dispatcher.place_at_site(&party, sample::SITE_1, "near").await.expect_err("fever comes first");
    let before = cast.dispatcher.assign(&party, &trip).await.expect_err("no seat before the ambulance");
    assert_eq!(before.said(), (409, "must-be-referred"));

    let patients = arrivals(&seen["members"]);
    cast.officer.refer(&party, &patients[..1]).await.expect("the ambulance is called");
    let called = cast.dispatcher.assign(&party, &trip).await.expect_err("no seat while it comes");
    assert_eq!(called.said(), (409, "already-referred"));

    cast.officer.ambulance_took(&party).await.expect("the ambulance took both");
    cast.dispatcher.assign(&party, &trip).await.expect_err("no seat after it");
    let gone = cast.dispatcher.party(&party).await;
    let holders: Vec<_> =
        gone["members"].as_array().expect("members").iter().map(|m| &m["custody"]["holder"]).collect();
    assert_eq!(
        (&gone["stage"], holders),
        (&json!("referred"), vec![&json!("hospital"); 2]),
        "the companion went along"
    );

    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["registered"], &ledger["referred"]), (&json!(2), &json!(2)));
    assert_eq!(ledger["closes"], true);
}

#[tokio::test]
async fn a_fever_found_after_the_seats_were_given_takes_them_back() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("中巴 1", 2, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(board.rows().contains_key(&stop), "the squad expects them");

    let people = arrivals(&cast.dispatcher.party(&party).await["members"]);
    cast.officer.refer(&party, &people[1..]).await.expect("the ambulance is called");
    board.until("the squad expects them no longer", |board| !board.rows().contains_key(&stop)).await;
    assert_eq!(cast.dispatcher.trip(&trip).await["seats_taken"], 0);
}
