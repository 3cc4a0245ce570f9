//! Laguerre's, Gegenbauer's and Jacobi's polynomials with rational parameters, by explicit coefficients.
//!
//! They stand apart because a parameter `p/q` makes every ratio of neighbouring coefficients a quotient of integers that may be zero: each
//! is taken in the direction in which nothing is divided by zero, on integers over one denominator.
//!
//! # Method
//! With `a = p/q`, all over `n!*q^n`: Laguerre `(-1)^j * binomial(n, j) * prod(i*q + p for j < i <= n) * q^j`, from the highest coefficient down.
//! Gegenbauer `(-1)^k * 2^(n-2k) * q^k * n!/(k!*(n-2k)!) * prod(p + i*q for i < n-k)` at `x^(n-2k)`, from the lowest coefficient up. Jacobi in powers of
//! `y = (x-1)/2`: `binomial(n, k) * prod(a + i for k < i <= n) * prod(n + i + a + b for 0 < i <= k)`, from the first that is not zero, and a
//! Taylor shift over Z.
//!
//! # Source
//! M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 22.3; G. Szegő, Orthogonal Polynomials, 4.21.2, for parameters that are
//! negative integers.

use crate::{
    Poly, Result,
    ring::{IntoElement, QQ, Rationals, Ring, ZZ},
    sequences::integers::{
        binomial, check, exact, factorial, fraction, log2_factorial, of_fractions, progression,
    },
};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

/// The generalised Laguerre polynomial `L_n^(a)`; `a = 0` gives Laguerre's own.
///
/// # Errors
/// Kind limit, before the work; where a denominator is no unit, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{QQ, sequences::laguerre};
/// assert_eq!(laguerre(QQ, 3, 0)?.to_string(), "-1/6*x^3 + 3/2*x^2 - 3*x + 1");
/// assert_eq!(laguerre(QQ, 2, (1, 2))?.to_string(), "1/2*x^2 - 5/2*x + 15/8");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn laguerre<R: Ring>(ring: R, n: u64, a: impl IntoElement<Rationals>) -> Result<Poly<R>> {
    let a = a.into_element(&QQ);
    let (p, q) = (a.numer(), a.denom());
    check(n, 2.0 * log2_factorial(n) + n as f64 * (1.0 + parameter_bits(p, q)))?;
    // Over n!*q^(n-j).
    let mut numerator = if n % 2 == 1 { -BigInt::one() } else { BigInt::one() };
    let mut denominator = factorial(n);
    let mut coefficients = vec![fraction(numerator.clone(), &denominator)];
    for j in (1..=n).rev() {
        numerator = -numerator * j * (q * j + p) / (n - j + 1);
        denominator *= q;
        coefficients.push(fraction(numerator.clone(), &denominator));
    }
    coefficients.reverse();
    of_fractions(ring, coefficients)
}

/// The Gegenbauer polynomial `C_n^(a)`, of the generating function `(1 - 2*x*t + t^2)^(-a)`; `a = 1` gives Chebyshev's `U_n`, `a = 1/2` Legendre's
/// `P_n`, and `a = 0` zero for positive `n`.
///
/// # Errors
/// Kind limit, before the work; where a denominator is no unit, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::gegenbauer};
/// assert_eq!(gegenbauer(ZZ, 3, 2)?.to_string(), "32*x^3 - 12*x");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn gegenbauer<R: Ring>(ring: R, n: u64, a: impl IntoElement<Rationals>) -> Result<Poly<R>> {
    let a = a.into_element(&QQ);
    let (p, q) = (a.numer(), a.denom());
    check(n, 2.0 * log2_factorial(n) + n as f64 * (2.0 + parameter_bits(p, q)))?;
    let half = n / 2;
    let rising = progression(p, q, 0..n - half);
    let mut numerator = rising * progression(&BigInt::zero(), &BigInt::one(), half + 1..n + 1);
    let mut denominator = factorial(n) * power(q, n - half);
    let mut coefficients = vec![BigRational::zero(); n as usize + 1];
    for k in (0..=half).rev() {
        let m = n - 2 * k;
        let signed = if k % 2 == 1 { -&numerator } else { numerator.clone() };
        coefficients[m as usize] = fraction(signed << m, &denominator);
        if k > 0 {
            numerator = exact(numerator * k * (p + q * (n - k)), &((m + 1) * (m + 2)).into());
            denominator *= q;
        }
    }
    of_fractions(ring, coefficients)
}

