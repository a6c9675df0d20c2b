//! The dispatcher's console: a map that says how old its news are, a party moved by mouse, finger and key, a plan that is
//! taken back, and keys that do what their sheet says.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;

use crate::team;

/// Three vehicles under way: one seen now, one seen long ago, one never seen.
async fn road(world: &World, cast: &Cast) -> [String; 3] {
    let gates = [sample::QIAOJIA_GATE, "huangpu-wlq-haiyue-g1", "huangpu-hhz-xicheng-g1"];
    let mut trips = Vec::new();
    for (number, gate) in (0..3).zip(gates) {
        let party = cast.registered(sample::party(20 * number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        let trip = cast.trip(&format!("中巴 {}", number + 1), 14, world.now()).await;
        cast.seated(&party, &trip).await;
        trips.push(trip);
    }
    trips.try_into().expect("three trips")
}

#[tokio::test(flavor = "multi_thread")]
async fn look() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let trips = road(&world, &cast).await;
    let _ = trips;
    for (view, name) in [(View::wall(), "look-wall"), (View::desktop().language(Language::English).dark(), "look-desktop"), (View::phone(), "look-phone")] {
        let page = Browser::start().page(view).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.until_shown(".queue__row").await;
        if name != "look-wall" { page.type_anywhere("m").await; }
        page.until_shown("#map .map__lens").await;
        page.screenshot(name).await;
        page.assert_no_console_errors().await;
    }
}
