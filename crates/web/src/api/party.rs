//! Parties: registered at a desk, seen by those in charge, seated by the dispatcher.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::{Path, Query};
use crate::caller::{Signed, Write};
use crate::wire::detail::{self, PartyDetail};
use crate::wire::dispose::{OverrideTag, Seats, Split};
use crate::wire::list::tag as risk_tag;
use crate::wire::register::{DocumentBody, Register};
use crate::wire::seats::Proposals;
use crate::wire::trip::reason;
use crate::wire::{Because, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use homeward_dispatch::{FoundBy, Listed, Seen, Typed};
use homeward_domain::{ArrivalId, PartyId, TripId};
use homeward_feed::row::PartyRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
pub(crate) struct Parties {
    /// Open ones all of them, who waits longest first; else the newest 1,000.
    parties: Vec<PartyRow>,
    /// How many more there are.
    not_listed: i64,
}

#[derive(Deserialize, IntoParams)]
pub(crate) struct Which {
    /// Only those somebody still has to act for.
    open: Option<bool>,
}

/// The parties the caller may see, in numbers and codes.
#[utoipa::path(get, path = "/v1/parties", tag = "parties", params(Which), responses((status = 200, body = Parties), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn open(State(app): State<App>, who: Signed, Query(which): Query<Which>) -> Read<Parties> {
    let Listed { some, not_listed } = app.dispatcher.parties(who.caller(), which.open.unwrap_or(true)).await?;
    Ok(Json(Parties { parties: some.into_iter().map(|(_, row)| row).collect(), not_listed }))
}

/// One party with as much of its people as the caller may see.
#[utoipa::path(get, path = "/v1/parties/{id}", tag = "parties", params(("id" = Uuid, Path)), responses((status = 200, body = PartyDetail), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn one(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<PartyDetail> {
    let shown = app.dispatcher.party(who.caller(), PartyId::new(id)).await?;
    let (party, row) = shown.it;
    Ok(Json(detail::party(&party, row, shown.fields)))
}

/// What the desk typed so far.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUp {
    document: Option<DocumentBody>,
    name: Option<String>,
    born_on: Option<NaiveDate>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Matches {
    matches: Vec<Match>,
}

#[derive(Serialize, ToSchema)]
struct Match {
    party: Uuid,
    label: String,
    registered_at: DateTime<Utc>,
    custody: String,
    /// `document` or `name_and_birth`.
    by: &'static str,
}

/// Who came before with this document, or this name and birth date. A search is a POST: nothing personal in a URL.
#[utoipa::path(post, path = "/v1/arrivals/lookup", tag = "parties", request_body = LookUp, responses((status = 200, body = Matches), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn look_up(State(app): State<App>, who: Signed, asked: crate::caller::Open<LookUp>) -> Read<Matches> {
    let LookUp { document, name, born_on } = asked.0;
    let document = document.map(|it| it.parse().map_err(|bad| bad.at("document"))).transpose()?;
    let typed = Typed { document, person: name.zip(born_on) };
    let found = app.dispatcher.look_up(who.caller(), typed).await?;
    let one = |(party, by): (homeward_domain::party::Party, FoundBy)| Match {
        party: party.id.uuid(),
        registered_at: party.registered_at,
        custody: party.members.first().map(|it| it.custody.holder.code().to_owned()).unwrap_or_default(),
        label: party.label,
        by: match by {
            FoundBy::Document => "document",
            FoundBy::NameAndBirth => "name_and_birth",
        },
    };
    Ok(Json(Matches { matches: found.into_iter().map(one).collect() }))
}

/// The best seat for a waiting party, up to three others, and the rule that stands in the way everywhere else. Without a
/// destination only the sites that have no room are named.
#[utoipa::path(get, path = "/v1/parties/{id}/proposals", tag = "parties", params(("id" = Uuid, Path)), responses((status = 200, body = Proposals), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn proposals(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<Proposals> {
    Ok(Json(app.dispatcher.explain_seats(who.caller(), PartyId::new(id)).await?.into()))
}

/// Registers a party at a desk.
#[utoipa::path(post, path = "/v1/parties", tag = "parties", request_body = Register,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn register(State(app): State<App>, write: Write<Register>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.register(&caller, &key, body.try_into()?).await)
}

/// Sets a person's tag otherwise than the list says.
#[utoipa::path(post, path = "/v1/parties/{id}/tag", tag = "parties", params(("id" = Uuid, Path)), request_body = OverrideTag,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn tag(State(app): State<App>, Path(id): Path<Uuid>, write: Write<OverrideTag>) -> Written {
    let Write { caller, key, body } = write;
    let tag = risk_tag(&body.tag)?;
    changed(app.dispatcher.tag(&caller, &key, PartyId::new(id), (ArrivalId::new(body.arrival), tag), body.reason).await)
}

/// Gives a whole party seats on a trip.
#[utoipa::path(post, path = "/v1/parties/{id}/seats", tag = "parties", params(("id" = Uuid, Path)), request_body = Seats,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn assign(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Seats>) -> Written {
    let Write { caller, key, body } = write;
    let seen = Seen { party: PartyId::new(id), version: body.version };
    changed(app.dispatcher.assign(&caller, &key, seen, TripId::new(body.trip)).await)
}

/// Makes two parties of one at the desk, with a reason; gives the new party. Both keep the destination and its answers. Seats
/// are taken back first.
#[utoipa::path(post, path = "/v1/parties/{id}/split", tag = "parties", params(("id" = Uuid, Path)), request_body = Split,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn split(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Split>) -> Written {
    let Write { caller, key, body } = write;
    let seen = Seen { party: PartyId::new(id), version: body.version };
    let why = reason(Some(&body.reason))?.unwrap_or_default();
    let leaving = body.arrivals.into_iter().map(ArrivalId::new).collect();
    created(app.dispatcher.split(&caller, &key, seen, leaving, why).await)
}

/// Takes a party's seats back.
#[utoipa::path(delete, path = "/v1/parties/{id}/seats", tag = "parties", params(("id" = Uuid, Path)), request_body = Because,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn unassign(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Because>) -> Written {
    let Write { caller, key, body } = write;
    let seen = Seen { party: PartyId::new(id), version: body.version };
    changed(app.dispatcher.unassign(&caller, &key, seen, body.reason).await)
}
