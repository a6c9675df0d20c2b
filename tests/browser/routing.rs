//! Whose roads an estimate knows stands on the board, and that the engine fell silent.

use homeward_routing::{Engine, Router};
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::osrm::Osrm;
use homeward_tests::{World, sample};

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_board_says_whose_roads_it_knows_and_when_they_are_lost() {
    let osrm = Osrm::on(&[(&[(31.1496, 121.8010), (31.1496, 121.6), (31.2173, 121.4909)], 50)]);
    let world = World::start_beside(Router::new(Engine::Osrm, osrm.address()).expect("an address")).await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let board = Browser::start().page(View::wall()).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let row = format!("[data-stop='{stop}']");
    board.until_shown(&row).await;
    assert_eq!(world.ask_roads().await, 1);
    board.until_text(&row, "OSRM").await;
    team::inspect(&board, "routing-1-says").await;

    cast.departed(&trip).await;
    drop(osrm);
    world.pass(11).await;
    cast.escort.position(&trip, (31.1496, 121.6), world.now()).await.expect("a position");
    world.pass(0).await;
    assert_eq!(world.ask_roads().await, 0);
    board.until_text(&row, "路线引擎无应答").await;
    team::inspect(&board, "routing-2-silent").await;
    // A second screen begins with the last tick, and ticks of one instant cannot be told apart: the clock stands still here.
    world.pass(1).await;
    let phone = Browser::start().page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &world, "leader", &team::board()).await;
    phone.until_text(&row, "routing engine silent").await;
    team::inspect(&phone, "routing-3-silent-phone").await;
}
