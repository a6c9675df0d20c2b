//! On the road: the escort's phone.

use homeward_tests::browser::Page;

use crate::story::Stage;
use crate::team;

/// The hours between which the vehicle is expected, as the dispatcher's trip says them.
const WINDOW: &str = r"document.querySelector('.trip [data-stop] .num').innerText.match(/\d\d:\d\d–\d\d:\d\d/)[0]";

/// Boards one by tap and one by scan, leaves with a count of heads, drives, arrives.
pub async fn ride(stage: &Stage, escort: &Page, trip: &str) {
    team::sign_in(escort, &stage.world, "escort", "/trip").await;
    stage.inspect(escort, "trip-1-mine").await;
    escort.tap(&format!("a[href='/trip/{trip}']")).await;
    escort.until_shown(".manifest__tap").await;
    stage.dispatch.tap(&format!(".trip[data-trip='{trip}'] .btn--primary")).await;
    escort.until_shown("#depart").await;
    stage.inspect(escort, "trip-2-boarding").await;
    escort.tap(".manifest__line:first-child .manifest__tap").await;
    escort.until("document.querySelectorAll('.manifest__tap[aria-pressed=true]').length === 1").await;
    escort.type_text("#scan", "P1-001 2").await;
    escort.tap("#scan-go").await;
    escort.until("document.querySelectorAll('.manifest__tap[aria-pressed=true]').length === 2").await;
    depart(stage, escort).await;
    stage.world.pass(25).await;
    stage.board.until_shown("#stops [data-stage=en_route]").await;
    stage.inspect(&stage.board, "board-3-under-way").await;
    let ride = format!("document.querySelector('#party .note--info')?.innerText.includes({WINDOW})");
    stage.dispatch.until(&ride).await;
    stage.inspect(&stage.dispatch, "dispatch-6-under-way").await;
    stage.board.tap("[id^=muster-]").await;
    stage.board.until_gone("[id^=muster-]").await;
    stage.world.pass(25).await;
    escort.tap("#arrive").await;
    escort.until_shown("#offer").await;
    stage.inspect(escort, "trip-5-arrived").await;
}

async fn depart(stage: &Stage, escort: &Page) {
    escort.tap("#depart").await;
    escort.type_text("#head-count", "2").await;
    stage.inspect(escort, "trip-3-count").await;
    team::confirm(escort).await;
    escort.until_shown("#arrive").await;
    stage.inspect(escort, "trip-4-under-way").await;
}
