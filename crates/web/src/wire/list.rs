//! Key lists and accounts on the wire.

use super::{phone, text, text_opt};
use chrono::{DateTime, Utc};
use homeward_dispatch::{NewAccount, NewList};
use homeward_domain::access::Grant;
use homeward_domain::{Country, Invalid, KeyList, RiskTag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub country: String,
    /// `red` or `yellow`.
    pub tag: String,
}

/// `POST /v1/key-lists`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Publish {
    effective_at: DateTime<Utc>,
    entries: Vec<Entry>,
    #[serde(default)]
    note: String,
}

/// Reads a tag.
pub(crate) fn tag(code: &str) -> Result<RiskTag, Invalid> {
    RiskTag::parse(code).map_err(|bad| bad.at("tag"))
}

impl TryFrom<Publish> for NewList {
    type Error = Invalid;
    fn try_from(body: Publish) -> Result<Self, Invalid> {
        let entry = |(place, entry): (usize, &Entry)| {
            let country = Country::parse(&entry.country).map_err(|bad| bad.at("country").at(place).at("entries"))?;
            let tag = tag(&entry.tag).map_err(|bad| bad.at(place).at("entries"))?;
            Ok((country, tag))
        };
        Ok(Self {
            effective_at: body.effective_at,
            entries: body.entries.iter().enumerate().map(entry).collect::<Result<_, Invalid>>()?,
            note: text_opt(Some(&body.note), "note", KeyList::NOTE_CHARS_MAX)?.unwrap_or_default(),
        })
    }
}

/// One version.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyListBody {
    version: u32,
    effective_at: DateTime<Utc>,
    entries: Vec<Entry>,
    note: String,
}

impl From<KeyList> for KeyListBody {
    fn from(list: KeyList) -> Self {
        let entry = |(country, tag): (Country, RiskTag)| Entry { country: country.to_string(), tag: tag.code().into() };
        Self {
            version: list.version,
            effective_at: list.effective_at,
            entries: list.entries.into_iter().map(entry).collect(),
            note: list.note,
        }
    }
}

/// `GET /v1/key-lists`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Versions {
    pub current: Option<u32>,
    pub versions: Vec<KeyListBody>,
}

/// Somebody a list would change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AffectedBody {
    pub party: Uuid,
    pub label: String,
    pub from_tag: String,
    pub to_tag: String,
}

/// `POST /v1/key-lists/preview`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    pub affected_count: usize,
    pub affected: Vec<AffectedBody>,
}

/// `POST /v1/accounts`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddAccount {
    pub username: String,
    pub password: String,
    pub display_name: String,
    pub phone: Option<String>,
    /// A role and its place, e.g. `{"role":"dispatcher","district":"310101"}`.
    #[schema(value_type = Object)]
    pub grant: Grant,
}

/// `POST /v1/setup`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUp {
    pub code: String,
    pub username: String,
    pub password: String,
    pub display_name: String,
}

/// Checks who an account is for.
pub(crate) fn new_account(username: &str, display_name: &str, work: Option<&str>) -> Result<NewAccount, Invalid> {
    let username = text(username, "username", 40)?.to_lowercase();
    let plain =
        username.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    if username.len() < 2 || !plain {
        return Err(Invalid::new("not-a-username", "2 to 40 letters, digits, dots, hyphens").at("username"));
    }
    let work = work.filter(|it| !it.trim().is_empty()).map(|it| phone(it, "phone")).transpose()?;
    Ok(NewAccount {
        username,
        display_name: text(display_name, "display_name", 40)?,
        phone: work.map(homeward_domain::Personal::into_inner),
    })
}

/// An account as an administrator sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountBody {
    id: Uuid,
    username: String,
    display_name: String,
    phone: Option<String>,
    #[schema(value_type = Object)]
    grant: Grant,
    disabled: bool,
}

impl From<homeward_dispatch::Account> for AccountBody {
    fn from(account: homeward_dispatch::Account) -> Self {
        Self {
            id: account.id.uuid(),
            username: account.username,
            display_name: account.display_name,
            phone: account.phone,
            grant: account.grant,
            disabled: account.disabled_at.is_some(),
        }
    }
}
