//! What is laid down beforehand: what a sub-district's silence means, how a district approves homes. And what was decided.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::rules::{
    ApprovalModes, ChooseMode, ChooseRule, Confirm, DecisionBody, Decisions, ModeVersion, OpinionRules, RuleVersion,
};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_dispatch::Seen;
use homeward_domain::PartyId;
use uuid::Uuid;

/// Every version of the rules that concern the caller, by sub-district, newest first.
#[utoipa::path(get, path = "/v1/opinion-rules", tag = "rules", responses((status = 200, body = OpinionRules), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn opinion_rules(State(app): State<App>, who: Signed) -> Read<OpinionRules> {
    let rules = app.dispatcher.opinion_rules(who.caller()).await?;
    Ok(Json(OpinionRules { rules: rules.into_iter().map(RuleVersion::from).collect() }))
}

/// Chooses what a sub-district's silence means.
#[utoipa::path(post, path = "/v1/opinion-rules", tag = "rules", request_body = ChooseRule,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn choose_rule(State(app): State<App>, write: Write<ChooseRule>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.choose_rule(&caller, &key, body.try_into()?).await)
}

/// The choices of the caller's district, newest first; empty if nobody ever chose, which is automatic.
#[utoipa::path(get, path = "/v1/approval-modes", tag = "rules", responses((status = 200, body = ApprovalModes), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn approval_modes(State(app): State<App>, who: Signed) -> Read<ApprovalModes> {
    let modes = app.dispatcher.approval_modes(who.caller()).await?;
    Ok(Json(ApprovalModes { modes: modes.into_iter().map(ModeVersion::from).collect() }))
}

/// Chooses how a district approves homes.
#[utoipa::path(post, path = "/v1/approval-modes", tag = "rules", request_body = ChooseMode,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn choose_mode(State(app): State<App>, write: Write<ChooseMode>) -> Written {
    let Write { caller, key, body } = write;
    created(app.dispatcher.choose_mode(&caller, &key, body.try_into()?).await)
}

/// Confirms a home that the community agreed to, where the district asks a dispatcher to.
#[utoipa::path(post, path = "/v1/parties/{id}/confirmation", tag = "destination", params(("id" = Uuid, Path)), request_body = Confirm,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn confirm(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Confirm>) -> Written {
    let Write { caller, key, body } = write;
    let seen = Seen { party: PartyId::new(id), version: body.version };
    changed(app.dispatcher.confirm_home(&caller, &key, seen).await)
}

/// Every decision about a party: who, when, why, by which list and rule; oldest first.
#[utoipa::path(get, path = "/v1/parties/{id}/decisions", tag = "parties", params(("id" = Uuid, Path)), responses((status = 200, body = Decisions), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn decisions(State(app): State<App>, Path(id): Path<Uuid>, who: Signed) -> Read<Decisions> {
    let decisions = app.dispatcher.decisions(who.caller(), PartyId::new(id)).await?;
    Ok(Json(Decisions { decisions: decisions.into_iter().map(DecisionBody::from).collect() }))
}
