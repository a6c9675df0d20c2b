//! The dispatcher's console: a party moved by mouse, finger and key, a better plan that is offered, a plan that is taken
//! back until somebody acknowledged it, and keys that do what their sheet says.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use std::collections::BTreeSet;
use thirtyfour::Key;

use crate::hands;
use crate::team;

const GATES: [&str; 3] = [sample::QIAOJIA_GATE, "huangpu-xdm-baidu-g1", "huangpu-xdm-xiyao-g1"];

/// A bus of eight and a van of four; `many` parties of two with a home.
async fn evening(cast: &Cast, many: u32) -> Vec<String> {
    cast.dispatcher.add_vehicle("中巴 1", 8).await.expect("a bus");
    cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    let mut parties = Vec::new();
    for number in 0..many {
        parties.push(one_more(cast, number).await);
    }
    parties
}

async fn one_more(cast: &Cast, number: u32) -> String {
    let party = cast.registered(sample::party(2 * number, 2)).await;
    cast.dispatcher.ask_home(&party, GATES[number as usize % GATES.len()]).await.expect("asked");
    party
}

async fn opened(world: &World, view: View) -> Page {
    let page = Browser::start().page(view).await;
    team::sign_in(&page, world, "dispatcher", "/dispatch").await;
    page.until_shown(".queue__row").await;
    page.type_anywhere("p").await;
    page.until_shown(".plan__rider").await;
    page
}

/// The place of the trip without a free seat, of the one with some, and somebody on each.
async fn trips(page: &Page) -> ([String; 2], [String; 2]) {
    let found: Vec<(String, String)> = page
        .value(
            "(() => { const free = (e) => { const [taken, seats] = e.querySelector('.chip').innerText.match(/\\d+/g).map(Number); \
             return seats - taken; }; return [...document.querySelectorAll('.plan__trip')].sort((a, b) => free(a) - free(b)) \
             .map((e) => [e.dataset.at, e.querySelector('.plan__rider').dataset.party]); })()",
        )
        .await;
    let [(full, a), (free, b)] = <[_; 2]>::try_from(found).expect("two trips");
    ([full, free], [a, b])
}

async fn until_on(page: &Page, party: &str, at: &str) {
    page.until(&format!(
        "document.querySelector(\"dialog [data-party='{party}']\")?.closest('[data-at]')?.dataset.at === '{at}'"
    ))
    .await;
}

async fn until_timed(page: &Page) {
    page.until("!document.querySelector('#plan-sum').hasAttribute('aria-busy')").await;
}

fn grip(party: &str) -> String {
    format!("[data-grip='{party}']")
}

