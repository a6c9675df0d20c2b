//! The sub-district says no to a home: the party goes to a site with the opinion beside it, and nowhere else.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::json;

#[tokio::test]
async fn a_home_the_subdistrict_refuses_becomes_a_site_with_its_reason() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");

    let silent = cast.leader.write(&format!("/v1/parties/{party}/opinion"), json!({ "agreed": false })).await;
    assert_eq!(silent.expect_err("a no has a reason").field, "reason");
    let reason = "five people in two rooms";
    cast.leader.refuse(&party, reason).await.expect("no");
    let seat = cast.dispatcher.assign(&party, &trip).await.expect_err("not to a home that said no");
    assert_eq!((seat.said(), &seat.body["reason"]), ((409, "opinion-refused"), &json!(reason)));

    cast.dispatcher.place_at_site(&party, sample::SITE_1, "as the sub-district says").await.expect("a room");
    let placed = &cast.dispatcher.party(&party).await["destination"];
    assert_eq!((&placed["kind"], &placed["opinion"]), (&json!("site"), &json!(reason)), "the opinion stays beside it");
    cast.seated(&party, &trip).await;
    let board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(board.rows().is_empty(), "the community expects nobody");
    let manager = world.site_manager(sample::SITE_1).await;
    let site = world.watch(&manager, sample::SITE_1).await;
    assert!(site.rows().values().any(|row| row["kind"] == "stop"), "the site does");
}

#[tokio::test]
async fn a_home_nobody_has_seen_yet_blocks_the_door_but_not_the_road() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    let stop = cast.seated(&party, &trip).await;
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let arrival = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]).remove(0);
    cast.escort.board(&trip, &arrival).await.expect("aboard");
    let early = cast.escort.depart(&trip, 1).await.expect_err("nobody agreed");
    assert_eq!(early.said(), (409, "opinion-pending"));
    cast.leader.agree(&party).await.expect("the sub-district agrees");
    cast.escort.depart(&trip, 1).await.expect("the visit may come later");
    cast.escort.arrive(&stop).await.expect("at the gate");
    let door = cast.escort.offer(&stop).await.expect_err("nobody has seen the home");
    assert_eq!(door.said(), (409, "home-check-pending"));
    cast.committee.home_is_suitable(&party).await.expect("just now");
    cast.escort.offer(&stop).await.expect("offered");
}