/// The Jacobi polynomial `P_n^(a, b)`, with `P_n(1) = binomial(n + a, n)`.
///
/// # Errors
/// Kind limit, before the work; where a denominator is no unit, kind not exact or kind undefined with the coefficient that is not there.
///
/// # Examples
/// ```
/// use monic::{QQ, sequences::jacobi};
/// assert_eq!(jacobi(QQ, 2, 1, 0)?.to_string(), "5/2*x^2 + x - 1/2");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn jacobi<R: Ring>(
    ring: R,
    n: u64,
    a: impl IntoElement<Rationals>,
    b: impl IntoElement<Rationals>,
) -> Result<Poly<R>> {
    let (a, b) = (a.into_element(&QQ), b.into_element(&QQ));
    let q = a.denom().lcm(b.denom());
    let (a, b) = (a.numer() * (&q / a.denom()), b.numer() * (&q / b.denom()));
    let sizes = parameter_bits(&a, &q) + parameter_bits(&b, &q);
    check(n, 2.0 * log2_factorial(n) + n as f64 * (5.0 + sizes))?;
    let sum = &a + &b;
    // At a negative integer the coefficients before it are zero.
    let first = (-&a / &q).to_u64().filter(|&i| (1..=n).contains(&i) && &q * i == -&a).unwrap_or(0);
    let mut next = binomial(n, first)
        * progression(&a, &q, first + 1..n + 1)
        * progression(&(&q * n + &sum), &q, 1..first + 1);
    // In powers of x - 1, over 2^n*n!*q^n.
    let mut coefficients = vec![BigInt::zero(); n as usize + 1];
    for k in first..=n {
        coefficients[k as usize] = &next << (n - k);
        if k < n {
            let factor = (&q * (n + k + 1) + &sum) * (n - k);
            next = exact(next * factor, &((&a + &q * (k + 1)) * (k + 1)));
        }
    }
    let coefficients = ZZ.taylor_shift(&coefficients, &-BigInt::one())?;
    let denominator = (factorial(n) * power(&q, n)) << n;
    of_fractions(ring, coefficients.into_iter().map(|c| fraction(c, &denominator)))
}

/// Bits of what a parameter adds to every factor.
fn parameter_bits(p: &BigInt, q: &BigInt) -> f64 {
    (2 * p.bits().max(1) + 2 * q.bits()) as f64
}

fn power(q: &BigInt, n: u64) -> BigInt {
    if q.is_one() { BigInt::one() } else { ZZ.pow(q, n) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequences::{chebyshev_t, chebyshev_u, legendre};

    fn parameters() -> Vec<BigRational> {
        let small = (-7..8).flat_map(|p| [1, 2, 3].map(|q| BigRational::new(p.into(), q.into())));
        small.chain([BigRational::new(1_000_003.into(), 77.into())]).collect()
    }

    /// Against the three-term recurrences in `n`, which hold for every parameter where nothing is divided by zero.
    #[test]
    fn against_three_terms() {
        let x = Poly::x(QQ);
        let of = |n: i64| BigRational::from_integer(n.into());
        for a in parameters() {
            let (mut l, mut c) = (
                vec![QQ.poly([of(1)]), QQ.poly([of(1) + &a, of(-1)])],
                vec![QQ.poly([of(1)]), x.scale(&(of(2) * &a))],
            );
            for n in 1..12i64 {
                let at = n as usize;
                let first = (QQ.poly([of(2 * n + 1) + &a, of(-1)])) * &l[at] - l[at - 1].scale(&(of(n) + &a));
                l.push(first.scale(&of(n + 1).recip()));
                let first =
                    x.scale(&(of(2) * (of(n) + &a))) * &c[at] - c[at - 1].scale(&(of(n - 1) + of(2) * &a));
                c.push(first.scale(&of(n + 1).recip()));
            }
            for n in 0..=12 {
                assert_eq!(laguerre(QQ, n, a.clone()).unwrap(), l[n as usize], "L {n} {a}");
                assert_eq!(gegenbauer(QQ, n, a.clone()).unwrap(), c[n as usize], "C {n} {a}");
            }
        }
    }

    /// Against the sum over `binomial(n+a, n-s)*binomial(n+b, s)*((x-1)/2)^s*((x+1)/2)^(n-s)`.
    #[test]
    fn jacobi_against_a_sum() {
        let of = |n: i64| BigRational::from_integer(n.into());
        let choose =
            |top: &BigRational, k: i64| (0..k).fold(of(1), |product, i| product * (top - of(i)) / of(i + 1));
        let some: Vec<_> = parameters().into_iter().step_by(6).collect();
        let (minus, plus) = (QQ.poly([(-1, 2), (1, 2)]), QQ.poly([(1, 2), (1, 2)]));
        for a in &some {
            for b in &some {
                for n in 0..6i64 {
                    let terms = (0..=n).map(|s| {
                        let factor = choose(&(of(n) + a), n - s) * choose(&(of(n) + b), s);
                        (minus.pow(s as u64) * plus.pow((n - s) as u64)).scale(&factor)
                    });
                    let sum = Poly::try_sum(QQ, terms).unwrap();
                    assert_eq!(jacobi(QQ, n as u64, a.clone(), b.clone()).unwrap(), sum, "{n} {a} {b}");
                }
            }
        }
    }

    #[test]
    fn special_cases() {
        for n in [0u64, 1, 2, 7, 30, 101] {
            assert_eq!(gegenbauer(QQ, n, (1, 2)).unwrap(), legendre(QQ, n).unwrap());
            assert_eq!(gegenbauer(ZZ, n, 1).unwrap(), chebyshev_u(ZZ, n).unwrap());
            assert_eq!(jacobi(QQ, n, 0, 0).unwrap(), legendre(QQ, n).unwrap());
            let t = jacobi(QQ, n, (-1, 2), (-1, 2)).unwrap();
            let one = t.eval(BigRational::one());
            let scaled = chebyshev_t(QQ, n).unwrap().scale(&one);
            assert_eq!(t, scaled);
        }
        assert!(laguerre(ZZ, 2, 0).is_err());
        assert_eq!(jacobi(QQ, 1 << 30, (1, 2), (1, 2)).unwrap_err().kind(), crate::ErrorKind::Limit);
    }
}
