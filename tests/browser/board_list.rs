//! The board of everything one stands for: a place that is opened while it is looked at is followed at once, by name.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn an_open_board_follows_a_new_site_in_chinese_on_the_wall() {
    tell(View::wall(), "黄浦区第三集中观察点").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_board_follows_a_new_site_in_english_on_a_tablet_at_night() {
    tell(View::tablet().language(Language::English).dark(), "Huangpu Observation Site 3").await;
}

async fn tell(view: View, site: &str) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let board = Browser::start().page(view).await;
    team::sign_in(&board, &world, "dispatcher", "/board").await;
    board.until("document.querySelector('.live').dataset.phase === 'live'").await;
    let places = "Number(document.querySelector('.strip .soft').innerText.match(/· (\\d+)/)?.[1])";
    board.until(&format!("{places} > 1")).await;
    let before: u32 = board.value(places).await;

    let rooms = [("101".to_owned(), "family", 4)];
    world.administrator().add_site(sample::site_3(&rooms)).await.expect("a new site");
    board.until(&format!("{places} === {}", before + 1)).await;

    let party = cast.registered(sample::from_country("ITA", 1, 2)).await;
    cast.dispatcher.place_at_site(&party, "huangpu-site-3", "from Italy").await.expect("a room");
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    board.until_text(&format!("[data-stop='{stop}']"), site).await;
    team::inspect(&board, &format!("board-list-{}", view.language.tag())).await;
}
