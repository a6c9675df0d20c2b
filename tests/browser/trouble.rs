//! What goes wrong on a screen: the line is cut, a button is tapped twice.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Page, View};
use homeward_tests::cast::Cast;

use crate::line::Line;
use crate::scenes::airport;
use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_line_is_said_and_the_rows_stay() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (_, stop) = cast.bus_home(&world).await;

    let board = Browser::start().page(View::wall()).await;
    let line = Line::to(world.base()).await;
    team::sign_in_at(&board, line.base(), "leader", &team::board()).await;
    let row = format!("#stops [data-stop='{stop}']");
    board.until_shown(&row).await;
    board.until_gone("#stale").await;
    team::inspect(&board, "trouble-1-live").await;

    line.cut();
    board.until_shown("#stale").await;
    assert_eq!(board.count(&row).await, 1, "what was known stays, dimmed");
    assert_eq!(board.count("main[data-stale]").await, 1, "and says that it is old");
    board.screenshot("trouble-2-stale").await;
    cast.leader.acknowledge(&stop).await.expect("by the phone in the other hand");
    assert_eq!(board.count(&format!("{row} .squad__in")).await, 0, "nothing comes through");

    line.mend();
    board.until_gone("#stale").await;
    board.until_shown(&format!("{row} .squad__in")).await;
    board.assert_no_console_errors_but(&["WebSocket connection"]).await;
    team::inspect(&board, "trouble-3-live-again").await;
}

/// The screen's own line is whole; it is the node that cannot see its register, and says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_register_out_of_sight_is_said_and_the_rows_stay() {
    let (world, cable) = World::start_on_a_cable().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let (_, stop) = cast.bus_home(&world).await;
    let board = Browser::start().page(View::wall()).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    let row = format!("#stops [data-stop='{stop}']");
    board.until_shown(&row).await;
    board.until_gone("#stale").await;

    cable.cut();
    board.until_shown("#stale").await;
    assert_eq!(board.count(&row).await, 1, "what was known stays, dimmed");
    assert_eq!(board.count("main[data-stale]").await, 1, "and says that it is old");
    board.screenshot("trouble-4-register-out-of-sight").await;

    cable.heal().await;
    board.until_gone("#stale").await;
    cast.leader.acknowledge(&stop).await.expect("the register is back");
    board.until_shown(&format!("{row} .squad__in")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_tapped_twice_does_it_once() {
    let world = World::start().await;
    team::hire(&world).await;
    let watcher = world.dispatcher().await;
    let desk = Browser::start().page(View::tablet()).await;
    team::sign_in(&desk, &world, "desk", "/desk").await;
    airport::complete(&desk).await;
    tap_twice(&desk, "#register").await;
    desk.until_shown(".outcome__label").await;
    desk.assert_no_console_errors().await;
    let parties = watcher.get("/v1/parties?open=true").await.expect("the queue");
    assert_eq!(parties["parties"].as_array().map(Vec::len), Some(1), "{parties:#}");
    assert_eq!(watcher.ledger().await["registered"], 2, "two people, not four");
}

/// Two taps before the first can be answered.
async fn tap_twice(page: &Page, css: &str) {
    page.until_shown(css).await;
    page.value::<()>(&format!("[1, 2].forEach(() => document.querySelector('{css}').click())")).await;
}
