//! A change of vehicle on two phones: planned on the dispatcher's page, done person by person, one does not appear; then the
//! van breaks down and its board says so.

use homeward_tests::World;
use homeward_tests::actor::{Actor, Escort};
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::sample;
use serde_json::json;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn two_escorts_pass_people_on_in_chinese_by_day() {
    tell(Language::Chinese, false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_escorts_pass_people_on_in_english_at_night() {
    tell(Language::English, true).await;
}

/// Windows that stay open during the story, and who is in it.
struct Stage {
    world: World,
    cast: Cast,
    tag: &'static str,
    dispatch: Page,
    board: Page,
    bus_phone: Page,
    van_phone: Page,
    bus: String,
    van: String,
}

impl Stage {
    async fn inspect(&self, page: &Page, screen: &str) {
        team::inspect(page, &format!("relay-{}-{screen}", self.tag)).await;
    }
}

async fn tell(language: Language, dark: bool) {
    let stage = set(language, dark).await;
    plan(&stage).await;
    stage.cast.departed(&stage.bus).await;
    stage.world.pass(40).await;
    let riders = arrivals(&stage.cast.dispatcher.trip(&stage.bus).await["manifest"]);
    meet(&stage).await;
    pass_on(&stage, &riders).await;
    leave(&stage).await;
    break_down(&stage).await;
}

/// Somebody with a username the phone can be signed in with.
async fn escort(world: &World, username: &str) -> Escort {
    let grant = json!({ "role": "escort", "district": "310101" });
    let account = world.administrator().add_account(username, grant).await.expect("an account").subject;
    Escort(Actor::sign_in(world.base(), username, account).await.expect("a right password"))
}

async fn set(language: Language, dark: bool) -> Stage {
    let world = World::start().await;
    team::hire(&world).await;
    let mut cast = Cast::on_duty(&world).await;
    cast.escort = escort(&world, "bus-escort").await;
    let bus = cast.trip("大巴 1", 19, world.now()).await;
    for (first, people) in [(1, 2), (3, 1)] {
        let party = cast.registered(sample::party(first, people)).await;
        cast.agreed_home(&party).await;
        cast.seated(&party, &bus).await;
    }
    cast.escort = escort(&world, "van-escort").await;
    let van = cast.trip("面包车 6", 6, world.now()).await;
    cast.escort = Escort(Actor::sign_in(world.base(), "bus-escort", String::new()).await.expect("a right password"));
    let browser = Browser::start();
    let see = |view: View| {
        let view = view.language(language);
        browser.page(if dark { view.dark() } else { view })
    };
    let (dispatch, board) = (see(View::desktop()).await, see(View::wall()).await);
    let (bus_phone, van_phone) = (see(View::phone()).await, see(View::phone()).await);
    Stage { world, cast, tag: language.tag(), dispatch, board, bus_phone, van_phone, bus, van }
}

async fn plan(stage: &Stage) {
    let Stage { world, dispatch, bus, van, .. } = stage;
    team::sign_in(dispatch, world, "dispatcher", "/dispatch").await;
    dispatch.tap(&format!(".trip[data-trip='{bus}'] [data-do=change]")).await;
    dispatch.until_shown("dialog").await;
    dispatch.choose("dialog [name=onto]", &format!("trip:{van}")).await;
    stage.inspect(dispatch, "1-plan").await;
    team::confirm(dispatch).await;
    dispatch.until_shown(&format!(".trip[data-trip='{van}'] [data-stop]")).await;
    stage.inspect(dispatch, "2-planned").await;
    team::sign_in(&stage.board, world, "leader", &team::board()).await;
    stage.inspect(&stage.board, "3-board").await;
}

async fn meet(stage: &Stage) {
    let Stage { world, bus_phone, van_phone, .. } = stage;
    team::sign_in(bus_phone, world, "bus-escort", &format!("/trip/{}", stage.bus)).await;
    team::sign_in(van_phone, world, "van-escort", &format!("/trip/{}", stage.van)).await;
    stage.inspect(van_phone, "4-van-waits").await;
    stage.inspect(bus_phone, "4-bus-comes").await;
    bus_phone.tap("#meet").await;
    van_phone.tap("#here").await;
    van_phone.until_gone("#here").await;
}

async fn pass_on(stage: &Stage, riders: &[String]) {
    let Stage { bus_phone, van_phone, .. } = stage;
    bus_phone.tap(&format!("#offer-{}", riders[0])).await;
    van_phone.until_shown(&format!("#accept-{}", riders[0])).await;
    stage.inspect(bus_phone, "5-bus-offers").await;
    stage.inspect(van_phone, "5-van-is-offered").await;
    van_phone.tap(&format!("#accept-{}", riders[0])).await;
    bus_phone.until_shown(&format!("[data-arrival='{}'][data-passing=passed]", riders[0])).await;
    van_phone.tap(&format!("#keep-{}", riders[1])).await;
    van_phone.until_shown("dialog").await;
    van_phone.type_text("dialog textarea", "not at the van").await;
    stage.inspect(van_phone, "6-van-misses").await;
    team::confirm(van_phone).await;
    bus_phone.until_text("[data-count=kept] dd", "1").await;
    bus_phone.tap(&format!("#offer-{}", riders[2])).await;
    van_phone.tap(&format!("#accept-{}", riders[2])).await;
    bus_phone.until_shown("#close-change").await;
    stage.inspect(bus_phone, "7-bus-counts-agree").await;
    stage.inspect(van_phone, "7-van-counts-agree").await;
}

async fn leave(stage: &Stage) {
    let Stage { bus_phone, van_phone, .. } = stage;
    bus_phone.tap("#close-change").await;
    bus_phone.type_text("#head-count", "1").await;
    stage.inspect(bus_phone, "8-bus-counts").await;
    team::confirm(bus_phone).await;
    bus_phone.until_shown("#arrive").await;
    van_phone.tap("#depart").await;
    van_phone.type_text("#head-count", "2").await;
    team::confirm(van_phone).await;
    van_phone.until_shown("#arrive").await;
    stage.inspect(bus_phone, "8-bus-goes-on").await;
    stage.board.until("document.querySelectorAll('#stops [data-stop]').length === 2").await;
    stage.inspect(&stage.board, "8-board").await;
    stage.dispatch.until_shown(".alerts .alert").await;
    stage.inspect(&stage.dispatch, "8-dispatch").await;
}

async fn break_down(stage: &Stage) {
    let Stage { van_phone, board, dispatch, .. } = stage;
    van_phone.tap("#break-down").await;
    van_phone.type_text("dialog textarea", "engine overheated").await;
    team::confirm(van_phone).await;
    van_phone.until_shown("#go-on").await;
    stage.inspect(van_phone, "9-van-broken").await;
    board.until_shown("#stops [data-tone=alarm]").await;
    stage.inspect(board, "9-board-broken").await;
    dispatch.tap(&format!(".trip[data-trip='{}'] [data-do=change]", stage.van)).await;
    dispatch.until_shown("dialog").await;
    stage.inspect(dispatch, "9-dispatch-replaces").await;
}
