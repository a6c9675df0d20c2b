//! Rooms for everybody who has to go to a site: proposed, looked at, made true.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Signed, Write};
use crate::wire::room_plan::{CommitRooms, RoomPlanBody};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;

/// A room for everybody of the district who has to go to a site, and then for who might. Writes nothing.
#[utoipa::path(get, path = "/v1/room-plan", tag = "destination", responses((status = 200, body = RoomPlanBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn propose_rooms(State(app): State<App>, who: Signed) -> Read<RoomPlanBody> {
    Ok(Json(app.dispatcher.propose_rooms(who.caller()).await?.into()))
}

/// Sends parties to sites and holds a room for each, all of it or nothing; refused when somebody changed a party since, or when
/// a site has no room for one.
#[utoipa::path(post, path = "/v1/room-plan", tag = "destination", request_body = CommitRooms,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn commit_rooms(State(app): State<App>, write: Write<CommitRooms>) -> Written {
    let Write { caller, key, body } = write;
    let (placements, reason) = body.placements()?;
    created(app.dispatcher.commit_rooms(&caller, &key, placements, reason).await)
}
