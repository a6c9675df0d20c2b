//! The machine-readable zone of a travel document: TD1, TD2, TD3, MRV-A and MRV-B of ICAO Doc 9303, parts 3 to 7.
//!
//! Layouts and check digits are those of the library `mrz`, asked only by its five fixed parsers, which never repair.
//! Ours are: the choice of the format, the names (the library guesses where a separator is missing), centuries by
//! `today`, the naming of what is wrong, and a stricter reading of check digits (see `mrz/check.rs`). Nothing here
//! corrects a character: a doubtful one is reported and a person decides. The name line has no check digit at all.

mod check;
mod date;
mod layout;
mod lines;
mod name;
mod suspect;

pub use check::{Check, Field};
pub use suspect::Suspect;

use crate::{Country, Document, DocumentKind, Invalid};
use chrono::NaiveDate;
use layout::Layout;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The five layouts of Doc 9303.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Card of 3 × 30 characters (part 5).
    Td1,
    /// Card of 2 × 36 (part 6).
    Td2,
    /// Passport of 2 × 44 (part 4).
    Td3,
    /// Visa of 2 × 44 (part 7).
    MrvA,
    /// Visa of 2 × 36 (part 7).
    MrvB,
}

impl Format {
    /// The code on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Td1 => "td1",
            Self::Td2 => "td2",
            Self::Td3 => "td3",
            Self::MrvA => "mrv_a",
            Self::MrvB => "mrv_b",
        }
    }
}

/// What the zone says about the holder; `X` stands for "not stated" too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not stated, or not readable (then there is a [`Suspect`]).
    X,
}

impl Sex {
    /// `f`, `m` or `x`.
    #[must_use]
    pub const fn as_char(self) -> char {
        match self {
            Self::F => 'f',
            Self::M => 'm',
            Self::X => 'x',
        }
    }
}

/// What was read. Personal: `Debug` tells the format and the checks only, nothing serialises it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    /// Which layout.
    pub format: Format,
    /// The document code without fillers: `P`, `PD`, `I`, `V`.
    pub document_type: String,
    /// Who issued it.
    pub issuer: Country,
    /// Kind, issuer and the full number, also where it overflows into the optional data (TD1, TD2; by issuers' practice
    /// TD3).
    pub document: Document,
    /// Primary identifier, upper case, blanks between parts. Never checked by a digit.
    pub surname: String,
    /// Secondary identifier; empty when the document has a single name. Never checked by a digit.
    pub given_names: String,
    /// As printed; for stateless persons and organisations one of ICAO's own codes.
    pub nationality: Country,
    /// `None` when unknown to the issuer (fillers) or no day of the calendar.
    pub born_on: Option<NaiveDate>,
    /// As printed.
    pub sex: Sex,
    /// `None` when not stated or no day of the calendar.
    pub expires_on: Option<NaiveDate>,
    /// Every check digit this layout prints, each by its name.
    pub checks: Vec<Check>,
    /// Characters that cannot stand where they were read, or that would explain a failed check.
    pub suspects: Vec<Suspect>,
    /// Always true: show the name and ask (Doc 9303-3 §4.9 checks no name).
    pub name_unchecked: bool,
}

impl Mrz {
    /// Whether every printed check digit agrees. The name may still be wrong.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.checks.iter().all(|check| check.ok)
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mrz").field("format", &self.format).field("checks", &self.checks).finish_non_exhaustive()
    }
}

/// Reads two or three lines, or one long one as keyboard readers type it. Blanks and case do not matter.
///
/// A wrong check digit is no error: it is named in [`Mrz::checks`]. Refused is only what cannot be told apart into
/// fields: a wrong length, a character outside `A-Z 0-9 <`, an unknown document or state code, an empty number. The
/// field of the refusal is `lines`, or `lines/<index>`. `today` decides centuries: a birth lies in the last 100 years,
/// an expiry within 50 years of today.
///
/// ```
/// use homeward_domain::mrz;
/// let today = chrono::NaiveDate::from_ymd_opt(2020, 3, 20).expect("a day");
/// let lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
/// let read = mrz::read(&lines, today)?;
/// assert!(read.agrees() && read.name_unchecked);
/// assert_eq!((read.surname.as_str(), read.given_names.as_str()), ("ERIKSSON", "ANNA MARIA"));
/// assert_eq!(read.document.number(), "L898902C3");
/// # Ok::<(), homeward_domain::Invalid>(())
/// ```
pub fn read(lines: &[&str], today: NaiveDate) -> Result<Mrz, Invalid> {
    let lines = lines::clean(lines)?;
    let layout = Layout::choose(&lines)?;
    let zone = layout.parse(&lines)?;
    let text = |cells: layout::Cells| cells.of(&lines);
    let issuer = state(text(layout.issuer), layout.issuer)?;
    let nationality = state(text(layout.nationality), layout.nationality)?;
    let number = zone.document_number_full.as_deref().unwrap_or(&zone.document_number);
    let document = Document::parse(kind(layout.format), issuer, number)
        .map_err(|invalid| Invalid { field: layout.number.path(), ..invalid })?;
    let (surname, given_names) = name::split(text(layout.name));
    let checks = check::checks(&layout, &lines, &zone);
    Ok(Mrz {
        format: layout.format,
        document_type: text(layout.code).trim_end_matches('<').to_owned(),
        issuer,
        document,
        surname,
        given_names,
        nationality,
        born_on: date::born_on(text(layout.born_on), today),
        sex: sex(text(layout.sex)),
        expires_on: date::expires_on(text(layout.expires_on), today),
        suspects: suspect::suspects(&layout, &lines, &checks),
        checks,
        name_unchecked: true,
    })
}

fn state(text: &str, cells: layout::Cells) -> Result<Country, Invalid> {
    Country::parse_icao(text).map_err(|invalid| {
        let mend = format!("characters {} to {} name no state; {}", cells.from + 1, cells.until, invalid.mend);
        Invalid { field: cells.path(), reason: invalid.reason, mend }
    })
}

const fn kind(format: Format) -> DocumentKind {
    match format {
        Format::Td1 | Format::Td2 => DocumentKind::IdCard,
        Format::Td3 => DocumentKind::Passport,
        Format::MrvA | Format::MrvB => DocumentKind::Visa,
    }
}

fn sex(text: &str) -> Sex {
    match text {
        "F" => Sex::F,
        "M" => Sex::M,
        _ => Sex::X,
    }
}

#[cfg(test)]
mod tests;
