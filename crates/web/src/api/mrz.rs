//! What a passport reader typed.

use super::Read;
use crate::App;
use crate::caller::{Open, Signed};
use crate::wire::ProblemBody;
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use homeward_domain::access::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lines {
    lines: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MrzBody {
    format: String,
    document_type: String,
    issuer: String,
    document: crate::wire::register::DocumentBody,
    surname: String,
    given_names: String,
    nationality: String,
    born_on: Option<NaiveDate>,
    sex: String,
    expires_on: Option<NaiveDate>,
    checks: Vec<CheckBody>,
    /// The name line has no check digit: a person compares it.
    name_unchecked: bool,
}

#[derive(Serialize, ToSchema)]
struct CheckBody {
    field: String,
    ok: bool,
}

/// Reads a machine-readable zone (ICAO Doc 9303); wrong check digits are named, never guessed right.
#[utoipa::path(post, path = "/v1/mrz", tag = "parties", request_body = Lines, responses((status = 200, body = MrzBody), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn read(State(app): State<App>, who: Signed, asked: Open<Lines>) -> Read<MrzBody> {
    who.caller().may(Action::Register)?;
    let lines: Vec<&str> = asked.0.lines.iter().map(String::as_str).collect();
    let mrz = homeward_domain::mrz::read(&lines, app.dispatcher.today()).map_err(|bad| bad.at("lines"))?;
    Ok(Json(MrzBody::from(mrz)))
}

impl From<homeward_domain::mrz::Mrz> for MrzBody {
    fn from(mrz: homeward_domain::mrz::Mrz) -> Self {
        let check = |it: homeward_domain::mrz::Check| CheckBody { field: it.field.as_str().to_owned(), ok: it.ok };
        Self {
            format: mrz.format.as_str().to_owned(),
            document_type: mrz.document_type,
            issuer: mrz.issuer.to_string(),
            document: crate::wire::register::DocumentBody::of(&mrz.document),
            surname: mrz.surname,
            given_names: mrz.given_names,
            nationality: mrz.nationality.to_string(),
            born_on: mrz.born_on,
            sex: mrz.sex.as_char().to_string(),
            expires_on: mrz.expires_on,
            checks: mrz.checks.into_iter().map(check).collect(),
            name_unchecked: mrz.name_unchecked,
        }
    }
}
