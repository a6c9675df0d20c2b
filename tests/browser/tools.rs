//! The dispatcher's tools stand beside the sites on a laptop, and the door to the plan looks once who waits.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};

use crate::team;

/// Whether two parts of the page stand in one row, beside each other, with nothing over the edge.
const BESIDE: &str = "(() => { const [a, b] = ['.sites', '.tools'].map((css) => document.querySelector(css).getBoundingClientRect()); \
     return a.top < b.bottom && b.top < a.bottom && a.right <= b.left && b.right <= innerWidth; })()";

#[tokio::test(flavor = "multi_thread")]
async fn tools_stand_beside_the_sites_on_a_laptop_in_both_languages() {
    let world = World::start().await;
    team::hire(&world).await;
    for language in [Language::Chinese, Language::English] {
        for (width, height) in [(1440, 900), (1366, 768)] {
            let page = Browser::start().page(View::new(width, height, false).language(language)).await;
            team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
            page.until("document.querySelectorAll('.site .forecast__line').length === 2").await;
            page.until("document.querySelector('.plan__ready').innerText").await;
            assert!(page.value::<bool>(BESIDE).await, "{width} in {language:?}");
            team::inspect(&page, &format!("tools-{}-{width}", language.tag())).await;
        }
    }
}

/// A repaint comes with every fact of the feed and every second: three hundred parties are looked through once for it.
#[tokio::test(flavor = "multi_thread")]
async fn the_door_to_the_plan_looks_once_a_repaint_who_waits() {
    let world = World::start().await;
    team::hire(&world).await;
    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    let script = "Promise.all([import('/pages/dispatch/day-plan.js'), import('/lib/session.js').then((m) => m.reference())]) \
        .then(([{ planButton }, known]) => { let looks = 0; \
            const row = { party: 'p', version: 1, desk: 'pvg-t1-310101', stage: 'disposed', destination: { kind: 'site' } }; \
            const parties = () => { looks += 1; return [row]; }; \
            planButton(known, '310101', { parties, trips: () => [], committed: () => {} }).paint(true); return looks; })";
    assert_eq!(page.value::<u32>(script).await, 1);
}
