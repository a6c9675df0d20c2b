//! Tags that must not share a vehicle: a set of pairs, so that it is said once for both sides.

use crate::{Invalid, RiskTag};
use std::collections::BTreeSet;

/// Two different tags, the milder first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    milder: RiskTag,
    stricter: RiskTag,
}

impl Pair {
    /// Every pair there is.
    pub const ALL: [Self; 3] = [
        Self { milder: RiskTag::Green, stricter: RiskTag::Yellow },
        Self { milder: RiskTag::Green, stricter: RiskTag::Red },
        Self { milder: RiskTag::Yellow, stricter: RiskTag::Red },
    ];

    /// Two tags in either order. Refuses the same one twice: people of one tag always may ride together.
    pub fn new(one: RiskTag, other: RiskTag) -> Result<Self, Invalid> {
        if one == other {
            return Err(Invalid::new("same-tag", "name two different tags: green, yellow, red"));
        }
        Ok(Self { milder: one.min(other), stricter: one.max(other) })
    }

    /// Both tags, the milder first.
    #[must_use]
    pub const fn tags(self) -> [RiskTag; 2] {
        [self.milder, self.stricter]
    }
}

/// Which pairs must not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Apart(BTreeSet<Pair>);

impl Apart {
    /// Whether people of these tags must not share a vehicle.
    #[must_use]
    pub fn holds(&self, one: RiskTag, other: RiskTag) -> bool {
        Pair::new(one, other).is_ok_and(|pair| self.0.contains(&pair))
    }

    /// The pairs, the milder first.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> {
        self.0.iter().copied()
    }
}

impl FromIterator<Pair> for Apart {
    fn from_iter<I: IntoIterator<Item = Pair>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
