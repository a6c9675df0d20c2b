//! The codes of ICAO Doc 9303-3 §5 (eighth edition) that are not ISO 3166-1 alpha-3. Germany's `D` is read as `DEU` by
//! the caller; a code that is also in ISO 3166-1 must not stand here.

const SPECIAL: [&str; 27] = [
    // British nationals who are not citizens of the United Kingdom (Part B).
    "GBD", "GBN", "GBO", "GBP", "GBS",
    // Laissez-passer of the European Union and of the United Nations, its agencies and its mission in Kosovo (Part C, D).
    "EUE", "UNO", "UNA", "UNK",
    // Development banks, communities of states, the police organisation, the orders (Part D).
    "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC",
    // Stateless, refugee by the convention, other refugee, unspecified (Part D).
    "XXA", "XXB", "XXC", "XXX", // Kosovo as its documents print it.
    "RKS", // Utopia, the issuer of every specimen in Doc 9303, and the aviation organisation itself.
    "UTO", "IAO",
];

/// The code as a static text when it is one of ICAO's own.
pub fn find_special(code: &str) -> Option<&'static str> {
    SPECIAL.into_iter().find(|special| *special == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_special_code_is_a_country() {
        for code in SPECIAL {
            assert!(rust_iso3166::from_alpha3(code).is_none(), "{code}");
        }
    }
}
