//! Composition `f(g)`, and modular composition `f(g) mod h` with fewer products modulo `h` than `f` has coefficients.
//!
//! # Method
//! The whole composition by halves, `f = f_0 + x^m*f_1`, so that `f(g) = f_0(g) + g^m*f_1(g)` runs on products of
//! balanced size (R. Brent, H. Kung 1978, section 2.2); the powers are shared by all parts of a level and transformed
//! once. Short parts are linear combinations of the first powers.
//!
//! Modulo `h` by baby steps and giant steps: with `k` about the square root of the length of `f`, the powers
//! `1, g, ..., g^(k-1)` modulo `h` are computed; every part of `k` coefficients of `f` is a linear combination of
//! them, and Horner's rule in `g^k` puts the parts together (R. Brent, H. Kung, "Fast algorithms for manipulating
//! formal power series", J. ACM 25, 1978, section 2.1). Many compositions with one `g` share all its powers (`Argument`).

use super::{divisor::Divisor, trim};
use crate::{
    Result,
    convolution::Want,
    ring::{Prepared, Ring},
};

/// Compositions of so few coefficients in all are computed by Horner's rule.
const SHORT: usize = 20;
/// The most coefficients of a part that is a linear combination of powers.
const PART: usize = 16;
/// Powers of so many words together are kept with their transforms, which take some six times as much.
const SHARED: usize = 1 << 23;

/// `f(g)`, without trailing zeros.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(M(m*n) log m)` for degrees `m` and `n`.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::composition};
/// assert_eq!(composition::whole(&Zmod::new(7), &[0, 0, 1], &[1, 1])?, [1, 2, 1]); // (x + 1)^2
/// # Ok::<(), monic::Error>(())
/// ```
pub fn whole<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    if f.len().saturating_mul(g.len()) <= SHORT && !ring.grows() {
        return horner(ring, f, g);
    }
    // As many rows as their products are worth, a power of two; numbers that grow are multiplied by the engine at once.
    let mut part = 1;
    while part < PART && 2 * part * part <= f.len() && !ring.grows() {
        part *= 2;
    }
    let mut powers = vec![vec![ring.one()], g.to_vec()];
    while powers.len() <= part && powers.len() < f.len() {
        let i = powers.len() / 2;
        powers.push(ring.convolve(&powers[i], &powers[powers.len() - i], &Want::full())?);
    }
    let mut power = if powers.len() > part { powers.split_off(part).swap_remove(0) } else { Vec::new() };
    let rows: Vec<&[R::Element]> = powers.iter().map(Vec::as_slice).collect();
    let combination = |part: &[R::Element]| {
        let mut sum = match part {
            [c] => vec![c.clone()],
            _ => ring.linear_combination(part, &rows[..part.len()], rows[part.len() - 1].len())?,
        };
        trim(ring, &mut sum);
        Ok(sum)
    };
    let mut parts: Vec<Vec<R::Element>> = f.chunks(part).map(combination).collect::<Result<_>>()?;
    while parts.len() > 1 {
        let longest = parts.iter().skip(1).step_by(2).max_by_key(|part| part.len());
        let prepared = match longest {
            Some(high) if parts.len() > 3 && ring.is_commutative() => {
                Some(ring.prepare(power.clone(), high, &Want::full())?)
            }
            _ => None,
        };
        let mut next = Vec::with_capacity(parts.len().div_ceil(2));
        let mut pairs = parts.into_iter();
        while let Some(low) = pairs.next() {
            let mut sum = match (pairs.next(), &prepared) {
                (None, _) => Vec::new(),
                (Some(high), _) if high.is_empty() => high,
                (Some(high), Some(prepared)) => ring.convolve_prepared(prepared, &high, &Want::full())?,
                (Some(high), None) => ring.convolve(&high, &power, &Want::full())?,
            };
            if sum.is_empty() {
                sum = low;
            } else {
                sum.resize(sum.len().max(low.len()), ring.zero());
                for (s, c) in sum.iter_mut().zip(&low) {
                    *s = ring.try_add(s, c)?;
                }
                trim(ring, &mut sum);
            }
            next.push(sum);
        }
        parts = next;
        if parts.len() > 1 {
            power = ring.convolve(&power, &power, &Want::full())?;
        }
    }
    Ok(parts.pop().unwrap_or_default())
}

