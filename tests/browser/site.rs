//! At a site and beside it: who lives there and leaves by two taps, the days to come, closed by its manager, opened by the
//! dispatcher.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_site_lives_in_english_by_day() {
    tell(View::tablet().language(Language::English), View::desktop().language(Language::English), "en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_lives_in_chinese_on_a_phone_at_night() {
    tell(View::phone().dark(), View::desktop().dark(), "zh").await;
}

async fn tell(at_the_site: View, beside: View, tag: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let party = cast.living(&manager, 1, 3).await;
    cast.placed(11, 1).await;
    let browser = Browser::start();
    let site = browser.page(at_the_site).await;
    team::sign_in(&site, &world, "site", "/site").await;
    let inspect = async |page: &Page, screen: &str| team::inspect(page, &format!("site-{tag}-{screen}")).await;

    site.until_shown(&format!(".stay[data-party='{party}']")).await;
    site.until("document.querySelectorAll('.forecast thead th').length === 15").await;
    assert_eq!(site.count(".hold").await, 1, "a room waits");
    inspect(&site, "1-living").await;
    site.tap(&format!("#leave-{party}")).await;
    site.tap("dialog .choice:has([value=early])").await;
    site.type_text("dialog [name=reason]", "Dialysis at Renji").await;
    inspect(&site, "2-leaves").await;
    team::confirm(&site).await;
    site.until_gone(".stay").await;
    site.until_text(".bed:first-child b", "47").await;

    site.tap(&format!("#close-{}", sample::SITE_1)).await;
    site.type_text("dialog [name=reason]", "Burst pipe").await;
    team::confirm(&site).await;
    site.until_shown(".note--alarm").await;
    inspect(&site, "3-closed").await;
    dispatcher_opens(&world, &browser.page(beside).await, inspect).await;
    site.until_gone(".note--alarm").await;
}

async fn dispatcher_opens(world: &World, dispatch: &Page, inspect: impl AsyncFn(&Page, &str)) {
    team::sign_in(dispatch, world, "dispatcher", "/dispatch").await;
    let name = format!("#site-{}", sample::SITE_1);
    dispatch.until_shown(&format!(".site:has({name}) .forecast__line")).await;
    dispatch.tap(&name).await;
    dispatch.until_shown("dialog .forecast").await;
    inspect(dispatch, "4-beside").await;
    dispatch.tap(&format!("dialog #open-{}", sample::SITE_1)).await;
    dispatch.type_text("dialog [name=reason]", "Mended").await;
    team::confirm(dispatch).await;
    dispatch.until(&format!("document.querySelector(\".site:has({name})\").dataset.full === 'false'")).await;
}

/// The manager leads the one squad a site has; what was answered is shown as answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_site_answers_a_notice_once() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.placed(1, 2).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let site = Browser::start().page(View::tablet()).await;
    team::sign_in(&site, &world, "site", "/site").await;
    let (answer, row) = (format!("#ack-{stop}"), format!("[data-stop='{stop}']"));
    site.tap(&answer).await;
    site.until_shown(&format!("{row} .squad__in")).await;
    site.until_gone(&answer).await;
    site.until_shown(&format!("#muster-{stop}")).await;
    team::inspect(&site, "site-5-answered").await;
}
