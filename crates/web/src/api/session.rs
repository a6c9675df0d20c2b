//! Sign in, who am I, sign out; the first run.

use super::{Read, Written, created};
use crate::App;
use crate::caller::{COOKIE, Open, Signed};
use crate::problem::Problem;
use crate::security::own_origin;
use crate::wire::list::{AccountBody, SetUp, new_account};
use crate::wire::{ProblemBody, Receipt};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use homeward_domain::{Invalid, Personal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    username: String,
    password: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SignedInBody {
    /// For programs: `Authorization: Bearer …`. Browsers have the cookie.
    token: String,
    account: AccountBody,
    expires_at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SessionBody {
    account: AccountBody,
    expires_at: DateTime<Utc>,
    /// Whether everything here is make-believe.
    demo: bool,
    /// The server's time.
    now: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SetUpNeeded {
    needed: bool,
}

fn cookie(token: &str, max_age_seconds: i64) -> HeaderValue {
    let text = format!("{COOKIE}={token}; Path=/; Max-Age={max_age_seconds}; Secure; HttpOnly; SameSite=Strict");
    HeaderValue::from_str(&text).expect("a token is URL-safe")
}

/// Opens a session.
#[utoipa::path(post, path = "/v1/session", tag = "session", request_body = SignIn, responses((status = 200, body = SignedInBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn sign_in(State(app): State<App>, asked: Open<SignIn>) -> Result<Response, Problem> {
    let SignIn { username, password } = asked.0;
    let signed_in = app.dispatcher.sign_in(&username.trim().to_lowercase(), Personal::new(password)).await?;
    let token = signed_in.token.reveal().clone();
    let max_age = (signed_in.expires_at - app.dispatcher.now()).num_seconds();
    let set = [(header::SET_COOKIE, cookie(&token, max_age))];
    let body = SignedInBody { token, account: signed_in.account.into(), expires_at: signed_in.expires_at };
    Ok((set, Json(body)).into_response())
}

/// Who am I, and what time is it.
#[utoipa::path(get, path = "/v1/session", tag = "session", responses((status = 200, body = SessionBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn who(State(app): State<App>, who: Signed) -> Read<SessionBody> {
    let (account, expires_at) = (who.0.account.into(), who.0.expires_at);
    Ok(Json(SessionBody { account, expires_at, demo: app.demo, now: app.dispatcher.now() }))
}

/// Ends the session.
#[utoipa::path(delete, path = "/v1/session", tag = "session", responses((status = 204), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap, who: Signed) -> Result<Response, Problem> {
    own_origin(&headers)?;
    app.dispatcher.sign_out(who.caller()).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie("", 0))]).into_response())
}

/// Whether the first administrator is still to be made.
#[utoipa::path(get, path = "/v1/setup", tag = "session", responses((status = 200, body = SetUpNeeded)))]
pub(crate) async fn set_up_needed(State(app): State<App>) -> Read<SetUpNeeded> {
    Ok(Json(SetUpNeeded { needed: app.dispatcher.needs_set_up().await? }))
}

/// Makes the first administrator with the code from the console.
#[utoipa::path(post, path = "/v1/setup", tag = "session", request_body = SetUp, responses((status = 201, body = Receipt), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn set_up(State(app): State<App>, asked: Open<SetUp>) -> Written {
    let SetUp { code, username, password, display_name } = asked.0;
    let new = new_account(&username, &display_name, None)?;
    let password = homeward_dispatch::password::parse(&password).map_err(|bad: Invalid| bad.at("password"))?;
    created(app.dispatcher.set_up(&code, new, password).await)
}
