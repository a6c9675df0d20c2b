//! A private car on its way whose home turns out unsuitable: the gate may not receive it, the dispatcher is told, phones the
//! driver and sends the car to a site, by keys alone; the old board no longer waits, the site's does.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use thirtyfour::Key;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_car_is_sent_to_a_site_in_chinese_by_day() {
    tell(Language::Chinese, false, "没有单独房间").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_car_is_sent_to_a_site_in_english_at_night() {
    tell(Language::English, true, "no room of their own").await;
}

/// On the road to a home that the sub-district agreed to and the committee has not seen.
async fn under_way(cast: &Cast) -> String {
    let party = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    cast.leader.agree(&party).await.expect("agreed");
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    cast.officer.release_car(&party, "沪C12345").await.expect("let go");
    party
}

async fn tell(language: Language, dark: bool, why: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let party = under_way(&cast).await;
    let browser = Browser::start();
    let see = |view: View| {
        let view = view.language(language);
        browser.page(if dark { view.dark() } else { view })
    };
    let (dispatch, gate) = (see(View::desktop()).await, see(View::phone()).await);
    let site = see(View::tablet()).await;
    team::sign_in(&dispatch, &world, "dispatcher", "/dispatch").await;
    team::sign_in(&gate, &world, "leader", &team::board()).await;
    team::sign_in(&site, &world, "site", &format!("/board/{}", sample::SITE_1)).await;
    let shot = |page, name: &str| inspect(page, language, name.to_owned());

    let row = format!(".car[data-party='{party}']");
    let receive = format!("#receive-{party}");
    gate.until_shown(&row).await;
    gate.tap(&receive).await;
    gate.until_shown(".toast--alarm").await;
    gate.assert_no_console_errors_but(&["409"]).await;
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "private_car", "nobody gets off unseen");
    shot(&gate, "1-not-received").await;

    cast.committee.home_is_unsuitable(&party, why).await.expect("said");
    dispatch.until_shown(".alerts button.alert").await;
    dispatch.value::<serde_json::Value>("document.querySelector('.alerts button.alert').focus()").await;
    dispatch.press(Key::Enter).await;
    dispatch.until_shown("#do-divert").await;
    shot(&dispatch, "2-alert").await;
    dispatch.value::<serde_json::Value>("document.querySelector('#do-call-car').focus()").await;
    dispatch.press(Key::Enter).await;
    dispatch.until_shown(".contacts a[href='tel:13900000009']").await;
    dispatch.press(Key::Escape).await;
    dispatch.until_gone("dialog").await;
    dispatch.value::<serde_json::Value>("document.querySelector('#do-divert').focus()").await;
    dispatch.press(Key::Enter).await;
    dispatch.until_shown("dialog [name=to]").await;
    dispatch.until_shown("dialog a[href='tel:13900000009']").await;
    dispatch.choose("dialog [name=to]", &format!("site:{}", sample::SITE_1)).await;
    dispatch.type_text("dialog [name=reason]", why).await;
    shot(&dispatch, "3-order").await;
    team::confirm(&dispatch).await;
    dispatch.until_gone(".alerts button.alert").await;

    gate.until_gone(&row).await;
    site.until_shown(&row).await;
    shot(&site, "4-site").await;
    site.tap(&receive).await;
    site.until_gone(&receive).await;
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 2);
}

async fn inspect(page: &Page, language: Language, name: String) {
    team::inspect(page, &format!("car-{}-{name}", language.tag())).await;
}
