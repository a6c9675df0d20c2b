//! A plan from the dispatcher's page: proposed by a key, changed without a mouse, committed; a family that no vehicle
//! takes whole is left to a person.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_waits_is_planned_by_keyboard() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("中巴 1", 8).await.expect("a bus");
    cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    let mut parties = Vec::new();
    for (number, gate) in
        (0..4).zip([sample::QIAOJIA_GATE, "huangpu-wlq-haiyue-g1", sample::QIAOJIA_GATE, "huangpu-hhz-xicheng-g1"])
    {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        parties.push(party);
    }
    let family = cast.registered(sample::party(30, 9)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    for (language, dark) in [(Language::Chinese, false), (Language::English, true)] {
        let view = View::desktop().language(language);
        let page = Browser::start().page(if dark { view.dark() } else { view }).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.type_anywhere("p").await;
        page.until_shown(".plan__rider").await;
        page.until_shown("dialog .note--warn").await;
        assert_eq!(page.count(".plan__rider").await, 4, "the family is left out, the others are not");
        team::inspect(&page, if dark { "plan-en-night" } else { "plan-zh-day" }).await;
        if dark {
            page.choose(&format!("[data-rider='{}']", parties[3]), "out").await;
            page.until("document.querySelectorAll('.plan__rider').length === 3").await;
            page.tap("#plan-commit").await;
            page.until_gone("dialog").await;
        }
    }
    for party in &parties[..3] {
        assert!(cast.dispatcher.party(party).await["trip"].is_string(), "seated");
    }
    for party in [&parties[3], &family] {
        assert!(cast.dispatcher.party(party).await["trip"].is_null(), "left out");
    }
}
