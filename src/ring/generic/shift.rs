//! The Taylor shift `f(x + a)`.
//!
//! Two ways: where factorials up to the degree are units, one product; else by halves, `f = f_0 + x^h*f_1`, whose powers of `x + a` are shared by
//! all parts of a level.
//!
//! # Method
//! `k! * g[k] = sum over j of (j! * f[j]) * a^(j-k)/(j-k)!`, a convolution with one factor reversed (A. Aho, K. Steiglitz, J. Ullman,
//! "Evaluating polynomials at fixed sets of points", SIAM J. Comput. 4, 1975). By halves: J. von zur Gathen, J. Gerhard, "Fast algorithms for
//! Taylor shifts and certain difference equations", ISSAC 1997, methods D and, for short parts, B (Horner's rule).

use super::{
    chains::{pairwise, powers},
    factorials::{Factorials, factorials},
};
use crate::{
    Result,
    convolution::{Want, tuning},
    ring::Ring,
};

/// `f(x + a)` by halves, Horner's rule on short parts.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::shift};
/// let f = [0, 0, 1].map(Into::into); // x^2
/// assert_eq!(shift::halves(&ZZ, &f, &3.into())?, [9, 6, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn halves<R: Ring>(ring: &R, f: &[R::Element], a: &R::Element) -> Result<Vec<R::Element>> {
    halves_onto(ring, f, a, tuning::SHIFT_HORNER, &|part| {
        let mut part = part.to_vec();
        horner(ring, &mut part, a)?;
        Ok(part)
    })
}

/// [`halves`], with shifts of parts of `base` coefficients of another one's making.
///
/// # Errors
/// Those of the ring's products and of `shift`.
pub(crate) fn halves_onto<R: Ring>(
    ring: &R,
    f: &[R::Element],
    a: &R::Element,
    base: usize,
    shift: &impl Fn(&[R::Element]) -> Result<Vec<R::Element>>,
) -> Result<Vec<R::Element>> {
    let parts = f.chunks(base).map(shift).collect::<Result<_>>()?;
    // (x + a)^(the length of a whole part).
    let mut g = joined(ring, parts, (&[a.clone(), ring.one()], base as u64), |_| 0)?;
    g.truncate(f.len());
    Ok(g)
}

/// `p_0 + q*p_1 + q^2*p_2 + ...` of parts, by halves, for a power `q` of a polynomial; of two neighbours the lower one is added `offset`
/// coefficients further on, which depends on the upper one.
///
/// # Errors
/// Those of the ring's products.
pub(super) fn joined<R: Ring>(
    ring: &R,
    mut parts: Vec<Vec<R::Element>>,
    (base, exponent): (&[R::Element], u64),
    offset: impl Fn(&[R::Element]) -> usize,
) -> Result<Vec<R::Element>> {
    let mut power = Vec::new();
    while parts.len() > 1 {
        power = if power.is_empty() {
            ring.power(base, exponent, &Want::full())?
        } else {
            ring.convolve(&power, &power, &Want::full())?
        };
        parts = parts
            .chunks(2)
            .map(|pair| match pair {
                [low, high] => {
                    let mut sum = ring.convolve(high, &power, &Want::full())?;
                    for (s, c) in sum[offset(high)..].iter_mut().zip(low) {
                        *s = ring.try_add(s, c)?;
                    }
                    Ok(sum)
                }
                _ => Ok(pair[0].clone()),
            })
            .collect::<Result<_>>()?;
    }
    Ok(parts.pop().unwrap_or_default())
}

/// `f(x + a)` in place, quadratic.
fn horner<R: Ring>(ring: &R, f: &mut [R::Element], a: &R::Element) -> Result<()> {
    let one = ring.is_one(a);
    for i in (0..f.len().saturating_sub(1)).rev() {
        for k in i..f.len() - 1 {
            let term = if one { f[k + 1].clone() } else { ring.try_mul(&f[k + 1], a)? };
            f[k] = ring.try_add(&f[k], &term)?;
        }
    }
    Ok(())
}

/// `f(x + a)` by one product, where `(n-1)!` is a unit for the length `n`; `None` where it is not.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// One product of length n and O(n) products of elements.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::shift};
/// assert_eq!(shift::convolution(&Zmod::new(101), &[0, 0, 1], &3)?, Some(vec![9, 6, 1]));
/// assert_eq!(shift::convolution(&Zmod::new(2), &[0, 0, 1], &3)?, None);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn convolution<R: Ring>(ring: &R, f: &[R::Element], a: &R::Element) -> Result<Option<Vec<R::Element>>> {
    let n = f.len();
    if n < 2 {
        return Ok(Some(f.to_vec()));
    }
    let Ok(Factorials { values: factorials, inverses: inverse }) = factorials(ring, n) else {
        return Ok(None);
    };
    let scaled = pairwise(ring, f, &factorials)?;
    // a^(n-1)/(n-1)!, ..., a, 1.
    let mut exponential = pairwise(ring, &powers(ring, a, n)?, &inverse)?;
    exponential.reverse();
    let g = ring.convolve(&scaled, &exponential, &Want::range(n - 1..2 * n - 1))?;
    pairwise(ring, &g, &inverse).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};
    use num_bigint::BigInt;

    /// Both ways against Horner's rule on the whole, and back again.
    #[test]
    fn shifts_and_back() {
        for n in [3u64, 101, 998_244_353, (1 << 61) - 1] {
            let ring = Zmod::new(n);
            let base = tuning::SHIFT_HORNER;
            for len in [0usize, 1, 2, base, base + 1, 2 * base, 5 * base + 3, 600] {
                let f: Vec<u64> =
                    (0..len as u64).map(|k| (k + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) % n).collect();
                for a in [0, 1, n - 1, n / 2] {
                    let mut expected = f.clone();
                    horner(&ring, &mut expected, &a).unwrap();
                    let shifted = halves(&ring, &f, &a).unwrap();
                    assert_eq!(shifted, expected, "{n}: length {len} by {a}");
                    assert_eq!(halves(&ring, &shifted, &ring.neg(&a)).unwrap(), f);
                    match convolution(&ring, &f, &a).unwrap() {
                        Some(g) => assert_eq!(g, expected),
                        None => assert!(len as u64 > n),
                    }
                }
            }
        }
        let f: Vec<BigInt> = (0..100).map(|k| BigInt::from(k * k) - 5).collect();
        let back = halves(&ZZ, &halves(&ZZ, &f, &7.into()).unwrap(), &(-7).into()).unwrap();
        assert_eq!(back, f);
        let f = QQ.poly([(1, 2), (2, 3), (-1, 5)]).into_coefficients();
        let a = QQ.poly([(1, 7)]).into_coefficients().remove(0);
        assert_eq!(Some(halves(&QQ, &f, &a).unwrap()), convolution(&QQ, &f, &a).unwrap());
    }
}
