//! [`Random`]: choices that algorithms make, the same ones on every machine.
//!
//! # Source
//! The generator SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.

use crate::Poly;
use crate::ring::FiniteField;
use num_bigint::BigUint;

/// A generator of words with a seed of its own.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Random { state: seed }
    }

    /// The next word.
    pub(crate) fn word(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.state ^ self.state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ x >> 31
    }

    /// An element of a field, as good as uniform: from 64 bits more than its order has.
    pub(crate) fn element<F: FiniteField>(&mut self, field: &F) -> F::Element {
        let bits = field.order().bits() + 64;
        let digits = (0..bits.div_ceil(32)).map(|_| (self.word() >> 32) as u32).collect();
        field.nth_element(&BigUint::new(digits))
    }

    /// A polynomial of at most `len` coefficients.
    pub(crate) fn poly<F: FiniteField>(&mut self, field: &F, len: usize) -> Poly<F> {
        let coefficients = (0..len).map(|_| self.element(field)).collect();
        Poly::from_vec(field.clone(), coefficients)
    }
}
