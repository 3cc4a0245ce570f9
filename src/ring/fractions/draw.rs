//! Fractions for the tests of this folder, from a seed.

use num_bigint::BigInt;
use num_rational::BigRational;

/// A sequence of words.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new() -> Self {
        Draw(1)
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0
    }

    /// A numerator of 34 bits more than so many, and a denominator of at most so much.
    pub(super) fn fraction(&mut self, bits: u32, denominators: u64) -> BigRational {
        let word = self.word();
        let n = (BigInt::from(word as i64 >> 30) << bits) + (word >> 7) % 1000;
        BigRational::new(n, (word / 7 % denominators + 1).into())
    }

    /// The same with a numerator of so many bits and two or three more, or 0.
    pub(super) fn short(&mut self, bits: u32, denominators: u64) -> BigRational {
        let word = self.word();
        let n = BigInt::from(word as i64 >> (63 - bits)) * (word % 7 / 2);
        BigRational::new(n, (word / 7 % denominators + 1).into())
    }
}
