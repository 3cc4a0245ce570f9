//! Chebyshev's, Legendre's and Hermite's polynomials, by their differential equations:
//! `(j+1)*(j+2)*c(j+2) = ratio(j)*c(j)` for the coefficients of one parity, and none of the other.
//!
//! They stand apart from those with [parameters](super::parameters) because every coefficient is the one before it times a word over a word, from a first one that
//! is known: `O(n)` operations with words. Three-term recurrences between polynomials would take `O(n^2)`.
//!
//! # Source
//! M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 22.3 and 22.6.

use crate::{
    Poly, Result,
    ring::Ring,
    sequences::integers::{binomial, check, of_fractions, of_integers, progression},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The Chebyshev polynomial of the first kind, `T_n(cos t) = cos(n*t)`.
///
/// # Errors
/// Kind limit, before the work; kind overflow in partial rings.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::chebyshev_t};
/// assert_eq!(chebyshev_t(ZZ, 5)?.to_string(), "16*x^5 - 20*x^3 + 5*x");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn chebyshev_t<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    // |c| is at most (1 + sqrt(2))^n.
    check(n, 1.272 * n as f64 + 1.0)?;
    let first = alternating(n, if n % 2 == 1 { n.into() } else { BigInt::one() });
    let n = n as i64;
    of_integers(ring, of_one_parity(n, first, |j| j * j - n * n))
}

/// The Chebyshev polynomial of the second kind, `U_n(cos t) = sin((n+1)*t)/sin(t)`.
///
/// # Errors
/// Kind limit, before the work; kind overflow in partial rings.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::chebyshev_u};
/// assert_eq!(chebyshev_u(ZZ, 4)?.to_string(), "16*x^4 - 12*x^2 + 1");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn chebyshev_u<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    check(n, 1.272 * n as f64 + 2.0)?;
    let first = alternating(n, if n % 2 == 1 { (n + 1).into() } else { BigInt::one() });
    let n = n as i64;
    of_integers(ring, of_one_parity(n, first, |j| j * (j + 2) - n * (n + 2)))
}

/// The Hermite polynomial of the physicists, `H_n = (-1)^n * exp(x^2) * D^n exp(-x^2)`, with leading coefficient `2^n`.
///
/// # Errors
/// Kind limit, before the work; kind overflow in partial rings.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::hermite};
/// assert_eq!(hermite(ZZ, 4)?.to_string(), "16*x^4 - 48*x^2 + 12");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn hermite<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    // n!*2^m/(k!*m!) with m = n - 2k is at most 2^n * sqrt(n!)*2^(n/2).
    check(n, 0.5 * (n as f64 + 1.0) * (n as f64 + 1.0).log2() + 1.5 * n as f64)?;
    let half = progression(&BigInt::zero(), &BigInt::one(), n / 2 + 1..n + 1);
    let first = alternating(n, if n % 2 == 1 { half * 2 } else { half });
    let n = n as i64;
    of_integers(ring, of_one_parity(n, first, |j| 2 * (j - n)))
}

/// The Legendre polynomial `P_n`, with `P_n(1) = 1`; its denominators are powers of two.
///
/// # Errors
/// Kind limit, before the work; where 2 is no unit and `n > 1`, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{QQ, Zmod, sequences::legendre};
/// assert_eq!(legendre(QQ, 3)?.to_string(), "5/2*x^3 - 3/2*x");
/// assert_eq!(legendre(Zmod::new(9), 3)?.to_string(), "7*x^3 + 3*x");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn legendre<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    check(n, 2.272 * n as f64 + 2.0)?;
    // Over 2^n: binomial(n, k)*binomial(2m, n) with m = n - k.
    let half = binomial(n, n / 2);
    let first = alternating(n, if n % 2 == 1 { half * (n + 1) } else { half });
    let twos = n;
    let n = n as i64;
    let numerators = of_one_parity(n, first, |j| j * (j + 1) - n * (n + 1));
    of_fractions(ring, numerators.into_iter().map(|c| over_power_of_two(c, twos)))
}

/// `c/2^n` in lowest terms.
pub(super) fn over_power_of_two(c: BigInt, n: u64) -> BigRational {
    match c.trailing_zeros() {
        None => BigRational::zero(),
        Some(zeros) => {
            let common = zeros.min(n);
            BigRational::new_raw(c >> common, BigInt::one() << (n - common))
        }
    }
}

/// `(-1)^floor(n/2)` times a number.
fn alternating(n: u64, c: BigInt) -> BigInt {
    if n / 2 % 2 == 1 { -c } else { c }
}

/// The coefficients `c(0), ..., c(n)` from the first one of their parity.
fn of_one_parity(n: i64, first: BigInt, ratio: impl Fn(i64) -> i64) -> Vec<BigInt> {
    let mut coefficients = vec![BigInt::zero(); n as usize + 1];
    let mut next = first;
    let start = n % 2;
    for j in (start..=n).step_by(2) {
        let product = &next * ratio(j);
        coefficients[j as usize] = next;
        next = product / ((j + 1) * (j + 2));
    }
    coefficients
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{I64, QQ, ZZ, Zmod};

    /// Against three-term recurrences.
    #[test]
    fn against_three_terms() {
        let x = Poly::x(ZZ);
        let (mut t, mut u, mut h) =
            (vec![ZZ.poly([1]), x.clone()], vec![ZZ.poly([1]), &x * 2], vec![ZZ.poly([1]), &x * 2]);
        let y = Poly::x(QQ);
        let mut p = vec![QQ.poly([(1, 1)]), y.clone()];
        for n in 1..60usize {
            t.push(&x * 2 * &t[n] - &t[n - 1]);
            u.push(&x * 2 * &u[n] - &u[n - 1]);
            h.push(&x * 2 * &h[n] - &h[n - 1] * (2 * n as i64));
            let m = n as i64;
            let next = &y * (2 * m + 1) * &p[n] - &p[n - 1] * m;
            p.push(next.scale(&BigRational::new(1.into(), (m + 1).into())));
        }
        for n in 0..=60 {
            let at = n as usize;
            assert_eq!(chebyshev_t(ZZ, n).unwrap(), t[at], "T {n}");
            assert_eq!(chebyshev_u(ZZ, n).unwrap(), u[at], "U {n}");
            assert_eq!(hermite(ZZ, n).unwrap(), h[at], "H {n}");
            assert_eq!(legendre(QQ, n).unwrap(), p[at], "P {n}");
            assert_eq!(chebyshev_t(Zmod::new(6), n).unwrap(), t[at].to_ring(&Zmod::new(6)));
        }
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(chebyshev_t(ZZ, 1 << 40).unwrap_err().kind(), crate::ErrorKind::Limit);
        assert_eq!(hermite(ZZ, u64::MAX).unwrap_err().kind(), crate::ErrorKind::Limit);
        assert_eq!(legendre(ZZ, 2).unwrap_err().kind(), crate::ErrorKind::NotExact);
        assert_eq!(legendre(Zmod::new(6), 2).unwrap_err().factor(), Some(&2.into()));
        assert!(chebyshev_t(I64, 90).is_err());
    }
}
