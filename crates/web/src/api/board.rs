//! A receiver's board and log as plain pages, and whether the numbers close.

use super::Read;
use crate::App;
use crate::asked::{Path, Query};
use crate::caller::Signed;
use crate::problem::Problem;
use crate::wire::ProblemBody;
use axum::Json;
use axum::extract::State;
use homeward_dispatch::Stream;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// Entries of a page at most.
const PAGE_MAX: u32 = 200;

async fn watched(app: &App, who: &Signed, stream: &str) -> Result<Stream, Problem> {
    let stream = Stream::parse(stream).map_err(|_| Problem::not_found())?;
    app.dispatcher.may_watch(who.caller(), &stream).await?;
    Ok(stream)
}

/// The rows of a board as they are now, with the position to watch on from.
#[utoipa::path(get, path = "/v1/boards/{receiver}", tag = "boards", params(("receiver" = String, Path)), responses((status = 200, body = Object), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn board(State(app): State<App>, Path(receiver): Path<String>, who: Signed) -> Read<Value> {
    let stream = watched(&app, &who, &receiver).await?;
    let board = app.hub.board(&stream).await.map_err(Problem::from)?;
    let mut body = serde_json::to_value(board).expect("a board has string keys only");
    body["receiver"] = receiver.into();
    body["now"] = serde_json::json!(app.dispatcher.now());
    Ok(Json(body))
}

#[derive(Deserialize, IntoParams)]
pub(crate) struct Range {
    /// The last entry the caller has.
    after: Option<i64>,
    /// At most this many, 200 at most.
    limit: Option<u32>,
}

/// A receiver's log after a position: the same entries and numbers as on the socket.
#[utoipa::path(get, path = "/v1/receivers/{code}/feed", tag = "boards", params(("code" = String, Path), Range), responses((status = 200, body = Object), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn feed(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(range): Query<Range>,
    who: Signed,
) -> Read<Value> {
    let stream = watched(&app, &who, &code).await?;
    let limit = range.limit.unwrap_or(PAGE_MAX).clamp(1, PAGE_MAX);
    let page = app.hub.page(&stream, range.after.unwrap_or(0).max(0), limit).await.map_err(Problem::from)?;
    Ok(Json(serde_json::to_value(page).expect("a page has string keys only")))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct LedgerBody {
    registered: i64,
    waiting: i64,
    riding: i64,
    handed_over: i64,
    private_car: i64,
    referred: i64,
    released: i64,
    /// Whether the parts add up to the whole.
    closes: bool,
}

/// Does everybody who was registered stand somewhere?
#[utoipa::path(get, path = "/v1/ledger", tag = "numbers", responses((status = 200, body = LedgerBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn ledger(State(app): State<App>, who: Signed) -> Read<LedgerBody> {
    let ledger = app.dispatcher.ledger(who.caller()).await?;
    Ok(Json(LedgerBody {
        registered: ledger.registered,
        waiting: ledger.waiting,
        riding: ledger.riding,
        handed_over: ledger.handed_over,
        private_car: ledger.private_car,
        referred: ledger.referred,
        released: ledger.released,
        closes: ledger.closes(),
    }))
}
