//! Gates that are closed for a while.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::gate::{CloseGate, GateClosures};
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::GateClosureId;
use uuid::Uuid;

/// The closures of the caller's gates of which something lies ahead, the earliest first.
#[utoipa::path(get, path = "/v1/gate-closures", tag = "gates", responses((status = 200, body = GateClosures), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<GateClosures> {
    Ok(Json(app.dispatcher.gate_closures(who.caller()).await?.into()))
}

/// Closes a gate: from when, until when, why. Open trips that come there show it; plans bring nobody there meanwhile.
#[utoipa::path(post, path = "/v1/gate-closures", tag = "gates", request_body = CloseGate,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn close(State(app): State<App>, write: Write<CloseGate>) -> Written {
    let Write { caller, key, body } = write;
    let closing = body.closing()?;
    created(app.dispatcher.close_gate(&caller, &key, closing).await)
}

/// Opens the gate before its time, or calls a closure off.
#[utoipa::path(post, path = "/v1/gate-closures/{id}/end", tag = "gates", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn open(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.open_gate(&caller, &key, GateClosureId::new(id)).await)
}
