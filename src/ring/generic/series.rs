//! Quotients of power series modulo `x^n`: `1/f` by `g := g + g*(1 - f*g)`, and `f/g`.
//!
//! They stand apart from [`division`](super::division) because Newton's iteration knows no remainder, and division is one of its users
//! only.
//!
//! # Method
//! A step takes an inverse from `m` to up to `2m` coefficients with two products: of `f*g` only the coefficients from `m` on are
//! not known, a middle product, cyclic of length `2m`; `g`, which stands in both products, is prepared once. A quotient has its last
//! step built in: with `h = 1/g` to half the length, `q0 = f*h` and `q1 = (f - q0*g)*h` are its halves (A. Karp, P. Markstein,
//! "High-precision division and square root", ACM TOMS 23, 1997; G. Hanrot, M. Quercia, P. Zimmermann, "The middle
//! product algorithm I", AAECC 14, 2004).
//!
//! # Invariants
//! Results have exactly `n` coefficients. The order of factors is kept: `f*g = 1`, `q*g = f`, in rings that do not commute too.

use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::{Prepared, Ring},
};

/// `1/f` modulo `x^n`.
///
/// # Errors
/// Kind undefined where the constant coefficient is no unit, with the factor that it shares with a modulus; those of the ring's
/// products.
///
/// # Complexity
/// Two products of length `n`, in sum over all steps; quadratic below a measured length.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// let geometric = series::inverse(&ZZ, &[1, -1].map(Into::into), 4)?;
/// assert_eq!(geometric, [1, 1, 1, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn inverse<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let f = &f[..f.len().min(n)];
    let unit = inverse_of_constant(ring, f)?;
    let mut lengths = vec![n];
    let mut base = n;
    while base.min(f.len()) > tuning::SERIES_BASE {
        base = base.div_ceil(2);
        lengths.push(base);
    }
    lengths.pop();
    let mut g = quotient_by_recurrence(ring, &[ring.one()], f, &unit, base)?;
    for &m in lengths.iter().rev() {
        extend(ring, f, &mut g, m)?;
    }
    Ok(g)
}

/// `f/g` modulo `x^n`: the `q` with `q*g = f`.
///
/// # Errors
/// As for [`inverse`], of `g`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// // (1 + x)/(1 - x) = 1 + 2x + 2x^2 + ...
/// let q = series::quotient(&ZZ, &[1, 1].map(Into::into), &[1, -1].map(Into::into), 4)?;
/// assert_eq!(q, [1, 2, 2, 2].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn quotient<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let (f, g) = (&f[..f.len().min(n)], &g[..g.len().min(n)]);
    if n.min(g.len()) <= tuning::SERIES_BASE {
        let unit = inverse_of_constant(ring, g)?;
        return quotient_by_recurrence(ring, f, g, &unit, n);
    }
    let half = n.div_ceil(2);
    let h = inverse(ring, g, half)?;
    let low = &f[..f.len().min(half)];
    let h = Multiplier::new(ring, h, low, &Want::low(half))?;
    let mut q = h.after(ring, low, &Want::low(half))?;
    q.resize(half, ring.zero());
    let known = ring.convolve(&q, g, &Want::range(half..n))?;
    let mut rest = f.get(half..).unwrap_or_default().to_vec();
    rest.resize(n - half, ring.zero());
    for (r, c) in rest.iter_mut().zip(&known) {
        *r = ring.try_sub(r, c)?;
    }
    q.extend(h.after(ring, &rest, &Want::low(n - half))?);
    q.resize(n, ring.zero());
    Ok(q)
}

fn inverse_of_constant<R: Ring>(ring: &R, f: &[R::Element]) -> Result<R::Element> {
    match f.first() {
        Some(c) if !ring.is_zero(c) || ring.is_one(c) => ring.try_inverse(c),
        _ => Err(Error::undefined("division by a power series whose constant coefficient is 0")),
    }
}

/// `q[k] = (f[k] - sum over j of q[k-j]*g[j]) / g[0]`, quadratic.
fn quotient_by_recurrence<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    unit: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut q: Vec<R::Element> = Vec::with_capacity(n);
    let rest = &g[1..];
    for k in 0..n {
        let mut next = f.get(k).cloned().unwrap_or_else(|| ring.zero());
        if k > 0 && !rest.is_empty() {
            next = ring.try_sub(&next, &ring.coefficient_of_product(&q, rest, k - 1)?)?;
        }
        q.push(ring.try_mul(&next, unit)?);
    }
    Ok(q)
}

