//! Answers that are given with two taps, and answers that never come: what the board says beforehand and the queue after.

use homeward_tests::World;
use homeward_tests::browser::{Browser, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn a_no_takes_two_taps_and_silence_means_what_the_leader_chose() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let browser = Browser::start();
    let board = browser.page(View::wall()).await;
    team::sign_in(&board, &world, "leader", &team::board()).await;
    board.tap("#rule-310101017").await;
    board.tap("dialog label:has([value='agree'])").await;
    board.type_text("dialog textarea", "decided at the morning meeting").await;
    team::inspect(&board, "silence-1-rule").await;
    team::confirm(&board).await;
    board.until_shown("[data-rule='310101017'][data-means='agree']").await;

    let (refused, silent) = (cast.registered(sample::party(1, 2)).await, cast.registered(sample::party(2, 1)).await);
    for party in [&refused, &silent] {
        cast.dispatcher.ask_home(party, sample::QIAOJIA_GATE).await.expect("asked");
    }
    board.until_text(&format!("[data-party='{silent}']"), "40").await;
    board.tap(&format!("#refuse-{refused}")).await;
    team::inspect(&board, "silence-2-reasons").await;
    board.tap("dialog [data-reason='no_own_toilet']").await;
    board.until_gone("dialog").await;
    assert_eq!(cast.dispatcher.party(&refused).await["destination"]["opinion_reason"], "no_own_toilet");

    world.pass(42).await;
    board.until_gone(&format!("#agree-{silent}")).await;
    team::inspect(&board, "silence-3-by-rule").await;
    let queue = browser.page(View::desktop()).await;
    team::sign_in(&queue, &world, "dispatcher", "/dispatch").await;
    queue.tap(&format!("#queue [data-party='{silent}']")).await;
    queue.tap("#decisions summary").await;
    queue.until_shown("#decisions [data-kind='opinion.by_rule']").await;
    team::inspect(&queue, "silence-4-queue").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispatcher_switches_to_manual_and_confirms() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let queue = Browser::start().page(View::desktop()).await;
    team::sign_in(&queue, &world, "dispatcher", "/dispatch").await;
    queue.tap("#approval").await;
    queue.tap("dialog label:has([value='manual'])").await;
    queue.type_text("dialog textarea", "the list grew").await;
    team::inspect(&queue, "approval-1-switch").await;
    team::confirm(&queue).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    queue.tap(&format!("#queue [data-party='{party}']")).await;
    queue.tap("#do-confirm").await;
    team::confirm(&queue).await;
    queue.until_gone("#do-confirm").await;
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "disposed");
    team::inspect(&queue, "approval-2-confirmed").await;
}
