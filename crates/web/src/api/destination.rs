//! Where a party goes, and what the community says to it.

use super::{Written, changed};
use crate::App;
use crate::asked::Path;
use crate::caller::Write;
use crate::wire::dispose::{Home, HomeCheck, Onward, Opinion, PlaceAtSite, Refer};
use crate::wire::trip::reason;
use crate::wire::{Because, Nothing, ProblemBody, Receipt, text, text_opt};
use axum::extract::State;
use homeward_dispatch::Seen;
use homeward_domain::{Invalid, PartyId, code};
use uuid::Uuid;

fn seen(id: Uuid, version: Option<i64>) -> Seen {
    Seen { party: PartyId::new(id), version }
}

/// Calls the ambulance; companions go along.
#[utoipa::path(post, path = "/v1/parties/{id}/referral", tag = "destination", params(("id" = Uuid, Path)), request_body = Refer,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn refer(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Refer>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.refer(&caller, &key, PartyId::new(id), body.try_into()?).await)
}

/// The ambulance took the party.
#[utoipa::path(post, path = "/v1/parties/{id}/referral/taken", tag = "destination", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn ambulance_took(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.ambulance_took(&caller, &key, PartyId::new(id)).await)
}

/// Asks the community about a home.
#[utoipa::path(post, path = "/v1/parties/{id}/home", tag = "destination", params(("id" = Uuid, Path)), request_body = Home,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn home(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Home>) -> Written {
    let Write { caller, key, body } = write;
    let (gate, facts) = body.parse()?;
    changed(app.dispatcher.ask_home(&caller, &key, seen(id, body.version), gate, facts).await)
}

/// Gives the sub-district's opinion.
#[utoipa::path(post, path = "/v1/parties/{id}/opinion", tag = "destination", params(("id" = Uuid, Path)), request_body = Opinion,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn opinion(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Opinion>) -> Written {
    let Write { caller, key, body } = write;
    let why = reason(body.reason.as_deref())?;
    changed(app.dispatcher.give_opinion(&caller, &key, PartyId::new(id), body.agreed, why).await)
}

/// Gives the committee's finding.
#[utoipa::path(post, path = "/v1/parties/{id}/home-check", tag = "destination", params(("id" = Uuid, Path)), request_body = HomeCheck,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn home_check(State(app): State<App>, Path(id): Path<Uuid>, write: Write<HomeCheck>) -> Written {
    let Write { caller, key, body } = write;
    let why = reason(body.reason.as_deref())?;
    changed(app.dispatcher.answer_home_check(&caller, &key, PartyId::new(id), body.suitable, why).await)
}

/// Places a party at an observation site and holds a room; several, where none takes it whole and `spread` says why.
#[utoipa::path(post, path = "/v1/parties/{id}/site", tag = "destination", params(("id" = Uuid, Path)), request_body = PlaceAtSite,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn site(State(app): State<App>, Path(id): Path<Uuid>, write: Write<PlaceAtSite>) -> Written {
    let Write { caller, key, body } = write;
    let site = code::Receiver::parse(&body.site).map_err(|bad: Invalid| bad.at("site"))?;
    let spread = text_opt(body.spread.as_deref(), "spread", 200)?;
    changed(app.dispatcher.place_at_site(&caller, &key, seen(id, body.version), site, (body.reason, spread)).await)
}

/// Sends a party onward.
#[utoipa::path(post, path = "/v1/parties/{id}/onward", tag = "destination", params(("id" = Uuid, Path)), request_body = Onward,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn onward(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Onward>) -> Written {
    let Write { caller, key, body } = write;
    let to = text(&body.to, "to", 100)?;
    changed(app.dispatcher.send_onward(&caller, &key, seen(id, body.version), to, body.reason).await)
}

/// Lets a green party go.
#[utoipa::path(post, path = "/v1/parties/{id}/free", tag = "destination", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn free(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.free(&caller, &key, seen(id, body.version), body.reason).await)
}
