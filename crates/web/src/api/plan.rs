//! The plan for everybody who waits: proposed, looked at, committed.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Open, Signed, Write};
use crate::wire::plan::{CheckedPlan, CommitPlan, PlanBody, PlanWishes, UndoPlan};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;

/// Trips for everybody with a destination and no seat. Writes nothing.
#[utoipa::path(get, path = "/v1/plans/{entry}", tag = "plan", params(("entry" = String, Path, description = "IATA code of the airport where the parties wait")), responses((status = 200, body = PlanBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn propose(State(app): State<App>, Path(entry): Path<String>, who: Signed) -> Read<PlanBody> {
    Ok(Json(app.dispatcher.propose_plan(who.caller(), &entry).await?.into()))
}

/// Makes a plan true, all of it or nothing; refused when somebody changed a party since, or when it breaks a rule.
#[utoipa::path(post, path = "/v1/plans/{entry}", tag = "plan", params(("entry" = String, Path)), request_body = CommitPlan,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn commit(State(app): State<App>, Path(entry): Path<String>, write: Write<CommitPlan>) -> Written {
    let Write { caller, key, body } = write;
    let (as_of, trips) = body.chosen()?;
    created(app.dispatcher.commit_plan(&caller, &key, (&entry, as_of), trips).await)
}

/// Trips for everybody around what a person laid down: pinned parties keep their vehicle, others stay out. Writes nothing.
#[utoipa::path(post, path = "/v1/plans/{entry}/proposal", tag = "plan", params(("entry" = String, Path)), request_body = PlanWishes,
    responses((status = 200, body = PlanBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn propose_with(
    State(app): State<App>,
    Path(entry): Path<String>,
    who: Signed,
    body: Open<PlanWishes>,
) -> Read<PlanBody> {
    let wishes = body.0.wishes()?;
    Ok(Json(app.dispatcher.propose_plan_with(who.caller(), &entry, &wishes).await?.into()))
}

/// What if: a changed plan timed anew, with the rule it breaks. Writes nothing; the commit looks again.
#[utoipa::path(post, path = "/v1/plans/{entry}/check", tag = "plan", params(("entry" = String, Path)), request_body = CommitPlan,
    responses((status = 200, body = CheckedPlan), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn check(
    State(app): State<App>,
    Path(entry): Path<String>,
    who: Signed,
    body: Open<CommitPlan>,
) -> Read<CheckedPlan> {
    let (_, trips) = body.0.chosen()?;
    Ok(Json(app.dispatcher.adjust_plan(who.caller(), &entry, &trips).await?.into()))
}

/// Takes a committed plan back, all of it or nothing; refused once a receiver has acknowledged or boarding has begun.
#[utoipa::path(delete, path = "/v1/plans/{entry}", tag = "plan", params(("entry" = String, Path)), request_body = UndoPlan,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn undo(State(app): State<App>, Path(entry): Path<String>, write: Write<UndoPlan>) -> Written {
    let Write { caller, key, body } = write;
    let (seats, reason) = body.seats()?;
    changed(app.dispatcher.undo_plan(&caller, &key, &entry, seats, reason).await)
}
