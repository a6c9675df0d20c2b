//! What a request asks in its address. What cannot be read is answered like every other fault: an id that is none names nothing,
//! and a field of the query is named.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::request::Parts;
use homeward_domain::Invalid;
use serde::de::DeserializeOwned;

/// The variable parts of a path.
pub(crate) struct Path<T>(pub T);

/// The fields of a query.
pub(crate) struct Query<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        read.map(|axum::extract::Path(it)| Self(it)).map_err(|_| Problem::not_found())
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let read: Result<axum::extract::Query<T>, QueryRejection> = axum::extract::Query::try_from_uri(&parts.uri);
        read.map(|axum::extract::Query(it)| Self(it)).map_err(|error| unreadable(&error))
    }
}

/// The text of the error is `<field>: <why>`, after what axum says before it.
fn unreadable(error: &QueryRejection) -> Problem {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let (field, why) = said.split_once(": ").unwrap_or(("", &said));
    Problem::invalid(&Invalid::new("wrong-type", why.to_owned()).at(field.to_owned()))
}
