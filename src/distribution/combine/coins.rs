//! `(b + a x)^n`, the weights of a number of successes.
//!
//! It stands apart from powers because counting successes of a few dice is a matter of microseconds, of which a general power spends
//! most on its plan: here each coefficient comes from the one before, `c[k+1] = c[k] (n-k) a / ((k+1) b)`, in its place.

use super::super::weights::Weights;
use crate::poly::Poly;
use crate::ring::{Integers, ZZ};
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;

/// Up to how many coins that is faster.
const MAX: u64 = 200;

/// The power, where there are two terms, few coins and small weights.
pub(super) fn power(base: &Weights, n: u64) -> Option<Poly<Integers>> {
    if base.len() != 2 {
        return None;
    }
    let (miss, hit) = (base[0].to_u64()?, base[1].to_u64()?);
    if n > MAX || miss == 0 || miss.max(hit).checked_mul(n).is_none() {
        return None;
    }
    let mut value = BigUint::from(miss).pow(n as u32);
    let weights = (0..=n).map(|k| {
        if k > 0 {
            value *= (n - k + 1) * hit;
            value /= k * miss;
        }
        BigInt::from(value.clone())
    });
    Some(Poly::from_vec(ZZ, weights.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coins_are_powers() {
        for (miss, hit) in [(1u64, 1u64), (7, 3), (1, u64::MAX / 200), (u64::MAX / 200, 1)] {
            let base = Weights::from(ZZ.poly([miss, hit]));
            for n in [0, 1, 2, 50, MAX] {
                assert_eq!(power(&base, n), Some(base.whole().pow(n)), "({miss} + {hit} x)^{n}");
            }
            assert_eq!(power(&base, MAX + 1), None);
        }
        assert_eq!(power(&ZZ.poly([u64::MAX, 1]).into(), 2), None);
        assert_eq!(power(&ZZ.poly([0, 1]).into(), 2), None);
        assert_eq!(power(&ZZ.poly([1, 1, 1]).into(), 2), None);
    }
}
