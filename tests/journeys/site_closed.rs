//! A site closes to new people and opens again; who has a room there keeps it.

use futures_util::future::{join, join_all};
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

#[tokio::test]
async fn a_site_closes_while_a_dispatcher_is_about_to_place() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let comes = cast.placed(1, 1).await;
    let mut queue = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let waits = cast.registered(sample::from_country("ITA", 2, 1)).await;

    manager.close_site(sample::SITE_1, "burst pipe on the third floor").await.expect("its own site");
    queue.until("the dispatcher sees it", |seen| seen.row(sample::SITE_1)["open"] == false).await;
    let closed = &queue.row(sample::SITE_1)["closed"];
    assert_eq!(closed["reason"], "burst pipe on the third floor");
    assert!(closed["by"].as_str().is_some_and(|by| by.starts_with("SITE_MANAGER")), "{closed}");
    let refused = cast.dispatcher.place_at_site(&waits, sample::SITE_1, "from Italy").await.expect_err("closed");
    assert_eq!((refused.said(), &refused.body["reason"]), ((409, "site-closed"), &closed["reason"]));
    let again = cast.dispatcher.close_site(sample::SITE_1, "full").await.expect_err("closed before");
    assert_eq!((again.said(), &again.body["by"]), ((409, "site-already-closed"), &closed["by"]));
    let forecast = manager.forecast(sample::SITE_1).await.expect("its own site");
    assert_eq!((&forecast["open"], &forecast["closed"]), (&json!(false), closed));
    assert_eq!(cast.dispatcher.party(&comes).await["stage"], "disposed", "who had a room keeps it");

    let unsaid = cast.dispatcher.open_site(sample::SITE_1, " ").await.expect_err("a reason is needed");
    assert_eq!((unsaid.status, unsaid.field.as_str()), (422, "reason"));
    cast.dispatcher.open_site(sample::SITE_1, "mended").await.expect("a dispatcher opens too");
    queue.until("open again", |seen| seen.row(sample::SITE_1)["open"] == true).await;
    assert_eq!(queue.row(sample::SITE_1)["closed"], Value::Null);
    cast.dispatcher.place_at_site(&waits, sample::SITE_1, "from Italy").await.expect("a room");
    let twice = manager.open_site(sample::SITE_1, "mended").await.expect_err("open");
    assert_eq!(twice.said(), (409, "site-already-open"));
}

#[tokio::test]
async fn nobody_is_placed_after_the_site_closed_however_close_the_race() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let there = manager.at(&world.another_node().await);
    let mut parties = Vec::new();
    for number in 0..16 {
        parties.push(cast.registered(sample::from_country("ITA", number, 1)).await);
    }
    let place = |party| cast.dispatcher.place_at_site(party, sample::SITE_1, "from Italy");
    let places = join_all(parties.iter().map(String::as_str).map(place));
    let (placed, closed) = join(places, there.close_site(sample::SITE_1, "burst pipe")).await;
    closed.expect("closed once");
    let wrong: Vec<_> =
        placed.iter().filter_map(|it| it.as_ref().err()).filter(|it| it.code != "site-closed").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let rooms = placed.iter().filter(|it| it.is_ok()).count();
    let holds = manager.stays(sample::SITE_1).await.expect("its own site")["holds"].as_array().map(Vec::len);
    assert_eq!(holds, Some(rooms), "who was told yes has a room, and nobody else");
    let late = cast.registered(sample::from_country("ITA", 99, 1)).await;
    assert_eq!(place(&late).await.expect_err("closed").said(), (409, "site-closed"));
}

#[tokio::test]
async fn another_site_and_a_community_are_not_found() {
    let world = World::start().await;
    let (manager, dispatcher) = (world.site_manager(sample::SITE_1).await, world.dispatcher().await);
    for (who, site) in [(&manager.0, "huangpu-site-2"), (&dispatcher.0, sample::QIAOJIA), (&dispatcher.0, "nowhere")] {
        assert_eq!(who.close_site(site, "why").await.expect_err("not theirs").said(), (404, "not-found"), "{site}");
        assert_eq!(who.forecast(site).await.expect_err("not theirs").said(), (404, "not-found"), "{site}");
        assert_eq!(who.stays(site).await.expect_err("not theirs").said(), (404, "not-found"), "{site}");
    }
}
