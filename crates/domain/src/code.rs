//! Codes of reference things. Automation keys on codes, never on display names (mission.md, rule 5).

use crate::Invalid;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in the jurisdiction tree by its statistical code: city 4 digits, district 6, sub-district 9,
/// committee 12 (GB/T 2260 and the statistical division codes). A code contains every code it begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Jurisdiction(String);

/// How deep a jurisdiction lies in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 市
    City,
    /// 区
    District,
    /// 街镇
    Subdistrict,
    /// 居村委
    Committee,
}

impl Jurisdiction {
    /// 4, 6, 9 or 12 digits.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && matches!(text.len(), 4 | 6 | 9 | 12) {
            return Ok(Self(text.to_owned()));
        }
        Err(Invalid::new("not-a-jurisdiction", "use the statistical code: 4, 6, 9 or 12 digits, e.g. 310101017"))
    }

    /// The code's digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this place or lies in it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// Read off the code's length.
    #[must_use]
    pub fn level(&self) -> Level {
        match self.0.len() {
            4 => Level::City,
            6 => Level::District,
            9 => Level::Subdistrict,
            _ => Level::Committee,
        }
    }

    /// The sub-district this place lies in; `None` above one.
    #[must_use]
    pub fn subdistrict(&self) -> Option<Self> {
        self.0.get(..9).map(|code| Self(code.to_owned()))
    }

    /// The district this place lies in; `None` for a city.
    #[must_use]
    pub fn district(&self) -> Option<Self> {
        self.0.get(..6).map(|code| Self(code.to_owned()))
    }
}

impl TryFrom<String> for Jurisdiction {
    type Error = Invalid;
    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

impl From<Jurisdiction> for String {
    fn from(code: Jurisdiction) -> Self {
        code.0
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn slug(text: &str) -> Result<String, Invalid> {
    let clean = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if clean && (2..=64).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-') {
        return Ok(text.to_owned());
    }
    Err(Invalid::new("not-a-code", "a code is 2 to 64 lower-case letters, digits and hyphens; see /v1/reference"))
}

macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// 2 to 64 of `a-z`, `0-9` and `-`.
            pub fn parse(text: &str) -> Result<Self, Invalid> { slug(text).map(Self) }

            /// The code as it stands in the reference data.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;
            fn try_from(text: String) -> Result<Self, Invalid> { Self::parse(&text) }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self { code.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

slugs! {
    /// An airport desk of one district in one terminal.
    Desk,
    /// Who takes over at a stop: a community or an observation site.
    Receiver,
    /// A gate of a receiver, where custody passes.
    Gate,
    /// A place in a district where a bus hands people to the vans that go on.
    RelayPoint,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_contains_its_committees_and_not_its_neighbours() {
        let district = Jurisdiction::parse("310101").expect("district");
        let committee = Jurisdiction::parse("310101017005").expect("committee");
        assert!(district.contains(&committee) && district.contains(&district));
        assert!(!committee.contains(&district));
        assert!(!Jurisdiction::parse("310104").expect("district").contains(&committee));
        assert_eq!(committee.district(), Some(district));
        assert_eq!(committee.level(), Level::Committee);
    }

    #[test]
    fn a_code_is_not_a_display_name() {
        for bad in ["", "a", "小东门", "Huangpu-XDM", "-x", "x-", "a b"] {
            assert!(Receiver::parse(bad).is_err(), "{bad}");
        }
        assert!(Jurisdiction::parse("31010").is_err());
    }
}
