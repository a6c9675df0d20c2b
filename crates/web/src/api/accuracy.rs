//! How true the boards' times were.

use super::Read;
use crate::App;
use crate::asked::Query;
use crate::caller::Signed;
use crate::wire::ProblemBody;
use crate::wire::accuracy::{AccuracyBody, Days};
use axum::Json;
use axum::extract::State;
use homeward_dispatch::Span;

/// What became of what was promised to the gates: errors, promises kept, surprised squads, how early receivers heard. The
/// caller's district; an administrator and an auditor see all.
#[utoipa::path(get, path = "/v1/accuracy", tag = "numbers", params(Days),
    responses((status = 200, body = AccuracyBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn accuracy(State(app): State<App>, Query(days): Query<Days>, who: Signed) -> Read<AccuracyBody> {
    let span = Span::parse(days.from.as_deref(), days.to.as_deref(), app.dispatcher.today())?;
    let truth = app.dispatcher.accuracy(who.caller(), span).await?;
    Ok(Json(AccuracyBody::of(span, truth)))
}
