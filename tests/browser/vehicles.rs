//! The district's vehicles beside the queue: what each does, one taken out of service, one disinfected after it came back.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn vehicles_in_english_by_day() {
    tell(View::desktop().language(Language::English), "en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn vehicles_in_chinese_at_night() {
    tell(View::tablet().dark(), "zh").await;
}

async fn tell(office: View, tag: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let spare = cast.dispatcher.add_vehicle("2号车", 14).await.expect("a vehicle").subject;
    let inspect = async |page: &Page, screen: &str| team::inspect(page, &format!("vehicles-{tag}-{screen}")).await;
    let browser = Browser::start();
    let page = browser.page(office).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    let button = format!("[id='vehicle-{spare}']");
    page.until_shown(&format!("{button} .chip--ok")).await;
    assert_eq!(page.count(".fleet__strip .note").await, 0, "one vehicle is on standby");

    page.tap(&button).await;
    page.tap("dialog [data-do=take-out]").await;
    page.type_text("dialog [name=reason]", "Brakes").await;
    team::confirm(&page).await;
    page.until_shown(&format!("{button} .chip--alarm")).await;
    page.until_shown(".fleet__strip .note").await;
    inspect(&page, "1-none-on-standby").await;

    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("3号车", 9, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    page.until_shown(".fleet .chip--info").await;
    cast.handed_over(&stop).await;
    page.until_shown(".fleet .chip--warn").await;
    let waiting = cast.registered(sample::party(5, 1)).await;
    cast.agreed_home(&waiting).await;
    let vehicle = cast.dispatcher.trip(&trip).await["vehicle"]["id"].as_str().expect("a vehicle").to_owned();
    let next = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    cast.dispatcher.crew(&next, &[&cast.escort, &cast.second]).await.expect("a crew");
    cast.seated(&waiting, &next).await;

    cast.escort.open_boarding(&next).await.expect_err("nobody has cleaned it");
    inspect(&page, "2-to-be-disinfected").await;
    page.tap(&format!("[id='vehicle-{vehicle}']")).await;
    inspect(&page, "3-sheet").await;
    page.tap("dialog .btn--primary").await;
    page.until_gone(".fleet .chip--warn").await;
    cast.escort.open_boarding(&next).await.expect("clean");
    plate_that_is_none(&page, tag).await;
}

/// What is wrong with a field is said at the field, in the reader's language.
async fn plate_that_is_none(page: &Page, tag: &str) {
    page.tap("#new-vehicle").await;
    page.type_text("dialog [name=name]", "4号车").await;
    page.type_text("dialog [name=plate]", "?").await;
    page.type_text("dialog [name=seats]", "6").await;
    page.tap("dialog[open] [type=submit]").await;
    page.until_text("dialog [id$=-error]:not(:empty)", if tag == "zh" { "车牌格式不对" } else { "not a plate" }).await;
}
