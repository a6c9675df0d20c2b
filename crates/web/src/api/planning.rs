//! The rules that a district's plans are made by.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Signed, Write};
use crate::wire::planning::{ChoosePlanning, PlanningRules};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;

/// What plans of the caller's district are made by, and every choice that led there, newest first.
#[utoipa::path(get, path = "/v1/planning-rules", tag = "rules", responses((status = 200, body = PlanningRules), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn planning_rules(State(app): State<App>, who: Signed) -> Read<PlanningRules> {
    Ok(Json(app.dispatcher.planning_rules(who.caller()).await?.into()))
}

/// Chooses by which rules plans of a district are made from now on.
#[utoipa::path(post, path = "/v1/planning-rules", tag = "rules", request_body = ChoosePlanning,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn choose_planning(State(app): State<App>, write: Write<ChoosePlanning>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.choose_planning(&caller, &key, body.try_into()?).await)
}
