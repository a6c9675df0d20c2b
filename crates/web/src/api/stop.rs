//! Stops: the notice's answers, the gate's checklist, the two sides of the hand-over.

use super::{Read, Written, changed};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::problem::Problem;
use crate::wire::detail::{self, StopDetail};
use crate::wire::trip::CheckOff;
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::{ArrivalId, StopId};
use uuid::Uuid;

/// One stop with the people who get off there.
#[utoipa::path(get, path = "/v1/stops/{id}", tag = "stops", params(("id" = Uuid, Path)), responses((status = 200, body = StopDetail), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn one(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<StopDetail> {
    let id = StopId::new(id);
    let shown = app.dispatcher.stop(who.caller(), id).await?;
    let (trip, parties, row) = shown.it;
    let row = row.stops.into_iter().find(|row| row.stop == id.uuid()).ok_or_else(Problem::not_found)?;
    Ok(Json(detail::stop(&trip, id, &parties, row, shown.fields)))
}

/// The vehicle stands at the gate.
#[utoipa::path(post, path = "/v1/stops/{id}/arrive", tag = "stops", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn arrive(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.arrive(&caller, &key, StopId::new(id)).await)
}

/// The escort's side of the hand-over.
#[utoipa::path(post, path = "/v1/stops/{id}/offer", tag = "stops", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn offer(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.offer(&caller, &key, StopId::new(id)).await)
}

/// The receiver's side of the hand-over.
#[utoipa::path(post, path = "/v1/stops/{id}/accept", tag = "stops", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn accept(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.accept(&caller, &key, StopId::new(id)).await)
}

/// Received, we are coming: for the caller's role.
#[utoipa::path(post, path = "/v1/stops/{id}/acknowledge", tag = "stops", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn acknowledge(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.acknowledge(&caller, &key, StopId::new(id)).await)
}

/// We are at the gate.
#[utoipa::path(post, path = "/v1/stops/{id}/muster", tag = "stops", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn muster(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.muster(&caller, &key, StopId::new(id)).await)
}

/// Ticks a reception step of a person.
#[utoipa::path(post, path = "/v1/stops/{id}/reception", tag = "stops", params(("id" = Uuid, Path)), request_body = CheckOff,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn reception(State(app): State<App>, Path(id): Path<Uuid>, write: Write<CheckOff>) -> Written {
    let Write { caller, key, body } = write;
    let step = body.step()?;
    changed(app.dispatcher.check_off(&caller, &key, StopId::new(id), ArrivalId::new(body.arrival), step).await)
}
