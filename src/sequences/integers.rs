//! Products of progressions, factorials, binomial coefficients, and the way from fractions into a ring: what the files beside this one share.

use crate::{
    Error, Poly, Result, integer::gcd::signed_gcd, integer_product, limit, ring::Ring, try_integer_div_rem,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::Range;

/// The product of `p + q*i` for `i` in a range, by halves.
pub(super) fn progression(p: &BigInt, q: &BigInt, range: Range<u64>) -> BigInt {
    const LEAF: u64 = 16;
    if range.end.saturating_sub(range.start) <= LEAF {
        return range.fold(BigInt::one(), |product, i| product * (p + q * i));
    }
    let middle = range.start + (range.end - range.start) / 2;
    integer_product(&progression(p, q, range.start..middle), &progression(p, q, middle..range.end))
}

/// `n!`.
pub(crate) fn factorial(n: u64) -> BigInt {
    progression(&BigInt::zero(), &BigInt::one(), 1..n + 1)
}

/// `n!/(k!*(n-k)!)`.
pub(super) fn binomial(n: u64, k: u64) -> BigInt {
    let k = k.min(n - k);
    exact(progression(&BigInt::zero(), &BigInt::one(), n - k + 1..n + 1), &factorial(k))
}

/// A quotient that is known to be an integer.
pub(super) fn exact(a: BigInt, b: &BigInt) -> BigInt {
    match try_integer_div_rem(&a, b) {
        Ok((quotient, rest)) => {
            debug_assert!(rest.is_zero(), "an exact quotient");
            quotient
        }
        Err(_) => unreachable!("a divisor that is not zero"),
    }
}

/// The fraction `n/d` in lowest terms, `d` positive.
pub(super) fn fraction(n: BigInt, d: &BigInt) -> BigRational {
    let common = signed_gcd(&n, d);
    if common.is_one() {
        BigRational::new_raw(n, d.clone())
    } else {
        BigRational::new_raw(exact(n, &common), exact(d.clone(), &common))
    }
}

/// The polynomial with the images of integers as coefficients.
///
/// # Errors
/// Kind overflow in partial rings.
pub(super) fn of_integers<R: Ring>(ring: R, coefficients: Vec<BigInt>) -> Result<Poly<R>> {
    let coefficients =
        coefficients.into_iter().map(|c| ring.try_from_integer(c)).collect::<Result<Vec<_>>>()?;
    Ok(Poly::from_vec(ring, coefficients))
}

/// The polynomial with the images of fractions as coefficients.
///
/// # Errors
/// Where a denominator is no unit, with the power of `x`: kind undefined, with the factor, modulo a number, kind not exact over Z.
pub(super) fn of_fractions<R: Ring>(
    ring: R,
    coefficients: impl IntoIterator<Item = BigRational>,
) -> Result<Poly<R>> {
    let image = |(k, c)| ring.try_from_rational(c).map_err(|error| named(&error, k));
    let coefficients = coefficients.into_iter().enumerate().map(image).collect::<Result<Vec<_>>>()?;
    Ok(Poly::from_vec(ring, coefficients))
}

/// The same error, with the coefficient that it is about.
pub(super) fn named(error: &Error, power: usize) -> Error {
    Error::new(error.kind(), format!("the coefficient of x^{power}: {}", error.message()))
        .with_factor_of(error)
}

/// Refuses `n + 1` numbers of so many bits each over the limit.
pub(super) fn check(n: u64, bits: f64) -> Result<()> {
    limit::check(n.saturating_add(1), (bits.ceil() as u64).max(64))
}

/// A bound of the logarithm to the base 2 of the Bell number `B(n)`: that of `(0.792*n/ln(n + 1))^n`, and 1.
pub(super) fn log2_bell(n: u64) -> f64 {
    if n < 2 {
        return 0.0;
    }
    let n = n as f64;
    n * (0.792 * n / (n + 1.0).ln()).log2() + 1.0
}

/// The logarithm to the base 2 of `n!`, a bit too large at most.
pub(super) fn log2_factorial(n: u64) -> f64 {
    let x = n as f64 + 1.0;
    // Stirling's series for the gamma function; from below it is off by 1/(12x).
    ((x - 0.5) * x.ln() - x + 0.918_938_533_204_672_8 + 1.0 / (12.0 * x)) / std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials_and_binomials() {
        let mut product = BigInt::one();
        for n in 0..200u64 {
            assert_eq!(factorial(n), product);
            assert!((log2_factorial(n) - crate::ring::norm::log2(product.magnitude())).abs() < 0.01, "{n}");
            product *= n + 1;
        }
        for n in 0..40u64 {
            for k in 0..=n {
                assert_eq!(binomial(n, k) * factorial(k) * factorial(n - k), factorial(n));
            }
        }
    }
}
