//! Values at the points `a, a*q, a*q^2, ...` of a geometric progression, and the polynomial through them.
//!
//! It stands apart from [`points`] because no tree is needed: the products of differences of such points are known, and both ways are one or two
//! products of the whole length.
//!
//! # Method
//! With `i*k = C(i+k, 2) - C(i, 2) - C(k, 2)` the values `f(q^i)` are one middle product with the powers `q^C(j, 2)` (L. Rabiner, R. Schafer, C. Rader,
//! "The chirp z-transform algorithm and its application", Bell Syst. Tech. J. 48, 1969; this form, without square roots, L. Bluestein 1970). Interpolation
//! (A. Bostan, É. Schost, "Polynomial evaluation and interpolation on special sets of points", J. Complexity 21, 2005, section 5): with
//! `u_k = (q - 1)*(q^2 - 1)*...*(q^k - 1)`,
//!
//! `prod over j != i of (q^i - q^j) = (-1)^(n-1-i) * q^(i*(n-1) - C(i+1, 2)) * u_i * u_(n-1-i)`,
//!
//! `prod over i of (x - q^i) = sum over k of (-1)^(n-k) * q^C(n-k, 2) * u_n/(u_k*u_(n-k)) * x^k`, the q-binomial theorem,
//!
//! and the power sums of the points that the numerator needs are again values at the powers of `q`. So one inverse is taken in all.

use super::points::{self, inverses};
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
    match ring.try_inverse(q) {
        Ok(inverse) if n.min(f.len()) > tuning::POINTS_EACH && has_chirp(ring) => {
            chirp(ring, scaled(ring, f, a)?, [q, &inverse], n)
        }
        _ => points::evaluate(ring, f, &progression(ring, a, q, n)?),
    }
}

/// The polynomial of at most as many coefficients as there are values that has these values at `a*q^i`.
///
/// # Errors
/// Kind undefined where two points are the same or their difference shares a factor with a modulus, which the error carries; kind not exact
/// where the polynomial has coefficients outside of the ring; those of the ring's products.
///
/// # Complexity
/// Two products of length `n`; quadratic where elements grow.
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
    let n = values.len();
    if n <= tuning::POINTS_EACH || !has_chirp(ring) {
        return points::interpolate(ring, &progression(ring, a, q, n)?, values);
    }
    // a, q, q - 1, q^2 - 1, ..., q^(n-1) - 1
    let mut units = vec![a.clone(), q.clone()];
    let mut power = ring.one();
    for k in 1..n {
        power = ring.try_mul(&power, q)?;
        let difference = ring.try_sub(&power, &ring.one())?;
        if ring.is_zero(&difference) {
            return Err(Error::undefined(format!(
                "the points are not apart: the ratio to the power {k} is 1"
            )));
        }
        units.push(difference);
    }
    let inverse = inverses(ring, &units)?;
    let (a_inverse, q_inverse) = (&inverse[0], &inverse[1]);
    // u_(n-1), and 1/u_0, 1/u_1, ..., 1/u_(n-1)
    let mut product = ring.one();
    let mut over = vec![ring.one()];
    for (unit, inverse) in units.iter().zip(&inverse).skip(2) {
        product = ring.try_mul(&product, unit)?;
        over.push(ring.try_mul(&over[over.len() - 1], inverse)?);
    }
    let over_both = |k: usize, n: usize| ring.try_mul(&over[k], &over[n - k]);

    let triangular = triangular(ring, q, n + 1)?;
    let step = ring.pow(q_inverse, n as u64 - 1);
    let mut scale = ring.one();
    let mut factors = Vec::with_capacity(n);
    for (i, value) in values.iter().enumerate() {
        let mut factor = ring.try_mul(&over_both(i, n - 1)?, &ring.try_mul(&scale, &triangular[i + 1])?)?;
        if (n - 1 - i) % 2 == 1 {
            factor = ring.try_neg(&factor)?;
        }
        factors.push(ring.try_mul(value, &factor)?);
        scale = ring.try_mul(&scale, &step)?;
    }
    let mut sums = chirp(ring, factors, [q, q_inverse], n)?;
    sums.reverse();

    // The product of all x - q^i but its constant coefficient.
    let product = ring.try_mul(&product, &ring.try_sub(&ring.try_mul(&power, q)?, &ring.one())?)?;
    let mut all = Vec::with_capacity(n);
    for k in 1..n {
        let mut c = ring.try_mul(&ring.try_mul(&product, &over_both(k, n)?)?, &triangular[n - k])?;
        if (n - k) % 2 == 1 {
            c = ring.try_neg(&c)?;
        }
        all.push(c);
    }
    all.push(ring.one());
    let f = ring.convolve(&all, &sums, &Want::range(n - 1..2 * n - 1))?;
    let mut f = scaled(ring, &f, a_inverse)?;
    super::trim(ring, &mut f);
    Ok(f)
}

