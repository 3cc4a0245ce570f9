//! Fractions from their residues: `n/d = a` modulo `m`.
//!
//! It stands apart from the gcd, whose remainder sequence it follows: that one may end anywhere, this one in the middle, and with the cofactors
//! that lead there.
//!
//! # Method
//! The first remainder of `m` and `a` that is not above the bound of numerators, with its cofactor as the denominator (P. Wang, "A p-adic algorithm for
//! univariate partial fractions", SYMSAC 1981; J. von zur Gathen, J. Gerhard, Modern Computer Algebra, theorem 5.26):
//! [`cofactor`](super::gcd::cofactor).

use super::division;
use super::gcd::{
    cofactor::{Remainder, first_within},
    gcd,
};
use super::sqrt::sqrt_rem;
use crate::natural_product;
use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The fraction `n/d` in lowest terms with `n = a*d` modulo `m`, `|n| <= numerator` and `0 < d <= denominator`; `None` where there is none. With
/// `2 * numerator * denominator < m` there is one at most.
///
/// # Complexity
/// Quadratic in the length of `m` up to some hundred limbs, then a logarithm times a product.
///
/// # Examples
/// ```
/// use monic::integer::rational_reconstruct_within;
/// use num_bigint::BigUint;
/// // 1/3 = 667 modulo 1000
/// let third = rational_reconstruct_within(&667.into(), &1000u32.into(), &10u32.into(), &40u32.into());
/// assert_eq!(third.unwrap().to_string(), "1/3");
/// ```
pub fn rational_reconstruct_within(
    a: &BigInt,
    m: &BigUint,
    numerator: &BigUint,
    denominator: &BigUint,
) -> Option<BigRational> {
    if m.is_zero() || denominator.is_zero() {
        return None;
    }
    let residue = division::div_rem(a.magnitude(), m, natural_product).1;
    let residue = if a.sign() == Sign::Minus && !residue.is_zero() { m - residue } else { residue };
    let Remainder { rest, cofactor, negative, .. } = first_within(m, residue, numerator, natural_product);
    if cofactor > *denominator || !gcd(&rest, &cofactor).is_one() {
        return None;
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    Some(BigRational::new_raw(BigInt::from_biguint(sign, rest), cofactor.into()))
}

/// The fraction `n/d` in lowest terms with `n = a*d` modulo `m` and both at most `sqrt((m - 1)/2)` in absolute value, of which there is one at most.
///
/// # Complexity
/// Quadratic in the length of `m` up to some hundred limbs, then a logarithm times a product.
///
/// # Examples
/// ```
/// use monic::integer::rational_reconstruct;
/// use num_bigint::BigUint;
/// let p = BigUint::from(1_000_003u32);
/// // -2/7 modulo p: 7 * 571430 = -2 + 4*p
/// assert_eq!(rational_reconstruct(&571_430.into(), &p).unwrap().to_string(), "-2/7");
/// assert_eq!(rational_reconstruct(&500.into(), &p).unwrap().to_string(), "500");
/// ```
pub fn rational_reconstruct(a: &BigInt, m: &BigUint) -> Option<BigRational> {
    let bound = if m.is_zero() { BigUint::ZERO } else { sqrt_rem(&((m - 1u8) >> 1u8), natural_product).0 };
    rational_reconstruct_within(a, m, &bound, &bound.clone().max(BigUint::one()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_integer::Integer;
    use proptest::prelude::*;

    /// All fractions modulo small numbers, against all candidates.
    #[test]
    fn against_a_search() {
        for m in 1u32..60 {
            for a in 0..m {
                for (n, d) in [(3u32, 5u32), (5, 3), (0, 7), (1, 1)] {
                    if 2 * n * d >= m {
                        continue;
                    }
                    let found = rational_reconstruct_within(&a.into(), &m.into(), &n.into(), &d.into());
                    let (n, d, m, a) = (i64::from(n), i64::from(d), i64::from(m), i64::from(a));
                    let mut all = (1..=d).flat_map(|y| (-n..=n).map(move |x| (x, y)));
                    let expected = all.find(|&(x, y)| (x - a * y).rem_euclid(m) == 0 && x.gcd(&y) == 1);
                    let found =
                        found.map(|f| (i64::try_from(f.numer()).unwrap(), i64::try_from(f.denom()).unwrap()));
                    assert_eq!(found, expected, "{a} modulo {m} within {n}, {d}");
                }
            }
        }
        assert_eq!(rational_reconstruct(&5.into(), &BigUint::ZERO), None);
        assert_eq!(rational_reconstruct(&5.into(), &BigUint::one()), Some(BigRational::zero()));
    }

    proptest! {
        /// Fractions of all sizes come back, from balanced bounds and from unbalanced ones.
        #[test]
        fn there_and_back(
            n in prop::collection::vec(any::<u32>(), 0..40),
            d in prop::collection::vec(any::<u32>(), 1..40),
            more in 0u64..300,
            negative in any::<bool>(),
        ) {
            let (n, d) = (BigUint::new(n), BigUint::new(d) | BigUint::one());
            let sign = if negative { Sign::Minus } else { Sign::Plus };
            let fraction = BigRational::new(BigInt::from_biguint(sign, n), d.into());
            let (n, d) = (fraction.numer().magnitude().clone(), fraction.denom().magnitude().clone());
            // A power of two has an inverse of every odd denominator.
            let m = BigUint::one() << (n.bits() + d.bits() + 1 + more);
            let inverse = d.modinv(&m).expect("odd");
            let a = fraction.numer() * BigInt::from(inverse);
            prop_assert_eq!(rational_reconstruct_within(&a, &m, &n, &d), Some(fraction.clone()));
            let m = BigUint::one() << (2 * n.bits().max(d.bits()) + 2 + more);
            let a = fraction.numer() * BigInt::from(d.modinv(&m).expect("odd"));
            prop_assert_eq!(rational_reconstruct(&a, &m), Some(fraction));
        }
    }
}
