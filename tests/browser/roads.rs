//! A dispatcher says that a typhoon slows everything down: the console shows who said it and until when, the board why its
//! time moved, and one tap ends it.

use homeward_tests::World;
use homeward_tests::browser::{Browser, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_the_roads_is_shown_and_ended() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    let browser = Browser::start();
    let board = browser.page(View::wall()).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    board.tap(&format!("[data-stop='{stop}'] .why summary")).await;
    board.until_shown(&format!("[data-stop='{stop}'] .why[open] li")).await;
    team::inspect(&board, "roads-1-board-before").await;

    let console = browser.page(View::desktop()).await;
    team::sign_in(&console, &world, "dispatcher", "/dispatch").await;
    console.tap("#roads").await;
    console.tap("#roads-say").await;
    console.type_text("dialog textarea", "台风").await;
    team::inspect(&console, "roads-2-say").await;
    console.tap("dialog form [type='submit']").await;
    console.until_shown("[data-word]").await;
    team::inspect(&console, "roads-3-said").await;
    board.until_text(&format!("[data-stop='{stop}'] .when__basis"), "1.5").await;
    team::inspect(&board, "roads-4-board").await;
    console.tap("[data-word] button").await;
    console.until_gone("[data-word]").await;
    board
        .until(&format!("!document.querySelector(\"[data-stop='{stop}'] .when__basis\").textContent.includes('1.5')"))
        .await;
    team::inspect(&console, "roads-5-ended").await;
}
