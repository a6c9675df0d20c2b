//! A vehicle under way: ordered elsewhere by the dispatcher, the order seen by its crew.

use super::{Written, changed};
use crate::App;
use crate::asked::Path;
use crate::caller::Write;
use crate::wire::divert::Divert;
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::extract::State;
use homeward_domain::TripId;
use uuid::Uuid;

/// Orders a vehicle under way elsewhere, with everybody still aboard or those of chosen stops. Undone by another order.
#[utoipa::path(post, path = "/v1/trips/{id}/diversion", tag = "trips", params(("id" = Uuid, Path)), request_body = Divert,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn divert(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Divert>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.divert(&caller, &key, TripId::new(id), body.try_into()?).await)
}

/// Somebody aboard has seen the order.
#[utoipa::path(post, path = "/v1/trips/{id}/diversion/seen", tag = "trips", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn seen(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.see_order(&caller, &key, TripId::new(id)).await)
}
