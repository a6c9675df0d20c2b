//! Countries and the other codes a travel document may print where a country stands. Names of countries belong to the
//! screens (`Intl.DisplayNames`), not here.

mod icao;

use crate::Invalid;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Under its own name, because serde's derive would tie a `&'static str` field to the input.
type Code = &'static str;

/// An ISO 3166-1 alpha-3 code, or one of the codes ICAO Doc 9303-3 §5 adds for documents (see [`Country::parse_icao`]).
///
/// ```
/// use homeward_domain::Country;
/// let japan = Country::parse("jp")?;
/// assert_eq!(japan, Country::parse("JPN")?);
/// assert_eq!(japan.alpha2(), Some("JP"));
/// # Ok::<(), homeward_domain::Invalid>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country(Code);

impl Country {
    /// Alpha-2 or alpha-3 in either case. Only a place one can come from: ICAO's extra codes are refused.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let code = text.trim().to_ascii_uppercase();
        let found = match code.len() {
            2 => rust_iso3166::from_alpha2(&code),
            3 => rust_iso3166::from_alpha3(&code),
            _ => None,
        };
        found.map(|country| Self(country.alpha3)).ok_or_else(|| {
            Invalid::new("not-a-country", "use an ISO 3166-1 code of two or three letters, e.g. JP or JPN")
        })
    }

    /// What the issuer or nationality field of a document may hold: ISO alpha-3, and the codes of ICAO Doc 9303-3 §5
    /// for organisations, stateless persons, British classes and the specimen state `UTO`. Germany prints `D`, which is
    /// read as `DEU`. Fillers may still be there.
    ///
    /// ```
    /// use homeward_domain::Country;
    /// assert_eq!(Country::parse_icao("D<<")?.as_str(), "DEU");
    /// assert_eq!(Country::parse_icao("GBO")?.alpha2(), None);
    /// assert!(Country::parse("GBO").is_err());
    /// # Ok::<(), homeward_domain::Invalid>(())
    /// ```
    pub fn parse_icao(text: &str) -> Result<Self, Invalid> {
        let code = text.trim().trim_end_matches('<').to_ascii_uppercase();
        if code == "D" {
            return Ok(Self("DEU"));
        }
        if let Some(special) = icao::find_special(&code) {
            return Ok(Self(special));
        }
        if code.len() == 3 {
            return Self::parse(&code);
        }
        Err(Invalid::new("not-a-country", "a document names a state by three letters, e.g. JPN; type what is printed"))
    }

    /// The three letters, upper case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// ISO 3166-1 alpha-2; `None` for ICAO's extra codes.
    #[must_use]
    pub fn alpha2(self) -> Option<&'static str> {
        rust_iso3166::from_alpha3(self.0).map(|country| country.alpha2)
    }

    /// Every ISO 3166-1 country, in the order of the alpha-3 codes' table.
    pub fn all() -> impl Iterator<Item = Self> {
        rust_iso3166::ALL.iter().map(|country| Self(country.alpha3))
    }
}

impl TryFrom<String> for Country {
    type Error = Invalid;

    /// Stored codes and nationalities come back here, therefore ICAO's extra codes are allowed.
    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse_icao(&text)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.0.to_owned()
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_country_is_found_by_both_codes_in_either_case() {
        assert_eq!(Country::all().count(), 249);
        for country in Country::all() {
            let alpha2 = country.alpha2().expect("an ISO country has two letters");
            for text in [alpha2, country.as_str(), &alpha2.to_lowercase(), &country.as_str().to_lowercase()] {
                assert_eq!(Country::parse(text), Ok(country), "{text}");
            }
            assert_eq!(Country::parse_icao(country.as_str()), Ok(country));
        }
    }

    #[test]
    fn a_specimen_state_is_an_issuer_and_not_a_place() {
        for code in ["UTO", "UNO", "XXA", "XXB", "XXC", "XXX", "GBD", "GBN", "GBO", "GBP", "GBS", "EUE", "RKS"] {
            assert_eq!(Country::parse_icao(code).map(Country::as_str), Ok(code));
            assert!(Country::parse(code).is_err(), "{code}");
        }
        for bad in ["", "J", "JPNX", "ZZZ", "日本", "J<N", "<<<"] {
            assert!(Country::parse(bad).is_err() && Country::parse_icao(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_stored_code_comes_back_and_a_wrong_one_does_not() {
        let codes = [Country::parse("JPN").expect("Japan"), Country::parse_icao("GBO").expect("overseas")];
        let stored = serde_json::to_string(&codes).expect("codes are strings");
        assert_eq!(stored, r#"["JPN","GBO"]"#);
        assert_eq!(serde_json::from_str::<[Country; 2]>(&stored).expect("codes"), codes);
        assert!(serde_json::from_str::<Country>(r#""ZZZ""#).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".*") {
            if let Ok(country) = Country::parse(&text) {
                prop_assert_eq!(Country::parse(country.as_str()), Ok(country));
            }
            if let Ok(country) = Country::parse_icao(&text) {
                prop_assert_eq!(Country::parse_icao(country.as_str()), Ok(country));
            }
        }
    }
}
