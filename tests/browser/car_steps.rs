//! Who comes by private car is received with one tap; the three steps follow, each by its own role, and the board keeps the car until
//! none is open.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::scenes::gate::each;
use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_car_is_checked_in_chinese_on_a_phone_by_day() {
    tell(View::phone(), "还差 2 人").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_car_is_checked_in_english_on_a_tablet_at_night() {
    tell(View::tablet().language(Language::English).dark(), "2 people left").await;
}

async fn tell(view: View, left: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    cast.officer.release_car(&party, "沪C12345").await.expect("let go");
    let page = Browser::start().page(view).await;
    let shot = async |page: &Page, name: &str| {
        team::inspect(page, &format!("car-steps-{}-{name}", view.language.tag())).await;
    };
    let (car, list) = (format!(".car[data-party='{party}']"), format!("/gate/{party}/car"));

    team::sign_in(&page, &world, "doctor", &team::board()).await;
    page.until_shown(&car).await;
    assert_eq!(page.count(&format!("#receive-{party}")).await, 0, "the doctor takes nobody over");
    page.tap(&format!("#gate-{party}")).await;
    page.until_shown(".person").await;
    assert_eq!(page.count("[data-step] .btn--primary").await, 0, "nobody is there yet");
    shot(&page, "1-doctor-early").await;

    team::sign_out(&page).await;
    team::sign_in(&page, &world, "leader", &team::board()).await;
    page.tap(&format!("#receive-{party}")).await;
    page.until(&format!("document.querySelectorAll(\"{car} .chip--warn\").length === 3")).await;
    page.until_text(&format!("{car} .chip--warn"), left).await;
    shot(&page, "2-received").await;
    page.tap(&format!("#gate-{party}")).await;
    page.until("location.pathname.endsWith('/car') && document.querySelectorAll('.person').length === 2").await;
    shot(&page, "3-leader").await;
    each(&page, "verify").await;
    for (who, step) in [("police", "inform"), ("doctor", "enrol")] {
        team::sign_out(&page).await;
        team::sign_in(&page, &world, who, &list).await;
        shot(&page, &format!("4-{who}")).await;
        each(&page, step).await;
    }
    page.until_shown(".gate__end .note--ok").await;
    shot(&page, "5-done").await;
    page.tap(".gate__back").await;
    page.until("document.documentElement.dataset.ready && document.querySelector('.live')?.dataset.phase === 'live'")
        .await;
    page.until_gone(&car).await;
}
