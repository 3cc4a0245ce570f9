//! `a / d` for many `a` that are multiples of `d`: `a * (1/d)` modulo a power of two.
//!
//! It stands apart from division with a remainder because the quotient comes from the low limbs, half of a product where that has to look at the
//! top; and because the inverse is shared by all of them.
//!
//! # Method
//! With `d = 2^t*u` for an odd `u`, and `q` below `B^n`: `q = a/2^t * (1/u)` modulo `B^n`, the inverse by Newton's iteration; the quotient is exact
//! where `q*u = a/2^t` (T. Jebelean, "An algorithm for exact division", J. Symb. Comp. 15, 1993). Short ones go limb by limb.

use super::mul_limbs;
use crate::{
    convolution::tuning,
    integer::{
        bigints::from_magnitude,
        limbs::{div_exact_odd, inverse_mod_word, shift_right, sub_assign, trimmed},
    },
};
use num_bigint::{BigInt, BigUint};

/// A number that divides many others.
#[derive(Clone, Debug)]
pub(crate) struct ExactDivisor {
    /// Without the power of two.
    odd: Vec<u64>,
    /// The power of two: limbs, and bits of the next one.
    low: usize,
    bits: u32,
    /// `1/odd` modulo a power of `B`, as long as quotients were.
    inverse: Vec<u64>,
    /// Quotients and divisors of so many limbs go by the inverse.
    least: usize,
    /// Working memory.
    value: Vec<u64>,
    quotient: Vec<u64>,
    product: Vec<u64>,
}

impl ExactDivisor {
    /// # Panics
    /// For 0.
    pub(crate) fn new(d: &BigUint) -> Self {
        Self::by_inverse_from(d, tuning::INTEGER_EXACT_LIMBS)
    }

    /// For one quotient, which an inverse is no use for unless it is long.
    ///
    /// # Panics
    /// For 0.
    pub(crate) fn once(d: &BigUint) -> Self {
        Self::by_inverse_from(d, tuning::INTEGER_EXACT_ONCE_LIMBS)
    }

    fn by_inverse_from(d: &BigUint, least: usize) -> Self {
        let limbs: Vec<u64> = d.iter_u64_digits().collect();
        let low = limbs.iter().position(|&l| l != 0).expect("a divisor that is not 0");
        let mut odd = limbs[low..].to_vec();
        let bits = odd[0].trailing_zeros();
        shift_right(&mut odd, bits);
        odd.truncate(trimmed(&odd).len());
        let inverse = vec![inverse_mod_word(odd[0])];
        ExactDivisor {
            odd,
            low,
            bits,
            inverse,
            least,
            value: Vec::new(),
            quotient: Vec::new(),
            product: Vec::new(),
        }
    }

    /// `a / d`; `None` where it is not exact.
    pub(crate) fn quotient(&mut self, a: &BigInt) -> Option<BigInt> {
        let value = &mut self.value;
        value.clear();
        value.extend(a.magnitude().iter_u64_digits());
        if value.is_empty() {
            return Some(BigInt::ZERO);
        }
        if value.len() <= self.low
            || value[..self.low].iter().any(|&l| l != 0)
            || value[self.low] & ((1u64 << self.bits) - 1) != 0
        {
            return None;
        }
        value.drain(..self.low);
        shift_right(value, self.bits);
        value.truncate(trimmed(value).len());
        if value.len() < self.odd.len() {
            return None;
        }
        let len = value.len() + 1 - self.odd.len();
        if len.min(self.odd.len()) < self.least {
            return div_exact_odd(value, &self.odd, self.inverse[0])
                .then(|| from_magnitude(a.sign(), trimmed(value)));
        }
        self.extend(len);
        let ExactDivisor { odd, inverse, value, quotient, product, .. } = self;
        product.resize(2 * len, 0);
        mul_limbs(product, &value[..len.min(value.len())], &inverse[..len]);
        quotient.clear();
        quotient.extend_from_slice(trimmed(&product[..len]));
        product.resize(quotient.len() + odd.len(), 0);
        mul_limbs(product, quotient, odd);
        (trimmed(product) == &value[..]).then(|| from_magnitude(a.sign(), quotient))
    }

    /// The inverse to so many limbs: `x := x - x*(d*x - 1)`, where `d*x - 1` is a multiple of `B^k`.
    fn extend(&mut self, len: usize) {
        while self.inverse.len() < len {
            let k = self.inverse.len();
            let n = len.min(2 * k);
            let d = &self.odd[..n.min(self.odd.len())];
            let mut error = vec![0; d.len() + k];
            mul_limbs(&mut error, d, &self.inverse);
            error.resize(n.max(error.len()), 0);
            let mut change = vec![0; n];
            mul_limbs(&mut change, &error[k..n], &self.inverse);
            // -change modulo B^(n - k)
            let mut next = vec![0; n - k];
            sub_assign(&mut next, &change[..n - k]);
            self.inverse.extend_from_slice(&next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_integer::Integer;
    use num_traits::{Signed, Zero};

    /// Against quotients with a remainder, multiples and numbers next to them.
    #[test]
    fn multiples_and_their_neighbours() {
        let draw = |bits: u64, seed: u64| -> BigInt {
            let words = bits.div_ceil(32) as u32;
            let halves: Vec<u32> = (0..words)
                .map(|k| ((seed + u64::from(k) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 29) as u32)
                .collect();
            (BigInt::from(BigUint::new(halves)) % (BigInt::from(1) << bits)) | (BigInt::from(1) << (bits - 1))
        };
        let base = 64 * tuning::INTEGER_EXACT_LIMBS as u64;
        for bits in [1, 2, 63, 64, 65, 130, base - 1, base + 1, base + 64, 3 * base] {
            for zeros in [0u32, 1, 64, 100] {
                let d: BigInt = draw(bits, 5) << zeros;
                let mut divisor = ExactDivisor::new(d.magnitude());
                for length in [1, 64, 65, 4 * base, 200, base, base + 70] {
                    for q in [draw(length, 9), -draw(length, 11), (BigInt::from(1) << length) - 1] {
                        assert_eq!(
                            divisor.quotient(&(&d * &q)).as_ref(),
                            Some(&q),
                            "{bits}, {zeros}, {length}"
                        );
                        for a in [&d * &q + 1, &d * &q - (BigInt::from(1) << zeros), (&d * &q).abs() >> 1] {
                            let (quo, rem) = a.div_rem(&d);
                            assert_eq!(
                                divisor.quotient(&a),
                                rem.is_zero().then_some(quo),
                                "{bits}, {zeros}, {length}"
                            );
                        }
                    }
                }
                assert_eq!(divisor.quotient(&BigInt::ZERO), Some(BigInt::ZERO));
                for length in [1, base, tuning::INTEGER_EXACT_ONCE_LIMBS as u64 * 64 + 9] {
                    let q = draw(length, 13);
                    assert_eq!(ExactDivisor::once(d.magnitude()).quotient(&(&d * &q)), Some(q));
                }
            }
        }
    }
}
