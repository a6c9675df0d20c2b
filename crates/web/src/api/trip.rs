//! Trips: planned by the dispatcher, boarded and driven by the escort.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::{Path, Query};
use crate::caller::{Signed, Write};
use crate::problem::Problem;
use crate::wire::detail::{self, TripDetail};
use crate::wire::trip::{
    CrewBody, Depart, NoShow, OneArrival, PlanTrip, PositionBody, PositionHeard, SayEta, TakeVehicle,
};
use crate::wire::{Because, Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use homeward_dispatch::Listed;
use homeward_domain::{ArrivalId, StopId, TripId, VehicleId};
use homeward_feed::row::TripRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
pub(crate) struct Trips {
    /// Open ones all of them; else the 500 that left last.
    trips: Vec<TripRow>,
    /// How many more there are.
    not_listed: i64,
}

#[derive(Deserialize, IntoParams)]
pub(crate) struct Which {
    /// Only those that are not over.
    open: Option<bool>,
}

/// The trips the caller may see; an escort sees their own.
#[utoipa::path(get, path = "/v1/trips", tag = "trips", params(Which), responses((status = 200, body = Trips), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn open(State(app): State<App>, who: Signed, Query(which): Query<Which>) -> Read<Trips> {
    let Listed { some, not_listed } = app.dispatcher.trips(who.caller(), which.open.unwrap_or(true)).await?;
    Ok(Json(Trips { trips: some.into_iter().map(|(_, row)| row).collect(), not_listed }))
}

/// One trip with its manifest.
#[utoipa::path(get, path = "/v1/trips/{id}", tag = "trips", params(("id" = Uuid, Path)), responses((status = 200, body = TripDetail), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn one(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<TripDetail> {
    let shown = app.dispatcher.trip(who.caller(), TripId::new(id)).await?;
    let (trip, parties, row) = shown.it;
    let places = app.dispatcher.places_of(&trip).await?;
    Ok(Json(detail::trip(&trip, &parties, row, shown.fields).at(&places)))
}

/// Plans a trip.
#[utoipa::path(post, path = "/v1/trips", tag = "trips", request_body = PlanTrip,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn plan(State(app): State<App>, write: Write<PlanTrip>) -> Written {
    let Write { caller, key, body } = write;
    let (vehicle, departs_at) = (VehicleId::new(body.vehicle), body.departs_at);
    created(app.dispatcher.plan_trip(&caller, &key, vehicle, departs_at, body.crew()?).await)
}

/// Names crew and plate.
#[utoipa::path(post, path = "/v1/trips/{id}/crew", tag = "trips", params(("id" = Uuid, Path)), request_body = CrewBody,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn crew(State(app): State<App>, Path(id): Path<Uuid>, write: Write<CrewBody>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.crew(&caller, &key, TripId::new(id), body.try_into()?).await)
}

/// Gives a trip that nobody has boarded another vehicle.
#[utoipa::path(post, path = "/v1/trips/{id}/vehicle", tag = "trips", params(("id" = Uuid, Path)), request_body = TakeVehicle,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn vehicle(State(app): State<App>, Path(id): Path<Uuid>, write: Write<TakeVehicle>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.take_vehicle(&caller, &key, TripId::new(id), body.try_into()?).await)
}

/// Opens boarding.
#[utoipa::path(post, path = "/v1/trips/{id}/boarding", tag = "trips", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn boarding(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.open_boarding(&caller, &key, TripId::new(id)).await)
}

/// Cancels a trip nobody has boarded.
#[utoipa::path(post, path = "/v1/trips/{id}/cancel", tag = "trips", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn cancel(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.cancel_trip(&caller, &key, TripId::new(id), body.reason).await)
}

/// Takes a person aboard.
#[utoipa::path(post, path = "/v1/trips/{id}/board", tag = "trips", params(("id" = Uuid, Path)), request_body = OneArrival,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn board(State(app): State<App>, Path(id): Path<Uuid>, write: Write<OneArrival>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.board(&caller, &key, TripId::new(id), ArrivalId::new(body.arrival)).await)
}

/// Gives a person back to the desk.
#[utoipa::path(post, path = "/v1/trips/{id}/unboard", tag = "trips", params(("id" = Uuid, Path)), request_body = OneArrival,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn unboard(State(app): State<App>, Path(id): Path<Uuid>, write: Write<OneArrival>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.unboard(&caller, &key, TripId::new(id), ArrivalId::new(body.arrival)).await)
}

/// Says that a person did not come, and who of their party stays along.
#[utoipa::path(post, path = "/v1/trips/{id}/no-show", tag = "trips", params(("id" = Uuid, Path)), request_body = NoShow,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn no_show(State(app): State<App>, Path(id): Path<Uuid>, write: Write<NoShow>) -> Written {
    let Write { caller, key, body } = write;
    let staying = body.staying();
    changed(app.dispatcher.no_show(&caller, &key, TripId::new(id), staying, body.reason).await)
}

/// Leaves, with the escort's own count.
#[utoipa::path(post, path = "/v1/trips/{id}/depart", tag = "trips", params(("id" = Uuid, Path)), request_body = Depart,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn depart(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Depart>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.depart(&caller, &key, TripId::new(id), body.head_count).await)
}

/// Where the vehicle is. Not numbered, not stored; boards get a tick.
#[utoipa::path(post, path = "/v1/trips/{id}/position", tag = "trips", params(("id" = Uuid, Path)), request_body = PositionBody, responses((status = 202, body = PositionHeard), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn position(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    write: Write<PositionBody>,
) -> Result<(StatusCode, Json<PositionHeard>), Problem> {
    let outcome = app.dispatcher.report_position(&write.caller, TripId::new(id), write.body.try_into()?).await?;
    Ok((StatusCode::ACCEPTED, Json(PositionHeard { outcome: outcome.code() })))
}

/// When the vehicle will be at a stop, as somebody aboard says.
#[utoipa::path(post, path = "/v1/trips/{id}/eta", tag = "trips", params(("id" = Uuid, Path)), request_body = SayEta, responses((status = 202), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn eta(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    write: Write<SayEta>,
) -> Result<StatusCode, Problem> {
    let SayEta { stop, gate_at } = write.body;
    app.dispatcher.say_eta(&write.caller, TripId::new(id), StopId::new(stop), gate_at).await?;
    Ok(StatusCode::ACCEPTED)
}
