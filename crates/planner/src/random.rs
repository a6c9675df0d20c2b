//! Chance that can be repeated: the same seed, the same numbers (Sebastiano Vigna, xorshift64*).

/// A source of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `bound`, which is not 0.
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.bits() >> 32) * bound as u128;
        usize::try_from(product >> 32).expect("it is below the bound")
    }

    /// A number from 0 to below 1.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit into a double")]
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
