//! What a passport reader types: the two lines of a passport (ICAO Doc 9303, TD3) with right check digits. Every name and
//! number is invented.

/// A passport before it is printed.
pub struct Passport {
    /// ISO 3166-1 alpha-3; who issued it, and the nationality.
    pub country: &'static str,
    pub surname: &'static str,
    pub given: &'static str,
    pub number: &'static str,
    /// `YYMMDD`
    pub born: &'static str,
    /// `F`, `M` or `<`.
    pub sex: char,
}

/// Nobody's passport ends before the story does.
const EXPIRES: &str = "290101";

impl Passport {
    /// Both lines, each ended by the enter key, as a reader sends them.
    pub fn typed(&self) -> String {
        let Self { country, surname, given, sex, .. } = self;
        let first = format!("{:<<44}", format!("P<{country}{surname}<<{given}"));
        let number = with_digit(&format!("{:<<9}", self.number));
        let (born, expires) = (with_digit(self.born), with_digit(EXPIRES));
        let personal = with_digit(&"<".repeat(14));
        let whole = digit(&format!("{number}{born}{expires}{personal}"));
        format!("{first}\n{number}{country}{born}{sex}{expires}{personal}{whole}\n")
    }
}

fn with_digit(field: &str) -> String {
    format!("{field}{}", digit(field))
}

/// Weights 7, 3, 1; letters count from ten, the filler is nothing.
fn digit(field: &str) -> u32 {
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    field.chars().zip([7, 3, 1].iter().cycle()).map(|(c, weight)| value(c) * weight).sum::<u32>() % 10
}

#[test]
fn the_specimen_of_the_standard_comes_out() {
    assert_eq!(digit("L898902C3"), 6);
    assert_eq!(digit("740812"), 2);
    assert_eq!(digit("L898902C3674081221204159ZE184226B<<<<<1"), 0);
}
