//! A vehicle under way is ordered elsewhere: the dispatcher says where and why, the board that waited is told, the board that
//! did not is told, and the escort's phone asks to have seen it before anything else.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

/// Another gate of the same community: its board shows who is home already beside who is sent elsewhere.
const OTHER_GATE: &str = "huangpu-xdm-qiaojia-g2";

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_is_ordered_to_the_site_in_chinese_by_day() {
    tell(Telling { language: Language::Chinese, dark: false, why: "小区水管爆裂，无法接收" }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_is_ordered_to_the_site_in_english_at_night() {
    tell(Telling { language: Language::English, dark: true, why: "Burst pipe, nobody can move in" }).await;
}

struct Telling {
    language: Language,
    dark: bool,
    why: &'static str,
}

/// Windows that stay open during the story.
struct Stage {
    cast: Cast,
    trip: String,
    /// The stop that is left out.
    left: String,
    telling: Telling,
    dispatch: Page,
    board: Page,
    site: Page,
    phone: Page,
}

impl Stage {
    async fn inspect(&self, page: &Page, screen: &str) {
        team::inspect(page, &format!("diversion-{}-{screen}", self.telling.language.tag())).await;
    }
}

async fn tell(telling: Telling) {
    let world = World::start().await;
    let stage = set(&world, telling).await;
    order(&stage).await;
    boards(&stage).await;
    crew(&stage).await;
}

/// One is home already, four are on the road to the other gate.
async fn set(world: &World, telling: Telling) -> Stage {
    team::hire(world).await;
    let cast = Cast::on_duty(world).await;
    let home = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&home).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let first = cast.seated(&home, &trip).await;
    let mut left = String::new();
    for number in [10, 12] {
        let party = cast.registered(sample::party(number, 2)).await;
        cast.dispatcher.ask_home(&party, OTHER_GATE).await.expect("asked");
        cast.leader.agree(&party).await.expect("agreed");
        cast.committee.home_is_suitable(&party).await.expect("visited");
        left = cast.seated(&party, &trip).await;
    }
    cast.departed(&trip).await;
    world.pass(50).await;
    cast.handed_over(&first).await;
    let browser = Browser::start();
    let see = |view: View| {
        let view = view.language(telling.language);
        browser.page(if telling.dark { view.dark() } else { view })
    };
    let (dispatch, board) = (see(View::desktop()).await, see(View::wall()).await);
    let (site, phone) = (see(View::tablet()).await, see(View::phone()).await);
    team::sign_in(&dispatch, world, "dispatcher", "/dispatch").await;
    team::sign_in(&board, world, "leader", &team::board()).await;
    team::sign_in(&site, world, "site", &format!("/board/{}", sample::SITE_1)).await;
    team::sign_in(&phone, world, cast.escort.username(), &format!("/trip/{trip}")).await;
    Stage { cast, trip, left, telling, dispatch, board, site, phone }
}

/// Where to is chosen by a person, never beforehand; without a reason nothing is sent.
async fn order(stage: &Stage) {
    let Stage { dispatch, board, trip, left, telling, .. } = stage;
    board.until_shown(&format!("#stops [data-stop='{left}']")).await;
    dispatch.tap(&format!(".trip[data-trip='{trip}'] [data-do=divert]")).await;
    dispatch.until_shown("dialog [name=to]").await;
    assert_eq!(dispatch.value::<String>("document.querySelector('dialog [name=to]').value").await, "");
    assert_eq!(dispatch.count("dialog [name=stops]").await, 1, "who is home already is not asked about");
    dispatch.choose("dialog [name=to]", &format!("site:{}", sample::SITE_1)).await;
    dispatch.tap("dialog [type=submit]").await;
    dispatch.until_shown("dialog [name=reason][aria-invalid=true]").await;
    dispatch.type_text("dialog [name=reason]", telling.why).await;
    stage.inspect(dispatch, "1-order").await;
    team::confirm(dispatch).await;
    dispatch.until_text(&format!(".trip[data-trip='{trip}'] [data-order]"), telling.why).await;
    stage.inspect(dispatch, "2-ordered").await;
}

/// Who waited is told why nobody comes; who did not wait sees who comes and when.
async fn boards(stage: &Stage) {
    let Stage { board, site, left, telling, cast, trip, .. } = stage;
    board.until_text(&format!("#done [data-stop='{left}']"), telling.why).await;
    board.until_gone(&format!("#stops [data-stop='{left}']")).await;
    stage.inspect(board, "3-board-left").await;
    let to = cast.dispatcher.trip(trip).await["order"]["to"].as_str().expect("where to").to_owned();
    site.until_shown(&format!("#stops [data-stop='{to}']")).await;
    stage.inspect(site, "4-site-comes").await;
    site.tap(&format!("#ack-{to}")).await;
    site.until_gone(&format!("#ack-{to}")).await;
    assert_eq!(cast.dispatcher.ledger().await["riding"], 4, "custody stays with the vehicle");
}

/// The order stands before everything else on the phone, and the dispatcher sees that it was seen.
async fn crew(stage: &Stage) {
    let Stage { phone, dispatch, trip, cast, telling, .. } = stage;
    phone.until_shown("#see-order").await;
    phone.until_text("main", telling.why).await;
    stage.inspect(phone, "5-phone-ordered").await;
    assert_eq!(phone.count("#arrive").await, 0, "nothing else is done before the order was seen");
    phone.tap("#see-order").await;
    phone.until_gone("#see-order").await;
    stage.inspect(phone, "6-phone-seen").await;
    dispatch.until_shown(&format!(".trip[data-trip='{trip}'] [data-order] .chip--ok")).await;
    stage.inspect(dispatch, "7-seen").await;
    phone.tap("#arrive").await;
    phone.until_shown("#offer").await;
    assert_eq!(
        cast.dispatcher.trip(trip).await["stops"].as_array().map(Vec::len),
        Some(2),
        "one home, one to the site"
    );
}
