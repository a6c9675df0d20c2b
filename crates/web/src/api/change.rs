//! Changes of vehicle: planned by the dispatcher, done by two escorts person by person; and breakdowns on the road.

use super::{Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::Write;
use crate::wire::change::PlanChange;
use crate::wire::trip::{Depart, KeepBack, OneArrival};
use crate::wire::{Because, Nothing, ProblemBody, Receipt};
use axum::extract::State;
use homeward_domain::{ArrivalId, ChangeId, TripId};
use uuid::Uuid;

/// Gives halts of a trip to another vehicle, at a relay point or where it broke down; the receipt's subject is the change.
#[utoipa::path(post, path = "/v1/trips/{id}/changes", tag = "changes", params(("id" = Uuid, Path)), request_body = PlanChange,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn plan(State(app): State<App>, Path(id): Path<Uuid>, write: Write<PlanChange>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.plan_change(&caller, &key, body.of(TripId::new(id))?).await)
}

/// Calls a change off before anybody was offered.
#[utoipa::path(delete, path = "/v1/changes/{id}", tag = "changes", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn call_off(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.call_off_change(&caller, &key, ChangeId::new(id), body.reason).await)
}

/// The first vehicle stands at the place of the change.
#[utoipa::path(post, path = "/v1/changes/{id}/arrive", tag = "changes", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn arrive(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.meet(&caller, &key, ChangeId::new(id)).await)
}

/// The first escort offers a person.
#[utoipa::path(post, path = "/v1/changes/{id}/offer", tag = "changes", params(("id" = Uuid, Path)), request_body = OneArrival,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn offer(State(app): State<App>, Path(id): Path<Uuid>, write: Write<OneArrival>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.offer_onward(&caller, &key, ChangeId::new(id), ArrivalId::new(body.arrival)).await)
}

/// The second escort takes a person over.
#[utoipa::path(post, path = "/v1/changes/{id}/accept", tag = "changes", params(("id" = Uuid, Path)), request_body = OneArrival,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn accept(State(app): State<App>, Path(id): Path<Uuid>, write: Write<OneArrival>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.take_over(&caller, &key, ChangeId::new(id), ArrivalId::new(body.arrival)).await)
}

/// Either escort says that a person does not come; they stay in the first escort's hands, with whoever of their party stays along.
#[utoipa::path(post, path = "/v1/changes/{id}/keep", tag = "changes", params(("id" = Uuid, Path)), request_body = KeepBack,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn keep(State(app): State<App>, Path(id): Path<Uuid>, write: Write<KeepBack>) -> Written {
    let Write { caller, key, body } = write;
    let (staying, why) = body.command();
    changed(app.dispatcher.keep(&caller, &key, ChangeId::new(id), staying, why).await)
}

/// Both counts agree; the count is of who is left in the first vehicle.
#[utoipa::path(post, path = "/v1/changes/{id}/close", tag = "changes", params(("id" = Uuid, Path)), request_body = Depart,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn close(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Depart>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.close_change(&caller, &key, ChangeId::new(id), body.head_count).await)
}

/// A vehicle under way cannot go on.
#[utoipa::path(post, path = "/v1/trips/{id}/breakdown", tag = "changes", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn break_down(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.break_down(&caller, &key, TripId::new(id), body.reason).await)
}

/// It goes on after all.
#[utoipa::path(delete, path = "/v1/trips/{id}/breakdown", tag = "changes", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn go_on(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.go_on(&caller, &key, TripId::new(id), body.reason).await)
}
