//! A vehicle does not drive: who has seats there is seated anew by the next plan, and nobody has to be taken off first.

use crate::plan::{GATES, commit_body, riders};
use chrono::TimeDelta;
use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// Two parties of two on a bus that leaves in forty minutes, and a van of six; gives bus, trip and parties.
async fn evening(world: &World, cast: &Cast) -> (String, String, [String; 2]) {
    let trip = cast.trip("中巴 1", 14, world.now() + TimeDelta::minutes(40)).await;
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let one = cast.registered(sample::party(1, 2)).await;
    let two = cast.registered(sample::party(10, 2)).await;
    for (party, gate) in [(&one, GATES[0]), (&two, GATES[1])] {
        cast.dispatcher.ask_home(party, gate).await.expect("asked");
        cast.seated(party, &trip).await;
    }
    let bus = cast.dispatcher.trip(&trip).await["vehicle"]["id"].as_str().expect("an id").to_owned();
    (bus, trip, [one, two])
}

async fn propose(cast: &Cast) -> Value {
    cast.dispatcher.propose_plan("PVG").await.expect("a plan")
}

#[tokio::test]
async fn who_sits_in_a_vehicle_out_of_service_is_planned_anew() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, trip, parties) = evening(&world, &cast).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let before = cast.dispatcher.party(&parties[0]).await;
    let old = before["stop"].as_str().expect("a stop").to_owned();
    board.until("the old notice", |board| board.rows().contains_key(&old)).await;
    let state = |board: &FeedClient| board.row(&old)["eta"]["position_state"].clone();
    assert_eq!(state(&board), "no_position");
    cast.dispatcher.take_out(&bus, "brakes").await.expect("before it leaves");
    board.until("no time is promised", |board| state(board) == "no_vehicle").await;
    let back = format!("/v1/vehicles/{bus}/in-service");
    cast.dispatcher.write(&back, json!({})).await.expect("mended");
    board.until("it comes after all", |board| state(board) == "no_position").await;
    cast.dispatcher.take_out(&bus, "brakes again").await.expect("before it leaves");
    let plan = propose(&cast).await;
    let all = riders(&plan);
    assert_eq!(all.len(), 2, "{plan}");
    assert!(all.iter().all(|it| it["lost"] == json!("中巴 1") && it["seated"] == json!(false)), "{plan}");
    assert_eq!(cast.dispatcher.party(&parties[0]).await, before, "a proposal writes nothing");

    let body = commit_body(&plan);
    cast.dispatcher.commit_plan(body.clone()).await.expect("it is still true");
    let dead = cast.dispatcher.trip(&trip).await;
    assert_eq!((&dead["stage"], &dead["seats_taken"]), (&json!("cancelled"), &json!(0)));
    for party in &parties {
        let now = cast.dispatcher.party(party).await;
        assert!(now["trip"].is_string() && now["trip"] != json!(trip), "on the van: {now}");
    }
    let new = cast.dispatcher.party(&parties[0]).await["stop"].as_str().expect("a stop").to_owned();
    board.until("the new notice", |board| board.rows().contains_key(&new)).await;
    board.until("the old one is taken back", |board| !board.rows().contains_key(&old)).await;
    assert_eq!(cast.dispatcher.ledger().await["closes"], json!(true));
    let again = cast.dispatcher.commit_plan(body).await.expect_err("they sit elsewhere");
    assert_eq!(again.said(), (409, "stale"));
}

#[tokio::test]
async fn who_finds_no_other_seat_keeps_the_old_one_until_somebody_decides() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, trip, parties) = evening(&world, &cast).await;
    cast.dispatcher.take_out(&bus, "brakes").await.expect("before it leaves");
    let mut plan = commit_body(&propose(&cast).await);
    for it in plan["trips"].as_array_mut().expect("trips") {
        it["riders"].as_array_mut().expect("riders").retain(|it| it["party"] == json!(parties[0]));
    }
    plan["trips"].as_array_mut().expect("trips").retain(|it| it["riders"] != json!([]));
    cast.dispatcher.commit_plan(plan).await.expect("one of them");
    let stays = cast.dispatcher.trip(&trip).await;
    assert_eq!((&stays["stage"], &stays["seats_taken"]), (&json!("planned"), &json!(2)), "somebody sits there still");
    assert_eq!(cast.dispatcher.party(&parties[1]).await["trip"], json!(trip));
    let rest = propose(&cast).await;
    let waits: Vec<_> =
        riders(&rest).iter().filter(|it| it["seated"] == json!(false)).map(|it| it["party"].clone()).collect();
    assert_eq!(waits, [json!(parties[1])], "{rest}");
}

#[tokio::test]
async fn whoever_is_aboard_gets_off_first_and_a_bus_back_in_service_keeps_its_people() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (bus, trip, _) = evening(&world, &cast).await;
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let arrival = cast.dispatcher.trip(&trip).await["manifest"][0]["arrival"].as_str().expect("an arrival").to_owned();
    cast.escort.board(&trip, &arrival).await.expect("aboard");
    cast.dispatcher.take_out(&bus, "smoke").await.expect("it does not leave");
    assert_eq!(riders(&propose(&cast).await).len(), 0, "somebody is aboard");
    let off = json!({ "arrival": arrival });
    cast.escort.write(&format!("/v1/trips/{trip}/unboard"), off).await.expect("off again");
    assert_eq!(riders(&propose(&cast).await).len(), 2, "now nobody is");
    cast.dispatcher.write(&format!("/v1/vehicles/{bus}/in-service"), json!({})).await.expect("mended");
    let plan = propose(&cast).await;
    assert_eq!(riders(&plan).len(), 0, "they have their seats: {plan}");
}
