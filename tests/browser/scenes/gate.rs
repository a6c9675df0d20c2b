//! At the gate: three steps a person by their own roles, then both sides confirm.

use homeward_tests::browser::Page;

use crate::story::Stage;
use crate::team;

/// Checklist, offer, acceptance.
pub async fn receive(stage: &Stage, escort: &Page, stop: &str) {
    let (phone, screen) = (&stage.phone, format!("/gate/{stop}"));
    team::go(phone, &stage.world, &screen).await;
    stage.inspect(phone, "gate-1-police").await;
    each(phone, "inform").await;
    for (who, step) in [("doctor", "enrol"), ("committee", "verify")] {
        team::sign_out(phone).await;
        team::sign_in(phone, &stage.world, who, &screen).await;
        stage.inspect(phone, &format!("gate-2-{who}")).await;
        each(phone, step).await;
    }
    escort.tap("#offer").await;
    escort.until_gone("#offer").await;
    stage.inspect(escort, "trip-6-offered").await;
    stage.board.tap(&format!("#gate-{stop}")).await;
    stage.board.until_shown("#accept:not([aria-disabled])").await;
    stage.inspect(&stage.board, "gate-3-leader").await;
    stage.board.tap("#accept").await;
    stage.board.until_gone("#accept").await;
    stage.inspect(&stage.board, "gate-4-accepted").await;
    team::go(&stage.board, &stage.world, &team::board()).await;
}

/// Does the step for the first who lacks it, until nobody does.
pub async fn each(phone: &Page, step: &str) {
    for left in [1, 0] {
        if step == "enrol" {
            phone.type_text("[id^=enrol-form-] [name=temperature_c]", "36.6").await;
            phone.tap("[id^=enrol-form-] [name=letter_signed]").await;
            phone.tap("[id^=enrol-form-] [name=guide_given]").await;
        }
        phone.tap(&format!("[data-step={step}] .btn--primary")).await;
        phone.until(&format!("document.querySelectorAll('[data-step={step}] .btn--primary').length === {left}")).await;
    }
}