/// `f(g)` by Horner's rule, in place.
fn horner<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    let Some((last, rest)) = f.split_last() else { return Ok(Vec::new()) };
    let mut h = Vec::with_capacity(f.len() * g.len());
    h.push(last.clone());
    for c in rest.iter().rev() {
        // h := h*g + c, from the highest coefficient down, which none of those below needs.
        let n = h.len();
        h.resize(n + g.len().saturating_sub(1), ring.zero());
        for k in (0..h.len()).rev() {
            let mut sum = ring.zero();
            for i in (k + 1).saturating_sub(g.len())..n.min(k + 1) {
                sum = ring.try_add(&sum, &ring.try_mul(&h[i], &g[k - i])?)?;
            }
            h[k] = sum;
        }
        h[0] = ring.try_add(&h[0], c)?;
    }
    trim(ring, &mut h);
    Ok(h)
}

/// `f(g)` modulo the divisor.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(sqrt(n))` products modulo the divisor and `O(n * deg h)` products of elements, for an `f` of `n` coefficients.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::{composition, divisor::Divisor}};
/// let h = Divisor::new(&Zmod::new(7), &[1, 0, 1])?; // x^2 = -1
/// assert_eq!(composition::modular(&[0, 0, 1], &[1, 1], &h)?, [0, 2]); // (x + 1)^2 = 2x
/// # Ok::<(), monic::Error>(())
/// ```
pub fn modular<R: Ring>(f: &[R::Element], g: &[R::Element], h: &Divisor<R>) -> Result<Vec<R::Element>> {
    h.ring().compose_modulo(f, g, h)
}

/// [`modular`] by baby steps and giant steps.
pub(in crate::ring) fn modular_by_steps<R: Ring>(
    f: &[R::Element],
    g: &[R::Element],
    h: &Divisor<R>,
) -> Result<Vec<R::Element>> {
    Argument::new(g, f.len(), 1, h)?.compose(f, h)
}

/// A polynomial `g` that others are composed with modulo `h`: its powers `1, g, ..., g^(k-1)`, and those of `g^k`.
///
/// With the powers of `g^k` transformed a composition is one sum of products, reduced once, in place of Horner's rule: they pay
/// from the second one on.
#[derive(Clone, Debug)]
pub(crate) struct Argument<R: Ring> {
    /// `1, g, ..., g^(k-1)`.
    rows: Vec<Vec<R::Element>>,
    /// `g^k, g^(2k), ...`: as many as a composition needs, or the first one alone.
    steps: Vec<Prepared<R>>,
}

impl<R: Ring> Argument<R> {
    /// For compositions of polynomials with at most `len` coefficients, about `times` of them, modulo `h`.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub(crate) fn new(g: &[R::Element], len: usize, times: usize, h: &Divisor<R>) -> Result<Self> {
        let ring = h.ring();
        if len == 0 || h.degree() == 0 {
            return Ok(Argument { rows: Vec::new(), steps: Vec::new() });
        }
        let g = h.rem(g)?;
        let k = len.isqrt().max(1);
        let mut rows = vec![vec![ring.one()]];
        for _ in 0..k {
            let next = h.mul(&rows[rows.len() - 1], &g)?;
            rows.push(next);
        }
        let Some(step) = rows.pop() else { unreachable!("there is at least one power") };
        let mut powers = vec![step];
        let words = (len / k).saturating_mul(h.degree()).saturating_mul(size_of::<R::Element>().div_ceil(8));
        while times > 1 && words <= SHARED && ring.is_commutative() && (powers.len() + 1) * k < len {
            let i = powers.len() / 2;
            let next = h.mul(&powers[i], &powers[powers.len() - 1 - i])?;
            powers.push(next);
        }
        let steps = powers.into_iter().map(|power| prepared(power, h));
        Ok(Argument { rows, steps: steps.collect::<Result<_>>()? })
    }

    /// The same modulo a divisor of the one that it was made for.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub(crate) fn reduced(&self, h: &Divisor<R>) -> Result<Self> {
        let rows = self.rows.iter().map(|row| h.rem(row)).collect::<Result<_>>()?;
        let needed = h.degree().div_ceil(self.rows.len().max(1)).max(2) - 1;
        let steps = self.steps.iter().take(needed).map(|step| {
            let mut step = step.coefficients().to_vec();
            trim(h.ring(), &mut step);
            prepared(h.rem(&step)?, h)
        });
        Ok(Argument { rows, steps: steps.collect::<Result<_>>()? })
    }

    /// `f(g)` modulo the divisor that it was made for, which is given again; `f` has no more coefficients than was said.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub(crate) fn compose(&self, f: &[R::Element], h: &Divisor<R>) -> Result<Vec<R::Element>> {
        let (ring, n) = (h.ring(), h.degree());
        if f.is_empty() || n == 0 {
            return Ok(Vec::new());
        }
        let rows: Vec<&[R::Element]> = self.rows.iter().map(Vec::as_slice).collect();
        let parts: Vec<&[R::Element]> = f.chunks(rows.len()).collect();
        let parts = ring.linear_combinations(&parts, &rows, n)?;
        let add = |product: Vec<R::Element>, mut sum: Vec<R::Element>| -> Result<_> {
            sum.resize(sum.len().max(product.len()), ring.zero());
            for (s, c) in sum.iter_mut().zip(&product) {
                *s = ring.try_add(s, c)?;
            }
            trim(ring, &mut sum);
            h.rem(&sum)
        };
        if parts.len() <= self.steps.len() + 1 {
            let mut parts = parts.into_iter();
            let first = parts.next().unwrap_or_default();
            if parts.len() < 2 {
                let second = parts.next().unwrap_or_default();
                return add(ring.convolve_prepared(&self.steps[0], &second, &Want::full())?, first);
            }
            let parts = parts.map(|part| prepared(part, h));
            let parts: Vec<_> = parts.collect::<Result<_>>()?;
            let pairs: Vec<_> = self.steps.iter().zip(&parts).collect();
            return add(ring.convolve_prepared_sum(&pairs, &Want::full())?, first);
        }
        let mut value = Vec::new();
        for part in parts.into_iter().rev() {
            value = add(ring.convolve_prepared(&self.steps[0], &value, &Want::full())?, part)?;
        }
        Ok(value)
    }
}

