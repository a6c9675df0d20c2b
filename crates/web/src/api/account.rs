//! Accounts, for administrators.

use super::{Read, Written, changed, created};
use crate::App;
use crate::asked::Path;
use crate::caller::{Signed, Write};
use crate::wire::list::{AccountBody, AddAccount, new_account};
use crate::wire::{Nothing, ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use homeward_domain::{AccountId, Invalid};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
pub(crate) struct Accounts {
    accounts: Vec<AccountBody>,
}

/// Every account.
#[utoipa::path(get, path = "/v1/accounts", tag = "accounts", responses((status = 200, body = Accounts), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn all(State(app): State<App>, who: Signed) -> Read<Accounts> {
    let accounts = app.dispatcher.accounts(who.caller()).await?;
    Ok(Json(Accounts { accounts: accounts.into_iter().map(AccountBody::from).collect() }))
}

/// Makes an account.
#[utoipa::path(post, path = "/v1/accounts", tag = "accounts", request_body = AddAccount,
    responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn add(State(app): State<App>, write: Write<AddAccount>) -> Written {
    let Write { caller, key, body } = write;
    let new = new_account(&body.username, &body.display_name, body.phone.as_deref())?;
    let password = homeward_dispatch::password::parse(&body.password).map_err(|bad: Invalid| bad.at("password"))?;
    created(app.dispatcher.add_account(&caller, &key, new, password, body.grant).await)
}

/// Disables an account and ends its sessions.
#[utoipa::path(post, path = "/v1/accounts/{id}/disable", tag = "accounts", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn disable(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.set_account_disabled(&caller, &key, AccountId::new(id), true).await)
}

/// Enables an account.
#[utoipa::path(post, path = "/v1/accounts/{id}/enable", tag = "accounts", params(("id" = Uuid, Path)), request_body = Nothing,
    responses((status = 200, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn enable(State(app): State<App>, Path(id): Path<Uuid>, write: Write<Nothing>) -> Written {
    let Write { caller, key, .. } = write;
    changed(app.dispatcher.set_account_disabled(&caller, &key, AccountId::new(id), false).await)
}
