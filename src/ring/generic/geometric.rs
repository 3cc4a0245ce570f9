//! Values at the points `a, a*q, a*q^2, ...` of a geometric progression, and the polynomial through them.
//!
//! It stands apart from [`points`] because no tree is needed: the products of differences of such points are known,
//! and both ways are one or two products of the whole length.
//!
//! # Method
//! With `i*k = C(i+k, 2) - C(i, 2) - C(k, 2)` the values `f(q^i)` are one middle product with the powers `q^C(j, 2)`
//! (L. Rabiner, R. Schafer, C. Rader, "The chirp z-transform algorithm and its application", Bell Syst. Tech. J. 48,
//! 1969; this form, without square roots, L. Bluestein 1970). Interpolation (A. Bostan, É. Schost, "Polynomial
//! evaluation and interpolation on special sets of points", J. Complexity 21, 2005, section 5): with
//! `u_k = (q - 1)*(q^2 - 1)*...*(q^k - 1)`,
//!
//! `prod over j != i of (q^i - q^j) = (-1)^(n-1-i) * q^(i*(n-1) - C(i+1, 2)) * u_i * u_(n-1-i)`,
//!
//! `prod over i of (x - q^i) = sum over k of (-1)^(n-k) * q^C(n-k, 2) * u_n/(u_k*u_(n-k)) * x^k`, the q-binomial theorem,
//!
//! and the power sums of the points that the numerator needs are again values at the powers of `q`. So one inverse is
//! taken in all. Of the powers of `q` in a weight and in the first product,
//! `q^(C(i+1, 2) - i*(n-1)) * q^-C(i, 2) = q^(-i*(n-2))` is left.

use super::{
    chains::{inverses, pairwise, powers, products, progression, triangular_powers},
    points,
};
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::Ring,
};

/// The values at `a*q^i` for `i < n`.
///
/// Few points, those of a `q` that is no unit, and those of a ring where elements grow, are points as any others.
///
/// # Errors
/// Those of the ring's products and values.
///
/// # Complexity
/// One middle product, of the length of `f` by that plus `n`.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::geometric};
/// assert_eq!(geometric::evaluate(&Zmod::new(101), &[1, 1], &5, &2, 4)?, [6, 11, 21, 41]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn evaluate<R: Ring>(
    ring: &R,
    f: &[R::Element],
    a: &R::Element,
    q: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    ring.evaluate_geometric(f, a, q, n)
}

/// [`evaluate`] by the chirp, or point by point.
pub(in crate::ring) fn plain_values<R: Ring>(
    ring: &R,
    f: &[R::Element],
    a: &R::Element,
    q: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    if n.min(f.len()) > tuning::POINTS_GEOMETRIC
        && has_chirp(ring)
        && let Ok(inverse) = ring.try_inverse(q)
    {
        let m = f.len();
        let up = triangular_powers(ring, q, n + m - 1)?;
        let down = triangular_powers(ring, &inverse, n.max(m))?;
        let mut weighted = pairwise(ring, f, &down)?;
        if !ring.is_one(a) {
            weighted = scaled(ring, &weighted, a)?;
        }
        weighted.reverse();
        let values = ring.convolve(&weighted, &up, &Want::range(m - 1..m - 1 + n))?;
        return pairwise(ring, &values, &down);
    }
    points::evaluate(ring, f, &progression(ring, a, q, n)?)
}

/// The polynomial of at most as many coefficients as there are values that has these values at `a*q^i`.
///
/// # Errors
/// Kind undefined where two points are the same or their difference shares a factor with a modulus, which the error
/// carries; kind not exact where the polynomial has coefficients outside of the ring; those of the ring's products.
///
/// # Complexity
/// Two products of length `n`; that of any points where elements grow.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::geometric};
/// assert_eq!(geometric::interpolate(&Zmod::new(101), &5, &2, &[6, 11, 21])?, [1, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn interpolate<R: Ring>(
    ring: &R,
    a: &R::Element,
    q: &R::Element,
    values: &[R::Element],
) -> Result<Vec<R::Element>> {
    ring.interpolate_geometric(a, q, values)
}

