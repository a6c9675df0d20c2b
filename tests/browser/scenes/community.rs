//! In the community: two answers to the request, five acknowledgements of the notice.

use crate::scenes::airport;
use crate::story::Stage;
use crate::team;

/// The leader and the committee answer on the board with two taps each.
pub async fn hear(stage: &Stage, party: &str) {
    let (board, phone) = (&stage.board, &stage.phone);
    team::sign_in(board, &stage.world, "leader", &team::board()).await;
    stage.inspect(board, "board-1-empty").await;
    team::sign_in(phone, &stage.world, "committee", &team::board()).await;
    airport::propose_home(stage, party).await;
    board.until_shown(&format!("#agree-{party}")).await;
    stage.inspect(board, "board-2-asked").await;
    board.tap(&format!("#agree-{party}")).await;
    board.until_shown("dialog").await;
    stage.inspect(board, "board-2-asked-twice").await;
    team::confirm(board).await;
    phone.tap(&format!("#suitable-{party}")).await;
    team::confirm(phone).await;
    board.until_gone(&format!(".request[data-party='{party}']")).await;
}

/// Everybody of the squad says on the board that they come; answers the stop's id.
pub async fn acknowledge(stage: &Stage) -> String {
    let (board, phone) = (&stage.board, &stage.phone);
    board.until_shown("#stops [data-stop]").await;
    let stop: String = board.value("document.querySelector('#stops [data-stop]').dataset.stop").await;
    stage.inspect(board, "board-3-notice").await;
    let answer = format!("#ack-{stop}");
    board.tap(&answer).await;
    board.until_gone(&answer).await;
    phone.tap(&answer).await;
    phone.until_gone(&answer).await;
    for who in ["duty", "doctor", "police"] {
        team::sign_out(phone).await;
        team::sign_in(phone, &stage.world, who, &team::board()).await;
        phone.tap(&answer).await;
        phone.until_gone(&answer).await;
    }
    board.until(&format!("document.querySelectorAll(\"[data-stop='{stop}'] .squad__in\").length === 5")).await;
    stage.inspect(board, "board-3-ready").await;
    stop
}
