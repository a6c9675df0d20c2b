//! While this node cannot see its register, whoever asks is told so at once: a desk that waits ten seconds for each
//! refusal cannot work, and requests that pile up would be the first thing the register sees when it is back.

use crate::App;
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// One sweep that was too slow is a busy machine, two in a row are a register that is gone.
const SURE_AFTER: Duration = Duration::from_secs(2);

/// Before every route that needs the register.
pub(crate) async fn required(State(app): State<App>, request: Request, next: Next) -> Response {
    let since = *app.hub.falls_behind().borrow();
    if since.is_some_and(|since| since.elapsed() > SURE_AFTER) {
        away().into_response()
    } else {
        next.run(request).await
    }
}

fn away() -> Problem {
    let detail = "nothing was changed; the same request may be sent again in a moment, here or to another node";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The register cannot be reached", detail)
        .retry_after(1)
}
