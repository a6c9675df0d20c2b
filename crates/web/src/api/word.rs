//! What operators say of the roads: a typhoon, a checkpoint.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::word::{RoadWordBody, RoadWords, SayWord};
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::RoadWordId;
use uuid::Uuid;

/// The words that hold now for the caller's trips, oldest first.
#[utoipa::path(get, path = "/v1/eta/words", tag = "trips", responses((status = 200, body = RoadWords), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<RoadWords> {
    let words = app.dispatcher.road_words(who.caller()).await?;
    Ok(Json(RoadWords { words: words.into_iter().map(RoadWordBody::from).collect() }))
}

/// Says how many times as long driving takes, until when and why: a dispatcher for the district's trips, an administrator
/// for all. Open trips are estimated anew at once.
#[utoipa::path(post, path = "/v1/eta/words", tag = "trips", request_body = SayWord,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn say(State(app): State<App>, write: Write<SayWord>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.say_of_roads(&caller, &key, body.into()).await)
}

/// Ends a word before its time.
#[utoipa::path(post, path = "/v1/eta/words/{id}/end", tag = "trips", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn end(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.end_road_word(&caller, &key, RoadWordId::new(id)).await)
}
