//! The worst night on the dispatcher's page: a plan that cannot look at everybody says how many wait behind it.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::{crowd, sample};
use thirtyfour::Key;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_no_plan_yet_is_said_in_numbers() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let seat = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&seat, sample::QIAOJIA_GATE).await.expect("asked");
    let room = cast.registered(sample::from_country("ITA", 10, 1)).await;
    crowd::copied(&world, &seat, 1_002).await;
    crowd::copied(&world, &room, 1_001).await;
    for (view, seats, rooms) in [
        (View::desktop(), "另有 3 组（6 人）在等座位", "另有 2 组（2 人）在等房间"),
        (
            View::desktop().language(Language::English).dark(),
            "3 parties (6 people) wait for a seat as well",
            "2 parties (2 people) wait for a room as well",
        ),
    ] {
        let page = Browser::start().page(view).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.type_anywhere("p").await;
        page.until_text("#plan-later", seats).await;
        page.press(Key::Escape).await;
        page.until_gone("dialog").await;
        page.type_anywhere("b").await;
        page.until_text("#room-plan-body .note--warn", rooms).await;
        page.assert_no_console_errors().await;
    }
}