/// A sequence for products with others of as many coefficients as the degree of `h` says: all have the same shape.
pub(crate) fn prepared<R: Ring>(mut f: Vec<R::Element>, h: &Divisor<R>) -> Result<Prepared<R>> {
    let (ring, n) = (h.ring(), h.degree());
    f.resize(n, ring.zero());
    ring.prepare(f, &h.coefficients()[..n], &Want::full())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Poly, ring::Zmod};

    /// Against Horner's rule, in `f` of all lengths around those where parts grow; sparse ones too.
    #[test]
    fn compositions() {
        for p in [7u64, 998_244_353, (1 << 61) - 1] {
            let ring = Zmod::new(p);
            for m in (0..40).chain([127, 128, 129, 300]) {
                for (n, gap) in [(1, 1), (2, 1), (3, 5), (9, 1)] {
                    let f: Vec<u64> =
                        (0..m as u64).map(|k| if k % gap == 0 { (k * k * 31 + 1) % p } else { 0 }).collect();
                    let g = ring.poly((0..n as u64).map(|k| k * 5 + 3));
                    let constant = |c: &u64| Poly::constant(ring, *c);
                    let expected = f.iter().rev().fold(ring.poly([0]), |h, c| h * &g + constant(c));
                    let found = whole(&ring, &f, g.coefficients()).unwrap();
                    assert_eq!(found, expected.into_coefficients(), "{p}: {m} at {n}");
                }
            }
        }
    }

    /// Against the composition followed by the division.
    #[test]
    fn against_whole_compositions() {
        for p in [7u64, 998_244_353, (1 << 61) - 1] {
            let field = Zmod::prime(p).unwrap();
            let draw = |len: usize, seed: u64| {
                field.poly(
                    (0..len as u64).map(|k| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
                )
            };
            for (m, n) in [(0, 3), (1, 3), (2, 1), (5, 4), (17, 12), (30, 80)] {
                let (f, g) = (draw(m, 3), draw(n, 5));
                let h: Poly<_> = &draw(n, 11) + &field.x().pow(n as u64);
                let divisor = Divisor::new(&field, h.coefficients()).unwrap();
                let value = modular(f.coefficients(), g.coefficients(), &divisor).unwrap();
                let expected = f.compose(&g).rem(&h).into_coefficients();
                assert_eq!(value, expected, "{p}: {m}, {n}");
                // With a prepared argument, also of fewer coefficients than it was made for.
                for len in [m, m + 1, 2 * m + 7] {
                    let argument = Argument::new(g.coefficients(), len, 5, &divisor).unwrap();
                    assert_eq!(argument.compose(f.coefficients(), &divisor).unwrap(), expected);
                }
            }
        }
    }
}
