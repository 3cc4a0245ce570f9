//! Integers and fractions one at a time: products, quotients and sums that stay fast when the numbers are long.
//!
//! It stands apart from [`engine`](super::engine), which multiplies whole sequences. num-bigint's product is Toom-3 at best, its
//! division and its gcd are quadratic or worse; long operands go through the crate's own.
//!
//! # Invariants
//! Fractions are in lowest terms with a positive denominator, in and out.

use super::fractions::{common_word, word};
use crate::convolution::{self, integer_product::ExactDivisor};
use crate::integer::gcd::{gcd, signed_gcd, signed_lcm};
use crate::{Result, limit};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The least common multiple of all denominators; `count` numerators will be written over it.
pub(super) fn common_denominator<'a>(
    values: impl IntoIterator<Item = &'a BigRational>,
    count: usize,
) -> Result<BigInt> {
    let mut lcm = BigInt::one();
    for value in values {
        if !value.denom().is_one() && !div_rem(&lcm, value.denom()).1.is_zero() {
            lcm = signed_lcm(&lcm, value.denom());
            limit::check(count as u64, lcm.bits())?;
        }
    }
    Ok(lcm)
}

/// The numerators over the least common denominator, and that.
///
/// # Errors
/// Kind limit where they are over the [limit].
pub(crate) fn cleared(f: &[BigRational]) -> Result<(Vec<BigInt>, BigInt)> {
    if let Some(common) = common_word(f) {
        let numerator = |a: &BigRational| match word(a.denom()) {
            Some(d) if d != common => a.numer() * (common / d),
            _ => a.numer().clone(),
        };
        return Ok((f.iter().map(numerator).collect(), common.into()));
    }
    let denominator = common_denominator(f, f.len())?;
    let numerators = if denominator.is_one() {
        f.iter().map(|a| a.numer().clone()).collect()
    } else {
        f.iter().map(|a| signed_product(a.numer(), &div_rem(&denominator, a.denom()).0)).collect()
    };
    Ok((numerators, denominator))
}

/// `numerator / denominator` in lowest terms, for a positive denominator.
pub(crate) fn fraction(numerator: BigInt, denominator: &BigInt) -> BigRational {
    if denominator.is_one() {
        return BigRational::from_integer(numerator);
    }
    let gcd = gcd(numerator.magnitude(), denominator.magnitude());
    if gcd.is_one() {
        return BigRational::new_raw(numerator, denominator.clone());
    }
    if let Ok(word) = u64::try_from(&gcd) {
        return BigRational::new_raw(numerator / word, denominator / word);
    }
    let mut divisor = ExactDivisor::new(&gcd);
    let mut quotient = |c: &BigInt| divisor.quotient(c).expect("a multiple of a common divisor");
    BigRational::new_raw(quotient(&numerator), quotient(denominator))
}

/// `a + b` in lowest terms (Knuth, TAOCP 2, 4.5.1: only the gcd of the denominators can be left to cancel).
pub(super) fn add_fractions(a: &BigRational, b: &BigRational) -> BigRational {
    if a.is_integer() && b.is_integer() {
        return BigRational::from_integer(a.numer() + b.numer());
    }
    let common = signed_gcd(a.denom(), b.denom());
    if common.is_one() {
        return BigRational::new_raw(a.numer() * b.denom() + b.numer() * a.denom(), a.denom() * b.denom());
    }
    let (left, right) = (a.denom() / &common, b.denom() / &common);
    let sum = a.numer() * &right + b.numer() * &left;
    let rest = signed_gcd(&common, &sum);
    if rest.is_one() {
        return BigRational::new_raw(sum, left * b.denom());
    }
    BigRational::new_raw(sum / &rest, left * (b.denom() / rest))
}

/// `a * b` in lowest terms: what cancels stands crosswise.
pub(super) fn multiply_fractions(a: &BigRational, b: &BigRational) -> BigRational {
    let cross = |n: &BigInt, d: &BigInt| {
        let gcd = if d.is_one() { BigInt::one() } else { signed_gcd(n, d) };
        if gcd.is_one() { (n.clone(), d.clone()) } else { (n / &gcd, d / gcd) }
    };
    let ((n, e), (m, d)) = (cross(a.numer(), b.denom()), cross(b.numer(), a.denom()));
    BigRational::new_raw(signed_product(&n, &m), signed_product(&d, &e))
}

/// The product of two integers.
pub(super) fn signed_product(a: &BigInt, b: &BigInt) -> BigInt {
    if a.bits().min(b.bits()) < LARGE_BITS {
        return a * b;
    }
    let sign = if a.sign() == b.sign() { Sign::Plus } else { Sign::Minus };
    BigInt::from_biguint(sign, convolution::natural_product(a.magnitude(), b.magnitude()))
}

/// Quotient and remainder, truncated towards zero; `b` is not zero.
pub(super) fn div_rem(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    if b.bits().min(a.bits().saturating_sub(b.bits())) < LARGE_BITS {
        return a.div_rem(b);
    }
    convolution::integer_div_rem(a, b)
}

/// Below this, operands go to num-bigint without a look; the engine's own thresholds lie higher.
const LARGE_BITS: u64 = 1 << 11;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::Want;
    use crate::ring::Ring;
    use num_traits::Signed;

    /// Sums, differences and products are those of num-rational, digit by digit in lowest terms.
    #[test]
    fn fractions_stay_in_lowest_terms() {
        let terms = |q: &BigRational| (q.numer().clone(), q.denom().clone());
        let small: Vec<BigRational> =
            (-6..=6).flat_map(|n| (1..=6).map(move |d| BigRational::new(n.into(), d.into()))).collect();
        let large =
            |k: u32| BigRational::new(BigInt::from(6).pow(90 + k) - 30 * k, BigInt::from(10).pow(80 + k));
        let large: Vec<BigRational> = (0..12).map(large).flat_map(|q| [-&q, q]).collect();
        for (a, b) in [&small, &large]
            .into_iter()
            .flat_map(|v| v.iter().flat_map(move |a| v.iter().map(move |b| (a, b))))
        {
            assert_eq!(terms(&add_fractions(a, b)), terms(&(a + b)), "{a} + {b}");
            let product = multiply_fractions(a, b);
            assert_eq!(terms(&product), terms(&(a * b)), "{a} * {b}");
            assert!(product.denom().is_positive());
        }
    }

    /// Fractions over a factorial: every reduction is a gcd of long numbers.
    #[test]
    fn long_denominators() {
        let mut factorial = BigInt::one();
        let exp: Vec<BigRational> = (0..300u32)
            .map(|k| {
                factorial *= k.max(1);
                BigRational::new_raw(BigInt::one(), factorial.clone())
            })
            .collect();
        // exp(x)^2 = exp(2x)
        let square = crate::QQ.convolve(&exp, &exp, &Want::low(300)).unwrap();
        for (k, c) in square.iter().enumerate() {
            assert_eq!(*c, multiply_fractions(&exp[k], &(BigInt::one() << k).into()), "{k}");
        }
    }
}
