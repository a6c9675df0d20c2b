//! A dispatcher says that a typhoon slows everything down: the console shows who said it and until when, the board why its
//! time moved, and one tap ends it.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_of_the_roads_is_shown_and_ended() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (trip, stop) = cast.bus_home(&world).await;
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

/// From so many drives on boards tell what was learnt.
const DRIVES: u32 = 20;
/// The gate at Qiaojia Road, as the reference data has it.
const GATE: (f64, f64) = (31.2173, 121.4909);

#[tokio::test(flavor = "multi_thread")]
async fn a_board_says_from_how_many_trips_it_knows() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let leaves = async |number: u32| {
        let party = cast.registered(sample::party(number, 1)).await;
        cast.agreed_home(&party).await;
        let trip = cast.trip(&format!("大巴 {number}"), 19, world.now()).await;
        let stop = cast.seated(&party, &trip).await;
        cast.departed(&trip).await;
        (trip, stop)
    };
    let mut under_way = Vec::new();
    for number in 0..DRIVES {
        under_way.push(leaves(number).await);
    }
    world.pass(70).await;
    for (trip, stop) in &under_way {
        cast.escort.position(trip, GATE, world.now()).await.expect("heard");
        cast.handed_over(stop).await;
    }
    let (_, stop) = leaves(DRIVES).await;
    world.pass(121).await;
    let browser = Browser::start();
    for (view, words, picture) in [
        (View::phone().language(Language::English).dark(), "Learned from 20 trips, 20 of them", "roads-6-learnt-phone"),
        (View::tablet(), "根据 20 次行程，其中 20 次", "roads-7-learnt-tablet"),
    ] {
        let board = browser.page(view).await;
        team::sign_in(&board, &world, "leader", &team::board()).await;
        board.tap(&format!("[data-stop='{stop}'] .why summary")).await;
        board.until_text(&format!("[data-stop='{stop}'] .why"), words).await;
        board.until("(scrollTo(0, 0), true)").await;
        team::inspect(&board, picture).await;
    }
}