fn card(at: &str) -> String {
    format!("dialog [data-at='{at}']")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_is_moved_by_mouse_and_keys_and_every_step_is_undone() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast, 5).await;
    let page = opened(&world, View::desktop()).await;
    let ([full, free], [rider, other]) = trips(&page).await;

    hands::mouse_holds(&page, &grip(&other), &card(&full)).await;
    page.until_shown(&format!("{} .plan__cannot", card(&full))).await;
    page.until_text(&format!("{} .plan__cannot", card(&full)), "坐不下：余 0 座，需 2 座").await;
    team::inspect(&page, "console-carry-zh").await;
    page.press(Key::Escape).await;
    page.until_gone(".plan__cannot").await;
    hands::mouse(&page, "mouseReleased", (5.0, 5.0)).await;
    until_on(&page, &other, &free).await;

    hands::mouse_drags(&page, &grip(&rider), &card(&free)).await;
    until_on(&page, &rider, &free).await;
    page.until_text(&format!("dialog [data-party='{rider}']"), "已固定").await;
    until_timed(&page).await;
    page.until_text("#plan-sum", "与原方案相比").await;
    let held = async || page.value::<String>("document.activeElement.dataset.grip ?? ''").await;
    assert_eq!(held().await, rider, "the focus stays with the party, also when it was timed anew");
    hands::ctrl(&page, 'z').await;
    until_on(&page, &rider, &full).await;
    hands::ctrl(&page, 'y').await;
    until_on(&page, &rider, &free).await;

    page.value::<serde_json::Value>(&format!("document.querySelector(\"{}\").focus()", grip(&rider))).await;
    page.type_anywhere(" ").await;
    page.until_shown("dialog[data-carrying]").await;
    page.until(&format!("document.querySelector(\"{}\").dataset.takes === 'true'", card(&full))).await;
    while !page.value::<bool>(&format!("document.querySelector(\"{}\").hasAttribute('data-target')", card(&full))).await
    {
        page.press(Key::Down).await;
    }
    page.type_anywhere(" ").await;
    until_on(&page, &rider, &full).await;
    page.until("document.querySelector('dialog [role=status]').textContent.includes('已移到')").await;
    assert_eq!(held().await, rider, "the focus stays with the party");
    hands::alt(&page, "ArrowDown").await;
    page.until(&format!(
        "document.querySelector(\"dialog [data-party='{rider}']\").closest('[data-at]').dataset.at !== '{full}'"
    ))
    .await;
    until_timed(&page).await;
    page.assert_no_console_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finger_moves_a_party_on_a_tablet() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast, 5).await;
    let page = opened(&world, View::tablet().language(Language::English).dark()).await;
    let ([full, free], [rider, _]) = trips(&page).await;
    hands::finger_drags(&page, &grip(&rider), &card(&free)).await;
    until_on(&page, &rider, &free).await;
    until_timed(&page).await;
    team::inspect(&page, "console-moved-en-night").await;
    page.tap("#plan-undo").await;
    until_on(&page, &rider, &full).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_fits_a_phone_and_says_why_somebody_is_left_out() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast, 5).await;
    let family = cast.registered(sample::party(60, 9)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    let page = opened(&world, View::phone().language(Language::English)).await;
    page.until_text("#plan-stuck", "needs 9, the most there is: 8").await;
    page.until_text(".plan__trip", "Same gate as").await;
    page.until("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth").await;
    team::inspect(&page, "console-phone-en").await;
    let rider: String = page.value("document.querySelector('.plan__rider').dataset.party").await;
    page.choose(&format!("[data-rider='{rider}']"), "out").await;
    until_on(&page, &rider, "-1").await;
    page.until_text(&format!("#plan-out [data-party='{rider}']"), "left out by you").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_better_plan_is_offered_and_a_committed_one_is_taken_back_until_it_is_acknowledged() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let mut parties = evening(&cast, 4).await;
    let page = opened(&world, View::desktop()).await;
    let before = page.count(".plan__rider").await;
    parties.push(one_more(&cast, 4).await);
    page.until_shown("#plan-take").await;
    page.until_text("#plan-offer", "多 2 人有座位").await;
    assert_eq!(page.count(".plan__rider").await, before, "nothing is replaced silently");
    page.tap("#plan-offer summary").await;
    team::inspect(&page, "console-offer-zh").await;
    page.tap("#plan-take").await;
    page.until("document.querySelectorAll('.plan__rider').length === 5").await;
    page.tap("#plan-commit").await;
    page.until_gone("dialog").await;
    page.until_shown("#undo-plan").await;
    team::inspect(&page, "console-undo-zh").await;

    hands::ctrl(&page, 'z').await;
    page.type_text("dialog [name=reason]", "航班延误").await;
    team::confirm(&page).await;
    page.until_gone("#undo").await;
    for party in &parties {
        assert!(cast.dispatcher.party(party).await["trip"].is_null(), "it waits again");
    }

    page.type_anywhere("p").await;
    page.until_shown(".plan__rider").await;
    page.tap("#plan-commit").await;
    page.until_gone("dialog").await;
    page.until_shown("#undo-plan").await;
    let mut stops = BTreeSet::new();
    for party in &parties {
        stops.insert(cast.dispatcher.party(party).await["stop"].as_str().expect("a stop").to_owned());
    }
    for stop in stops {
        cast.leader.acknowledge(&stop).await.expect("we are coming");
    }
    page.until_gone("#undo-plan").await;
    page.until_text("#undo", "已不能撤回").await;
    page.assert_no_console_errors().await;
}

/// What the sheet must say, in its order: a key that is shown and does nothing is a lie.
const SHEET: [&str; 14] =
    ["j · ↓", "k · ↑", "Enter", "→", "/", "m", "← ↑ → ↓", "b", "p", "Alt ↑ · Alt ↓", "Space", "Ctrl Z", "Ctrl Y", "?"];

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_of_keys_is_true() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let parties = evening(&cast, 3).await;
    let page = Browser::start().page(View::desktop().language(Language::English)).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until("document.querySelectorAll('.queue__row').length === 3").await;
    page.type_anywhere("?").await;
    page.until_shown("dialog kbd").await;
    let shown: Vec<String> = page.value("[...document.querySelectorAll('dialog kbd')].map((e) => e.innerText)").await;
    assert_eq!(shown, SHEET, "the keys of plans and vehicles are pressed in the other stories");
    team::inspect(&page, "console-keys-en").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog").await;

    let order: Vec<String> =
        page.value("[...document.querySelectorAll('.queue__row')].map((e) => e.dataset.party)").await;
    let focused =
        async || page.value::<String>("document.activeElement.dataset.party ?? document.activeElement.id").await;
    page.type_anywhere("jj").await;
    assert_eq!(focused().await, order[1]);
    page.press(Key::Down).await;
    assert_eq!(focused().await, order[2]);
    page.type_anywhere("k").await;
    assert_eq!(focused().await, order[1]);
    page.press(Key::Enter).await;
    page.until_shown("#do-site").await;
    page.press(Key::Right).await;
    page.until("document.activeElement.closest('#party')").await;
    page.type_anywhere("/").await;
    assert_eq!(focused().await, "queue-search");
    page.type_anywhere("p1-00").await;
    page.until_text("#queue-search-found", "3 parties found").await;
    let label: String =
        page.value(&format!("document.querySelector('[data-party=\"{}\"] .queue__label').innerText", parties[2])).await;
    page.type_text("#queue-search", &label).await;
    page.until("document.querySelectorAll('.queue__row').length === 1").await;
    page.press(Key::Escape).await;
    page.until("document.querySelectorAll('.queue__row').length === 3").await;
    page.tap("#queue-title").await;
    page.value::<serde_json::Value>("document.activeElement.blur()").await;
    page.type_anywhere("m").await;
    page.until("document.activeElement.closest('#map')").await;
    page.type_anywhere("m").await;
    page.until_gone("#map").await;
    assert_eq!(focused().await, "map-toggle");
    page.type_anywhere("p").await;
    page.until_shown("dialog .plan__rider").await;
}
