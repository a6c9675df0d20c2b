//! Arrivals and positions for passenger-information programs: GTFS-Realtime 2.0, behind a right of its own.

use crate::App;
use crate::caller::Signed;
use crate::problem::Problem;
use crate::wire::ProblemBody;
use crate::wire::gtfs::{FeedMessage, message};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use prost::Message;
use utoipa::ToSchema;

/// The name of the format; the standard itself asks only for a binary answer.
const PROTOBUF: &str = "application/x-protobuf";

/// The bytes of a `FeedMessage`.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it stands for bytes in the document only")]
pub(crate) struct Protobuf(Vec<u8>);

/// Trip updates and vehicle positions of the caller's district, as one full dataset. `Accept: application/json` gives the
/// same message in protobuf's JSON form, for people who look for a fault.
#[utoipa::path(get, path = "/v1/gtfs-realtime", tag = "export",
    responses(
        (status = 200, description = "`FeedMessage` of gtfs-realtime.proto",
            content((Protobuf = "application/x-protobuf"), (FeedMessage = "application/json"))),
        (status = "4XX", body = ProblemBody)))]
pub(crate) async fn feed(State(app): State<App>, headers: HeaderMap, who: Signed) -> Result<Response, Problem> {
    let now = app.dispatcher.now();
    let message = message(&app.dispatcher.export_trips(who.caller()).await?, now);
    let vary = [(header::VARY, "accept")];
    if wants_json(&headers) {
        return Ok((vary, Json(message)).into_response());
    }
    Ok((vary, [(header::CONTENT_TYPE, PROTOBUF)], message.encode_to_vec()).into_response())
}

/// Only who asks for JSON by name gets it: programs send `*/*` or nothing.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<&str> =
        accept.flat_map(|line| line.split(',')).filter_map(|range| range.split(';').next()).collect();
    let named = |wanted: &str| ranges.iter().any(|range| range.trim().eq_ignore_ascii_case(wanted));
    named("application/json") && !named(PROTOBUF)
}
