//! Rooms stand in the order of their doors, wherever they are listed: 2 before 10.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn rooms_stand_as_people_count_in_chinese_and_in_english() {
    let world = World::start().await;
    team::hire(&world).await;
    let rooms = ["10", "A10", "2", "1", "A2", "9"].map(|number| (number.to_owned(), "single", 1));
    world.administrator().add_site(sample::site_3(&rooms)).await.expect("a new site");
    for language in [Language::Chinese, Language::English] {
        let page = Browser::start().page(View::tablet().language(language)).await;
        team::sign_in(&page, &world, "admin", "/sites").await;
        let site = "[data-site='huangpu-site-3']";
        page.tap(&format!("{site} summary")).await;
        page.until_shown(&format!("{site} [data-room]")).await;
        let doors: Vec<String> = page
            .value(&format!("[...document.querySelectorAll(\"{site} [data-room]\")].map((e) => e.dataset.room)"))
            .await;
        assert_eq!(doors, ["1", "2", "9", "10", "A2", "A10"], "{language:?}");
        // Also where the server's order is another one.
        let shuffled = "import('/pages/site/rooms.js').then(({ roomsFold }) => { const fold = roomsFold('x', { mayAct: false, changed() {} }); \
             fold.paint(['10', '2', '1'].map((number) => ({ number, kind: 'single', beds: 1, use: 'free' }))); \
             return [...fold.el.querySelectorAll('[data-room]')].map((e) => e.dataset.room); })";
        assert_eq!(page.value::<Vec<String>>(shuffled).await, ["1", "2", "10"], "{language:?}");
    }
}
