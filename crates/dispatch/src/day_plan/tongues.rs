//! Languages as the planner counts them: a bit each. A region or a script makes no difference to who understands whom.

/// Everybody who works here speaks it, so that a party that does needs no escort of its own language.
const EVERYBODYS: &str = "zh";
/// Bits there are.
const MAX: usize = 64;

/// The languages of one plan.
pub(super) struct Tongues(Vec<String>);

impl Tongues {
    /// Of all the BCP 47 tags that come up; the first 64 of them.
    pub fn of<'a>(tags: impl Iterator<Item = &'a String>) -> Self {
        let mut all: Vec<String> = tags.map(|tag| primary(tag)).filter(|it| it != EVERYBODYS).collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(MAX);
        Self(all)
    }

    /// What a crew speaks.
    pub fn spoken(&self, tags: &[String]) -> u64 {
        let bit = |tag: &String| self.0.iter().position(|it| *it == primary(tag)).map_or(0, |at| 1_u64 << at);
        tags.iter().fold(0, |bits, tag| bits | bit(tag))
    }

    /// What a party asks for; nothing when any escort will do.
    pub fn wished(&self, tags: &[String]) -> u64 {
        if tags.iter().any(|tag| primary(tag) == EVERYBODYS) { 0 } else { self.spoken(tags) }
    }
}

fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(all: &[&str]) -> Vec<String> {
        all.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn a_party_that_speaks_chinese_asks_for_nobody() {
        let tongues = Tongues::of(tags(&["ja", "zh-Hans", "en-GB"]).iter());
        assert_eq!(tongues.wished(&tags(&["ja", "zh"])), 0);
        assert_eq!(tongues.wished(&tags(&["ja"])), tongues.spoken(&tags(&["JA-JP", "zh"])));
        assert_eq!(tongues.wished(&tags(&["en"])) & tongues.spoken(&tags(&["ja"])), 0);
        assert_eq!(tongues.spoken(&tags(&["ko"])), 0, "nobody asked for it");
    }
}