/// [`interpolate`] by two products, or as at any points.
pub(in crate::ring) fn plain_interpolation<R: Ring>(
    ring: &R,
    a: &R::Element,
    q: &R::Element,
    values: &[R::Element],
) -> Result<Vec<R::Element>> {
    let n = values.len();
    if n <= tuning::POINTS_FEW || !has_chirp(ring) {
        return ring.interpolate(&progression(ring, a, q, n)?, values);
    }
    // 1, q - 1, q^2 - 1, ..., q^n - 1
    let mut differences = powers(ring, q, n + 1)?;
    for (k, power) in differences.iter_mut().enumerate().skip(1) {
        *power = ring.try_sub(power, &ring.one())?;
        if k < n && ring.is_zero(power) {
            return Err(Error::undefined(format!(
                "the points are not apart: the ratio to the power {k} is 1"
            )));
        }
    }
    let last = differences.split_off(n).swap_remove(0);
    // u_k and 1/u_k for k < n, and u_n
    let u = products(ring, differences.clone())?;
    let units = [a.clone(), q.clone(), u[n - 1].clone()];
    let Ok(inverse) = inverses(ring, &units) else {
        // The first factor that is no unit says why.
        inverses(ring, &units[..2])?;
        return Err(inverses(ring, &differences)
            .err()
            .unwrap_or_else(|| Error::undefined("the points are not apart")));
    };
    let u_last = ring.try_mul(&u[n - 1], &last)?;
    let mut over = vec![inverse[2].clone()];
    over.extend(differences.drain(1..).rev());
    let mut over = products(ring, over)?;
    over.reverse();
    let up = triangular_powers(ring, q, 2 * n - 1)?;
    let down = triangular_powers(ring, &inverse[1], n)?;

    // Values over the products of differences, times q^-C(i, 2): the powers of q are q^(-i*(n-2)) together.
    let mut weighted = powers(ring, &ring.pow(&inverse[1], n as u64 - 2), n)?;
    for (i, (weight, value)) in weighted.iter_mut().zip(values).enumerate() {
        let scale = ring.try_mul(&over[i], &over[n - 1 - i])?;
        *weight = ring.try_mul(&ring.try_mul(value, weight)?, &scale)?;
        if (n - 1 - i) % 2 == 1 {
            *weight = ring.try_neg(weight)?;
        }
    }
    weighted.reverse();
    let sums = ring.convolve(&weighted, &up, &Want::range(n - 1..2 * n - 1))?;
    let mut sums = pairwise(ring, &sums, &down)?;
    sums.reverse();

    // The product of all x - q^i but its constant coefficient.
    let mut all = Vec::with_capacity(n);
    for k in 1..n {
        let c = ring.try_mul(&ring.try_mul(&over[k], &over[n - k])?, &ring.try_mul(&u_last, &up[n - k])?)?;
        all.push(if (n - k) % 2 == 1 { ring.try_neg(&c)? } else { c });
    }
    all.push(ring.one());
    let mut f = ring.convolve(&all, &sums, &Want::range(n - 1..2 * n - 1))?;
    if !ring.is_one(a) {
        f = scaled(ring, &f, &inverse[0])?;
    }
    super::trim(ring, &mut f);
    Ok(f)
}

/// Where elements have one size, and the powers of `q` are no larger than the values.
fn has_chirp<R: Ring>(ring: &R) -> bool {
    !ring.grows() && ring.is_commutative() && ring.is_exact()
}

