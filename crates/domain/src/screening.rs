//! What the desk asked and measured about health. The rule it feeds (no seat before the referral) stands in the party.

use crate::Invalid;
use std::fmt;

/// The answers of one person at the desk. Sensitive: neither printed by `Debug` nor serialised.
#[derive(Clone, Copy, PartialEq)]
pub struct Screening {
    temperature_c: Option<f64>,
    symptoms: bool,
    contact: bool,
}

impl Screening {
    /// From this temperature on, in °C, somebody is febrile: 37.3 by the practice of the time (NHC prevention protocol,
    /// editions 2 to 6, January to March 2020; mission.md: "a fever case … never enters the desk").
    pub const FEVER_C: f64 = 37.3;
    /// The lowest temperature, in °C, that is a person's and not a device's error.
    pub const TEMPERATURE_C_MIN: f64 = 30.0;
    /// The highest temperature, in °C, that is a person's and not a device's error.
    pub const TEMPERATURE_C_MAX: f64 = 45.0;

    /// `temperature_c` in °C, 30.0 to 45.0, or `None` when it was not measured; `symptoms` of the airways today;
    /// close `contact` with a case, told or found.
    pub fn parse(temperature_c: Option<f64>, symptoms: bool, contact: bool) -> Result<Self, Invalid> {
        let possible = Self::TEMPERATURE_C_MIN..=Self::TEMPERATURE_C_MAX;
        if temperature_c.is_some_and(|measured| !possible.contains(&measured)) {
            let mend = "a temperature is between 30.0 and 45.0 degrees Celsius; measure again";
            return Err(Invalid::new("out-of-range", mend).at("temperature_c"));
        }
        Ok(Self { temperature_c, symptoms, contact })
    }

    /// In °C; `None` when not measured.
    #[must_use]
    pub const fn temperature_c(self) -> Option<f64> {
        self.temperature_c
    }

    /// Whether there are symptoms today.
    #[must_use]
    pub const fn symptoms(self) -> bool {
        self.symptoms
    }

    /// Whether there was close contact with a case. Contact alone does not call the ambulance: it is shown.
    #[must_use]
    pub const fn contact(self) -> bool {
        self.contact
    }

    /// Febrile or symptomatic: the ambulance comes first, no seat is given.
    ///
    /// ```
    /// use homeward_domain::Screening;
    /// assert!(Screening::parse(Some(37.3), false, false)?.must_be_referred());
    /// assert!(!Screening::parse(Some(37.2), false, true)?.must_be_referred());
    /// # Ok::<(), homeward_domain::Invalid>(())
    /// ```
    #[must_use]
    pub fn must_be_referred(self) -> bool {
        self.symptoms || self.temperature_c.is_some_and(|measured| measured >= Self::FEVER_C)
    }
}

impl fmt::Debug for Screening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Screening(‹not shown›)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_no_person_has_is_refused() {
        for bad in [29.9, 45.1, f64::NAN, f64::INFINITY, -1.0, 98.6] {
            let invalid = Screening::parse(Some(bad), false, false).expect_err("no person has that");
            assert_eq!(invalid.field, "temperature_c");
        }
    }

    #[test]
    fn a_debug_line_tells_nothing() {
        let line = format!("{:?}", Screening::parse(Some(39.5), true, true).expect("a fever"));
        assert_eq!(line, "Screening(‹not shown›)");
    }

    proptest! {
        #[test]
        fn fever_or_symptoms_and_nothing_else_call_the_ambulance(
            measured in proptest::option::of(30.0f64..=45.0), symptoms: bool, contact: bool
        ) {
            let screening = Screening::parse(measured, symptoms, contact).expect("a possible answer");
            let febrile = measured.is_some_and(|degrees| degrees >= 37.3);
            prop_assert_eq!(screening.must_be_referred(), febrile || symptoms);
        }
    }
}
