//! The worst night: more parties wait than a proposal can look at. Who waits longest comes first, and nobody is left out
//! without a word.

use crate::plan::{commit_body, riders};
use chrono::TimeDelta;
use homeward_store::{Keys, Store};
use homeward_tests::cast::Cast;
use homeward_tests::{World, crowd, sample};
use serde_json::{Value, json};

/// More than a proposal looks at.
const CROWD: u32 = 1_005;

async fn queue(cast: &Cast) -> Vec<Value> {
    let all = cast.dispatcher.get("/v1/parties").await.expect("the queue");
    all["parties"].as_array().expect("parties").clone()
}

#[tokio::test]
async fn who_waits_longest_is_planned_first_and_the_rest_is_counted() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&first, sample::QIAOJIA_GATE).await.expect("asked");
    crowd::copied(&world, &first, CROWD).await;
    world.pass(30).await;
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");

    let all = queue(&cast).await;
    assert_eq!((all.len(), &all[0]["party"]), (1_006, &json!(first)), "nobody is left out, the longest wait first");
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert_eq!(plan["later"], json!({ "parties": 6, "people": 12 }));
    let planned = riders(&plan).len() + plan["left_out"].as_array().expect("left out").len();
    assert_eq!(planned, 1_000);
    let known = |party: &Value| {
        let left_out = plan["left_out"].as_array().expect("left out").iter();
        riders(&plan).into_iter().chain(left_out).any(|it| it["party"] == *party)
    };
    assert!(known(&json!(first)) && known(&all[999]["party"]) && !known(&all[1_000]["party"]));

    // Whom a person names is looked at all the same.
    let last = &all[1_005];
    let by_hand = |trip: &Value| json!([{ "party": last["party"], "version": last["version"] }, trip["riders"][0]]);
    let mut body = commit_body(&plan);
    let mut trip = body["trips"][0].clone();
    trip["riders"] = by_hand(&trip);
    body["trips"] = json!([trip]);
    let seen = cast.dispatcher.ask("/v1/plans/PVG/check", body.clone()).await.expect("looked at");
    assert_eq!((&seen["gone"], &seen["broken"]), (&json!([]), &json!(null)));
    assert_eq!(seen["plan"]["later"]["parties"], 6, "another one comes later instead");
    body["as_of"] = seen["plan"]["as_of"].clone();
    body["trips"][0]["departs_at"] = seen["plan"]["trips"][0]["departs_at"].clone();
    cast.dispatcher.commit_plan(body).await.expect("it keeps every rule");
    let rest = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert_eq!(rest["later"]["parties"], 4);
}

#[tokio::test]
async fn rooms_are_proposed_for_who_waits_longest_and_the_rest_is_counted() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::from_country("ITA", 1, 1)).await;
    crowd::copied(&world, &first, CROWD).await;
    let plan = cast.dispatcher.get("/v1/room-plan").await.expect("a proposal");
    assert_eq!((plan["guests"].as_array().map(Vec::len), &plan["guests"][0]["party"]), (Some(1_000), &json!(first)));
    assert_eq!(plan["later"], json!({ "parties": 6, "people": 6 }));
}

#[tokio::test]
async fn a_new_list_reaches_everybody_who_waits() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::from_country("USA", 1, 1)).await;
    crowd::copied(&world, &first, CROWD).await;
    let list = sample::list(world.now(), &[("USA", "red")]);
    world.administrator().publish_list(list).await.expect("the next version");
    assert_eq!(world.pass(1).await.retagged, 1_006);
    assert_eq!(cast.dispatcher.party(&first).await["tag"], "red");
}

#[tokio::test]
async fn what_silence_means_anew_reaches_everybody_who_is_asked() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::party(1, 1)).await;
    cast.dispatcher.ask_home(&first, sample::QIAOJIA_GATE).await.expect("asked");
    crowd::copied(&world, &first, CROWD).await;
    cast.leader.choose_rule("site", "nobody answers at night").await.expect("chosen");
    let all = queue(&cast).await;
    let told = |row: &&Value| row["destination"]["silence"]["means"] == "site";
    assert_eq!(all.iter().filter(told).count(), 1_006);
}

#[tokio::test]
async fn lists_of_the_past_say_how_many_they_leave_out() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::party(1, 1)).await;
    crowd::copied(&world, &first, CROWD).await;
    let all = cast.dispatcher.get("/v1/parties?open=false").await.expect("parties");
    assert_eq!((all["parties"].as_array().map(Vec::len), &all["not_listed"]), (Some(1_000), &json!(6)));
    let trips = cast.dispatcher.get("/v1/trips?open=false").await.expect("trips");
    assert_eq!((&trips["trips"], &trips["not_listed"]), (&json!([]), &json!(0)));
}

/// Somebody whose row cannot be read any more stands before all others in what a step does.
#[tokio::test]
async fn a_party_that_cannot_be_read_hides_nobody_from_a_step() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (broken, other) = (cast.registered(sample::party(1, 1)).await, cast.registered(sample::party(2, 1)).await);
    cast.dispatcher.ask_home(&broken, sample::QIAOJIA_GATE).await.expect("asked");
    world.pass(1).await;
    cast.dispatcher.ask_home(&other, sample::QIAOJIA_GATE).await.expect("asked");
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the same register");
    let mut unit = store.begin().await.expect("the writer");
    let spoilt = unit.conn().sql("update arrival set person = $2 where party = $1");
    let id: uuid::Uuid = broken.parse().expect("an id");
    spoilt.bind(id).bind(vec![0_u8; 8]).run().await.expect("spoilt");
    unit.commit().await.expect("kept");

    world.turn(TimeDelta::hours(3));
    let fault = world.step_silence().await.expect_err("one of them");
    assert!(format!("{fault:?}").contains("arrival"), "{fault:?}");
    let told = cast.dispatcher.party(&other).await;
    assert!(told["destination"]["silence"]["escalated_at"].is_string(), "{told}");
}
