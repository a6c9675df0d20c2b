//! A leader closes the gate for the night: the board, the dispatcher and the escort see it on the vehicle that would stand
//! before it, nobody is planned there, and one tap opens it.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use thirtyfour::Key;

use crate::team;

/// A vehicle on the road to Qiaojia, and somebody who waits to go there.
async fn evening(cast: &Cast, world: &World) -> (String, String) {
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    cast.dispatcher.add_vehicle("中巴 2", 8).await.expect("a bus");
    let waiting = cast.registered(sample::party(10, 2)).await;
    cast.dispatcher.ask_home(&waiting, sample::QIAOJIA_GATE).await.expect("asked");
    (trip, stop)
}

async fn close_the_gate(board: &Page) {
    board.tap("#gates").await;
    board.until_shown("dialog .empty").await;
    board.tap("#gates-close").await;
    board.choose("dialog [name='gate']", sample::QIAOJIA_GATE).await;
    board.type_text("dialog textarea", "夜间关闭").await;
    // Until ten hours from now, so that no vehicle can be there before.
    board.choose("dialog [name='until']", "2020-03-21T05:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_closes_for_the_night_in_chinese_by_day() {
    night(Language::Chinese, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_closes_for_the_night_in_english_at_night() {
    night(Language::English, true).await;
}

async fn night(language: Language, dark: bool) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (trip, stop) = evening(&cast, &world).await;
    let name = |what: &str| format!("gates-{}-{what}", if dark { "en" } else { "zh" });
    let view = |view: View| if dark { view.language(language).dark() } else { view.language(language) };
    let browser = Browser::start();
    let board = browser.page(view(View::tablet())).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    close_the_gate(&board).await;
    team::inspect(&board, &name("1-close")).await;
    board.tap("dialog form [type='submit']").await;
    board.until_shown("[data-closure]").await;
    team::inspect(&board, &name("2-list")).await;
    board.tap("dialog .cluster--end button").await;
    board.until_text(&format!("[data-stop='{stop}'] .who"), "夜间关闭").await;
    team::inspect(&board, &name("3-board")).await;

    let console = browser.page(view(View::desktop())).await;
    team::sign_in(&console, &world, "dispatcher", "/dispatch").await;
    console.until_text(".alerts", "夜间关闭").await;
    console.until_text(&format!("[data-stop='{stop}']"), "夜间关闭").await;
    console.tap("#more").await;
    team::inspect(&console, &name("4-console")).await;
    console.press(Key::Escape).await;
    console.until_gone("#gates").await;
    console.type_anywhere("p").await;
    console.until_text("#plan-stuck, #plan-out", "05:00").await;
    team::inspect(&console, &name("5-plan")).await;
    console.press(Key::Escape).await;
    console.until_gone("dialog").await;

    let phone = browser.page(view(View::phone())).await;
    team::sign_in(&phone, &world, cast.escort.username(), &format!("/trip/{trip}")).await;
    phone.until_text(".next-gate", "夜间关闭").await;
    team::inspect(&phone, &name("6-escort")).await;

    console.tap("#more").await;
    console.tap("#gates").await;
    console.tap("[data-closure] button").await;
    console.until_gone("[data-closure]").await;
    board
        .until(&format!("!document.querySelector(\"[data-stop='{stop}'] .who\").innerText.includes('夜间关闭')"))
        .await;
    phone.until("!document.querySelector('.next-gate').innerText.includes('夜间关闭')").await;

    // The checklist of a vehicle that is on its way says when to be there.
    team::go(&board, &world, &format!("/gate/{stop}")).await;
    board.until_text("#gate-when", if dark { "Be at the gate by" } else { "请在此时间前到门口" }).await;
    board.until_shown("#gate-when time").await;
    team::inspect(&board, &name("7-checklist")).await;
}
