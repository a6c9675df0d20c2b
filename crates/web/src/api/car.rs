//! Private cars.

use super::{Read, Written, changed};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::detail::{self, CarDetail};
use crate::wire::dispose::{RecordCar, Release};
use crate::wire::divert::RedirectCar;
use crate::wire::trip::CheckOff;
use crate::wire::{Because, Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::{ArrivalId, PartyId};
use uuid::Uuid;

/// The car with the people in it, for who receives them.
#[utoipa::path(get, path = "/v1/parties/{id}/private-car", tag = "private car", params(("id" = Uuid, Path)),
    responses((status = 200, body = CarDetail), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn one_car(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<CarDetail> {
    let shown = app.dispatcher.car(who.caller(), PartyId::new(id)).await?;
    let (party, row) = shown.it;
    Ok(Json(detail::car(&party, row, shown.fields)))
}

/// Records the five fields of who picks up.
#[utoipa::path(post, path = "/v1/parties/{id}/private-car", tag = "private car", params(("id" = Uuid, Path)), request_body = RecordCar,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn record(State(app): State<App>, Path(id): Path<Uuid>, write: Write<RecordCar>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.record_car(&caller, &key, PartyId::new(id), body.try_into()?).await)
}

/// Nobody picks up after all; the party waits for seats again.
#[utoipa::path(delete, path = "/v1/parties/{id}/private-car", tag = "private car", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn drop(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.drop_car(&caller, &key, PartyId::new(id), body.reason).await)
}

/// Lets the car go after the check.
#[utoipa::path(post, path = "/v1/parties/{id}/private-car/release", tag = "private car", params(("id" = Uuid, Path)), request_body = Release,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn release(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Release>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.release_car(&caller, &key, PartyId::new(id), body.into()).await)
}

/// Orders a car on its way elsewhere; whoever gives the order phones the driver.
#[utoipa::path(post, path = "/v1/parties/{id}/private-car/diversion", tag = "private car", params(("id" = Uuid, Path)), request_body = RedirectCar,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn redirect(State(app): State<App>, Path(id): Path<Uuid>, write: Write<RedirectCar>) -> Written {
    let Write { caller, key, body } = write;
    let (to, reason, spread) = body.read()?;
    changed(app.dispatcher.redirect_car(&caller, &key, PartyId::new(id), to, (reason, spread)).await)
}

/// The gate saw them.
#[utoipa::path(post, path = "/v1/parties/{id}/private-car/receive", tag = "private car", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn receive(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.receive_car(&caller, &key, PartyId::new(id)).await)
}

/// Ticks a reception step of a person who came by private car and was received.
#[utoipa::path(post, path = "/v1/parties/{id}/private-car/reception", tag = "private car", params(("id" = Uuid, Path)), request_body = CheckOff,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn check_off(State(app): State<App>, Path(id): Path<Uuid>, write: Write<CheckOff>) -> Written {
    let Write { caller, key, body } = write;
    let step = body.step()?;
    changed(app.dispatcher.check_off_in_car(&caller, &key, PartyId::new(id), ArrivalId::new(body.arrival), step).await)
}
