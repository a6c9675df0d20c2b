//! Key lists.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{Open, Signed, Write};
use crate::wire::list::{AffectedBody, KeyListBody, Preview, Publish, Versions};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;

/// Every version, and which one is in force.
#[utoipa::path(get, path = "/v1/key-lists", tag = "key lists", responses((status = 200, body = Versions), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Versions> {
    let (current, lists) = app.dispatcher.key_lists(who.caller()).await?;
    Ok(Json(Versions { current, versions: lists.into_iter().map(KeyListBody::from).collect() }))
}

/// Whom a list would affect, before it is published.
#[utoipa::path(post, path = "/v1/key-lists/preview", tag = "key lists", request_body = Publish, responses((status = 200, body = Preview), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn preview(State(app): State<App>, who: Signed, asked: Open<Publish>) -> Read<Preview> {
    let (affected_count, affected) = app.dispatcher.preview_list(who.caller(), asked.0.try_into()?).await?;
    let one = |it: homeward_dispatch::Affected| AffectedBody {
        party: it.party.id.uuid(),
        from_tag: it.party.tag().tag.code().to_owned(),
        to_tag: it.to.code().to_owned(),
        label: it.party.label,
    };
    Ok(Json(Preview { affected_count, affected: affected.into_iter().map(one).collect() }))
}

/// Publishes the next version.
#[utoipa::path(post, path = "/v1/key-lists", tag = "key lists", request_body = Publish,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn publish(State(app): State<App>, write: Write<Publish>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.publish_list(&caller, &key, body.try_into()?).await)
}
