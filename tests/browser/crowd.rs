//! Three hundred parties wait. What is asserted is work, not time: a row that did not change is not touched, a plan of all of
//! them stays a bounded page, keys still go row by row, and nothing runs over the edge.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use thirtyfour::Key;

use crate::team;

const WAITING: u32 = 300;
const PLANNED: usize = 120;
const GATES: [&str; 6] = [
    sample::QIAOJIA_GATE,
    "huangpu-xdm-baidu-g1",
    "huangpu-hhz-xicheng-g1",
    "huangpu-wlq-haiyue-g1",
    "huangpu-njd-chengxing-g1",
    "huangpu-bsy-yaojiang-g1",
];

async fn crowd(cast: &Cast) -> Vec<String> {
    let mut parties = Vec::new();
    for number in 0..WAITING {
        parties.push(cast.registered(sample::party(3 * number, 1 + number % 3)).await);
    }
    for (number, party) in parties[..PLANNED].iter().enumerate() {
        cast.dispatcher.ask_home(party, GATES[number % GATES.len()]).await.expect("asked");
    }
    for number in 0..6 {
        cast.dispatcher.add_vehicle(&format!("大巴 {number}"), 30).await.expect("a bus");
    }
    parties
}

/// Watches everything that happens to the queue's rows from now on.
async fn watch(page: &Page) {
    let script = "(() => { window.seen?.disconnect(); window.touched = new Set(); window.records = 0; \
        window.minute = document.querySelector('.queue__clock').innerText; \
        window.seen = new MutationObserver((all) => { for (const one of all) { window.records += 1; \
            const row = (one.target.nodeType === 1 ? one.target : one.target.parentElement)?.closest('.queue__row'); \
            if (row) window.touched.add(row.dataset.party); \
            for (const node of [...one.addedNodes, ...one.removedNodes]) { const party = node.querySelector?.('.queue__row')?.dataset.party; \
                if (party) window.touched.add(party); } } }); \
        window.seen.observe(document.querySelector('#queue'), { subtree: true, childList: true, attributes: true, characterData: true }); \
        return true; })()";
    assert!(page.value::<bool>(script).await);
}

/// Vehicles are a row on a phone that scrolls by itself.
async fn no_overflow(page: &Page, view: &str) {
    let over: Vec<String> = page
        .value(
            "[...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 \
             && !e.closest('.map__stage, .sr-only, .fleet')).slice(0, 3).map((e) => e.className || e.tagName)",
        )
        .await;
    assert_eq!(over, Vec::<String>::new(), "nothing runs over the edge: {view}");
    let meets = "(() => { const [a, b] = [document.querySelector('.sites'), document.querySelector('#plan')].map((e) => e.getBoundingClientRect()); \
                 return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; })()";
    assert!(!page.value::<bool>(meets).await, "beds and buttons stand beside one another: {view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_wait_without_a_hitch() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let parties = crowd(&cast).await;
    let page = Browser::start().page(View::new(1366, 768, false)).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until("document.querySelectorAll('.queue__row').length === 300").await;
    no_overflow(&page, "1366").await;
    team::inspect(&page, "crowd-1366").await;
    let lazy = "getComputedStyle(document.querySelector('.queue__list > li')).contentVisibility";
    assert_eq!(page.value::<String>(lazy).await, "auto", "rows out of sight are not laid out");
    assert!(
        page.value::<usize>("document.querySelectorAll('#queue *').length").await < 300 * 24,
        "a row is a few elements"
    );

    one_row_changes(&page, &cast, &parties).await;
    keys_go_row_by_row(&page).await;
    a_plan_of_all(&page).await;
    page.assert_no_console_errors().await;
    for (name, view) in [
        ("1920", View::wall().language(Language::English).dark()),
        ("tablet", View::tablet()),
        ("phone", View::phone().language(Language::English)),
    ] {
        let page = Browser::start().page(view).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.until("document.querySelectorAll('.queue__row').length === 300").await;
        no_overflow(&page, name).await;
        page.screenshot(&format!("crowd-{name}")).await;
        page.assert_no_console_errors().await;
    }
}

/// Of three hundred rows one event touches one; the focus is where it was. A minute that turns meanwhile moves every
/// waiting clock, so that another row is tried then.
async fn one_row_changes(page: &Page, cast: &Cast, parties: &[String]) {
    page.type_anywhere("jjjj").await;
    let focused: String = page.value("document.activeElement.dataset.party").await;
    for party in &parties[200..204] {
        watch(page).await;
        cast.dispatcher.ask_home(party, sample::QIAOJIA_GATE).await.expect("asked");
        page.until(&format!("window.touched.has('{party}')")).await;
        let touched: Vec<String> = page.value("[...window.touched]").await;
        let records: usize = page.value("window.records").await;
        if touched.len() > 100 {
            continue;
        }
        assert_eq!(touched, std::slice::from_ref(party), "only the changed row is touched");
        assert!(records <= 8, "moved once, filled once, two titles: {records}");
        assert_eq!(page.value::<String>("document.activeElement.dataset.party").await, focused, "the focus stays");
        return;
    }
    panic!("four minutes turned within four events");
}

async fn keys_go_row_by_row(page: &Page) {
    let order: Vec<String> =
        page.value("[...document.querySelectorAll('.queue__row')].map((e) => e.dataset.party)").await;
    page.value::<serde_json::Value>("document.querySelector('.queue__row').focus()").await;
    page.type_anywhere(&"j".repeat(25)).await;
    assert_eq!(page.value::<String>("document.activeElement.dataset.party").await, order[25]);
    assert!(page.value::<bool>("(() => { const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; })()").await, "what has the focus is in sight");
    page.type_anywhere("kk").await;
    assert_eq!(page.value::<String>("document.activeElement.dataset.party").await, order[23]);
    page.type_anywhere("/").await;
    page.type_anywhere("P1-25").await;
    page.until("document.querySelectorAll('.queue__row').length === 10").await;
    page.press(Key::Escape).await;
    page.until("document.querySelectorAll('.queue__row').length === 300").await;
    page.value::<serde_json::Value>("document.activeElement.blur()").await;
}

/// Everybody with a destination in one preview: its elements grow with its riders, not with riders times trips.
async fn a_plan_of_all(page: &Page) {
    page.type_anywhere("p").await;
    page.until(&format!("document.querySelectorAll('.plan__rider').length >= {PLANNED}")).await;
    let riders: usize = page.count(".plan__rider").await;
    let options: usize = page.count("dialog option").await;
    assert!(options <= 2 * riders + 20, "{options} options for {riders} riders");
    let (moved, other): (String, String) = page
        .value("[document.querySelector('.plan__rider').dataset.party, [...document.querySelectorAll('.plan__trip')].at(-1).querySelector('.plan__rider').dataset.party]")
        .await;
    let count = "(() => { window.lines = new Set(); new MutationObserver((all) => { for (const one of all) { \
        const line = (one.target.nodeType === 1 ? one.target : one.target.parentElement)?.closest('.plan__rider'); if (line) window.lines.add(line.dataset.party); } }) \
        .observe(document.querySelector('.plan'), { subtree: true, childList: true }); return true; })()";
    assert!(page.value::<bool>(count).await);
    page.choose(&format!("[data-rider='{moved}']"), "out").await;
    page.until_shown(&format!("#plan-out [data-party='{moved}']")).await;
    let lines: Vec<String> = page.value("[...window.lines]").await;
    assert!(lines.len() < riders / 4 && !lines.contains(&other), "{} of {riders} lines were built again", lines.len());
    page.screenshot("crowd-plan").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog").await;
}
