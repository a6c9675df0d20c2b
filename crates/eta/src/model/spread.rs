//! A duration as fifteen equally likely values: sums of parts need no bell curve.

/// How many values; level of the i-th is (i + ½) ÷ 15.
pub const POINTS: usize = 15;

/// Seconds, ascending.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread([f64; POINTS]);

/// The three quantiles that are told, in seconds: `p10 ≤ p50 ≤ p90`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantiles {
    /// One in ten takes less.
    pub p10: f64,
    /// Half take less.
    pub p50: f64,
    /// One in ten takes longer.
    pub p90: f64,
}

impl Quantiles {
    /// In order, and nothing below zero.
    pub(crate) fn new(p10: f64, p50: f64, p90: f64) -> Self {
        let p50 = p50.max(0.0);
        Self { p10: p10.clamp(0.0, p50), p50, p90: p90.max(p50) }
    }
}

/// The level of the i-th value.
pub fn level(index: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "fifteen")]
    let (index, points) = (index as f64, POINTS as f64);
    (index + 0.5) / points
}

impl Spread {
    /// Nothing, for certain.
    pub const ZERO: Self = Self([0.0; POINTS]);

    /// From values in any order; nothing is below zero.
    #[must_use]
    pub fn new(mut values: [f64; POINTS]) -> Self {
        for value in &mut values {
            *value = value.max(0.0);
        }
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// From three quantiles, straight lines between and beyond them.
    #[must_use]
    pub fn around(told: Quantiles) -> Self {
        Self::new(std::array::from_fn(|index| {
            let off = (level(index) - 0.5) / 0.4;
            let side = if off < 0.0 { told.p50 - told.p10 } else { told.p90 - told.p50 };
            told.p50 + off * side
        }))
    }

    /// The sum of two durations that know nothing of each other: all 225 pairs, each fifteenth of them by its middle.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut sums: Vec<f64> = self.0.iter().flat_map(|one| other.0.iter().map(move |two| one + two)).collect();
        sums.sort_by(f64::total_cmp);
        let mut values = [0.0; POINTS];
        for (value, chunk) in values.iter_mut().zip(sums.chunks(POINTS)) {
            *value = chunk[POINTS / 2];
        }
        Self(values)
    }

    /// None of them shorter than `seconds`.
    #[must_use]
    pub fn at_least(self, seconds: f64) -> Self {
        Self(self.0.map(|value| value.max(seconds)))
    }

    /// The sum of two durations of one evening, which are late together as far as `akin` says: 0 knows nothing of each other,
    /// 1 the worst with the worst.
    #[must_use]
    pub fn plus_akin(self, other: Self, akin: f64) -> Self {
        let apart = self.plus(other);
        Self(std::array::from_fn(|index| {
            let together = self.0[index] + other.0[index];
            apart.0[index] + (together - apart.0[index]) * akin
        }))
    }

    /// Every duration times `factor`.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self(self.0.map(|value| value * factor.max(0.0)))
    }

    /// What is left of it once `elapsed` seconds have passed without an end; before its beginning what is still to come is added.
    #[must_use]
    pub fn left_after(self, elapsed: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "fifteen")]
        let passed = self.0.iter().filter(|value| **value <= elapsed).count() as f64 / POINTS as f64;
        Self::new(std::array::from_fn(|index| self.quantile(passed + level(index) * (1.0 - passed)) - elapsed))
    }

    /// The value below which `share` of the durations lie, 0 … 1.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        let above = (0..POINTS).find(|index| level(*index) >= share);
        match above {
            Some(0) => self.0[0],
            None => self.0[POINTS - 1],
            Some(index) => {
                let part = (share - level(index - 1)) / (level(index) - level(index - 1));
                self.0[index - 1] + (self.0[index] - self.0[index - 1]) * part
            }
        }
    }

    /// What is told of it.
    #[must_use]
    pub fn quantiles(&self) -> Quantiles {
        Quantiles::new(self.quantile(0.1), self.quantile(0.5), self.quantile(0.9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Spread> {
        proptest::array::uniform15(0.0..10_000.0_f64).prop_map(Spread::new)
    }

    proptest! {
        #[test]
        fn a_sum_is_between_the_sums_of_the_ends_and_in_order(one in values(), two in values()) {
            let sum = one.plus(two);
            prop_assert!(sum.0.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(sum.0[0] >= one.0[0] + two.0[0] && sum.0[14] <= one.0[14] + two.0[14]);
            prop_assert_eq!(one.plus(two), two.plus(one));
            let told = sum.quantiles();
            prop_assert!(told.p10 <= told.p50 && told.p50 <= told.p90);
        }

        #[test]
        fn nothing_added_changes_nothing_much(one in values()) {
            let same = one.plus(Spread::ZERO);
            prop_assert!((same.quantile(0.5) - one.quantile(0.5)).abs() < 1e-9);
        }
    }
}
