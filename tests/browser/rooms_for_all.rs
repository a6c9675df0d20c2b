//! Rooms for everybody who has to go to a site, on the dispatcher's page and by keyboard alone: proposed, one changed by hand and one
//! by somebody else, refused where it can be mended, and placed.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;
use thirtyfour::Key;

use crate::team::{self, tab_to};

/// What the screens say in one language.
struct Words {
    must: &'static str,
    not_whole: &'static str,
    smallest: &'static str,
    place_two: &'static str,
    old: &'static str,
    changed: &'static str,
    done: &'static str,
}

const ZH: Words = Words {
    must: "只能去观察点的：4 组，10 人",
    not_whole: "没有能同住的空房",
    smallest: "提交时给最小的合适房间",
    place_two: "安排 2 组，3 人",
    old: "队列已有变动",
    changed: "刚刚有变动",
    done: "已安排房间：2 组，3 人",
};

const EN: Words = Words {
    must: "Nowhere else to go: 4 parties, 10 people",
    not_whole: "no room takes them whole",
    smallest: "the smallest room that fits",
    place_two: "Place 2 parties, 3 people",
    old: "The queue has changed since",
    changed: "has just changed",
    done: "Rooms held for 2 parties, 3 people",
};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_a_room_by_keyboard_in_chinese_by_day() {
    rooms(View::desktop(), &ZH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_a_room_by_keyboard_in_english_at_night_on_a_phone() {
    rooms(View::phone().language(Language::English).dark(), &EN).await;
}

/// Nobody has to go: that is said, and who might is not folded away.
#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_has_to_go_who_might_is_in_sight() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let yellow = cast.registered(sample::party(1, 2)).await;
    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until_shown(&format!("#queue [data-party='{yellow}']")).await;
    page.type_anywhere("b").await;
    page.until_text("#room-plan-body", "没有必须去观察点的人").await;
    page.until_shown(&line(&yellow)).await;
    team::inspect(&page, "rooms-for-all-zh-CN-nobody-must").await;
}

/// The line of a party.
fn line(party: &str) -> String {
    format!(".room-plan__line[data-party='{party}']")
}

async fn rooms(view: View, words: &Words) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let single = cast.registered(sample::from_country("ITA", 1, 1)).await;
    let two = cast.registered(sample::from_country("ITA", 10, 2)).await;
    let others = cast.registered(sample::from_country("ITA", 20, 2)).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;
    let yellow = cast.registered(sample::party(60, 1)).await;

    let tag = view.language.tag();
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until_text("#room-plan", "4").await;
    team::inspect(&page, &format!("rooms-for-all-{tag}-0-queue")).await;
    page.type_anywhere("b").await;
    page.until_text("#room-plan-body h3", words.must).await;
    page.until_text(&line(&family), words.not_whole).await;
    assert!(!page.value::<bool>(&format!("document.querySelector(\"{} input\").checked", line(&yellow))).await);
    team::inspect(&page, &format!("rooms-for-all-{tag}-1")).await;

    // One to another site by hand, one left out.
    tab_to(&page, &format!("{} select", line(&single))).await;
    page.choose(&format!("{} select", line(&single)), sample::SITE_2).await;
    page.until_text(&line(&single), words.smallest).await;
    tab_to(&page, &format!("{} input", line(&others))).await;
    page.type_anywhere(" ").await;
    page.until_text("#room-plan-commit", words.place_two).await;
    tab_to(&page, "dialog [name=reason]").await;
    page.type_anywhere("red tags").await;

    // Somebody else placed one of them meanwhile.
    cast.dispatcher.place_at_site(&two, sample::SITE_1, "from Italy").await.expect("a room");
    page.until_text("dialog .note--warn", words.old).await;
    tab_to(&page, "#room-plan-commit").await;
    page.press(Key::Enter).await;
    page.until_text(&format!("{} .field__error", line(&two)), words.changed).await;
    page.assert_no_console_errors_but(&["409"]).await;
    team::inspect(&page, &format!("rooms-for-all-{tag}-2-refused")).await;
    assert_eq!(cast.dispatcher.party(&single).await["stage"], "waiting", "nothing of it was written");

    tab_to(&page, "#room-plan-again").await;
    page.press(Key::Enter).await;
    page.until(&format!("!document.querySelector(\"{}\")", line(&two))).await;
    assert_eq!(page.value::<String>("document.querySelector('dialog [name=reason]').value").await, "red tags");
    page.choose(&format!("{} select", line(&single)), sample::SITE_2).await;
    page.until_text("#room-plan-commit", words.place_two).await;
    tab_to(&page, "#room-plan-commit").await;
    page.press(Key::Enter).await;
    page.until_gone("#room-plan-title").await;
    page.until_text("body", words.done).await;
    for (party, site) in [(&single, sample::SITE_2), (&others, sample::SITE_1)] {
        let to = cast.dispatcher.party(party).await["destination"].clone();
        assert_eq!((&to["receiver"], &to["reason"]), (&json!(site), &json!("red tags")));
    }
    for undecided in [&family, &yellow] {
        assert_eq!(cast.dispatcher.party(undecided).await["stage"], "waiting");
    }
    page.assert_no_console_errors().await;
}
