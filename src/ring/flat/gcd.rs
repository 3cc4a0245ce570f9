//! The heuristic gcd of integer polynomials: `gcd(f(2^k), g(2^k))` for a `k` that leaves room between coefficients.
//!
//! It stands apart from the gcd by images, which takes a remainder sequence modulo a prime: with small coefficients a sequence is a number of
//! a few limbs, and Lehmer's algorithm takes some dozen quotients from a word at once.
//!
//! # Method
//! With `x = 2^k > 2*min(|f|, |g|) + 2` in the maximum norm, let `G` be the polynomial with coefficients in `-x/2 .. x/2` whose value at
//! `x` is the gcd of the values. If the primitive part of `G` divides `f` and `g`, it is their gcd (B. Char, K. Geddes, G. Gonnet, "GCDHEU:
//! heuristic polynomial GCD algorithm based on integer GCD computation", J. Symbolic Computation 7, 1989).
//!
//! # Invariants
//! Operands are primitive, without trailing zeros.

use crate::{
    convolution::tuning,
    integer::{
        bigints,
        gcd::gcd,
        limbs::{to_biguint, trimmed},
    },
};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;

/// Bits beyond what the theorem asks for: with them the gcd of values seldom has a factor that is none of polynomials.
const SPARE_BITS: u32 = 5;

/// A candidate for the gcd, primitive with a positive leading coefficient; `None` where coefficients are too large, or sequences too long.
pub(in crate::ring) fn candidate(f: &[BigInt], g: &[BigInt]) -> Option<Vec<BigInt>> {
    let words = |v: &[BigInt]| -> Option<(Vec<i64>, u64)> {
        let mut words = vec![0; v.len()];
        let extent = bigints::write_words(v.iter().map(bigints::parts), &mut words)?;
        Some((words.into_iter().map(|word| word as i64).collect(), extent.bits))
    };
    let ((f, m), (g, n)) = (words(f)?, words(g)?);
    let k = m.min(n) as u32 + 1 + SPARE_BITS;
    let shorter = f.len().min(g.len());
    if m.max(n) > tuning::GCD_VALUES_BITS || shorter as u64 * u64::from(k) > tuning::GCD_VALUES_LENGTH {
        return None;
    }
    let value = gcd(&value(&f, k)?, &value(&g, k)?);
    let digits = digits(&value, k);
    let content = digits.iter().fold(0i64, |content, digit| content.gcd(digit));
    Some(digits.into_iter().map(|digit| (digit / content).into()).collect())
}

/// `|f(2^k)|`, for `k` below 62; `None` where coefficients longer than `k` bits give it another sign than that of the leading one.
fn value(f: &[i64], k: u32) -> Option<BigUint> {
    let sign = i128::from(f.last().map_or(1, |c| c.signum()));
    let mut limbs = vec![0u64; (f.len() * k as usize + 64).div_ceil(64) + 1];
    let mut carry = 0i128;
    let mut add = |at: usize, digit: u64| {
        let wide = u128::from(digit) << (at % 64);
        limbs[at / 64] |= wide as u64;
        limbs[at / 64 + 1] |= (wide >> 64) as u64;
    };
    for (i, &c) in f.iter().enumerate() {
        let sum = sign * i128::from(c) + carry;
        carry = sum >> k;
        add(i * k as usize, (sum - (carry << k)) as u64);
    }
    add(f.len() * k as usize, u64::try_from(carry).ok()?);
    Some(to_biguint(trimmed(&limbs)))
}

/// The digits between `-2^(k-1)` and `2^(k-1)` of a natural number in base `2^k`.
fn digits(value: &BigUint, k: u32) -> Vec<i64> {
    let limbs: Vec<u64> = value.iter_u64_digits().collect();
    let count = (value.bits() as usize).div_ceil(k as usize) + 1;
    let limb = |i: usize| u128::from(limbs.get(i).copied().unwrap_or(0));
    let mut carry = 0;
    let mut digits: Vec<i64> = (0..count)
        .map(|i| {
            let at = i * k as usize;
            let pair = limb(at / 64) | limb(at / 64 + 1) << 64;
            let digit = ((pair >> (at % 64)) as u64 & ((1 << k) - 1)) as i64 + carry;
            carry = i64::from(digit > 1 << (k - 1));
            digit - (carry << k)
        })
        .collect();
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        convolution::Want,
        ring::{Ring, ZZ},
    };

    #[test]
    fn there_and_back() {
        for k in [3u32, 7, 20, 40, 61] {
            let top = (1i64 << (k - 1)) - 1;
            let f: Vec<i64> =
                (0..100).map(|i| [top, -top, 0, 1, -1, 3 - top][i * i % 6]).chain([1]).collect();
            let negated: Vec<i64> = f.iter().map(|c| -c).collect();
            assert_eq!(digits(&value(&f, k).unwrap(), k), f);
            assert_eq!(value(&f, k), value(&negated, k));
            let long: Vec<BigInt> = f.iter().map(|&c| c.into()).collect();
            let expected = ZZ.evaluate(&long, &(BigInt::from(1) << k)).unwrap();
            assert_eq!(value(&f, k).as_ref(), Some(expected.magnitude()));
        }
        // Coefficients that are longer than the digits.
        assert_eq!(value(&[-1000, 1000], 4), Some(BigUint::from(15_000u32)));
        assert_eq!(value(&[-1000, 1], 4), None);
    }

    #[test]
    fn finds_common_factors() {
        let poly = |v: &[i64]| -> Vec<BigInt> { v.iter().map(|&c| c.into()).collect() };
        let h = poly(&[3, -5, 0, 7, 2]);
        let product = |f: &[i64]| ZZ.convolve(&poly(f), &h, &Want::full()).unwrap();
        assert_eq!(candidate(&product(&[1, 0, -3]), &product(&[-2, 9, 4, 1])), Some(h.clone()));
        assert_eq!(candidate(&poly(&[1, 1]), &poly(&[1, -1])), Some(poly(&[1])));
        assert_eq!(candidate(&[BigInt::from(1) << 70], &h), None);
    }
}
