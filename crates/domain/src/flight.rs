//! Flight numbers as they are called at the desk and printed on lists. Not schedules, not airports.

use crate::Invalid;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An IATA flight designator (SSIM ch. 2: two characters of airline with at least one letter, one to four digits, perhaps
/// an operational suffix), or the same with ICAO's three-letter airline. Held without blanks and leading zeros: `NH919`.
///
/// ```
/// use homeward_domain::FlightNumber;
/// assert_eq!(FlightNumber::parse("nh 0919")?.as_str(), "NH919");
/// # Ok::<(), homeward_domain::Invalid>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FlightNumber(String);

impl FlightNumber {
    /// Reads a designator in either case; blanks and hyphens are dropped. `NH0919` and `NH919` are the same flight.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let clean: String = text
            .chars()
            .filter(|char| !char.is_whitespace() && *char != '-')
            .map(|char| char.to_ascii_uppercase())
            .collect();
        read(&clean)
            .map(Self)
            .ok_or_else(|| Invalid::new("not-a-flight", "use the airline and the number, e.g. NH919 or 3U8633"))
    }

    /// The normalised designator.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn read(clean: &str) -> Option<String> {
    if !clean.is_ascii() || clean.len() < 3 {
        return None;
    }
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let (airline, rest) = clean.split_at(if letters(&clean[..3]) { 3 } else { 2 });
    let known = airline.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && airline.bytes().any(|byte| byte.is_ascii_uppercase());
    let digits = rest.trim_end_matches(|char: char| char.is_ascii_uppercase());
    let suffix = &rest[digits.len()..];
    let numbered = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.trim_start_matches('0');
    (known && numbered && suffix.len() <= 1 && !number.is_empty()).then(|| format!("{airline}{number}{suffix}"))
}

impl TryFrom<String> for FlightNumber {
    type Error = Invalid;
    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

impl From<FlightNumber> for String {
    fn from(number: FlightNumber) -> Self {
        number.0
    }
}

impl fmt::Display for FlightNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn designators_of_the_time_are_read() {
        for (text, normal) in [
            ("NH919", "NH919"),
            ("nh 919", "NH919"),
            ("MU-0524", "MU524"),
            ("3U8633", "3U8633"),
            ("U21234", "U21234"),
            ("CA1858A", "CA1858A"),
            ("ANA919", "ANA919"),
            ("KE5", "KE5"),
        ] {
            assert_eq!(FlightNumber::parse(text).map(String::from), Ok(normal.to_owned()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "N", "NH", "NH0", "NH12345", "12345", "NH919AB", "NHAB12", "NH9A1", "全日空919", "NH９１９"]
        {
            assert_eq!(FlightNumber::parse(bad).expect_err(bad).reason, "not-a-flight");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,12}") {
            if let Ok(flight) = FlightNumber::parse(&text) {
                prop_assert_eq!(FlightNumber::parse(flight.as_str()), Ok(flight));
            }
        }

        #[test]
        fn a_designator_round_trips(text in "[A-Z]{2}[1-9][0-9]{0,3}[A-Z]?") {
            let flight = FlightNumber::parse(&text).expect("a designator");
            prop_assert_eq!(flight.as_str(), text);
        }
    }
}
