//! Check digits by name (Doc 9303-3 §4.9). The arithmetic is the library's; stricter than it we are in three points:
//! a filler is a check digit only of an empty personal number, a date has no letters, and the library's own old
//! encoding of long numbers does not count.

use super::Format;
use super::layout::{Cells, Layout};
use serde::{Deserialize, Serialize};

/// What a check digit covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The document number, in its full length.
    DocumentNumber,
    /// The day of birth.
    BornOn,
    /// The day of expiry.
    ExpiresOn,
    /// The personal number or other optional data (TD3).
    PersonalNumber,
    /// Several fields together (TD1, TD2, TD3).
    Composite,
}

impl Field {
    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentNumber => "document_number",
            Self::BornOn => "born_on",
            Self::ExpiresOn => "expires_on",
            Self::PersonalNumber => "personal_number",
            Self::Composite => "composite",
        }
    }
}

/// One printed check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it covers.
    pub field: Field,
    /// Whether it agrees. That is arithmetic, no proof: one substitution in ten keeps it.
    pub ok: bool,
}

/// Every check digit the layout prints, in the order of [`Field`].
pub fn checks(layout: &Layout, lines: &[String], zone: &::mrz::MrzData) -> Vec<Check> {
    let digit = |cells: Cells| cells.of(lines).bytes().all(|byte| byte.is_ascii_digit());
    let dated = |cells: Cells| cells.of(lines).bytes().all(|byte| byte.is_ascii_digit() || byte == b'<');
    let long = zone.document_number_full.is_some() && !zone.document_number_legacy_encoding;
    let allowed = |field| match field {
        Field::DocumentNumber => digit(layout.number.digit()) || long,
        Field::BornOn => digit(layout.born_on.digit()) && dated(layout.born_on),
        Field::ExpiresOn => digit(layout.expires_on.digit()) && dated(layout.expires_on),
        Field::PersonalNumber => {
            layout.personal.is_none_or(|cells| digit(cells.digit()) || cells.of(lines).bytes().all(|byte| byte == b'<'))
        }
        Field::Composite => layout.composite.is_none_or(digit),
    };
    printed(layout.format, &zone.checks)
        .into_iter()
        .filter_map(|(field, agrees)| agrees.map(|agrees| Check { field, ok: agrees && allowed(field) }))
        .collect()
}

fn printed(format: Format, checks: &::mrz::Checks) -> [(Field, Option<bool>); 5] {
    debug_assert_eq!(checks.composite.is_none(), matches!(format, Format::MrvA | Format::MrvB));
    [
        (Field::DocumentNumber, checks.document_number),
        (Field::BornOn, checks.date_of_birth),
        (Field::ExpiresOn, checks.date_of_expiry),
        (Field::PersonalNumber, checks.personal_number),
        (Field::Composite, checks.composite),
    ]
}
