//! At the airport: the desk registers by passport reader; the dispatcher decides and assigns.

use homeward_tests::browser::Page;
use homeward_tests::sample;

use crate::mrz::Passport;
use crate::story::Stage;
use crate::team;

const WANG: Passport =
    Passport { country: "CHN", surname: "WANG", given: "XIAOMEI", number: "E00000101", born: "850412", sex: 'F' };
const TANAKA: Passport =
    Passport { country: "JPN", surname: "TANAKA", given: "YUKI", number: "TZ0000102", born: "830630", sex: 'M' };

/// Two residents, two scans, one party; answers its id.
pub async fn register(stage: &Stage, desk: &Page) -> String {
    team::sign_in(desk, &stage.world, "desk", "/desk").await;
    stage.inspect(desk, "desk-1-empty").await;
    complete(desk).await;
    stage.inspect(desk, "desk-2-complete").await;
    desk.tap("#register").await;
    desk.until_text(".outcome__label", "P1-001").await;
    desk.until_shown(".parties__row").await;
    stage.inspect(desk, "desk-3-registered").await;
    desk.value("document.querySelector('.parties__row').dataset.party").await
}

/// Everything up to the last button.
pub async fn complete(desk: &Page) {
    scan(desk, &WANG, 0).await;
    scan(desk, &TANAKA, 1).await;
    desk.type_text("[name='flight/number']", "NH919").await;
    desk.type_text("[name='flight/origin']", "NRT").await;
    for member in 0..2 {
        desk.type_text(&format!("[name='members/{member}/screening/temperature_c']"), "36.5").await;
        desk.type_text(&format!("[name='members/{member}/phone']"), "13900000000").await;
    }
    desk.tap("[data-quick=JPN]").await;
    desk.until_shown(".sojourn").await;
    desk.tap(".choice:has([name=responsible][value='310101017'])").await;
    desk.choose("[name=gate]", sample::QIAOJIA_GATE).await;
    desk.type_text("[name=address]", "2-301").await;
    desk.tap(".choice:has([name=languages][value=ja])").await;
}

/// The focus is where the reader's keys belong; what was read stands in the member's fields.
async fn scan(desk: &Page, passport: &Passport, member: usize) {
    desk.until("document.activeElement.id === 'scan'").await;
    desk.type_anywhere(&passport.typed()).await;
    let field = |name: &str| format!("document.querySelector(\"[name='members/{member}/{name}']\")?.value");
    desk.until(&format!("{} === '{}'", field("name/surname"), passport.surname)).await;
    desk.until(&format!("{} === '{}'", field("document/number"), passport.number)).await;
    desk.until("document.querySelector('.scan').dataset.state === 'ok'").await;
}

/// Proposes the home; the communities hear of it.
pub async fn propose_home(stage: &Stage, party: &str) {
    let dispatch = &stage.dispatch;
    team::sign_in(dispatch, &stage.world, "dispatcher", "/dispatch").await;
    dispatch.tap(&format!("[data-party='{party}']")).await;
    stage.inspect(dispatch, "dispatch-1-waiting").await;
    dispatch.tap("#do-home").await;
    dispatch.choose("dialog [name=gate]", sample::QIAOJIA_GATE).await;
    dispatch.type_text("dialog [name=co_residents]", "1").await;
    for said in ["own_room", "own_toilet", "co_residents_consent"] {
        dispatch.tap(&format!("dialog [name={said}]")).await;
    }
    stage.inspect(dispatch, "dispatch-2-home").await;
    team::confirm(dispatch).await;
}

/// A vehicle, a trip with its crew, seats for the party, boarding open; answers the trip's id.
pub async fn assign(stage: &Stage, party: &str) -> String {
    let dispatch = &stage.dispatch;
    dispatch.tap("#new-vehicle").await;
    dispatch.type_text("dialog [name=name]", "大巴 1").await;
    dispatch.type_text("dialog [name=seats]", "19").await;
    team::confirm(dispatch).await;
    plan(stage).await;
    dispatch.until_shown("[data-trip]").await;
    let trip: String = dispatch.value("document.querySelector('.trip[data-trip]').dataset.trip").await;
    dispatch.tap(&format!("[data-party='{party}']")).await;
    dispatch.until_shown(".proposal button").await;
    stage.inspect(dispatch, "dispatch-4-proposals").await;
    dispatch.tap(&format!(".proposal[data-trip='{trip}'] button")).await;
    dispatch.until_shown(".trip [data-stop]").await;
    stage.inspect(dispatch, "dispatch-5-seated").await;
    trip
}

async fn plan(stage: &Stage) {
    let dispatch = &stage.dispatch;
    dispatch.tap("#new-trip").await;
    dispatch.until_shown("dialog").await;
    let vehicle: String =
        dispatch.value("document.querySelector('dialog [name=vehicle] option:last-child').value").await;
    dispatch.choose("dialog [name=vehicle]", &vehicle).await;
    dispatch.choose("dialog [name='driver/id']", "other").await;
    dispatch.type_text("dialog [name='driver/name']", "陈师傅").await;
    dispatch.type_text("dialog [name='driver/phone']", "13800000001").await;
    for place in [1, 2] {
        dispatch.tap(&format!("dialog .field:nth-of-type({place}) > .check [name=escorts]")).await;
    }
    dispatch.type_text("dialog [name=plate]", "沪A86H01").await;
    stage.inspect(dispatch, "dispatch-3-trip").await;
    team::confirm(dispatch).await;
}
