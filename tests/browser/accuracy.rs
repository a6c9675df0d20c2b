//! How true the times were, as an operator reads it: sentences, small charts, nothing yet, by key and by finger.

use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use thirtyfour::Key;

use crate::team;

/// One evening: two vehicles that came, one of them before the squad.
async fn evening(world: &World, cast: &Cast) {
    for (number, minutes) in [(1_u32, 55), (2, 20)] {
        let party = cast.registered(sample::party(number * 10, 2)).await;
        cast.agreed_home(&party).await;
        let trip = cast.trip(&format!("大巴 {number}"), 19, world.now()).await;
        let stop = cast.seated(&party, &trip).await;
        world.pass(10).await;
        cast.departed(&trip).await;
        world.pass(minutes).await;
        cast.handed_over(&stop).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_truth_about_our_times_is_said_in_sentences() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let browser = Browser::start();
    let desktop = browser.page(View::desktop()).await;
    team::sign_in(&desktop, &world, "dispatcher", "/").await;
    desktop.tap("a[href='/accuracy']").await;
    desktop.until_text("#accuracy .empty", "这段时间没有车到门口").await;
    team::inspect(&desktop, "accuracy-1-empty").await;

    evening(&world, &cast).await;
    desktop.reload().await;
    desktop.until_text(".said__line--main", "2 次到达").await;
    desktop.until_text(".said", "1 次车比小分队先到（50%）").await;
    desktop.until_text(".said", "样本太少").await;
    desktop.until_text("#receivers tbody", "乔家").await;
    team::inspect(&desktop, "accuracy-2-day-zh").await;

    let phone = browser.page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &world, "dispatcher", "/accuracy").await;
    phone.until_text(".said__line--main", "2 arrivals").await;
    phone.until_text("#horizon tbody", "30 min").await;
    team::inspect(&phone, "accuracy-3-night-en").await;
    phone.tap(".meanings summary").await;
    phone.until_shown(".meanings dd").await;
    team::inspect(&phone, "accuracy-3-night-en-meanings").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_days_are_chosen_by_key_and_who_has_no_business_there_is_told() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    evening(&world, &cast).await;
    world.pass(9 * 24 * 60).await;
    let browser = Browser::start();
    let page = browser.page(View::desktop().language(Language::English)).await;
    team::sign_in(&page, &world, "dispatcher", "/accuracy").await;
    page.until_text("#accuracy .empty", "No vehicle came").await;
    page.value::<()>("document.querySelector('[name=days]').focus()").await;
    page.press(Key::Right).await;
    page.until("document.querySelector('#accuracy').dataset.days === '28'").await;
    page.until_text(".said__line--main", "2 arrivals").await;
    team::inspect(&page, "accuracy-4-four-weeks").await;

    let squad = browser.page(View::phone()).await;
    team::sign_in(&squad, &world, "leader", "/accuracy").await;
    squad.until_text("main", "此页供区指挥部").await;
    team::inspect(&squad, "accuracy-5-not-for-squads").await;
}
