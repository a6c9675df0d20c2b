//! A bus that does not come: the dispatcher gives its trip another vehicle, by keyboard and by finger, and the squad's board shows
//! the other plate.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;
use thirtyfour::Key;

use crate::team::{self, tab_to};

#[tokio::test(flavor = "multi_thread")]
async fn another_vehicle_by_keyboard_in_chinese_by_day() {
    changed(View::desktop(), "大巴 2 · 沪A10002 · 9 座 · 待命").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_vehicle_by_finger_in_english_by_night() {
    changed(View::tablet().language(Language::English).dark(), "大巴 2 · 沪A10002 · 9 seats · On standby").await;
}

async fn vehicle(cast: &Cast, name: &str, plate: &str, seats: i64) -> String {
    let new = json!({ "name": name, "plate": plate, "seats": seats });
    cast.dispatcher.write("/v1/vehicles", new).await.expect("a vehicle").subject
}

async fn changed(view: View, offered: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1", "沪A10001", 19).await;
    let other = vehicle(&cast, "大巴 2", "沪A10002", 9).await;
    let small = vehicle(&cast, "小车 3", "沪A10003", 2).await;
    let party = cast.registered(sample::party(1, 3)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    let stop = cast.seated(&party, &trip).await;
    let browser = Browser::start();
    let (desk, board) = (browser.page(view).await, browser.page(View { ..View::wall() }).await);
    team::sign_in(&board, &world, "leader", &team::board()).await;
    let row = format!("#stops [data-stop='{stop}']");
    board.until_text(&row, "沪A10001").await;
    team::sign_in(&desk, &world, "dispatcher", "/dispatch").await;

    let button = format!("[data-trip='{trip}'] [data-do='vehicle']");
    desk.until_shown(&button).await;
    if view.touch {
        desk.tap(&button).await;
    } else {
        desk.value::<bool>(&format!("(document.querySelector(\"{button}\").focus(), true)")).await;
        desk.press(Key::Enter).await;
    }
    desk.until_shown("dialog [name='vehicle']").await;
    let words: Vec<String> = desk
        .value("[...document.querySelectorAll(\"dialog [name='vehicle'] option\")].map((e) => e.textContent)")
        .await;
    assert_eq!(
        words.get(1).map(String::as_str),
        Some(offered),
        "the one that could come first stands first: {words:?}"
    );
    let refused = format!("document.querySelector(\"dialog option[value='{small}']\").disabled");
    assert!(desk.value::<bool>(&refused).await, "three do not fit into two");
    team::inspect(&desk, &format!("other-vehicle-{}", view.language.tag())).await;
    desk.choose("dialog [name='vehicle']", &other).await;
    if view.touch {
        team::confirm(&desk).await;
    } else {
        tab_to(&desk, "dialog [type=submit]").await;
        desk.press(Key::Enter).await;
        desk.until_gone("dialog").await;
    }
    desk.until_text(&format!("[data-trip='{trip}'] .plate"), "沪A10002").await;
    board.until_text(&row, "沪A10002").await;
    board.until_text(".toast", "沪A10002").await;
    assert_nobody_moved(&desk, &trip).await;
    team::inspect(&desk, &format!("other-vehicle-taken-{}", view.language.tag())).await;
}

async fn assert_nobody_moved(page: &Page, trip: &str) {
    let card = page.text(&format!("[data-trip='{trip}']")).await;
    assert!(card.contains("大巴 2") && card.contains("3 / 9"), "three of nine seats: {card}");
}
