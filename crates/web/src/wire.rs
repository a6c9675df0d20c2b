//! Bodies that come in and views that go out. What comes in is parsed into domain values here and nowhere deeper; each
//! error names its field.

pub(crate) mod accuracy;
pub(crate) mod change;
pub(crate) mod detail;
pub(crate) mod device;
pub(crate) mod dispose;
pub(crate) mod divert;
pub(crate) mod driver;
pub(crate) mod gate;
pub(crate) mod gtfs;
pub(crate) mod list;
pub(crate) mod places;
pub(crate) mod plan;
pub(crate) mod planning;
pub(crate) mod register;
pub(crate) mod room_plan;
pub(crate) mod rules;
pub(crate) mod seats;
pub(crate) mod site;
pub(crate) mod trip;
pub(crate) mod vehicle;
pub(crate) mod word;

use chrono::{DateTime, Utc};
use homeward_domain::{Invalid, Personal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A write that needs no words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A reason and nothing else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Because {
    pub reason: String,
    pub version: Option<i64>,
}

/// The answer to every write.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    pub subject: Uuid,
    pub version: i64,
    pub at: DateTime<Utc>,
}

impl From<homeward_dispatch::Receipt> for Receipt {
    fn from(receipt: homeward_dispatch::Receipt) -> Self {
        Self { subject: receipt.subject, version: receipt.version, at: receipt.at }
    }
}

/// A problem as RFC 9457 has it; further members by code.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemBody {
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub code: String,
    pub detail: String,
    pub field: Option<String>,
    pub mend: Option<String>,
}

/// Trims; 1 to `max` characters, no control characters.
pub(crate) fn text(value: &str, field: &str, max: usize) -> Result<String, Invalid> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Invalid::new("missing", "write something here").at(field));
    }
    if value.chars().count() > max {
        return Err(Invalid::new("too-long", format!("at most {max} characters")).at(field));
    }
    if value.chars().any(char::is_control) {
        return Err(Invalid::new("control-character", "use plain text").at(field));
    }
    Ok(value.to_owned())
}

/// The same for what may be left out; an empty text is left out.
pub(crate) fn text_opt(value: Option<&str>, field: &str, max: usize) -> Result<Option<String>, Invalid> {
    match value.map(str::trim) {
        None | Some("") => Ok(None),
        Some(value) => text(value, field, max).map(Some),
    }
}

/// A phone as people write it: digits, spaces, `+`, `-`, brackets; 5 to 15 digits (E.164).
pub(crate) fn phone(value: &str, field: &str) -> Result<Personal<String>, Invalid> {
    let clean: String = value.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let digits = clean.strip_prefix('+').unwrap_or(&clean);
    if (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Personal::new(clean));
    }
    Err(Invalid::new("not-a-phone", "5 to 15 digits, with + and the country if it is not local").at(field))
}

/// A BCP 47 tag, as far as its shape goes.
pub(crate) fn language(value: &str) -> Result<String, Invalid> {
    let mut parts = value.split('-');
    let first = parts.next().unwrap_or_default();
    let shaped = (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if shaped { Ok(value.to_owned()) } else { Err(Invalid::new("not-a-language", "a BCP 47 tag, e.g. zh, ja, pt-BR")) }
}
