//! Who drives, on the dispatcher's page and by keyboard alone: a driver is added, named for a trip, stood down and brought back;
//! somebody else is typed, and a driver who is on the road with another vehicle is seen where people get on.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;
use thirtyfour::Key;

use crate::team::{self, tab_to};

/// What the screens say in one language.
struct Words {
    none: &'static str,
    free: &'static str,
    road: &'static str,
    named: &'static str,
    off: &'static str,
    usual: &'static str,
    card_off: &'static str,
    taken: &'static str,
    away: &'static str,
    outside: &'static str,
    no_way_back: &'static str,
}

const ZH: Words = Words {
    none: "还没有驾驶员",
    free: "空闲",
    road: "随 大巴 1 在途",
    named: "已排 面包车 2",
    off: "起暂停出车（",
    usual: "赵师傅（常用驾驶员） · 空闲",
    card_off: "驾驶员赵师傅自",
    taken: "该电话已登记在钱师傅名下",
    away: "起仍驾驶 大巴 1 在途",
    outside: "驾驶员钱师傅值勤时段为 06:00–07:00",
    no_way_back: "此操作不可撤回",
};

const EN: Words = Words {
    none: "No drivers yet",
    free: "Free",
    road: "On the road with 大巴 1",
    named: "Named for 面包车 2",
    off: "Off duty since",
    usual: "赵师傅 (usual driver) · Free",
    card_off: "Driver 赵师傅 has been off duty",
    taken: "钱师傅 has this phone",
    away: "Driver 钱师傅 has been on the road with 大巴 1",
    outside: "Driver 钱师傅 is on duty 06:00–07:00 only",
    no_way_back: "There is no way back",
};

