//! What a sub-district's silence means after the deadline. Chosen beforehand by a named person, version by version; a
//! destination is never defaulted: without a rule silence means nothing but asking again.

use crate::{Invalid, Jurisdiction, Level, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What silence means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Nothing: the community is asked again, the dispatcher is told.
    #[default]
    AskAgain,
    /// The sub-district agrees to the home.
    Agree,
    /// The sub-district wants an observation site; which one, the dispatcher says.
    Site,
}

impl Means {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AskAgain => "ask_again",
            Self::Agree => "agree",
            Self::Site => "site",
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        [Self::AskAgain, Self::Agree, Self::Site]
            .into_iter()
            .find(|means| means.code() == code)
            .ok_or_else(|| Invalid::new("not-a-meaning", "ask_again, agree or site"))
    }
}

/// A rule as what it decided carries it: whose, which version, by whom, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The sub-district.
    pub place: Jurisdiction,
    /// Counts from 1 in each sub-district.
    pub version: u32,
    /// Display name of who chose it.
    pub by: String,
    /// Why they chose it.
    pub reason: String,
}

/// What stands beside an open question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// What it means.
    pub means: Means,
    /// The rule that says so; none if nobody chose one.
    pub rule: Option<Cited>,
}

/// One version of a sub-district's rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Whose, which version, by whom, why.
    pub cited: Cited,
    /// What silence means from then on.
    pub means: Means,
    /// When it was chosen.
    pub at: DateTime<Utc>,
}

impl Rule {
    /// A limit on everything: no reason is longer, in characters.
    pub const REASON_CHARS_MAX: usize = 200;

    /// The next version of a sub-district's rule. Refuses a place that is not a sub-district and an empty or endless
    /// reason.
    pub fn choose(
        place: Jurisdiction,
        before: Option<&Self>,
        (means, reason): (Means, &str),
        by: String,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if place.level() != Level::Subdistrict {
            return Err(Invalid::new("not-a-subdistrict", "a rule belongs to a sub-district: nine digits")
                .at("place")
                .into());
        }
        let reason = reason_of(reason)?;
        let version = before.map_or(1, |before| before.cited.version + 1);
        Ok(Self { cited: Cited { place, version, by, reason }, means, at })
    }

    /// What stands beside a question that is asked under this rule.
    #[must_use]
    pub fn silence(&self) -> Silence {
        Silence { means: self.means, rule: Some(self.cited.clone()) }
    }
}

/// A reason that says something and comes to an end.
pub(crate) fn reason_of(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if reason.chars().count() > Rule::REASON_CHARS_MAX {
        return Err(Invalid::new("too-long", "at most 200 characters").at("reason").into());
    }
    Ok(reason.to_owned())
}
