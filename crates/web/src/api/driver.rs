//! The district's drivers.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::driver::{AddDriver, CorrectDriver, DriverBody, Drivers, SetUsual};
use crate::wire::vehicle::SetShift;
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::DriverId;
use homeward_domain::driver::Command;
use uuid::Uuid;

/// The drivers of the caller's district, with what each does now.
#[utoipa::path(get, path = "/v1/drivers", tag = "drivers", responses((status = 200, body = Drivers), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Drivers> {
    let drivers = app.dispatcher.drivers(who.caller()).await?;
    Ok(Json(Drivers { drivers: drivers.into_iter().map(DriverBody::from).collect() }))
}

/// Adds a driver.
#[utoipa::path(post, path = "/v1/drivers", tag = "drivers", request_body = AddDriver,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add(State(app): State<App>, write: Write<AddDriver>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.add_driver(&caller, &key, body.try_into()?).await)
}

/// Another name or phone; trips that are not over show it.
#[utoipa::path(post, path = "/v1/drivers/{id}/correct", tag = "drivers", params(("id" = Uuid, Path)), request_body = CorrectDriver,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn correct(State(app): State<App>, Path(id): Path<Uuid>, write: Write<CorrectDriver>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.keep_driver(&caller, &key, DriverId::new(id), body.parse()?).await)
}

/// When they are on duty.
#[utoipa::path(post, path = "/v1/drivers/{id}/shift", tag = "drivers", params(("id" = Uuid, Path)), request_body = SetShift,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_shift(State(app): State<App>, Path(id): Path<Uuid>, write: Write<SetShift>) -> Written {
    let Write { caller, key, body } = write;
    let command = Command::SetShift(body.parse()?);
    changed(app.dispatcher.keep_driver(&caller, &key, DriverId::new(id), command).await)
}

/// Which vehicle they drive as a rule.
#[utoipa::path(post, path = "/v1/drivers/{id}/usual", tag = "drivers", params(("id" = Uuid, Path)), request_body = SetUsual,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_usual(State(app): State<App>, Path(id): Path<Uuid>, write: Write<SetUsual>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.keep_driver(&caller, &key, DriverId::new(id), body.command()).await)
}

/// They are off duty: named on no trip, and none that names them leaves.
#[utoipa::path(post, path = "/v1/drivers/{id}/off", tag = "drivers", params(("id" = Uuid, Path)),
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn take_off(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.keep_driver(&caller, &key, DriverId::new(id), Command::TakeOff).await)
}

/// They are on duty again.
#[utoipa::path(post, path = "/v1/drivers/{id}/on", tag = "drivers", params(("id" = Uuid, Path)),
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn put_on(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.keep_driver(&caller, &key, DriverId::new(id), Command::PutOn).await)
}

/// Erases who a driver was: off duty, and on no trip that is not over. There is no way back; trips keep that somebody drove.
#[utoipa::path(post, path = "/v1/drivers/{id}/erase", tag = "drivers", params(("id" = Uuid, Path)),
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn erase(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.erase_driver(&caller, &key, DriverId::new(id)).await)
}
