//! What a tired person does not see: rows below the edge of a wall, a dead board that was scrolled, a trip that was given
//! meanwhile, whom to call; and what a tired hand does: a form sent empty, a key that meant another party.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use thirtyfour::Key;

use crate::line::Line;
use crate::team;

const GATES: [&str; 4] =
    [sample::QIAOJIA_GATE, "huangpu-xdm-baidu-g1", "huangpu-hhz-xicheng-g1", "huangpu-wlq-haiyue-g1"];

/// Four vehicles to four gates; their trips.
async fn four_on_the_way(world: &World, cast: &Cast) -> Vec<String> {
    let mut trips = Vec::new();
    for (number, gate) in (0..).zip(GATES) {
        let party = cast.registered(sample::party(10 * number + 1, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        let trip = cast.trip(&format!("大巴 {number}"), 19, world.now()).await;
        cast.dispatcher.assign(&party, &trip).await.expect("seats");
        trips.push(trip);
    }
    trips
}

async fn below(page: &Page) -> String {
    page.until_shown("#below").await;
    page.text("#below").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_says_what_is_below_its_edge() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    four_on_the_way(&world, &cast).await;
    for (view, words) in [
        (View::wall().dark(), ["下方还有", "到门口 19:", "未确认"]),
        (View::desktop().language(Language::English), ["below", "Be at the gate by 19:", "not acknowledged"]),
    ] {
        let board = Browser::start().page(view).await;
        team::sign_in(&board, &world, "dispatcher", "/board").await;
        board.until("document.querySelectorAll('#stops [data-stop]').length === 4").await;
        let told = below(&board).await;
        assert!(words.iter().all(|word| told.contains(word)), "{told}");
        team::inspect(&board, &format!("night-below-{}", view.language.tag())).await;
        // The edge goes through the last row, under its label and over its time: it is below.
        let cut = "((row) => scrollBy(0, row.querySelector('.when__label').getBoundingClientRect().bottom - innerHeight + 4))\
            ([...document.querySelectorAll('#stops [data-stop]')].pop())";
        board.value::<()>(&format!("void {cut}")).await;
        board
            .until("/1/.test(document.querySelector('#below').innerText) && !document.querySelector('#below').hidden")
            .await;
        while board.value::<bool>("!document.querySelector('#below').hidden").await {
            let before: f64 = board.value("scrollY").await;
            board.tap("#below").await;
            board.until(&format!("scrollY > {before} || document.querySelector('#below').hidden")).await;
        }
        let last =
            "[...document.querySelectorAll('#stops .when__time')].pop().getBoundingClientRect().bottom <= innerHeight";
        assert!(board.value::<bool>(last).await, "the last one is in sight");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_board_says_so_wherever_a_phone_was_scrolled_to() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    four_on_the_way(&world, &cast).await;
    let line = Line::to(world.base()).await;
    let phone = Browser::start().page(View::phone()).await;
    team::sign_in_at(&phone, line.base(), "dispatcher", "/board").await;
    phone.until("document.querySelectorAll('#stops [data-stop]').length === 4").await;
    phone.value::<()>("void scrollTo(0, 900)").await;
    line.cut();
    phone.until_shown("#stale").await;
    let seen = "((box) => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector('#stale').getBoundingClientRect())";
    assert!(phone.value::<f64>("scrollY").await > 500.0 && phone.value::<bool>(seen).await, "the banner is in sight");
    phone.screenshot("night-stale-scrolled").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trip_that_is_given_to_an_escort_comes_up_by_itself() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let phone = Browser::start().page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &world, "escort", "/trip").await;
    phone.until_text("main", "No trips").await;
    let accounts = world.administrator().get("/v1/accounts").await.expect("accounts");
    let own = accounts["accounts"].as_array().expect("a list").iter().find(|one| one["username"] == "escort");
    let own = own.expect("hired")["id"].clone();
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let crew = serde_json::json!({ "driver": { "name": "赵师傅", "phone": "13900001111" }, "escorts": [own], "plate": "沪A10001" });
    cast.dispatcher.write(&format!("/v1/trips/{trip}/crew"), crew).await.expect("a crew");
    phone.value::<()>("void document.dispatchEvent(new Event('visibilitychange'))").await;
    phone.until_shown(&format!("a[data-trip='{trip}']")).await;
    phone.tap(&format!("a[data-trip='{trip}']")).await;
    phone.until_text(".tally", "Nobody has a seat yet").await;
    team::inspect(&phone, "night-empty-trip").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_empty_says_each_missing_thing_once() {
    let world = World::start().await;
    team::hire(&world).await;
    let desk = Browser::start().page(View::tablet()).await;
    team::sign_in(&desk, &world, "desk", "/desk").await;
    desk.tap("#register").await;
    desk.until("document.querySelector('.field__error:not(:empty)')").await;
    assert_eq!(desk.count(".toast").await, 0, "what is missing stands at its field");
    desk.screenshot("night-desk-empty").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_arrow_opens_the_party_it_stands_on_and_the_search_lets_go() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (first, second) = (cast.registered(sample::party(1, 1)).await, cast.registered(sample::party(11, 2)).await);
    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.tap(&format!("#queue [data-party='{first}']")).await;
    let label = async |party: &str| cast.dispatcher.party(party).await["label"].as_str().expect("a label").to_owned();
    page.until_text(".party__label", &label(&first).await).await;
    page.type_anywhere("j").await;
    page.press(Key::Right).await;
    page.until_text(".party__label", &label(&second).await).await;
    page.until("document.activeElement.closest('#party')").await;

    let on = |party: &str| format!("document.activeElement.dataset.party === '{party}'");
    page.type_anywhere("/").await;
    page.until("document.activeElement.id === 'queue-search'").await;
    page.type_anywhere(&label(&second).await).await;
    page.press(Key::Enter).await;
    page.until(&on(&second)).await;
    page.type_anywhere("/").await;
    page.press(Key::Escape).await;
    page.press(Key::Escape).await;
    page.until(&on(&first)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_answer_is_called_with_one_tap() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (trip, stop) = cast.bus_home(&world).await;
    world.pass(12).await;
    for (view, leader) in [
        (View::desktop(), "街道领导 陆建国"),
        (View::phone().language(Language::English).dark(), "Squad leader 陆建国"),
    ] {
        let page = Browser::start().page(view).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.tap(".alerts button").await;
        page.until_text(".contacts", leader).await;
        let number =
            "[...document.querySelectorAll('.contacts a[href^=\"tel:\"]')].some((e) => e.href === 'tel:02163000000')";
        assert!(page.value::<bool>(number).await, "it can be tapped");
        team::inspect(&page, &format!("night-contacts-{}", view.language.tag())).await;
        page.press(Key::Escape).await;
        page.until_gone("dialog").await;
        page.tap(&format!("[data-stop='{stop}'] [data-do='call']")).await;
        page.until_text(".contacts", leader).await;
        page.press(Key::Escape).await;
        page.until_gone("dialog").await;
        page.tap(&format!("[data-trip='{trip}'] [data-do='call-crew']")).await;
        page.until_shown(".contacts a[href^='tel:']").await;
    }
}