/// `f(a*x)`.
///
/// # Errors
/// Those of the ring's own operations.
pub fn scaled<R: Ring>(ring: &R, f: &[R::Element], a: &R::Element) -> Result<Vec<R::Element>> {
    pairwise(ring, f, &powers(ring, a, f.len())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::{QQ, ZZ, Zmod, generic::horner};
    use num_bigint::BigInt;

    fn draw(n: u64, len: usize, seed: u64) -> Vec<u64> {
        (0..len as u64)
            .map(|k| (k + seed).wrapping_mul(k * 7 + 0x9E37_79B9_7F4A_7C15).rotate_left(27) % n)
            .collect()
    }

    /// Values against Horner's rule and back, on both sides of the threshold, in fields and rings.
    #[test]
    fn values_and_back() {
        let few = tuning::POINTS_GEOMETRIC;
        let (sums, words) = (tuning::PROGRESSION_SUMS, tuning::POINTS_GEOMETRIC_WORDS);
        for (n, q) in
            [(65_537u64, 3u64), (998_244_353, 3), ((1 << 61) - 1, 37), (1019 * 1187, 2), (u64::MAX - 58, 2)]
        {
            let ring = Zmod::new(n);
            for a in [1u64, 5, 12_345] {
                for count in [0, 1, 2, 5, 8, 9, 10, few, few + 1, sums, sums + 1, words + 1, 300] {
                    for len in [0, 1, count, few + 7] {
                        let f = draw(n, len, 3);
                        let values = evaluate(&ring, &f, &a, &q, count).unwrap();
                        let points = progression(&ring, &a, &q, count).unwrap();
                        let expected: Vec<u64> =
                            points.iter().map(|x| horner(&ring, &f, x).unwrap()).collect();
                        assert_eq!(values, expected, "{n}: {len} coefficients at {count} points");
                        if len <= count {
                            let mut f = f;
                            super::super::trim(&ring, &mut f);
                            assert_eq!(interpolate(&ring, &a, &q, &values).unwrap(), f);
                        }
                    }
                }
            }
        }
    }

    /// The order of `q` may be as large as the number of points: all powers of an element, the discrete Fourier transform.
    #[test]
    fn points_that_are_not_apart() {
        let field = Zmod::prime(257).unwrap();
        let values = draw(257, 256, 5);
        let f = interpolate(&field, &1, &3, &values).unwrap();
        assert_eq!(evaluate(&field, &f, &1, &3, 256).unwrap(), values);
        let error = interpolate(&field, &1, &3, &draw(257, 257, 1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undefined);
        assert!(error.message().contains("power 256"), "{error}");
        assert!(interpolate(&field, &0, &3, &values).is_err());
        assert!(interpolate(&field, &1, &0, &values).is_err());
        // 2^28 = 1 modulo 29, and 2 has a larger order modulo 1009.
        let ring = Zmod::new(29 * 1009);
        let error = interpolate(&ring, &1, &2, &draw(29 * 1009, 200, 1)).unwrap_err();
        assert_eq!(error.factor(), Some(&29.into()));
        // A ratio that is no unit has values all the same.
        let values = evaluate(&Zmod::new(1 << 20), &[1; 200], &1, &2, 200).unwrap();
        assert_eq!((values[0], values[25]), (200, 1));
        assert_eq!(evaluate(&Zmod::new(1), &[0; 300], &0, &0, 300).unwrap(), [0; 300]);
    }

    #[test]
    fn over_integers_and_fractions() {
        let f = [7, 0, -3].map(BigInt::from);
        let values = evaluate(&ZZ, &f, &3.into(), &(-2).into(), 4).unwrap();
        assert_eq!(values, [-20, -101, -425, -1721].map(BigInt::from));
        assert_eq!(interpolate(&ZZ, &3.into(), &(-2).into(), &values).unwrap(), f);
        let f = QQ.poly([(1, 2), (2, 3), (-1, 5)]).into_coefficients();
        let (a, q) = (QQ.from_integer(3.into()), QQ.poly([(2, 7)]).into_coefficients().remove(0));
        let values = evaluate(&QQ, &f, &a, &q, 5).unwrap();
        assert_eq!(interpolate(&QQ, &a, &q, &values).unwrap(), f);
    }
}
