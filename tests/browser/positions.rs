//! A phone on the dashboard: enrolled by the dispatcher with a code to scan, heard on the way; at the gate the escort is
//! asked and the board says so.

use homeward_tests::World;
use homeward_tests::actor::Phone;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_enrolled_and_tells_that_the_gate_is_near() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let vehicle = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a vehicle").subject;
    let browser = Browser::start();
    let dispatch = browser.page(View::desktop().language(Language::Chinese)).await;
    let phone = enrolled(&world, &dispatch, &vehicle).await;

    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
    let stop = cast.seated(&party, &trip).await;
    cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
    cast.departed(&trip).await;
    let place = cast.escort.trip(&trip).await.expect("their trip")["places"][0].clone();
    let degrees = |member: &str| place[member].as_f64().expect("degrees");
    world.pass(40).await;
    assert_eq!(phone.tell((degrees("lat") + 0.001, degrees("lon")), world.now()).await, 200);
    world.pass(0).await;

    let board = browser.page(View::wall().dark()).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    board.until_text(&format!("[data-stop='{stop}'] .when__label"), "即将到达").await;
    team::inspect(&board, "positions-3-board-zh-night").await;
    for (language, dark, name) in [(Language::Chinese, true, "zh-night"), (Language::English, false, "en-day")] {
        let view = View::phone().language(language);
        let page = browser.page(if dark { view.dark() } else { view }).await;
        team::sign_in(&page, &world, cast.escort.username(), &format!("/trip/{trip}")).await;
        page.until_shown(".trip__action .note--info").await;
        page.until_shown("a[href^='https://uri.amap.com/navigation']").await;
        assert_eq!(page.count("#offer").await, 0, "nobody is handed over by a phone");
        team::inspect(&page, &format!("positions-4-escort-{name}")).await;
    }
    dispatch.tap("#more").await;
    dispatch.tap("#phones").await;
    dispatch.until_text(&format!("[data-device='{}']", phone.id), "定位正常").await;
    dispatch.tap(&format!("[data-device='{}'] .btn--danger", phone.id)).await;
    dispatch.until_text(&format!("[data-device='{}']", phone.id), "已停用").await;
    team::inspect(&dispatch, "positions-5-revoked").await;
    assert_eq!(phone.tell((31.2, 121.6), world.now()).await, 401);
}

async fn enrolled(world: &World, page: &Page, vehicle: &str) -> Phone {
    team::sign_in(page, world, "dispatcher", "/dispatch").await;
    page.tap("#more").await;
    page.tap("#phones").await;
    team::inspect(page, "positions-1-no-phone").await;
    page.tap("#phone-enrol").await;
    page.choose("dialog [name=vehicle]", vehicle).await;
    page.type_text("dialog [name=label]", "3 号车车载手机").await;
    page.tap("dialog[open] form [type=submit]").await;
    page.until_shown(".phones__qr svg").await;
    team::inspect(page, "positions-2-qr").await;
    let token = page.text("dd:last-of-type .phones__secret").await;
    page.tap("dialog:has(.phones__qr) .btn--primary").await;
    page.until_shown(".phones__line").await;
    let id: String = page.value("document.querySelector('.phones__line').dataset.device").await;
    page.tap("dialog:has(#phone-enrol) .btn:not(.btn--primary):not(.btn--danger)").await;
    Phone { id, token, base: world.base().to_owned() }
}
