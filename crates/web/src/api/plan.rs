//! The plan for everybody who waits: proposed, looked at, committed.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Signed, Write};
use crate::wire::plan::{CommitPlan, PlanBody};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
pub(crate) struct Where {
    /// IATA code of the airport where the parties wait.
    point_of_entry: String,
}

/// Trips for everybody with a destination and no seat. Writes nothing.
#[utoipa::path(get, path = "/v1/plan", tag = "plan", params(Where), responses((status = 200, body = PlanBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn propose(State(app): State<App>, who: Signed, Query(place): Query<Where>) -> Read<PlanBody> {
    Ok(Json(app.dispatcher.propose_plan(who.caller(), &place.point_of_entry).await?.into()))
}

/// Makes a plan true, all of it or nothing; refused when somebody changed a party since, or when it breaks a rule.
#[utoipa::path(post, path = "/v1/plan", tag = "plan", request_body = CommitPlan,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn commit(State(app): State<App>, write: Write<CommitPlan>) -> Written {
    let Write { caller, key, body } = write;
    let (place, as_of, trips) = body.chosen()?;
    created(app.dispatcher.commit_plan(&caller, &key, (&place, as_of), trips).await)
}
