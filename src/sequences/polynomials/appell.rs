//! Bernoulli and Euler polynomials, `sum of binomial(n, k)*a(n-k)*x^k` with `a` the Bernoulli numbers, or the values of Euler's
//! polynomials at 0.
//!
//! They stand apart from other polynomials because their coefficients are numbers with a file of their own. Both have `f(x+1) - f(x)` or `f(x+1) + f(x)` a
//! multiple of a power of `x`.
//!
//! # Method
//! The denominator of a Bernoulli number is a product of few primes, and the only common factors with a binomial coefficient are among them. `E_m(0) =
//! -2*(2^(m+1) - 1)*B(m+1)/(m+1)` has a power of two below it.

use super::classical::over_power_of_two;
use crate::{
    Poly, Result,
    ring::Ring,
    sequences::{
        bernoulli_numbers,
        integers::{check, exact, fraction, log2_factorial, of_fractions},
    },
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The Bernoulli polynomial `B_n(x)`: `B_n(0)` is the Bernoulli number, and `B_n(x+1) - B_n(x) = n*x^(n-1)`.
///
/// # Errors
/// Kind limit, before the work; where a denominator is no unit, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{QQ, sequences::bernoulli_polynomial};
/// assert_eq!(bernoulli_polynomial(QQ, 3)?.to_string(), "x^3 - 3/2*x^2 + 1/2*x");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn bernoulli_polynomial<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    check(n, log2_factorial(n) + n as f64)?;
    let numbers = bernoulli_numbers(n as usize + 1)?;
    let coefficients = binomials(n).zip(numbers.into_iter().rev());
    of_fractions(
        ring,
        coefficients.map(|(c, b)| {
            let (numerator, denominator) = b.into_raw();
            // The numerator has no factor in common with the denominator.
            let part = fraction(c, &denominator);
            BigRational::new_raw(part.numer() * numerator, part.denom().clone())
        }),
    )
}

/// The Euler polynomial `E_n(x)`, with `E_n(x+1) + E_n(x) = 2*x^n`.
///
/// # Errors
/// Kind limit, before the work; where 2 is no unit and `n > 0`, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{QQ, sequences::euler_polynomial};
/// assert_eq!(euler_polynomial(QQ, 3)?.to_string(), "x^3 - 3/2*x^2 + 1/4");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn euler_polynomial<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    check(n, log2_factorial(n) + 2.0 * n as f64)?;
    let numbers = bernoulli_numbers(n as usize + 2)?;
    // 2^m * E_m(0) is an integer.
    let value = |m: u64| {
        let b = &numbers[m as usize + 1];
        if b.is_zero() {
            return BigInt::zero();
        }
        let ones: BigInt = (BigInt::one() << (m + 1)) - 1u8;
        let numerator: BigInt = b.numer() * ones;
        -exact(numerator << (m + 1), &(b.denom() * (m + 1)))
    };
    let coefficients = binomials(n).enumerate().map(|(k, c)| {
        let m = n - k as u64;
        over_power_of_two(c * value(m), m)
    });
    of_fractions(ring, coefficients)
}

/// `binomial(n, 0), ..., binomial(n, n)`.
fn binomials(n: u64) -> impl Iterator<Item = BigInt> {
    let mut next = BigInt::one();
    (0..=n).map(move |k| {
        let c = next.clone();
        next = std::mem::take(&mut next) * (n - k) / (k + 1);
        c
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};

    /// By the differences and sums that define them, and the derivatives.
    #[test]
    fn differences_and_sums() {
        for n in (0..45).chain([100, 151]) {
            let of = |n: u64| BigRational::from_integer(n.into());
            let (b, e) = (bernoulli_polynomial(QQ, n).unwrap(), euler_polynomial(QQ, n).unwrap());
            let shifted = |f: &Poly<_>| f.taylor_shift(BigRational::one());
            let power = |k: u64, c: u64| Poly::monomial(QQ, of(c), k as usize);
            assert_eq!(shifted(&e) + &e, power(n, 2), "E {n}");
            assert_eq!(shifted(&b) - &b, if n == 0 { Poly::zero(QQ) } else { power(n - 1, n) }, "B {n}");
            if n > 0 {
                assert_eq!(b.derivative(), bernoulli_polynomial(QQ, n - 1).unwrap().scale(&of(n)));
                assert_eq!(e.derivative(), euler_polynomial(QQ, n - 1).unwrap().scale(&of(n)));
            }
        }
        assert_eq!(bernoulli_polynomial(Zmod::new(7), 2).unwrap().to_string(), "x^2 + 6*x + 6");
        assert_eq!(bernoulli_polynomial(Zmod::new(6), 1).unwrap_err().factor(), Some(&2.into()));
        assert!(euler_polynomial(ZZ, 1).is_err());
        assert_eq!(euler_polynomial(ZZ, u64::MAX).unwrap_err().kind(), crate::ErrorKind::Limit);
    }
}
