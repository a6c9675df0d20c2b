//! What a dispatcher lays down: a party that stays on its trip whatever is proposed next, and what the escorts speak.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_party_stays_and_an_escort_speaks_japanese_in_chinese_by_day() {
    tell(View::desktop(), "日语").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_party_stays_and_an_escort_speaks_japanese_in_english_at_night() {
    tell(View::phone().language(Language::English).dark(), "Japanese").await;
}

async fn tell(view: View, japanese: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    for number in 0..4 {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    }
    let tag = view.language.tag();
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    pin(&page, tag).await;
    escorts(&page, tag, japanese).await;
}

/// The van makes two trips; who is moved to the first one by hand is there again in the next proposal.
async fn pin(page: &Page, tag: &str) {
    page.tap("#plan").await;
    page.until("document.querySelectorAll('.plan__trip .plan__rider').length === 4").await;
    let last: String =
        page.value("document.querySelector('.plan__trip:last-child .plan__rider:last-child').dataset.party").await;
    let first: String = page.value("document.querySelector('.plan__trip .plan__rider').dataset.party").await;
    let held = |party: &str| format!("[data-pin='{party}'][aria-pressed=true]");
    page.tap(&format!("[data-pin='{first}']")).await;
    page.until_shown(&held(&first)).await;
    page.tap(&format!("[data-pin='{last}']")).await;
    page.until_shown(&held(&last)).await;
    team::inspect(page, &format!("pins-{tag}-1-pinned")).await;
    page.tap("#plan-again").await;
    page.until("document.querySelectorAll('.plan__trip .plan__rider').length === 4").await;
    page.until_shown(&held(&last)).await;
    let on = format!("document.querySelector(\".plan [data-party='{last}']\").closest('[data-at]').dataset.at");
    page.until(&format!("{on} === '1'")).await;
    page.tap(&format!("[data-pin='{first}']")).await;
    page.until_gone(&held(&first)).await;
    page.value::<serde_json::Value>("document.querySelector('dialog').close()").await;
    page.until_gone("dialog").await;
}

async fn escorts(page: &Page, tag: &str, japanese: &str) {
    page.tap("#more").await;
    page.tap("#escorts").await;
    page.until_shown("dialog [data-escort]").await;
    let one: String = page.value("document.querySelector('dialog [data-escort]').dataset.escort").await;
    page.tap(&format!("[data-escort='{one}'] button")).await;
    page.tap("dialog .check:has([name=languages][value=ja])").await;
    team::inspect(page, &format!("pins-{tag}-2-languages")).await;
    page.tap("dialog [type=submit]").await;
    page.until_text(&format!("[data-escort='{one}']"), japanese).await;
    team::inspect(page, &format!("pins-{tag}-3-escorts")).await;
}
