//! The schematic map: it says how old its news are by shape and word, is walked by keys, and moves nothing but the vehicle
//! that moved.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use thirtyfour::Key;

use crate::team;

/// Where vehicles are: on the road from Pudong, a minute further, and in the inner city.
const ROAD: (f64, f64) = (31.17, 121.64);
const FURTHER: (f64, f64) = (31.172, 121.62);
const WEST: (f64, f64) = (31.228, 121.466);

/// Three vehicles under way: one seen now, one seen ten minutes ago, one never seen.
async fn under_way(world: &World, cast: &Cast) -> [String; 3] {
    let mut trips = Vec::new();
    for (number, name) in (0..3).zip(["中巴 1", "中巴 2", "面包车 3"]) {
        let party = if number == 0 {
            let party = cast.registered(sample::party(1, 2)).await;
            cast.agreed_home(&party).await;
            party
        } else {
            cast.placed(20 * number, 2).await
        };
        let trip = cast.trip(name, 14, world.now()).await;
        cast.dispatcher.crew(&trip, &[&cast.escort, &cast.second]).await.expect("a crew");
        cast.seated(&party, &trip).await;
        cast.departed(&trip).await;
        trips.push(trip);
    }
    cast.escort.position(&trips[1], WEST, world.now()).await.expect("seen");
    world.pass(0).await;
    world.pass(10).await;
    cast.escort.position(&trips[0], ROAD, world.now()).await.expect("seen");
    world.pass(0).await;
    trips.try_into().expect("three")
}

fn pin(trip: &str) -> String {
    format!("[data-vehicle='{trip}'] .map__pin")
}

async fn sights(page: &Page, trips: &[String; 3]) {
    for (trip, sight) in trips.iter().zip(["live", "old", "none"]) {
        page.until(&format!("document.querySelector(\"{}\")?.dataset.sight === '{sight}'", pin(trip))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_tells_a_sighting_from_an_old_one_and_from_none() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let trips = under_way(&world, &cast).await;
    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.until_shown(".trip").await;
    world.pass(0).await;
    page.type_anywhere("m").await;
    sights(&page, &trips).await;
    assert_eq!(page.count(".map__line[data-stage='en_route']").await, 3);
    assert_eq!(page.count(".map__list > li").await, 3, "the same as a list");
    team::inspect(&page, "map-zh-day").await;

    let watch = "(() => { window.moved = []; new MutationObserver((all) => window.moved.push(...all)).observe(\
                 document.querySelector('.map__stage'), { subtree: true, childList: true, attributes: true }); return true; })()";
    let before: String =
        page.value(&format!("document.querySelector(\"{}\").closest('li').style.cssText", pin(&trips[0]))).await;
    assert!(page.value::<bool>(watch).await);
    world.pass(1).await;
    cast.escort.position(&trips[0], FURTHER, world.now()).await.expect("seen again");
    world.pass(0).await;
    page.until(&format!("document.querySelector(\"{}\").closest('li').style.cssText !== {before:?}", pin(&trips[0])))
        .await;
    let elsewhere = format!(
        "window.moved.filter((it) => it.target.closest('svg.map__sheet') || (it.type === 'attributes' && \
         it.attributeName === 'style' && it.target.querySelector(\"[data-vehicle='{}']\"))).length",
        trips[1]
    );
    assert_eq!(page.value::<usize>(&elsewhere).await, 0, "nothing is laid out anew, who was seen long ago stays");

    let focused = "document.activeElement.dataset.vehicle ?? ''";
    page.value::<serde_json::Value>("document.querySelector('[data-vehicle]').focus()").await;
    let first: String = page.value(focused).await;
    page.press(Key::Down).await;
    let second: String = page.value(focused).await;
    assert!(!second.is_empty() && first != second, "an arrow goes to the next vehicle");
    let said: String = page.value("document.activeElement.textContent").await;
    assert!(said.contains("下一站"), "a vehicle has its words: {said}");
    page.press(Key::Enter).await;
    page.until(&format!("document.activeElement.dataset.trip === '{second}'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_fits_every_screen_by_day_and_night() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let trips = under_way(&world, &cast).await;
    let views = [
        ("wall", View::wall().dark(), false),
        ("tablet", View::tablet().language(Language::English), true),
        ("phone", View::phone().language(Language::English).dark(), true),
    ];
    for (name, view, closed) in views {
        let page = Browser::start().page(view).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.until_shown(".trip").await;
        world.pass(0).await;
        if closed {
            page.tap("#map-toggle").await;
        }
        sights(&page, &trips).await;
        page.until("document.documentElement.scrollWidth <= innerWidth").await;
        let meets = "(() => { const boxes = [...document.querySelectorAll('.map__name')].map((e) => e.getBoundingClientRect()); \
             return boxes.filter((a, i) => boxes.some((b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 \
             && b.top < a.bottom - 3)).length; })()";
        assert_eq!(page.value::<usize>(meets).await, 0, "no two names lie on one another: {name}");
        team::inspect(&page, &format!("map-{name}")).await;
        page.value::<serde_json::Value>("document.querySelector('#map').scrollIntoView()").await;
        page.screenshot(&format!("map-{name}-near")).await;
    }
}

/// Three stand at one place, wherever on the map that is: each finds a place of its own, and the page goes on.
#[tokio::test(flavor = "multi_thread")]
async fn vehicles_at_one_place_stand_below_one_another() {
    let world = World::start().await;
    let page = Browser::start().page(View::desktop()).await;
    team::go(&page, &world, "/sign-in").await;
    let load = "import('/pages/dispatch/map/apart.js').then((it) => { window.apart = it.apart; })";
    page.value::<serde_json::Value>(load).await;
    page.until("typeof window.apart === 'function'").await;
    let crowded = "[...Array(50).keys()].filter((at) => new Set(window.apart(Array(3).fill({ at: { x: 300, y: at * 10 } }), \
                   { width: 600, height: 500, project: (place) => place }).map((one) => one.top)).size < 3)";
    assert_eq!(page.value::<Vec<usize>>(crowded).await, Vec::<usize>::new());
}
