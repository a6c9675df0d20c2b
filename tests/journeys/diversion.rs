//! Ordered elsewhere on the road: eighteen aboard, one party home already, and the others go to the site. Whoever was handed
//! over stays handed over, the boards are told, and nothing is done by halves.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// People who are still aboard when the order comes.
const ABOARD: u32 = 18;

/// A vehicle under way with one party home already and `ABOARD` people, in parties of two, bound for another gate.
async fn under_way(world: &World, cast: &Cast) -> (String, String, Vec<String>) {
    let home = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&home).await;
    let mut others = Vec::new();
    for first in (100..100 + ABOARD).step_by(2) {
        let party = cast.registered(sample::party(first, 2)).await;
        cast.dispatcher.place_at_site(&party, sample::SITE_2, "no room of their own").await.expect("a room");
        others.push(party);
    }
    let trip = cast.trip("3", 20, world.now()).await;
    let stop = cast.seated(&home, &trip).await;
    for party in &others {
        cast.seated(party, &trip).await;
    }
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    (trip, home, others)
}

fn to_site_1() -> Value {
    json!({ "site": sample::SITE_1, "reason": "burst pipe at the second site" })
}

#[tokio::test]
async fn eighteen_aboard_go_to_the_other_site_and_the_one_at_home_stays_there() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, home, others) = under_way(&world, &cast).await;
    let old = cast.dispatcher.party(&others[0]).await["stop"].as_str().expect("a stop").to_owned();

    let order = cast.dispatcher.divert(&trip, to_site_1()).await.expect("beds for all of them");
    assert_eq!(order.subject, trip);

    assert_eq!(cast.dispatcher.party(&home).await["stage"], "handed_over");
    let first = cast.dispatcher.party(&others[0]).await;
    assert_eq!((&first["destination"]["receiver"], &first["stage"]), (&json!(sample::SITE_1), &json!("riding")));
    let decision = cast.dispatcher.decisions(&others[0]).await.pop().expect("a decision");
    assert_eq!(decision["kind"], "party.diverted");
    assert_eq!(decision["reason"], "burst pipe at the second site");
    assert_eq!(decision["list_version"], 1);

    let left = world.watch(&cast.dispatcher, sample::SITE_2).await.row(&old).clone();
    assert_eq!((&left["stage"], &left["diverted"]["reason"]), (&json!("diverted"), &to_site_1()["reason"]));
    let told = cast.dispatcher.trip(&trip).await;
    let stop = told["order"]["to"].as_str().expect("where to").to_owned();
    assert_eq!(told["order"]["people"], ABOARD);
    let comes = world.watch(&cast.dispatcher, sample::SITE_1).await.row(&stop).clone();
    assert_eq!((&comes["people"]["total"], comes["eta"].is_null()), (&json!(ABOARD), false));
    assert_eq!(cast.dispatcher.ledger().await["riding"], ABOARD);

    let blind = cast.escort.arrive(&stop).await.expect_err("nobody has seen the order");
    assert_eq!(blind.said(), (409, "order-not-seen"));
    cast.escort.see_order(&trip).await.expect("seen");
    let again = cast.second.see_order(&trip).await.expect_err("seen before");
    assert_eq!(again.said(), (409, "already-answered"));
    cast.escort.arrive(&stop).await.expect("at the site");
}

#[tokio::test]
async fn an_order_without_beds_for_all_changes_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, _, others) = under_way(&world, &cast).await;
    cast.fill(sample::SITE_1, 1000).await;
    let before = cast.dispatcher.trip(&trip).await;
    let short = cast.dispatcher.divert(&trip, to_site_1()).await.expect_err("the site is full");
    assert_eq!(short.said(), (409, "site-full"));
    assert_eq!((&short.body["free"], &short.body["needed"]), (&json!(0), &json!(ABOARD)));
    let after = cast.dispatcher.trip(&trip).await;
    assert_eq!((&after["version"], &after["stops"]), (&before["version"], &before["stops"]));
    assert_eq!(cast.dispatcher.party(&others[0]).await["destination"]["receiver"], sample::SITE_2);
}

#[tokio::test]
async fn a_stale_an_empty_and_a_reasonless_order_are_refused() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, ..) = under_way(&world, &cast).await;
    let refused = [
        (json!({ "site": sample::SITE_1, "reason": "pipe", "version": 1 }), (409, "stale")),
        (json!({ "site": sample::SITE_1, "reason": " " }), (422, "reason-missing")),
        (json!({ "reason": "pipe" }), (422, "invalid-field")),
        (json!({ "site": sample::SITE_2, "reason": "pipe" }), (422, "invalid-field")),
        (json!({ "gate": sample::QIAOJIA_GATE, "reason": "pipe" }), (422, "invalid-field")),
    ];
    for (order, said) in refused {
        let problem = cast.dispatcher.divert(&trip, order.clone()).await.expect_err("refused");
        assert_eq!(problem.said(), said, "{order}");
    }
    assert_eq!(cast.dispatcher.trip(&trip).await["order"], Value::Null);
}

#[tokio::test]
async fn a_repeated_order_is_one_order_and_another_leads_back() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (trip, _, others) = under_way(&world, &cast).await;
    let once = cast.dispatcher.divert(&trip, to_site_1()).await.expect("ordered");
    let twice = cast.dispatcher.again().await.expect("the same answer");
    assert_eq!(once.version, twice.version);
    let back = json!({ "site": sample::SITE_2, "reason": "mended" });
    cast.dispatcher.divert(&trip, back).await.expect("back again");
    assert_eq!(cast.dispatcher.party(&others[0]).await["destination"]["receiver"], sample::SITE_2);
}

#[tokio::test]
async fn a_trip_that_has_not_left_is_changed_not_diverted() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.placed(1, 1).await;
    let trip = cast.trip("3", 9, world.now()).await;
    cast.seated(&party, &trip).await;
    let problem = cast.dispatcher.divert(&trip, json!({ "site": sample::SITE_2, "reason": "pipe" })).await;
    assert_eq!(problem.expect_err("still at the airport").said(), (409, "not-on-the-road"));
}
