//! Sums of powers of the roots of a polynomial and back: Newton's identities `k*e(k) + s(1)*e(k-1) + ... + s(k)*e(0) = 0`.
//!
//! They stand apart because they are two lines on power series, `-x*F'/F` and `exp(-sum of s(k)*x^k/k)` with `F` the reversed polynomial.
//!
//! # Method
//! From a polynomial by one quotient of power series. Back by Newton's identities one after the other, which divide by `k` exactly where the
//! result is in the ring, or, over rings whose elements have one size and in which `1, ..., n` are units, by an exponential of a power series
//! in quasi-linear time (A. Schönhage, "The fundamental theorem of algebra in terms of computational complexity", 1982, section 13).

use super::integers::named;
use crate::{
    Error, Poly, Result, limit,
    ring::{
        Elementary, Ring,
        generic::{chains, factorials, series},
    },
};

/// `s(k) = r1^k + r2^k + ...` for `k = 1, ..., n`, `r1, r2, ...` the roots of a polynomial, as often as they occur.
///
/// # Errors
/// Kind limit where elements grow, before the work; kind undefined for the zero polynomial, and where the leading coefficient is no unit, with the factor that it shares with a modulus; those of the
/// ring's products.
///
/// # Complexity
/// That of a quotient of power series of length `n`.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::power_sums};
/// let f = ZZ.poly([6, -5, 1]); // (x - 2)*(x - 3)
/// assert_eq!(power_sums(&f, 4)?, [5, 13, 35, 97].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn power_sums<R: Ring>(f: &Poly<R>, n: usize) -> Result<Vec<R::Element>> {
    let ring = f.ring();
    if f.is_zero() {
        return Err(Error::undefined("every element is a root of the zero polynomial"));
    }
    let reversed: Vec<R::Element> = f.iter().rev().cloned().collect();
    if ring.grows() {
        // Of a monic polynomial the k-th sum has k times as many bits at most: its roots are below 2*|c_i|^(1/i) for some coefficient c_i of the i-th
        // highest power (M. Fujiwara, 1916), and for a prime their denominators have its power in that of c_i over i.
        let bits =
            |(i, c): (usize, &R::Element)| ring.log2_norm(std::slice::from_ref(c)).max(0.0) / i.max(1) as f64;
        let each = 1.0 + reversed.iter().enumerate().map(bits).sum::<f64>();
        limit::check(n as u64, (each * n as f64 / 2.0) as u64)?;
    }
    let derivative = Poly::from_vec(ring.clone(), reversed.clone()).derivative();
    let minus = derivative.iter().map(|c| ring.try_neg(c)).collect::<Result<Vec<_>>>()?;
    series::quotient(ring, &minus, &reversed, n)
}

/// The monic polynomial of degree `d` whose roots have the power sums `s(1), ..., s(d)`.
///
/// # Errors
/// Where the coefficient of a power of `x` is not in the ring, that says so: kind undefined where a number up to `d` is no unit modulo `n`, with the
/// factor, kind not exact over Z. Those of the ring's products.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::from_power_sums};
/// assert_eq!(from_power_sums(ZZ, &[5, 13].map(Into::into))?, ZZ.poly([6, -5, 1]));
/// let error = from_power_sums(ZZ, &[5, 12].map(Into::into)).unwrap_err();
/// assert_eq!(error.message(), "the coefficient of x^0: 2 does not divide 13");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_power_sums<R: Ring>(ring: R, sums: &[R::Element]) -> Result<Poly<R>> {
    /// From here on an exponential is faster.
    const LONG: usize = 256;
    let d = sums.len();
    if d >= LONG && !ring.grows() {
        let numbers = factorials::numbers(&ring, d + 1)?;
        if let Ok(inverses) = chains::inverses(&ring, &numbers[1..]) {
            let mut exponent = chains::pairwise(&ring, sums, &inverses)?;
            exponent.iter_mut().try_for_each(|c| ring.try_neg(c).map(|minus| *c = minus))?;
            exponent.insert(0, ring.zero());
            let mut e = series::elementary(&ring, Elementary::Exp, &exponent, d + 1)?;
            e.reverse();
            return Ok(Poly::from_vec(ring, e));
        }
    }
    let mut e = vec![ring.one()];
    let mut number = ring.zero();
    for k in 1..=d {
        number = ring.try_add(&number, &ring.one())?;
        let sum = ring.try_neg(&ring.coefficient_of_product(sums, &e, k - 1)?)?;
        let next = ring.try_exact_quo(&sum, &number).map_err(|error| named(&error, d - k))?;
        e.push(next);
    }
    e.reverse();
    Ok(Poly::from_vec(ring, e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};

    /// Both ways, from roots, for lengths on both sides of every threshold of the products.
    #[test]
    fn there_and_back() {
        let field = Zmod::prime(998_244_353).unwrap();
        for d in [0usize, 1, 2, 3, 10, 33, 100, 300] {
            let roots: Vec<u64> = (0..d as u64).map(|k| (k * k * 7 + 3) % 1009).collect();
            let f = Poly::from_roots(field, roots.clone());
            let sums = power_sums(&f, d + 3).unwrap();
            for (k, s) in sums.iter().enumerate() {
                let sum = roots.iter().fold(0, |sum, r| field.add(&sum, &field.pow(r, k as u64 + 1)));
                assert_eq!(*s, sum, "{d} {k}");
            }
            assert_eq!(from_power_sums(field, &sums[..d]).unwrap(), f);
            if d <= 33 {
                let f = Poly::from_roots(ZZ, roots.iter().map(|&r| r as i64 - 500));
                assert_eq!(from_power_sums(ZZ, &power_sums(&f, d).unwrap()).unwrap(), f);
            }
        }
        let f = QQ.poly([(1, 3), (0, 1), (2, 1)]);
        let sums = power_sums(&f, 2).unwrap();
        assert_eq!(sums, [QQ.zero(), -QQ.from_integer(1.into()) / QQ.from_integer(3.into())]);
        assert_eq!(from_power_sums(QQ, &sums).unwrap(), QQ.poly([(1, 6), (0, 1), (1, 1)]));
    }

    #[test]
    fn what_is_refused() {
        assert!(power_sums(&Poly::zero(ZZ), 3).is_err());
        assert!(power_sums(&ZZ.poly([1, 2]), 3).is_err());
        assert_eq!(power_sums(&ZZ.poly([-2, 1]), 1 << 20).unwrap_err().kind(), crate::ErrorKind::Limit);
        let error = from_power_sums(Zmod::new(6), &[1, 1, 1]).unwrap_err();
        assert_eq!(error.factor(), Some(&2.into()));
        assert!(error.message().starts_with("the coefficient of x^1"), "{error}");
    }
}
