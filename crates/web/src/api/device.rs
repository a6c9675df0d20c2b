//! Phones that tell where a vehicle is: enrolled by a dispatcher, heard without a session.

use super::{Read, Written, changed};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::problem::Problem;
use crate::wire::device::{DeviceBody, Enrol, Enrolled, TellBody, TellQuery, Told};
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::IntoResponse;
use fast_qr::qr::QRBuilder;
use homeward_dispatch::{Device, Halt, PhoneHeard};
use homeward_domain::{DeviceId, VehicleId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One message of a phone, bytes: the app's longest is a tenth of it.
const BODY_BYTES_MAX: usize = 16 * 1024;
/// How often the app looks, seconds: three looks are still a live position.
const INTERVAL_SECONDS: u32 = 10;

#[derive(Serialize, ToSchema)]
pub(crate) struct Devices {
    devices: Vec<DeviceBody>,
}

/// The phones of the caller's district.
#[utoipa::path(get, path = "/v1/devices", tag = "devices", responses((status = 200, body = Devices), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Devices> {
    let devices = app.dispatcher.devices(who.caller()).await?.into_iter();
    let body = |(it, heard): (Device, Option<PhoneHeard>)| DeviceBody {
        id: it.id.uuid(),
        vehicle: it.vehicle.uuid(),
        vehicle_name: it.vehicle_name,
        label: it.label,
        enrolled_by: it.enrolled_by,
        enrolled_at: it.enrolled_at,
        revoked_at: it.revoked_at,
        heard_at: heard.map(|heard| heard.at),
        outcome: heard.map(|heard| heard.outcome.code()),
    };
    Ok(Json(Devices { devices: devices.map(body).collect() }))
}

/// Enrols a phone for a vehicle; its token is told once.
#[utoipa::path(post, path = "/v1/devices", tag = "devices", request_body = Enrol,
    responses((status = 201, body = Enrolled), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn enrol(State(app): State<App>, headers: HeaderMap, write: Write<Enrol>) -> Written {
    let Write { caller, key, body } = write;
    let label = body.label()?;
    let enrolled = app.dispatcher.enrol_device(&caller, &key, VehicleId::new(body.vehicle), label).await;
    let (receipt, token) = match enrolled {
        Ok((receipt, token)) => (receipt, Some(token.reveal().clone())),
        Err(Halt::Replayed(receipt)) => (receipt, None),
        Err(halt) => return Err(halt.into()),
    };
    let set_up_url = token.as_ref().map(|token| set_up_url(&address(&headers), token));
    let qr = set_up_url.as_deref().map(qr).unwrap_or_default();
    let (subject, version, at) = (receipt.subject, receipt.version, receipt.at);
    Ok((StatusCode::CREATED, Json(Enrolled { subject, version, at, token, set_up_url, qr })).into_response())
}

/// Revokes a phone.
#[utoipa::path(post, path = "/v1/devices/{id}/revoke", tag = "devices", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn revoke(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    changed(app.dispatcher.revoke_device(&write.caller, &write.key, DeviceId::new(id)).await)
}

/// A phone tells where it is, in the query dialect. Answered 200 whatever becomes of it, so that its queue does not grow.
#[utoipa::path(get, path = "/v1/positions", tag = "devices", params(TellQuery), security(()),
    responses((status = 200), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn tell(State(app): State<App>, uri: Uri) -> Result<StatusCode, Problem> {
    heard(&app, Told::of_pairs(pairs(&uri)?)).await
}

/// The same, in the JSON dialect, as a form, or with an empty body and a query.
#[utoipa::path(post, path = "/v1/positions", tag = "devices", params(TellQuery), request_body = TellBody, security(()),
    responses((status = 200), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn tell_body(State(app): State<App>, request: Request) -> Result<StatusCode, Problem> {
    let uri = request.uri().clone();
    let body = axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await;
    let body = body.map_err(|_| Problem::malformed(format!("a message has at most {BODY_BYTES_MAX} bytes")))?;
    let told = match body.trim_ascii_start() {
        [] => Told::of_pairs(pairs(&uri)?),
        [b'{', ..] => serde_json::from_slice::<TellBody>(&body).map_err(unread)?.into(),
        form => {
            let query = [b"/?", form.trim_ascii()].concat();
            let form = Uri::try_from(query).map_err(|_| Problem::malformed("neither JSON nor a form"))?;
            Told::of_pairs(pairs(&form)?)
        }
    };
    heard(&app, told).await
}

/// Who it is comes first: a stranger is not told what is wrong with a message.
async fn heard(app: &App, told: Told) -> Result<StatusCode, Problem> {
    let phone = app.dispatcher.recognise_phone(told.id.as_ref()).await?;
    app.dispatcher.report_fix(phone, told.fix(app.dispatcher.now())?).await?;
    Ok(StatusCode::OK)
}

fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Problem> {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
    pairs.map(|Query(pairs)| pairs).map_err(|_| Problem::malformed("the query cannot be read"))
}

/// Says where, not what: the text of a message may hold its token.
#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn unread(error: serde_json::Error) -> Problem {
    Problem::malformed(format!("not as the app sends it, at line {} column {}", error.line(), error.column()))
}

/// Where browsers and phones reach this server: the page that asks says so; a program's own line does otherwise.
fn address(headers: &HeaderMap) -> String {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), _) => origin.to_owned(),
        (None, host) => format!("https://{}", host.unwrap_or("localhost")),
    }
}

/// The app takes a link to a server as its own settings: address and path, `id`, and how to look (traccar-client,
/// `configuration_service.dart`).
fn set_up_url(address: &str, token: &str) -> String {
    format!(
        "{address}/v1/positions?id={token}&interval={INTERVAL_SECONDS}&distance=0&accuracy=high&buffer=true&service=true"
    )
}

fn qr(text: &str) -> Vec<String> {
    let code =
        QRBuilder::new(text).build().expect("a link is far below the 1,663 bytes a code of quartile strength holds");
    let row = |row: usize| (0..code.size).map(|column| if code[row][column].value() { '1' } else { '0' }).collect();
    (0..code.size).map(row).collect()
}
