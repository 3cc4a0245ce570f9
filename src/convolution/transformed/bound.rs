//! [`Bound`]: absolute values stay below `mantissa * 2^exponent`, rounded up in every step.
//!
//! Sums and products of transformed operands add and multiply bounds; kept in whole bits they would lose up to a bit in
//! every sum. What is rounded is less than `2^-62` of the bound. Nothing here allocates.

use num_bigint::BigUint;
use std::ops::{Add, Mul};

/// What absolute values are below; 0 where all of them are zero.
///
/// The top bit of the mantissa is set, but for 0, so that the order is that of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bound {
    exponent: i64,
    mantissa: u64,
}

impl Bound {
    /// Of nothing but zeros.
    pub(super) const ZERO: Bound = Bound { exponent: i64::MIN, mantissa: 0 };

    /// The number itself.
    pub(super) fn new(n: u64) -> Self {
        Self::rounded(u128::from(n), 0)
    }

    /// `2^bits`, and 0 for no bits: of integers with so many. More than anything that there is room for are as many as any other.
    pub(super) fn of_bits(bits: u64) -> Self {
        let bits = bits.min(1 << 60);
        if bits == 0 { Bound::ZERO } else { Bound { exponent: bits as i64 - 63, mantissa: 1 << 63 } }
    }

    /// A number from below.
    pub(super) fn below(n: &BigUint) -> Self {
        let bits = n.bits();
        let top = if bits > 64 { n >> (bits - 64) } else { n << (64 - bits) };
        Bound { exponent: bits as i64 - 64, mantissa: top.iter_u64_digits().next().unwrap_or(0) }
    }

    /// `2^k` times as much.
    pub(super) fn shifted(self, k: i64) -> Self {
        if self.mantissa == 0 { self } else { Bound { exponent: self.exponent + k, ..self } }
    }

    /// Bits that hold every absolute value below.
    pub(super) fn bits(self) -> u64 {
        match self.mantissa {
            0 => 0,
            0x8000_0000_0000_0000 => (self.exponent + 63).max(0) as u64,
            _ => (self.exponent + 64).max(0) as u64,
        }
    }

    /// `n * 2^exponent` or a bit more.
    fn rounded(n: u128, exponent: i64) -> Self {
        if n == 0 {
            return Bound::ZERO;
        }
        let zeros = n.leading_zeros();
        let n = n << zeros;
        let (top, rest) = ((n >> 64) as u64, n as u64);
        let exponent = exponent + 64 - i64::from(zeros);
        match top.checked_add(u64::from(rest != 0)) {
            Some(mantissa) => Bound { exponent, mantissa },
            None => Bound { exponent: exponent + 1, mantissa: 1 << 63 },
        }
    }
}

impl Mul for Bound {
    type Output = Bound;

    fn mul(self, other: Bound) -> Bound {
        if self.mantissa == 0 || other.mantissa == 0 {
            return Bound::ZERO;
        }
        Bound::rounded(u128::from(self.mantissa) * u128::from(other.mantissa), self.exponent + other.exponent)
    }
}

impl Add for Bound {
    type Output = Bound;

    fn add(self, other: Bound) -> Bound {
        let (large, small) = if self >= other { (self, other) } else { (other, self) };
        if small.mantissa == 0 {
            return large;
        }
        // 63 bits below the mantissa, and one above for the carry; what falls out below counts as one.
        let gap = large.exponent - small.exponent;
        let aligned = u128::from(small.mantissa) << 63;
        let moved = if gap < 127 { (aligned >> gap) + 1 } else { 1 };
        Bound::rounded((u128::from(large.mantissa) << 63) + moved, large.exponent - 63)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bound as an integer times `2^64`.
    fn exact(bound: Bound) -> BigUint {
        if bound.mantissa == 0 {
            BigUint::ZERO
        } else {
            BigUint::from(bound.mantissa) << (bound.exponent + 64)
        }
    }

    #[test]
    fn never_below_and_hardly_above() {
        let numbers = [0, 1, 2, 3, 7, 63, 64, 65, 1 << 31, (1 << 32) - 1, u64::MAX - 1, u64::MAX];
        for a in numbers {
            assert_eq!(exact(Bound::new(a)), BigUint::from(a) << 64);
            for b in numbers {
                let check = |bound: Bound, true_value: BigUint| {
                    let (got, least) = (exact(bound), true_value << 64);
                    assert!(got >= least && &got - &least <= &got >> 61, "{a} {b}");
                };
                check(Bound::new(a) * Bound::new(b), BigUint::from(a) * b);
                check(Bound::new(a) + Bound::new(b), BigUint::from(a) + b);
                let high = Bound::new(a).shifted(200);
                check(high + Bound::new(b), (BigUint::from(a) << 200) + b);
                check(
                    high * (Bound::new(b) + Bound::new(1)),
                    (BigUint::from(a) << 200) * (BigUint::from(b) + 1u8),
                );
            }
        }
    }

    #[test]
    fn bits_and_order() {
        assert_eq!([0, 1, 2, 3, 4, 5].map(|n| Bound::new(n).bits()), [0, 0, 1, 2, 2, 3]);
        for bits in [1, 2, 63, 64, 65, 500] {
            assert_eq!(Bound::of_bits(bits).bits(), bits);
            assert!(Bound::of_bits(bits) < Bound::of_bits(bits + 1));
            assert!(Bound::below(&((BigUint::from(1u8) << bits) - 1u8)) < Bound::of_bits(bits));
            assert_eq!(Bound::below(&(BigUint::from(1u8) << bits)), Bound::of_bits(bits));
        }
        assert!(Bound::ZERO < Bound::new(1));
    }
}
