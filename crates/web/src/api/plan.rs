//! The plan for everybody who waits: proposed, looked at, committed.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Signed, Write};
use crate::wire::plan::{CommitPlan, PlanBody};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::{Path, State};

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
