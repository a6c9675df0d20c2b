//! Observation sites: opened anew, their rooms; closed and opened, who lives there, what will be free, who leaves.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::problem::Problem;
use crate::wire::places::{OpenSite, RoomList, SiteRooms};
use crate::wire::site::{BedForecast, Discharge, RoomsInUse, SiteReason};
use crate::wire::{ProblemBody, Receipt, text};
use axum::Json;
use axum::extract::State;
use homeward_dispatch::Seen;
use homeward_domain::{PartyId, code};
use uuid::Uuid;

/// A code that cannot be one is no site.
fn receiver(site: &str) -> Result<code::Receiver, Problem> {
    code::Receiver::parse(site).map_err(|_| Problem::not_found())
}

/// Takes nobody new from now on; who has a room there keeps it.
#[utoipa::path(post, path = "/v1/sites/{site}/close", tag = "sites", params(("site" = String, Path)), request_body = SiteReason,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn close(State(app): State<App>, Path(site): Path<String>, write: Write<SiteReason>) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.close_site(&caller, &key, receiver(&site)?, reason).await)
}

/// Takes people again.
#[utoipa::path(post, path = "/v1/sites/{site}/open", tag = "sites", params(("site" = String, Path)), request_body = SiteReason,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn open(State(app): State<App>, Path(site): Path<String>, write: Write<SiteReason>) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.open_site(&caller, &key, receiver(&site)?, reason).await)
}

/// Opens a new observation site with its gate and its rooms; it takes people at once.
#[utoipa::path(post, path = "/v1/sites", tag = "sites", request_body = OpenSite,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add(State(app): State<App>, write: Write<OpenSite>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.open_new_site(&caller, &key, body.parse()?).await)
}

/// Every room of the site, by number, with what it is used for.
#[utoipa::path(get, path = "/v1/sites/{site}/rooms", tag = "sites", params(("site" = String, Path)),
    responses((status = 200, body = SiteRooms), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn rooms(State(app): State<App>, Path(site): Path<String>, who: Signed) -> Read<SiteRooms> {
    let rooms = app.dispatcher.rooms(who.caller(), &receiver(&site)?).await?;
    Ok(Json(SiteRooms::of(site, rooms)))
}

/// Adds the rooms of a list, all or none. A room that is there already, as the list has it, is no error.
#[utoipa::path(post, path = "/v1/sites/{site}/rooms", tag = "sites", params(("site" = String, Path)), request_body = RoomList,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add_rooms(State(app): State<App>, Path(site): Path<String>, write: Write<RoomList>) -> Written {
    let Write { caller, key, body } = write;
    changed(app.dispatcher.add_rooms(&caller, &key, receiver(&site)?, body.parse()?).await)
}

/// The room is given to nobody new from now on; who has it keeps it.
#[utoipa::path(post, path = "/v1/sites/{site}/rooms/{room}/out-of-use", tag = "sites",
    params(("site" = String, Path), ("room" = String, Path)), request_body = SiteReason,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn take_room_out(
    State(app): State<App>,
    Path((site, room)): Path<(String, String)>,
    write: Write<SiteReason>,
) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.take_room_out(&caller, &key, (receiver(&site)?, room), reason).await)
}

/// The room is given to people again.
#[utoipa::path(post, path = "/v1/sites/{site}/rooms/{room}/in-use", tag = "sites",
    params(("site" = String, Path), ("room" = String, Path)), request_body = SiteReason,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn put_room_back(
    State(app): State<App>,
    Path((site, room)): Path<(String, String)>,
    write: Write<SiteReason>,
) -> Written {
    let Write { caller, key, body } = write;
    let reason = text(&body.reason, "reason", 200)?;
    changed(app.dispatcher.put_room_back(&caller, &key, (receiver(&site)?, room), reason).await)
}

/// Free beds by kind of room, for today and the thirteen days to come.
#[utoipa::path(get, path = "/v1/sites/{site}/forecast", tag = "sites", params(("site" = String, Path)),
    responses((status = 200, body = BedForecast), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn forecast(State(app): State<App>, Path(site): Path<String>, who: Signed) -> Read<BedForecast> {
    let forecast = app.dispatcher.forecast(who.caller(), &receiver(&site)?).await?;
    Ok(Json(BedForecast::of(site, forecast)))
}

/// Who lives at the site and until when, and for whom a room waits.
#[utoipa::path(get, path = "/v1/sites/{site}/stays", tag = "sites", params(("site" = String, Path)),
    responses((status = 200, body = RoomsInUse), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn stays(State(app): State<App>, Path(site): Path<String>, who: Signed) -> Read<RoomsInUse> {
    let lodgings = app.dispatcher.lodgings(who.caller(), &receiver(&site)?).await?;
    Ok(Json(RoomsInUse::of(site, lodgings)))
}

/// Ends a stay; its beds are free at once, so it cannot be taken back.
#[utoipa::path(post, path = "/v1/parties/{id}/discharge", tag = "sites", params(("id" = Uuid, Path)), request_body = Discharge,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn discharge(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Discharge>) -> Written {
    let Write { caller, key, body } = write;
    let (because, note) = body.parse()?;
    let seen = Seen { party: PartyId::new(id), version: body.version };
    changed(app.dispatcher.discharge(&caller, &key, seen, because, note).await)
}