/// One step of Newton's iteration: from the inverse to `g.len()` coefficients to that of `n`, up to twice as many.
fn extend<R: Ring>(ring: &R, f: &[R::Element], g: &mut Vec<R::Element>, n: usize) -> Result<()> {
    let m = g.len();
    let f = &f[..f.len().min(n)];
    let want = Want::range(m..n);
    let h = Multiplier::new(ring, std::mem::take(g), f, &want)?;
    let error = h.after(ring, f, &want)?;
    let change = h.before(ring, &error, &Want::low(n - m))?;
    *g = h.into_coefficients();
    for c in &change {
        g.push(ring.try_neg(c)?);
    }
    g.resize(n, ring.zero());
    Ok(())
}

/// A factor of several products; prepared where the order of factors does not matter.
enum Multiplier<R: Ring> {
    Plain(Vec<R::Element>),
    Prepared(Prepared<R>),
}

impl<R: Ring> Multiplier<R> {
    fn new(ring: &R, f: Vec<R::Element>, like: &[R::Element], want: &Want) -> Result<Self> {
        if !ring.is_commutative() || f.len() <= tuning::SERIES_BASE {
            return Ok(Multiplier::Plain(f));
        }
        ring.prepare(&f, like, want).map(Multiplier::Prepared)
    }

    /// `other * self`.
    fn after(&self, ring: &R, other: &[R::Element], want: &Want) -> Result<Vec<R::Element>> {
        match self {
            Multiplier::Plain(f) => ring.convolve(other, f, want),
            Multiplier::Prepared(f) => ring.convolve_prepared(f, other, want),
        }
    }

    /// `self * other`.
    fn before(&self, ring: &R, other: &[R::Element], want: &Want) -> Result<Vec<R::Element>> {
        match self {
            Multiplier::Plain(f) => ring.convolve(f, other, want),
            Multiplier::Prepared(f) => ring.convolve_prepared(f, other, want),
        }
    }

    fn into_coefficients(self) -> Vec<R::Element> {
        match self {
            Multiplier::Plain(f) => f,
            Multiplier::Prepared(f) => f.into_coefficients(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};

    /// `q*g = f` for every length around the base and its doubles, for short and long operands.
    #[test]
    fn quotients_times_divisors() {
        for n in [2u64, 6, 998_244_353, (1 << 61) - 1, u64::MAX] {
            let ring = Zmod::new(n);
            let draw = |len: usize, seed: u64| -> Vec<u64> {
                let word = |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
                let mut v: Vec<u64> =
                    (0..len as u64).map(|k| word(k * k + 1).wrapping_mul(word(k)) % n).collect();
                v[0] = 1;
                v
            };
            let base = tuning::SERIES_BASE;
            for len in [1, 2, 3, base - 1, base, base + 1, 2 * base + 1, 5 * base - 3, 16 * base] {
                for divisor in [1, 2, base / 2, len, len + 7] {
                    let (f, g) = (draw(len, 5), draw(divisor, 9));
                    let q = quotient(&ring, &f, &g, len).unwrap();
                    assert_eq!(q.len(), len);
                    assert_eq!(ring.convolve(&q, &g, &Want::low(len)).unwrap(), f, "{n} {len} {divisor}");
                    let mut one =
                        ring.convolve(&inverse(&ring, &g, len).unwrap(), &g, &Want::low(len)).unwrap();
                    assert_eq!(std::mem::take(&mut one[0]), 1);
                    assert!(one.iter().all(|&c| c == 0));
                }
            }
        }
    }

    #[test]
    fn constants_that_are_no_units() {
        assert_eq!(inverse(&QQ, &[], 3).unwrap_err().kind(), crate::ErrorKind::Undefined);
        assert_eq!(inverse(&Zmod::new(6), &[4, 1], 3).unwrap_err().factor(), Some(&2.into()));
        assert!(inverse(&ZZ, &[2, 1].map(Into::into), 3).is_err());
        assert_eq!(inverse(&Zmod::new(1), &[0], 3).unwrap(), [0, 0, 0]);
        assert_eq!(inverse(&ZZ, &[1.into()], 0).unwrap(), []);
    }
}
