//! The places an administrator keeps: all sites with their rooms, and the relay points.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::problem::Problem;
use crate::wire::places::{OpenRelayPoint, Places};
use crate::wire::site::SiteReason;
use crate::wire::{ProblemBody, Receipt, text};
use axum::Json;
use axum::extract::State;
use homeward_domain::code;

/// A code that cannot be one is no relay point.
fn relay_point(text: &str) -> Result<code::RelayPoint, Problem> {
    code::RelayPoint::parse(text).map_err(|_| Problem::not_found())
}

/// Every site with its gate and its rooms, and every relay point.
#[utoipa::path(get, path = "/v1/places", tag = "places", responses((status = 200, body = Places), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Places> {
    Ok(Json(app.dispatcher.places(who.caller()).await?.into()))
}

/// Opens a relay point.
#[utoipa::path(post, path = "/v1/relay-points", tag = "places", request_body = OpenRelayPoint,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add_relay_point(State(app): State<App>, write: Write<OpenRelayPoint>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.add_relay_point(&caller, &key, body.parse()?).await)
}

/// No new change is planned there from now on; those that are stay.
#[utoipa::path(post, path = "/v1/relay-points/{code}/out-of-use", tag = "places", params(("code" = String, Path)),
    request_body = SiteReason, responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn take_out(State(app): State<App>, Path(code): Path<String>, write: Write<SiteReason>) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.take_relay_point_out(&caller, &key, relay_point(&code)?, reason).await)
}

/// Changes are planned there again.
#[utoipa::path(post, path = "/v1/relay-points/{code}/in-use", tag = "places", params(("code" = String, Path)),
    request_body = SiteReason, responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn put_back(State(app): State<App>, Path(code): Path<String>, write: Write<SiteReason>) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.put_relay_point_back(&caller, &key, relay_point(&code)?, reason).await)
}