/// Where elements have one size, and the powers of `q` are no larger than the values.
fn has_chirp<R: Ring>(ring: &R) -> bool {
    !ring.grows() && ring.is_commutative() && ring.is_exact()
}

/// `a*q^i` for `i < n`.
fn progression<R: Ring>(ring: &R, a: &R::Element, q: &R::Element, n: usize) -> Result<Vec<R::Element>> {
    let mut points = Vec::with_capacity(n);
    let mut next = a.clone();
    for i in 0..n {
        if i > 0 {
            next = ring.try_mul(&next, q)?;
        }
        points.push(next.clone());
    }
    Ok(points)
}

/// `f(a*x)`.
///
/// # Errors
/// Those of the ring's own operations.
pub fn scaled<R: Ring>(ring: &R, f: &[R::Element], a: &R::Element) -> Result<Vec<R::Element>> {
    let mut power = ring.one();
    let mut scaled = Vec::with_capacity(f.len());
    for (k, c) in f.iter().enumerate() {
        if k > 0 {
            power = ring.try_mul(&power, a)?;
        }
        scaled.push(ring.try_mul(c, &power)?);
    }
    Ok(scaled)
}

/// `q^C(i, 2)` for `i < n`.
fn triangular<R: Ring>(ring: &R, q: &R::Element, n: usize) -> Result<Vec<R::Element>> {
    let (mut power, mut next) = (ring.one(), ring.one());
    let mut powers = Vec::with_capacity(n);
    for _ in 0..n {
        powers.push(next.clone());
        next = ring.try_mul(&next, &power)?;
        power = ring.try_mul(&power, q)?;
    }
    Ok(powers)
}

/// `f(q^i)` for `i < n`, with `q` and its inverse; neither `f` nor `n` is empty.
fn chirp<R: Ring>(
    ring: &R,
    mut f: Vec<R::Element>,
    [q, inverse]: [&R::Element; 2],
    n: usize,
) -> Result<Vec<R::Element>> {
    let m = f.len();
    let down = triangular(ring, inverse, n.max(m))?;
    for (c, power) in f.iter_mut().zip(&down) {
        *c = ring.try_mul(c, power)?;
    }
    f.reverse();
    let mut values = ring.convolve(&f, &triangular(ring, q, n + m - 1)?, &Want::range(m - 1..m - 1 + n))?;
    for (value, power) in values.iter_mut().zip(&down) {
        *value = ring.try_mul(value, power)?;
    }
    Ok(values)
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
        let few = tuning::POINTS_EACH;
        for (n, q) in [(65_537u64, 3u64), (998_244_353, 3), ((1 << 61) - 1, 37), (1019 * 1187, 2)] {
            let ring = Zmod::new(n);
            for a in [1u64, 5, 12_345] {
                for count in [0, 1, 2, 5, few, few + 1, 300] {
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
        let few = tuning::POINTS_EACH as u64;
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
        let values = evaluate(&Zmod::new(1 << 20), &[1; 200], &1, &2, few as usize + 50).unwrap();
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
