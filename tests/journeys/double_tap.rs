//! Gloved hands tap twice and tablets send twice: one effect, the same answer; a second intent is told who was first.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::json;

#[tokio::test]
async fn the_same_registration_sent_twice_is_one_party() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.officer.register(sample::party(1, 2)).await.expect("registered");
    assert!(!first.replayed);
    world.pass(2).await;
    let again = cast.officer.again().await.expect("the same answer");
    assert!(again.replayed, "and it says so");
    assert_eq!((again.subject, again.version, again.at), (first.subject, first.version, first.at));
    let parties = cast.dispatcher.get("/v1/parties").await.expect("the queue");
    assert_eq!(parties["parties"].as_array().map(Vec::len), Some(1));

    let other = cast.officer.again_with(sample::party(3, 1)).await.expect_err("a key is for one request");
    assert_eq!(other.said(), (422, "idempotency-key-reused"));
    assert_eq!(cast.dispatcher.ledger().await["registered"], 2);
}

#[tokio::test]
async fn a_second_tap_that_is_a_new_intent_is_told_who_was_first() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let answered = cast.duty.agree(&party).await.expect_err("the leader agreed");
    assert_eq!((answered.said(), &answered.body["by"]), ((409, "already-answered"), &json!("LEADER-4")));

    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.police.acknowledge(&stop).await.expect("received, we are coming");
    assert!(cast.police.again().await.expect("the same answer").replayed);
    let colleague = world.squad("police").await;
    let second = colleague.acknowledge(&stop).await.expect_err("the police answered");
    assert_eq!(second.said(), (409, "already-acknowledged"));
    assert_eq!((&second.body["role"], &second.body["by"]), (&json!("police"), &json!("POLICE-8")));
    cast.leader.muster(&stop).await.expect("at the gate");
    assert_eq!(cast.duty.muster(&stop).await.expect_err("they stand there").said(), (409, "already-mustered"));
}

#[tokio::test]
async fn two_hands_on_the_whole_hand_over_make_one() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    assert!(cast.leader.again().await.expect("the same answer").replayed);
    assert_eq!(cast.duty.accept(&stop).await.expect_err("they are home").said(), (409, "already-received"));
    assert_eq!(cast.escort.depart(&trip, 1).await.expect_err("it left before").said(), (409, "wrong-stage"));
}
