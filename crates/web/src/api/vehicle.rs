//! The district's vehicles and escorts.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Signed, Write};
use crate::wire::trip::AddVehicle;
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
pub(crate) struct Vehicles {
    vehicles: Vec<VehicleBody>,
}

#[derive(Serialize, ToSchema)]
struct VehicleBody {
    id: Uuid,
    name: String,
    plate: Option<String>,
    seats: i64,
    wheelchair_places: i64,
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
}

/// The vehicles of the caller's district.
#[utoipa::path(get, path = "/v1/vehicles", tag = "vehicles", responses((status = 200, body = Vehicles), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Vehicles> {
    let vehicles = app.dispatcher.vehicles(who.caller()).await?.into_iter();
    let body = |it: homeward_dispatch::Vehicle| VehicleBody {
        id: it.id.uuid(),
        name: it.name,
        plate: it.plate,
        seats: it.seats,
        wheelchair_places: it.wheelchair_places,
    };
    Ok(Json(Vehicles { vehicles: vehicles.map(body).collect() }))
}

/// The escorts of the caller's district.
#[utoipa::path(get, path = "/v1/escorts", tag = "vehicles", responses((status = 200, body = Escorts), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn escorts(State(app): State<App>, who: Signed) -> Read<Escorts> {
    let escorts = app.dispatcher.escorts(who.caller()).await?.into_iter();
    let body = |it: homeward_dispatch::Account| EscortBody {
        id: it.id.uuid(),
        display_name: it.display_name,
        phone: it.phone,
    };
    Ok(Json(Escorts { escorts: escorts.map(body).collect() }))
}

/// Adds a vehicle.
#[utoipa::path(post, path = "/v1/vehicles", tag = "vehicles", request_body = AddVehicle,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add(State(app): State<App>, write: Write<AddVehicle>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.add_vehicle(&caller, &key, body.try_into()?).await)
}
