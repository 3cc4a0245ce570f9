//! The basis of Bernstein of degree `n`: `f = sum of b_k * binomial(n, k) * x^k * (1 - x)^(n-k)`.
//!
//! # Method
//! With `x = y/(1 + y)`, `(1 + y)^n * f(x) = sum of b_k * binomial(n, k) * y^k`: that is a Taylor shift by 1 between
//! two reversals, as `y^n * f(1/y)` is `f` backwards (the transforms of a Möbius map; G. Farin, Curves and Surfaces
//! for CAGD, chapter 6, has the sums). Back, the shift is by -1. So only one way divides, by binomials.

use super::super::{
    chains::{inverses, pairwise},
    trim,
};
use crate::{Error, Result, convolution::Want, ring::Ring};

/// The `n + 1` coefficients in the basis of Bernstein of degree `n`.
///
/// # Errors
/// Kind undefined for an `f` of more than `n + 1` coefficients, and where a `binomial(n, k)` is no unit, with the
/// factor that it shares with a modulus; kind not exact where a coefficient is outside of the ring; those of the
/// ring's products.
///
/// # Complexity
/// That of a Taylor shift of degree `n`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::basis::bernstein};
/// let f = [0, 0, 1].map(Into::into);
/// assert_eq!(bernstein::from_powers(&ZZ, &f, 2)?, [0, 0, 1].map(Into::into)); // x^2 is of the basis
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_powers<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    if f.len() > n + 1 {
        return Err(Error::undefined(format!(
            "a polynomial of degree {} is no sum of Bernstein polynomials of degree {n}",
            f.len() - 1
        )));
    }
    let mut padded = f.to_vec();
    padded.resize(n + 1, ring.zero());
    padded.reverse();
    let mut b = ring.taylor_shift(&padded, &ring.one())?;
    b.reverse();
    let binomials = binomials(ring, n)?;
    if !ring.grows()
        && let Ok(inverses) = inverses(ring, &binomials)
    {
        return pairwise(ring, &b, &inverses);
    }
    let over = |(k, (c, binomial)): (usize, (&R::Element, &R::Element))| {
        let quotient = if ring.grows() {
            ring.try_exact_quo(c, binomial)
        } else {
            ring.try_inverse(binomial).and_then(|inverse| ring.try_mul(c, &inverse))
        };
        quotient.map_err(|error| {
            let message = format!(
                "coefficient {k} in the basis of Bernstein of degree {n} would have to be divided by binomial({n}, {k}), \
                 which is not possible in {ring:?}"
            );
            Error::new(error.kind(), message).with_factor_of(&error)
        })
    };
    b.iter().zip(&binomials).enumerate().map(over).collect()
}

/// The polynomial with these coefficients in the basis of Bernstein, whose degree is one less than their number;
/// without trailing zeros.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// That of a Taylor shift.
pub fn to_powers<R: Ring>(ring: &R, b: &[R::Element]) -> Result<Vec<R::Element>> {
    let Some(n) = b.len().checked_sub(1) else { return Ok(Vec::new()) };
    let mut scaled = pairwise(ring, b, &binomials(ring, n)?)?;
    scaled.reverse();
    let mut f = ring.taylor_shift(&scaled, &ring.try_neg(&ring.one())?)?;
    f.reverse();
    trim(ring, &mut f);
    Ok(f)
}

/// `binomial(n, k)` for `k` from 0 to `n`: the coefficients of `(1 + x)^n`.
fn binomials<R: Ring>(ring: &R, n: usize) -> Result<Vec<R::Element>> {
    ring.power(&[ring.one(), ring.one()], n as u64, &Want::full())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::{QQ, ZZ, Zmod, generic::element_power};
    use num_bigint::BigInt;

    /// Against the sum of the basis with Horner's rule left out: values at many points; and back.
    #[test]
    fn there_and_back() {
        let field = Zmod::prime(998_244_353).unwrap();
        for n in [0usize, 1, 2, 3, 17, 40, 200] {
            let b: Vec<u64> = (0..=n as u64).map(|k| k * k * 77_777 % 998_244_353 + 1).collect();
            let f = to_powers(&field, &b).unwrap();
            let binomials = binomials(&field, n).unwrap();
            for x in [0u64, 1, 2, 12_345] {
                let mut value = 0;
                for k in 0..=n {
                    let low = element_power(&field, &x, k as u64);
                    let high = element_power(&field, &field.sub(&1, &x), (n - k) as u64);
                    let basis = field.mul(&binomials[k], &field.mul(&low, &high));
                    value = field.add(&value, &field.mul(&b[k], &basis));
                }
                assert_eq!(field.evaluate(&f, &x).unwrap(), value, "{n} at {x}");
            }
            assert_eq!(from_powers(&field, &f, n).unwrap(), b);
        }
        // The same polynomial in a higher degree: the coefficients of 1 are ones.
        assert_eq!(from_powers(&field, &[1], 5).unwrap(), [1; 6]);
        assert_eq!(from_powers(&field, &[], 1).unwrap(), [0, 0]);
        let f = QQ.poly([(1, 2), (1, 3), (-1, 4), (5, 1)]).into_coefficients();
        assert_eq!(to_powers(&QQ, &from_powers(&QQ, &f, 7).unwrap()).unwrap(), f);
        assert_eq!(to_powers(&ZZ, &[]).unwrap(), []);
    }

    #[test]
    fn what_has_no_such_form() {
        let kind = |r: Result<Vec<BigInt>>| r.unwrap_err().kind();
        assert_eq!(kind(from_powers(&ZZ, &[0, 0, 1].map(BigInt::from), 1)), ErrorKind::Undefined);
        assert_eq!(kind(from_powers(&ZZ, &[0, 1].map(BigInt::from), 2)), ErrorKind::NotExact);
        assert_eq!(from_powers(&Zmod::new(15), &[0, 1], 3).unwrap_err().factor(), Some(&3.into()));
    }
}
