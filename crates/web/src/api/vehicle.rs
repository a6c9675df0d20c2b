//! The district's vehicles and escorts.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::trip::AddVehicle;
use crate::wire::vehicle::{SetLanguages, SetLuggage, SetShift, TakeOut, VehicleBody};
use crate::wire::{Nothing, ProblemBody, Receipt, text};
use axum::Json;
use axum::extract::State;
use homeward_domain::vehicle::Command;
use homeward_domain::{AccountId, VehicleId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
pub(crate) struct Vehicles {
    vehicles: Vec<VehicleBody>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Escorts {
    escorts: Vec<EscortBody>,
}

#[derive(Serialize, ToSchema)]
struct EscortBody {
    id: Uuid,
    display_name: String,
    phone: Option<String>,
    /// BCP 47 tags.
    languages: Vec<String>,
}

/// The vehicles of the caller's district.
#[utoipa::path(get, path = "/v1/vehicles", tag = "vehicles", responses((status = 200, body = Vehicles), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Vehicles> {
    let vehicles = app.dispatcher.vehicles(who.caller()).await?;
    Ok(Json(Vehicles { vehicles: vehicles.into_iter().map(VehicleBody::from).collect() }))
}

/// The escorts of the caller's district.
#[utoipa::path(get, path = "/v1/escorts", tag = "vehicles", responses((status = 200, body = Escorts), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn escorts(State(app): State<App>, who: Signed) -> Read<Escorts> {
    let escorts = app.dispatcher.escorts(who.caller()).await?.into_iter();
    let body = |it: homeward_dispatch::Account| EscortBody {
        id: it.id.uuid(),
        display_name: it.display_name,
        phone: it.phone,
        languages: it.languages,
    };
    Ok(Json(Escorts { escorts: escorts.map(body).collect() }))
}

/// Writes down which languages an escort speaks.
#[utoipa::path(post, path = "/v1/escorts/{id}/languages", tag = "vehicles", params(("id" = Uuid, Path)), request_body = SetLanguages,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_languages(State(app): State<App>, Path(id): Path<Uuid>, write: Write<SetLanguages>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.set_languages(&caller, &key, AccountId::new(id), body.parse()?).await)
}

/// Adds a vehicle.
#[utoipa::path(post, path = "/v1/vehicles", tag = "vehicles", request_body = AddVehicle,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add(State(app): State<App>, write: Write<AddVehicle>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.add_vehicle(&caller, &key, body.try_into()?).await)
}

/// Nobody plans with it any more; a trip under way is finished.
#[utoipa::path(post, path = "/v1/vehicles/{id}/out-of-service", tag = "vehicles", params(("id" = Uuid, Path)), request_body = TakeOut,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn take_out(State(app): State<App>, Path(id): Path<Uuid>, write: Write<TakeOut>) -> Written {
    let Write { caller, key, body } = write;
    let command = Command::TakeOut { reason: text(&body.reason, "reason", 200)? };
    changed(app.dispatcher.keep_vehicle(&caller, &key, VehicleId::new(id), command).await)
}

/// It is used again.
#[utoipa::path(post, path = "/v1/vehicles/{id}/in-service", tag = "vehicles", params(("id" = Uuid, Path)),
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn put_back(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.keep_vehicle(&caller, &key, VehicleId::new(id), Command::PutBack).await)
}

/// It was disinfected since it came back. Boarding of its next trip waits for this word.
#[utoipa::path(post, path = "/v1/vehicles/{id}/cleaned", tag = "vehicles", params(("id" = Uuid, Path)),
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn cleaned(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.confirm_clean(&caller, &key, VehicleId::new(id)).await)
}

/// When it is on duty.
#[utoipa::path(post, path = "/v1/vehicles/{id}/shift", tag = "vehicles", params(("id" = Uuid, Path)), request_body = SetShift,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_shift(State(app): State<App>, Path(id): Path<Uuid>, write: Write<SetShift>) -> Written {
    let Write { caller, key, body } = write;
    let command = Command::SetShift(body.parse()?);
    changed(app.dispatcher.keep_vehicle(&caller, &key, VehicleId::new(id), command).await)
}

/// How many large pieces of luggage it takes.
#[utoipa::path(post, path = "/v1/vehicles/{id}/luggage", tag = "vehicles", params(("id" = Uuid, Path)), request_body = SetLuggage,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_luggage(State(app): State<App>, Path(id): Path<Uuid>, write: Write<SetLuggage>) -> Written {
    let Write { caller, key, body } = write;
    let command = Command::SetLuggage(body.parse()?);
    changed(app.dispatcher.keep_vehicle(&caller, &key, VehicleId::new(id), command).await)
}
