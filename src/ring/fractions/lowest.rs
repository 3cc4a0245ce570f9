//! Integers over one long denominator, each in lowest terms.
//!
//! It stands apart from [`denominator`](super::denominator), which prepares a word: here a gcd with the denominator is most of the work, and what one integer shares with it
//! others mostly share too.
//!
//! # Method
//! What all have in common with the denominator first; then by the primes that can cancel ([`powers`]), or by what the one before has in common with it.

use super::powers;
use crate::{convolution::integer_product::ExactDivisor, integer::gcd::signed_gcd, ring::numbers};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::One;

/// The numerator over a positive denominator that shares with it no primes but those of `base`.
pub(in crate::ring) fn primes_of(numerator: BigInt, denominator: &BigInt, base: &BigInt) -> BigRational {
    if powers::pays(base.bits(), denominator) {
        powers::fraction(numerator, denominator, base.magnitude())
    } else {
        numbers::fraction(numerator, denominator)
    }
}

/// Quotients by what all integers have in common with one that is not 0, which becomes that; `None` where it is 1. Each that is no multiple makes
/// all of them start again: it is for one that is most likely what they have in common.
pub(super) fn exact_quotients(f: &[BigInt], common: &mut BigInt) -> Option<Vec<BigInt>> {
    while !common.is_one() {
        let mut divisor = ExactDivisor::new(common.magnitude());
        let mut rest = None;
        let quotient = |c: &BigInt| {
            let quotient = divisor.quotient(c);
            if quotient.is_none() {
                rest = Some(numbers::div_rem(c, common).1);
            }
            quotient
        };
        let quotients: Option<Vec<BigInt>> = f.iter().map(quotient).collect();
        match rest {
            None => return quotients,
            Some(rest) => *common = signed_gcd(common, &rest),
        }
    }
    None
}

/// Every integer over a positive denominator.
///
/// What all of them have in common with a long one goes first: where it is much, as after a division without fractions, what is left takes
/// shorter divisions.
pub(in crate::ring) fn divided(f: Vec<BigInt>, denominator: &BigInt) -> Vec<BigRational> {
    if denominator.bits() <= 128 || f.len() < 2 {
        return f.into_iter().map(|c| numbers::fraction(c, denominator)).collect();
    }
    // The last ones are the shortest, where numerators were divided by more and more.
    let mut common = denominator.clone();
    for c in f.iter().rev() {
        common = signed_gcd(&common, &numbers::div_rem(c, &common).1);
        if common.is_one() {
            break;
        }
    }
    let Some(quotients) = exact_quotients(&f, &mut common) else { return lowest(f, denominator) };
    let (f, denominator) = (quotients, numbers::div_rem(denominator, &common).0);
    lowest(f, &denominator)
}

/// Every integer over a positive denominator, one by one; where there are many and the denominator is long, what primes can cancel is found for all of them, or
/// what one has in common with the denominator is tried on the one before.
fn lowest(f: Vec<BigInt>, denominator: &BigInt) -> Vec<BigRational> {
    if f.len() < MANY || denominator.bits() < LONG_BITS {
        return f.into_iter().map(|c| numbers::fraction(c, denominator)).collect();
    }
    match powers::shared(&f, denominator) {
        Some(base) => f.into_iter().map(|c| powers::fraction(c, denominator, &base)).collect(),
        None => one_after_another(f, denominator),
    }
}

/// The same for sequences whose denominators mostly divide those of the coefficients after them, as those of power series do: what a coefficient has in common with
/// the denominator the ones before it have too, and what is left takes a gcd of shorter numbers.
fn one_after_another(f: Vec<BigInt>, denominator: &BigInt) -> Vec<BigRational> {
    let exact = |c: &BigInt, d: &BigInt| ExactDivisor::once(d.magnitude()).quotient(c);
    let (mut common, mut rest) = (BigInt::one(), denominator.clone());
    let mut fractions: Vec<BigRational> = f
        .into_iter()
        .rev()
        .map(|c| {
            if c.sign() == Sign::NoSign {
                return BigRational::from_integer(c);
            }
            let quotient = if common.is_one() { Some(c.clone()) } else { exact(&c, &common) };
            let mut value = quotient.unwrap_or_else(|| {
                common = signed_gcd(&common, &numbers::div_rem(&c, &common).1);
                rest = exact(denominator, &common).expect("a divisor of the denominator");
                exact(&c, &common).expect("a multiple of a common divisor")
            });
            let shared = signed_gcd(&value, &rest);
            if !shared.is_one() {
                value = exact(&value, &shared).expect("a multiple of a common divisor");
                rest = exact(&rest, &shared).expect("a multiple of a common divisor");
                common = numbers::signed_product(&common, &shared);
            }
            BigRational::new_raw(value, rest.clone())
        })
        .collect();
    fractions.reverse();
    fractions
}

/// So many fractions over so long a denominator take longer than their product modulo the denominator.
const MANY: usize = 4;
const LONG_BITS: u64 = 256;

#[cfg(test)]
mod tests {
    use super::*;

    /// Denominators that divide the ones after them, ones that do not, integers and zeros between, against fractions one by one.
    #[test]
    fn one_after_the_other() {
        let value = |k: u64, bits: u64| (BigInt::from(k.wrapping_mul(0x9E37_79B9_7F4A_7C15)) << bits) + k;
        for kind in 0..4u64 {
            let fractions: Vec<BigRational> = (0..30u64)
                .scan(BigInt::one(), |product, k| {
                    *product *= 6 * k + 5;
                    let denominator = match kind {
                        0 => product.clone(),
                        1 => value(k % 5 + 1, 90),
                        2 if k % 3 == 0 => BigInt::one(),
                        2 => product.clone() * value(k / 10 + 1, 3),
                        _ => &*product * &*product,
                    };
                    let n = if k % 4 == 3 { BigInt::ZERO } else { value(k + 1, 40 * k) - (k % 2 * 1000) };
                    Some(BigRational::new(if k % 5 == 2 { -n } else { n }, denominator))
                })
                .collect();
            let (numerators, denominator) = numbers::cleared(&fractions).unwrap();
            let found = one_after_another(numerators, &denominator);
            let terms = |v: &[BigRational]| -> Vec<(BigInt, BigInt)> {
                v.iter().map(|c| (c.numer().clone(), c.denom().clone())).collect()
            };
            assert_eq!(terms(&found), terms(&fractions), "{kind}");
        }
    }
}
