//! A red tag goes to an observation site, whose manager does every step and whose beds are counted from stays.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::json;

#[tokio::test]
async fn a_party_is_received_at_a_site_by_its_manager_alone() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::from_country("ITA", 1, 1)).await;
    let home = cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect_err("a red tag");
    assert_eq!(home.said(), (409, "tag-forbids-home"));
    cast.dispatcher.place_at_site(&party, sample::SITE_1, "from Italy").await.expect("a room");
    let trip = cast.trip("中巴 1", 7, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;

    let manager = world.site_manager(sample::SITE_1).await;
    cast.escort.arrive(&stop).await.expect("at the site");
    let people = arrivals(&manager.stop(&stop).await.expect("their stop")["people_list"]);
    manager.verify(&stop, &people[0]).await.expect("the details are right");
    manager.inform(&stop, &people[0], "it").await.expect("fourteen days");
    manager.enrol(&stop, &people[0], 36.4).await.expect("registered");
    cast.escort.offer(&stop).await.expect("offered");
    manager.accept(&stop).await.expect("accepted");
    let site = world.watch(&manager, sample::SITE_1).await.row(sample::SITE_1).clone();
    assert_eq!((&site["held"], &site["occupied"]), (&json!(0), &json!(1)), "the held bed is slept in");
}

#[tokio::test]
async fn a_dispatcher_sees_every_site_before_the_first_bed_is_held() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    let district = world.watch(&dispatcher, sample::DISTRICT).await;
    for site in [sample::SITE_1, "huangpu-site-2"] {
        let row = district.row(site);
        assert_eq!((&row["held"], &row["free"]), (&json!(0), &row["capacity"]), "{site}: {row:#}");
    }
}
