//! A family that fits no vehicle and no room whole, on the dispatcher's page and by keyboard alone: split with a reason, or given
//! several rooms with a reason; what is refused is said where it can be mended.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::sample;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::team::{self, tab_to};

/// What the screens say in one language.
struct Words {
    fits_none: &'static str,
    no_undo: &'static str,
    under_age: &'static str,
    children_alone: &'static str,
    split: &'static str,
    no_room: &'static str,
    several: &'static str,
}

const ZH: Words = Words {
    fits_none: "没有车辆能整组乘坐",
    no_undo: "拆分后不能再合并",
    under_age: "未满 18 岁",
    children_alone: "没有成年人陪同",
    split: "拆分同行人",
    no_room: "没有能让",
    several: "分住多间",
};

const EN: Words = Words {
    fits_none: "no vehicle takes them whole",
    no_undo: "A split cannot be undone",
    under_age: "(under 18)",
    children_alone: "without an adult",
    split: "Party split",
    no_room: "No free room takes all 5",
    several: "Several rooms",
};

#[tokio::test(flavor = "multi_thread")]
async fn a_family_is_split_by_keyboard_in_chinese_by_day() {
    split(View::desktop(), &ZH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_is_split_by_keyboard_in_english_at_night() {
    split(View::tablet().language(Language::English).dark(), &EN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_gets_two_rooms_by_keyboard_in_chinese() {
    two_rooms(View::desktop().dark(), &ZH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_gets_two_rooms_by_keyboard_in_english_on_a_phone() {
    two_rooms(View::phone().language(Language::English), &EN).await;
}

async fn tick(page: &Page, arrival: &str) {
    tab_to(page, &format!("[name=arrivals][value='{arrival}']")).await;
    page.type_anywhere(" ").await;
}

async fn write_down(page: &Page, field: &str, words: &str) {
    tab_to(page, &format!("dialog [name={field}]")).await;
    page.type_anywhere(words).await;
}

async fn confirm(page: &Page) {
    tab_to(page, "dialog form [type=submit]").await;
    page.press(Key::Enter).await;
}

async fn split(view: View, words: &Words) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    for name in ["轿车 1", "轿车 2"] {
        cast.dispatcher.add_vehicle(name, 4).await.expect("a car");
    }
    let family = cast.registered(sample::family_of_five("JPN", 40)).await;
    cast.agreed_home(&family).await;
    let people = arrivals(&cast.dispatcher.party(&family).await["members"]);

    let tag = view.language.tag();
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until_shown(".queue__row").await;
    page.type_anywhere("p").await;
    page.until_text("#plan-stuck", words.fits_none).await;
    tab_to(&page, &format!("#plan-split-{family}")).await;
    page.press(Key::Enter).await;
    page.until_text("dialog[open] form", words.no_undo).await;
    page.until_text("dialog[open] fieldset", words.under_age).await;

    tick(&page, &people[3]).await;
    tick(&page, &people[4]).await;
    write_down(&page, "reason", "no car takes five").await;
    team::inspect(&page, &format!("split-{tag}-1-who")).await;
    confirm(&page).await;
    page.until_text("dialog[open] fieldset .field__error", words.children_alone).await;
    page.until("document.activeElement.name === 'arrivals'").await;
    // The browser itself writes a refused request down.
    page.assert_no_console_errors_but(&["409"]).await;
    team::inspect(&page, &format!("split-{tag}-2-refused")).await;
    tick(&page, &people[1]).await;
    tick(&page, &people[3]).await;
    confirm(&page).await;
    page.until_gone("dialog #ask-title").await;
    page.until("document.querySelectorAll('.plan__rider').length === 2").await;
    page.until_gone("#plan-stuck .note").await;
    team::inspect(&page, &format!("split-{tag}-3-plan")).await;

    page.press(Key::Escape).await;
    page.until("document.querySelectorAll('.queue__row').length === 2").await;
    page.tap(&format!("[data-party='{family}']")).await;
    page.tap("#decisions summary").await;
    page.until_text("#decisions [data-kind='party.split']", words.split).await;
    page.until_text("#decisions [data-kind='party.split']", "no car takes five").await;
    let stays = arrivals(&cast.dispatcher.party(&family).await["members"]);
    assert_eq!(stays, [0, 2, 3].map(|it: usize| people[it].clone()));
    page.assert_no_console_errors().await;
}

async fn two_rooms(view: View, words: &Words) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;

    let tag = view.language.tag();
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.tap(&format!("[data-party='{family}']")).await;
    page.until_shown("#seats-split").await;
    team::inspect(&page, &format!("rooms-{tag}-1-why-not")).await;
    tab_to(&page, "#do-site").await;
    page.press(Key::Enter).await;
    page.until_shown("dialog [name=site]").await;
    tab_to(&page, "dialog [name=site]").await;
    page.type_anywhere(" ").await;
    write_down(&page, "reason", "a red tag").await;
    confirm(&page).await;
    page.until("document.activeElement.name === 'spread'").await;
    page.until_text("dialog .field__error:not(:empty)", words.no_room).await;
    page.assert_no_console_errors_but(&["409"]).await;
    team::inspect(&page, &format!("rooms-{tag}-2-refused")).await;
    page.type_anywhere("five of one family").await;
    confirm(&page).await;
    page.until_gone("dialog #ask-title").await;
    page.until_text("#party .facts", "202 + 203").await;
    page.tap("#decisions summary").await;
    page.until_text("#decisions [data-kind='party.spread']", words.several).await;
    page.until_text("#decisions [data-kind='party.spread']", "five of one family").await;
    let to: Value = cast.dispatcher.party(&family).await["destination"].clone();
    assert_eq!(to["room"], json!("202 + 203"));
    page.assert_no_console_errors().await;
}