#[tokio::test(flavor = "multi_thread")]
async fn drivers_by_keyboard_in_chinese_by_day() {
    tell(View::desktop(), &ZH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drivers_by_keyboard_in_english_at_night() {
    tell(View::tablet().language(Language::English).dark(), &EN).await;
}

async fn enter_on(page: &Page, css: &str) {
    tab_to(page, css).await;
    page.press(Key::Enter).await;
}

async fn write_down(page: &Page, field: &str, words: &str) {
    tab_to(page, &format!("dialog [name='{field}']")).await;
    page.type_anywhere(words).await;
}

/// Goes down a list of choices until this one is chosen.
async fn down_to(page: &Page, field: &str, value: &str) {
    tab_to(page, &format!("dialog [name='{field}']")).await;
    for _ in 0..10 {
        if page.value::<String>("document.activeElement.value").await == value {
            return;
        }
        page.press(Key::Down).await;
    }
    panic!("{field} never comes to {value}");
}

async fn open_drivers(page: &Page) {
    enter_on(page, "#more").await;
    enter_on(page, "#drivers").await;
    page.until_shown("#driver-add").await;
}

async fn leave(page: &Page) {
    page.press(Key::Escape).await;
    page.until_gone("dialog").await;
}

/// A driver with name, phone and usual vehicle; gives the id.
async fn add(page: &Page, vehicle: &str) -> String {
    enter_on(page, "#driver-add").await;
    page.until_shown("dialog [name=usual]").await;
    write_down(page, "name", "赵师傅").await;
    write_down(page, "phone", "13900001111").await;
    down_to(page, "usual", vehicle).await;
    enter_on(page, "dialog form [type=submit]").await;
    page.until_shown("[data-driver]").await;
    page.value("document.querySelector('[data-driver]').dataset.driver").await
}

/// A bus on the road with a driver of its own; gives the driver.
async fn on_the_road(world: &World, cast: &Cast) -> String {
    let bus = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus").subject;
    let driver = cast.dispatcher.add_driver("钱师傅", "13900002222", None).await.expect("a driver").subject;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    let crew = [&cast.escort, &cast.second];
    cast.dispatcher.crew_with(&trip, &json!({ "id": driver }), &crew).await.expect("a crew");
    cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    driver
}

async fn tell(view: View, words: &Words) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let van = cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van").subject;
    let party = cast.registered(sample::party(5, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(&van, world.now()).await.expect("a plan").subject;
    cast.seated(&party, &trip).await;
    let tag = view.language.tag();
    let picture = |name: &str| format!("drivers-{tag}-{name}");
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    let card = format!(".trip[data-trip='{trip}']");
    page.until_shown(&card).await;

    open_drivers(&page).await;
    page.until_text("dialog .empty", words.none).await;
    team::inspect(&page, &picture("1-none")).await;
    let zhao = add(&page, &van).await;
    let line = format!("[data-driver='{zhao}']");
    page.until_text(&format!("{line} .chip--ok"), words.free).await;
    leave(&page).await;
    let qian = on_the_road(&world, &cast).await;

    the_usual_one_comes_first(&page, &van, words).await;
    name_the_usual_one(&page, (&card, &zhao, &qian), words, &picture("2-crew")).await;
    stand_down(&page, (&card, &zhao, &qian), words, &picture("3-list")).await;
    team::inspect(&page, &picture("4-off-duty")).await;
    somebody_else(&page, &card, words, &picture("5-somebody-else")).await;

    enter_on(&page, &format!("{card} [data-do=crew]")).await;
    down_to(&page, "driver/id", &qian).await;
    enter_on(&page, "dialog form [type=submit]").await;
    page.until_gone("dialog").await;
    cast.dispatcher.write(&format!("/v1/trips/{trip}/boarding"), json!({})).await.expect("boarding");
    page.until_text(&card, words.away).await;
    team::inspect(&page, &picture("6-away")).await;
    let morning = json!({ "shift": { "from": "06:00", "until": "07:00" } });
    cast.dispatcher.keep_driver(&qian, "shift", morning).await.expect("hours");
    page.until_text(&card, words.outside).await;
    team::inspect(&page, &picture("7-outside")).await;
    erase(&page, &zhao, words, &picture("8-erase")).await;
    page.assert_no_console_errors().await;
}

/// Whoever is off duty and on no trip is erased, after a question; the focus stays in the list.
async fn erase(page: &Page, zhao: &str, words: &Words, picture: &str) {
    open_drivers(page).await;
    enter_on(page, &format!("#driver-{zhao}-erase")).await;
    page.until_text("dialog:last-of-type", words.no_way_back).await;
    team::inspect(page, picture).await;
    enter_on(page, "dialog:last-of-type form [type=submit]").await;
    page.until_gone(&format!("[data-driver='{zhao}']")).await;
    page.until("document.activeElement.id === 'driver-add'").await;
}

/// What a new trip offers once its vehicle is chosen.
async fn the_usual_one_comes_first(page: &Page, vehicle: &str, words: &Words) {
    enter_on(page, "#new-trip").await;
    page.until_shown("dialog [name='driver/id']").await;
    down_to(page, "vehicle", vehicle).await;
    assert_eq!(option(page, 1).await, words.usual);
    leave(page).await;
}

/// The words of one driver to choose from; the first choice is nobody.
async fn option(page: &Page, at: u8) -> String {
    page.value(&format!("document.querySelector(\"[name='driver/id']\").options[{at}].text")).await
}

/// The vehicle's usual driver stands first, who is on the road says so.
async fn name_the_usual_one(page: &Page, (card, zhao, qian): (&str, &str, &str), words: &Words, picture: &str) {
    enter_on(page, &format!("{card} [data-do=crew]")).await;
    page.until_shown("dialog [name='driver/id']").await;
    assert_eq!(option(page, 1).await, words.usual, "who drives it as a rule comes first");
    assert!(option(page, 2).await.contains(words.road), "{}", option(page, 2).await);
    assert_eq!(page.count("dialog [name='driver/name']:not([hidden] *)").await, 0, "nobody has to be typed");
    down_to(page, "driver/id", zhao).await;
    team::inspect(page, picture).await;
    enter_on(page, "dialog form [type=submit]").await;
    page.until_gone("dialog").await;
    page.until_text(card, "赵师傅").await;
    page.until("document.activeElement.dataset.do === 'crew'").await;
    open_drivers(page).await;
    page.until_text(&format!("[data-driver='{qian}']"), words.road).await;
}

/// One tap each, and the focus stays on the button that was pressed.
async fn stand_down(page: &Page, (card, zhao, _): (&str, &str, &str), words: &Words, picture: &str) {
    let (line, button) = (format!("[data-driver='{zhao}']"), format!("driver-{zhao}-duty"));
    let stays = format!("document.activeElement.id === '{button}'");
    page.until_text(&line, words.named).await;
    team::inspect(page, picture).await;
    enter_on(page, &format!("#{button}")).await;
    page.until_text(&line, words.off).await;
    page.until(&stays).await;
    page.press(Key::Enter).await;
    page.until(&format!("!document.querySelector(\"{line}\").textContent.includes('{}')", words.off)).await;
    page.until(&stays).await;
    page.press(Key::Enter).await;
    page.until_text(&line, words.off).await;
    page.until_text(card, words.card_off).await;
    page.until(&stays).await;
}

/// The phone is somebody's: said at the field. Mended, the new one enters the list.
async fn somebody_else(page: &Page, card: &str, words: &Words, picture: &str) {
    leave(page).await;
    enter_on(page, &format!("{card} [data-do=crew]")).await;
    page.until_shown("dialog [name='driver/id']").await;
    assert_eq!(page.count("dialog [name='driver/id'] option:disabled").await, 1, "who is off duty cannot be chosen");
    down_to(page, "driver/id", "other").await;
    write_down(page, "driver/name", "孙师傅").await;
    write_down(page, "driver/phone", "13900002222").await;
    enter_on(page, "dialog form [type=submit]").await;
    page.until_text("dialog .field:has([name='driver/phone']) .field__error", words.taken).await;
    page.until("document.activeElement.name === 'driver/phone'").await;
    page.assert_no_console_errors_but(&["409"]).await;
    team::inspect(page, picture).await;
    for _ in 0..4 {
        page.press(Key::Backspace).await;
    }
    page.type_anywhere("3333").await;
    enter_on(page, "dialog form [type=submit]").await;
    page.until_gone("dialog").await;
    page.until_text(card, "孙师傅").await;
}
