//! The administrator opens a site from a list of rooms; the dispatcher's page, open since before, knows it by name; a room goes
//! out of use and comes back; a relay point is opened.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::sample;

use crate::team;

/// What the screens say, in one language.
struct Words {
    tag: &'static str,
    /// How a room is written in a list.
    single: &'static str,
    /// The name of the new site.
    site: &'static str,
    swapped: &'static str,
    twice: &'static str,
}

const ENGLISH: Words = Words {
    tag: "en",
    single: "single",
    site: "Huangpu Observation Site 3",
    swapped: "wrong way round",
    twice: "is already in line",
};

const CHINESE: Words =
    Words {
        tag: "zh", single: "单人", site: "黄浦区第三集中观察点", swapped: "填反", twice: "已在第"
    };

#[tokio::test(flavor = "multi_thread")]
async fn a_site_opens_in_english_by_day() {
    let language = Language::English;
    tell(View::tablet().language(language), View::desktop().language(language), &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_opens_in_chinese_on_a_phone_at_night() {
    tell(View::phone().dark(), View::desktop().dark(), &CHINESE).await;
}

async fn tell(office: View, beside: View, words: &Words) {
    let world = World::start().await;
    team::hire(&world).await;
    let browser = Browser::start();
    let dispatch = browser.page(beside).await;
    team::sign_in(&dispatch, &world, "dispatcher", "/dispatch").await;
    dispatch.until_shown(&format!("#site-{}", sample::SITE_1)).await;
    let admin = browser.page(office).await;
    team::sign_in(&admin, &world, "admin", "/sites").await;
    let inspect =
        async |page: &Page, screen: &str| team::inspect(page, &format!("places-{}-{screen}", words.tag)).await;
    admin.until_shown("[data-site='huangpu-site-2']").await;
    inspect(&admin, "1-places").await;

    admin.tap("#open-site").await;
    names(&admin).await;
    assert_eq!(
        admin.value::<String>("document.querySelector('dialog [name=code]').value").await,
        "huangpu-observation-site-3"
    );
    admin.type_text("dialog [name=code]", "huangpu-site-3").await;
    rooms(&admin, words, inspect).await;
    point(&admin, "gate/location", ("121.5019", "31.2112")).await;
    admin.tap("dialog [type=submit]").await;
    admin.until_text("dialog .field:has([name='gate/location/lat']) .field__error", words.swapped).await;
    admin.screenshot(&format!("places-{}-3-swapped", words.tag)).await;
    admin.assert_no_console_errors_but(&["422"]).await;
    point(&admin, "gate/location", ("31.2112", "121.5019")).await;
    team::confirm(&admin).await;
    admin.until_shown("[data-site='huangpu-site-3']").await;
    dispatch.until_text("#site-huangpu-site-3", words.site).await;
    team::inspect(&dispatch, &format!("places-{}-4-beside", words.tag)).await;

    room_and_relay(&admin, inspect).await;
    dispatch.until_text(".site:has(#site-huangpu-site-3)", "39").await;
}

async fn names(admin: &Page) {
    for (name, value) in [
        ("name/zh", "黄浦区第三集中观察点"),
        ("name/en", "Huangpu Observation Site 3"),
        ("gate/compound/zh", "江边学校"),
        ("gate/compound/en", "Riverside school"),
    ] {
        admin.type_text(&format!("dialog [name='{name}']"), value).await;
    }
}

async fn point(admin: &Page, at: &str, (lat, lon): (&str, &str)) {
    admin.type_text(&format!("dialog [name='{at}/lat']"), lat).await;
    admin.type_text(&format!("dialog [name='{at}/lon']"), lon).await;
}

/// A row of doors by the small form, and a line that is wrong until it is mended.
async fn rooms(admin: &Page, words: &Words, inspect: impl AsyncFn(&Page, &str)) {
    admin
        .type_text(
            "dialog [name=rooms]",
            &format!("101 {single} 1\n205 {single} x\n101 {single} 2\n", single = words.single),
        )
        .await;
    admin.until_text("[data-line='3']", words.twice).await;
    assert_eq!(admin.count("dialog tr[data-wrong=true]").await, 2);
    admin.until("(document.querySelector('dialog .range').scrollIntoView(), true)").await;
    inspect(admin, "2-list").await;
    admin.type_text("dialog [name=rooms]", "").await;
    admin.type_text("#row-from", "201").await;
    admin.type_text("#row-to", "240").await;
    admin.tap("#row-add").await;
    admin.until_text("[data-line='1']", "201–240").await;
    assert_eq!(admin.count("dialog tr[data-wrong=true]").await, 0);
}

async fn room_and_relay(admin: &Page, inspect: impl AsyncFn(&Page, &str)) {
    let site = "[data-site='huangpu-site-3']";
    admin.tap(&format!("{site} summary")).await;
    admin.tap(&format!("{site} [data-room='203']")).await;
    admin.type_text("dialog [name=reason]", "淋浴损坏").await;
    inspect(admin, "5-out").await;
    team::confirm(admin).await;
    admin.until_shown(&format!("{site} [data-room='203'][data-out=true]")).await;
    inspect(admin, "6-rooms").await;
    admin.tap("#open-relay").await;
    admin.type_text("dialog [name='name/zh']", "陆家浜路停车场交接点").await;
    admin.type_text("dialog [name='name/en']", "Lujiabang Road car park").await;
    point(admin, "location", ("31.2085", "121.4920")).await;
    inspect(admin, "7-relay").await;
    team::confirm(admin).await;
    admin.tap("[data-relay='lujiabang-road-car-park'] button").await;
    admin.type_text("dialog [name=reason]", "施工").await;
    team::confirm(admin).await;
    admin.until_shown("[data-relay='lujiabang-road-car-park'] .chip--alarm").await;
    admin.until("(scrollTo(0, document.body.scrollHeight), true)").await;
    inspect(admin, "8-relay-out").await;
}

/// The manager sees the doors, and one of them goes out of use while somebody lives behind it.
#[tokio::test(flavor = "multi_thread")]
async fn a_manager_takes_a_room_out_of_use() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = homeward_tests::cast::Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    cast.living(&manager, 1, 3).await;
    let site = Browser::start().page(View::tablet()).await;
    team::sign_in(&site, &world, "site", "/site").await;
    site.tap(".rooms__fold summary").await;
    site.tap("[data-room='203']").await;
    site.until_shown("dialog .note--info").await;
    site.type_text("dialog [name=reason]", "淋浴损坏").await;
    team::inspect(&site, "places-zh-9-lived").await;
    team::confirm(&site).await;
    site.until_shown("[data-room='203'][data-use=lived][data-out=true]").await;
    site.until("(document.querySelector('.rooms__fold').scrollIntoView(), true)").await;
    team::inspect(&site, "places-zh-10-manager").await;
    site.tap("[data-room='203']").await;
    site.type_text("dialog [name=reason]", "已修好").await;
    team::confirm(&site).await;
    site.until_shown("[data-room='203'][data-out=false]").await;
}
