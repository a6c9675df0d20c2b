//! Every main screen with people on it, on the devices it is made for: nothing runs over the edge, no words are cut off, everybody can
//! read and hit everything. Keeps a picture of each.

use chrono::TimeDelta;
use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn on_the_wall_in_chinese_by_day() {
    look(View::wall()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_tablet_in_english_at_night() {
    look(View::tablet().language(Language::English).dark()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_in_chinese_at_night() {
    look(View::phone().dark()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_in_english_by_day() {
    look(View::phone().language(Language::English)).await;
}

/// What the screens are asked about.
struct Evening {
    trip: String,
    stop: String,
    car: String,
}

/// A bus on the road, one that does not drive, a private car nobody has seen, a home that is asked about, rooms that are lived in and
/// wait, people in the queue.
async fn evening(world: &World, cast: &Cast) -> Evening {
    let manager = world.site_manager(sample::SITE_1).await;
    cast.living(&manager, 1, 3).await;
    cast.placed(11, 2).await;
    let car = cast.registered(sample::party(21, 2)).await;
    cast.agreed_home(&car).await;
    cast.officer.record_car(&car, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    cast.officer.release_car(&car, "沪C12345").await.expect("let go");
    world.pass(150).await;
    let riding = cast.registered(sample::party(31, 3)).await;
    cast.agreed_home(&riding).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&riding, &trip).await;
    cast.departed(&trip).await;
    let stays = cast.registered(sample::party(41, 2)).await;
    cast.dispatcher.ask_home(&stays, sample::QIAOJIA_GATE).await.expect("asked");
    let standing = cast.trip("中巴 2", 14, world.now() + TimeDelta::minutes(40)).await;
    cast.seated(&stays, &standing).await;
    let out = cast.dispatcher.trip(&standing).await["vehicle"]["id"].as_str().expect("an id").to_owned();
    cast.dispatcher.take_out(&out, "刹车故障，等待拖车").await.expect("before it leaves");
    cast.dispatcher.add_vehicle("面包车 3", 6).await.expect("a van");
    for (name, phone, vehicle) in [("赵师傅", "13800000011", Some(out.as_str())), ("钱师傅", "13800000012", None)]
    {
        cast.dispatcher.add_driver(name, phone, vehicle).await.expect("a driver");
    }
    for number in [51, 61, 71] {
        cast.registered(sample::party(number, 2)).await;
    }
    Evening { trip, stop, car }
}

/// Words and edges: nothing beside the window, nothing cut off in its box, no word letter under letter. What scrolls by itself may be
/// longer.
async fn all_in_sight(page: &Page, screen: &str) {
    let scrolls = "(e) => { for (let up = e; up; up = up.parentElement) { const x = getComputedStyle(up).overflowX; \
                   if (up !== document.documentElement && up !== document.body && (x === 'auto' || x === 'scroll')) return true; } return false; }";
    let over = format!(
        "[...document.querySelectorAll('#page *, dialog *')].filter((e) => e.checkVisibility() && !e.closest('.sr-only, .skip, svg, .map__stage') \
         && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1) && !({scrolls})(e)) \
         .slice(0, 3).map((e) => `over: ${{e.tagName}}.${{e.className}} ${{e.innerText}}`)"
    );
    let cut = "[...document.querySelectorAll('#page *, dialog *')].filter((e) => e.checkVisibility() && !e.closest('.sr-only, svg, .map__stage') \
         && getComputedStyle(e).clipPath === 'none' && getComputedStyle(e).overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1) \
         .slice(0, 3).map((e) => `cut: ${e.tagName}.${e.className} ${e.innerText}`)";
    let squeezed = "[...document.querySelectorAll('#page *, dialog *')].filter((e) => { if (e.children.length || !e.checkVisibility() || e.closest('.sr-only, svg, thead')) return false; \
         const style = getComputedStyle(e); const box = e.getBoundingClientRect(); const size = parseFloat(style.fontSize); \
         return e.innerText?.trim().length > 3 && box.width < 4 * size && box.height > 4 * size; }) \
         .slice(0, 3).map((e) => `letter under letter: ${e.tagName}.${e.className} ${e.innerText}`)";
    for script in [over.as_str(), cut, squeezed] {
        assert_eq!(page.value::<Vec<String>>(script).await, Vec::<String>::new(), "{screen}");
    }
}

async fn look(view: View) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let Evening { trip, stop, car } = evening(&world, &cast).await;
    let page = Browser::start().page(view).await;
    let tag = format!("{}-{}-{}", view.width, view.language.tag(), if view.dark { "night" } else { "day" });
    let shot = async |page: &Page, name: &str| {
        all_in_sight(page, name).await;
        team::inspect(page, &format!("looks-{tag}-{name}")).await;
    };
    let screens: [(&str, &[(&str, String)]); 7] = [
        ("desk", &[("home-desk", "/".into()), ("desk", "/desk".into())]),
        ("leader", &[("board", team::board()), ("gate", format!("/gate/{stop}"))]),
        ("doctor", &[("car", format!("/gate/{car}/car"))]),
        (cast.escort.username(), &[("trips", "/trip".into()), ("trip", format!("/trip/{trip}"))]),
        ("site", &[("site", "/site".into())]),
        ("admin", &[("sites", "/sites".into()), ("accounts", "/accounts".into()), ("lists", "/lists".into())]),
        (
            "dispatcher",
            &[
                ("home", "/".into()),
                ("boards", "/board".into()),
                ("numbers", "/numbers".into()),
                ("accuracy", "/accuracy".into()),
                ("dispatch", "/dispatch".into()),
            ],
        ),
    ];
    for (who, theirs) in screens {
        for (at, (name, screen)) in theirs.iter().enumerate() {
            if at == 0 {
                team::sign_in(&page, &world, who, screen).await;
            } else {
                team::go(&page, &world, screen).await;
            }
            page.until("!document.querySelector('.live:not([hidden])') || document.querySelector('.live').dataset.phase === 'live'").await;
            shot(&page, name).await;
            if *name == "board" {
                page.until("(document.querySelectorAll('.stop')[1].scrollIntoView(), true)").await;
                shot(&page, "board-out-of-service").await;
                page.until("(document.querySelector('.car').scrollIntoView(), true)").await;
                shot(&page, "board-car").await;
            }
        }
        if who != "dispatcher" {
            team::sign_out(&page).await;
        }
    }
    dialogs(&page, shot).await;
}

/// What the dispatcher opens over the page.
async fn dialogs(page: &Page, shot: impl AsyncFn(&Page, &str)) {
    page.tap(".queue__row").await;
    page.until_shown(".party__label").await;
    shot(page, "party").await;
    page.tap("#plan").await;
    page.until("['plan', 'none'].includes(document.querySelector('#plan-body')?.dataset.shows)").await;
    page.until("(document.querySelector('dialog').scrollTo(0, 1e6), true)").await;
    shot(page, "plan").await;
    page.press(thirtyfour::Key::Escape).await;
    page.until_gone("dialog").await;
    for tool in ["drivers", "escorts", "phones", "rules", "planning"] {
        page.tap("#more").await;
        page.tap(&format!(".menu #{tool}")).await;
        page.until_shown("dialog[open] :is(.phones__line, .empty, [type=submit], .stack > .card)").await;
        page.screenshot(&format!(
            "looks-sheet-{tool}-{}",
            page.value::<String>("`${innerWidth}-${document.documentElement.lang}`").await
        ))
        .await;
        // At its end nothing lies under the foot, which stays in sight.
        page.until("(document.querySelector('dialog').scrollTo(0, 1e6), true)").await;
        shot(page, tool).await;
        page.press(thirtyfour::Key::Escape).await;
        page.until_gone("dialog").await;
    }
}
