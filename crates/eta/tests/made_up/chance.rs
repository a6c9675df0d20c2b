//! Numbers by chance, the same every time (Steele, Lea and Flood 2014).

/// A stream of them; the seed names it.
pub struct Chance(pub u64);

impl Chance {
    /// Even, 0 to 1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((it ^ (it >> 31)) >> 32).expect("32 bits")) / f64::from(u32::MAX)
    }

    /// Normal, by twelve even ones.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}
