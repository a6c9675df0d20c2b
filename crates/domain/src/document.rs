//! A travel document as the desk needs it: its kind, who issued it, its number. Not the holder, not its dates.

use crate::{Country, Invalid};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What sort of document was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Passport booklet (ICAO TD3).
    Passport,
    /// Identity or residence card (TD1, TD2).
    IdCard,
    /// Visa in or beside a passport (MRV-A, MRV-B).
    Visa,
    /// A travel permit, an emergency paper.
    Other,
}

/// A document that identifies a person. Sensitive: it is neither printed by `Debug` nor serialised.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Document {
    kind: DocumentKind,
    country: Country,
    number: String,
}

impl Document {
    /// The shortest number accepted; shorter ones are misreadings.
    pub const NUMBER_CHARS_MIN: usize = 3;
    /// The longest number accepted. A TD1 number may have 9 + 13 characters on paper; none above 20 is issued that we know of.
    pub const NUMBER_CHARS_MAX: usize = 20;

    /// Normalises the number: upper case, blanks, hyphens and fillers (`<`) out, then 3 to 20 of `A-Z`, `0-9`.
    ///
    /// ```
    /// use homeward_domain::{Country, Document, DocumentKind};
    /// let china = Country::parse("CHN")?;
    /// let passport = Document::parse(DocumentKind::Passport, china, " e1234 5678 ")?;
    /// assert_eq!(passport.number(), "E12345678");
    /// # Ok::<(), homeward_domain::Invalid>(())
    /// ```
    pub fn parse(kind: DocumentKind, country: Country, number: &str) -> Result<Self, Invalid> {
        let number: String = number
            .chars()
            .filter(|char| !char.is_whitespace() && !matches!(char, '-' | '<'))
            .map(|char| char.to_ascii_uppercase())
            .collect();
        if !number.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            return Err(Invalid::new("not-a-document-number", "use only the letters A-Z and digits").at("number"));
        }
        if number.len() < Self::NUMBER_CHARS_MIN {
            return Err(Invalid::new("too-short", "a document number has at least 3 characters").at("number"));
        }
        if number.len() > Self::NUMBER_CHARS_MAX {
            return Err(Invalid::new("too-long", "a document number has at most 20 characters").at("number"));
        }
        Ok(Self { kind, country, number })
    }

    /// Passport, card, visa or other.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The issuing state or organisation.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The normalised number: sensitive, for the one who may see it.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("kind", &self.kind).field("country", &self.country).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(number: &str) -> Result<Document, Invalid> {
        Document::parse(DocumentKind::Passport, Country::parse("CHN").expect("China"), number)
    }

    #[test]
    fn a_debug_line_does_not_tell_the_number() {
        let line = format!("{:?}", parse("E12345678").expect("a passport"));
        assert!(line.contains("CHN") && !line.contains("E1234"), "{line}");
    }

    #[test]
    fn a_number_is_letters_and_digits_of_sane_length() {
        for (bad, reason) in [
            ("", "too-short"),
            ("<<<", "too-short"),
            ("A1", "too-short"),
            ("护照1234", "not-a-document-number"),
            ("E12'345", "not-a-document-number"),
            ("123456789012345678901", "too-long"),
        ] {
            let invalid = parse(bad).expect_err(bad);
            assert_eq!((invalid.field.as_str(), invalid.reason), ("number", reason), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_its_own_normal_form(text in ".{0,30}") {
            if let Ok(document) = parse(&text) {
                prop_assert!(document.number().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
                prop_assert_eq!(parse(document.number()), Ok(document));
            }
        }

        #[test]
        fn blanks_and_case_do_not_make_another_document(number in "[A-Z0-9]{3,20}", at in 0..3usize) {
            let mut spelt = number.to_lowercase();
            spelt.insert(at, ' ');
            prop_assert_eq!(parse(&spelt), parse(&number));
        }
    }
}
