//! Power series coefficient by coefficient: `f/g`, `exp f`, `f^e` in `O(n*t)` for operands of `t` terms.
//!
//! They stand apart from Newton's iteration because they need no products of sequences: they are what that starts from, and what is fastest for
//! operands of few terms, however long the result.
//!
//! # Method
//! A linear recurrence is solved forwards: when a block of coefficients is known, what it contributes to all later ones is taken off at once.
//!
//! A function that satisfies a linear differential equation of order one has a recurrence that is as long as the operand:
//! `(exp f)' = f'*exp f` gives `k*e_k = sum of j*f_j*e_(k-j)`, and `f*(f^e)' = e*f'*f^e` gives
//! `k*f_0*w_k = sum over j > 0 of (e*j - (k - j))*f_j*w_(k-j)` (J. C. P. Miller; D. Knuth, TAOCP 2, 4.7).

use super::arithmetic::Numbers;
use crate::{Result, limit, ring::Ring};
use std::ops::Range;

/// `q[k] = (f[k] - sum over j > 0 of q[k-j]*g[j])*unit`, with `unit*g[0] = 1`: `f/g` to `n` coefficients.
pub(super) fn quotient<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    unit: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut rest = f[..f.len().min(n)].to_vec();
    rest.resize(n, ring.zero());
    solve(ring, rest, g, |_, c| ring.try_mul(c, unit))
}

/// `exp f` to `n` coefficients, for an `f` with constant coefficient 0.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn exp<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    let slope = negated(ring, &slope(ring, f, n)?)?;
    let mut numbers = Numbers::below(ring, n)?;
    solve(ring, vec![ring.zero(); n], &slope, |k, c| match k {
        0 => Ok(ring.one()),
        _ => numbers.divide(ring, c, k),
    })
}

/// `(sin f, cos f)` to `n` coefficients, for an `f` with constant coefficient 0: `(sin f)' = f'*cos f` and `(cos f)' = -f'*sin f`.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn sine_cosine<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Pair<R::Element>> {
    let slope = slope(ring, f, n)?;
    let opposite = negated(ring, &slope)?;
    let (terms, mut numbers, mut size) = (Terms::of(ring, &slope), Numbers::below(ring, n)?, Size(0.0));
    let mut sine = vec![ring.zero(); n];
    let mut cosine = sine.clone();
    for start in (0..n).step_by(BLOCK) {
        let end = n.min(start + BLOCK);
        for k in start..end {
            (sine[k], cosine[k]) = match k {
                0 => (ring.zero(), ring.one()),
                _ => (numbers.divide(ring, &sine[k], k)?, numbers.divide(ring, &cosine[k], k)?),
            };
            size.count(ring, &sine[k])?;
            size.count(ring, &cosine[k])?;
            let (s, c) = (sine[k].clone(), cosine[k].clone());
            for (j, factor) in slope.iter().enumerate().take(end - k).skip(1) {
                sine[k + j] = ring.try_add(&sine[k + j], &ring.try_mul(factor, &c)?)?;
                cosine[k + j] = ring.try_sub(&cosine[k + j], &ring.try_mul(factor, &s)?)?;
            }
        }
        let (s, c) = (sine[start..end].to_vec(), cosine[start..end].to_vec());
        terms.sub_product(ring, &mut sine, start..end, &c, &opposite)?;
        terms.sub_product(ring, &mut cosine, start..end, &s, &slope)?;
    }
    Ok((sine, cosine))
}

/// Two sequences.
type Pair<E> = (Vec<E>, Vec<E>);

/// Coefficients that are found together, so that the rest is visited once for all of them.
const BLOCK: usize = 4;

/// `q` with `q[k] = quotient(k, rest[k] - sum over j > 0 of q[k-j]*g[j])`.
fn solve<R: Ring>(
    ring: &R,
    mut rest: Vec<R::Element>,
    g: &[R::Element],
    mut quotient: impl FnMut(usize, &R::Element) -> Result<R::Element>,
) -> Result<Vec<R::Element>> {
    let (n, terms, mut size) = (rest.len(), Terms::of(ring, g), Size(0.0));
    let g = &g[..g.len().min(n)];
    for start in (0..n).step_by(BLOCK) {
        let end = n.min(start + BLOCK);
        for k in start..end {
            rest[k] = quotient(k, &rest[k])?;
            size.count(ring, &rest[k])?;
            let c = rest[k].clone();
            for (j, factor) in g.iter().enumerate().take(end - k).skip(1) {
                rest[k + j] = ring.try_sub(&rest[k + j], &ring.try_mul(&c, factor)?)?;
            }
        }
        let block = rest[start..end].to_vec();
        terms.sub_product(ring, &mut rest, start..end, &block, g)?;
    }
    Ok(rest)
}

/// `f'*x` to `n` coefficients.
fn slope<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    let mut slope = Vec::with_capacity(f.len().min(n));
    let mut number = ring.zero();
    for (k, c) in f.iter().enumerate().take(n) {
        if k > 0 {
            number = ring.try_add(&number, &ring.one())?;
        }
        slope.push(ring.try_mul(&number, c)?);
    }
    Ok(slope)
}

fn negated<R: Ring>(ring: &R, f: &[R::Element]) -> Result<Vec<R::Element>> {
    f.iter().map(|c| ring.try_neg(c)).collect()
}

/// `s` with `s^2 = f` to `n` coefficients, for an `f` with constant coefficient 1 and `half = 1/2`: `2*s_k = f_k - sum over 0 < i < k of s_i*s_(k-i)`.
pub(super) fn square_root<R: Ring>(
    ring: &R,
    f: &[R::Element],
    half: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    // The numbers below n are units more often than not; then there is a recurrence without squares.
    if !ring.grows()
        && let Ok(root) = power(ring, f, half, n)
    {
        return Ok(root);
    }
    let (mut s, mut size) = (vec![ring.one()], Size(0.0));
    for k in 1..n {
        let mut c = f.get(k).cloned().unwrap_or_else(|| ring.zero());
        if k > 1 {
            c = ring.try_sub(&c, &ring.coefficient_of_product(&s[1..], &s[1..], k - 2)?)?;
        }
        let c = ring.try_mul(half, &c)?;
        size.count(ring, &c)?;
        s.push(c);
    }
    Ok(s)
}

/// `f^e` to `n` coefficients, for an `f` with constant coefficient 1: `k*w_k = (e + 1)*a - k*b` with the sums `a = sum of j*f_j*w_(k-j)` and
/// `b = sum of f_j*w_(k-j)` over `j > 0`.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn power<R: Ring>(
    ring: &R,
    f: &[R::Element],
    e: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    let f = &f[..f.len().min(n)];
    let slope = slope(ring, f, n)?;
    let (opposite, negative) = (negated(ring, &slope)?, negated(ring, f)?);
    let above = ring.try_add(e, &ring.one())?;
    let (terms, mut numbers, mut size) = (Terms::of(ring, &slope), Numbers::below(ring, n)?, Size(0.0));
    // The sums, of which the first become the coefficients.
    let mut w = vec![ring.zero(); n];
    let mut sums = w.clone();
    for start in (0..n).step_by(BLOCK) {
        let end = n.min(start + BLOCK);
        for k in start..end {
            w[k] = match k {
                0 => ring.one(),
                _ => {
                    let first = numbers.divide(ring, &ring.try_mul(&above, &w[k])?, k)?;
                    ring.try_sub(&first, &sums[k])?
                }
            };
            size.count(ring, &w[k])?;
            let c = w[k].clone();
            for j in 1..(end - k).min(f.len()) {
                w[k + j] = ring.try_add(&w[k + j], &ring.try_mul(&slope[j], &c)?)?;
                sums[k + j] = ring.try_add(&sums[k + j], &ring.try_mul(&f[j], &c)?)?;
            }
        }
        let block = w[start..end].to_vec();
        terms.sub_product(ring, &mut w, start..end, &block, &opposite)?;
        terms.sub_product(ring, &mut sums, start..end, &block, &negative)?;
    }
    Ok(w)
}

/// What coefficients take, where they grow.
struct Size(f64);

impl Size {
    /// Counts one more.
    ///
    /// # Errors
    /// Kind limit where all of them are over the [limit](crate::limit).
    fn count<R: Ring>(&mut self, ring: &R, c: &R::Element) -> Result<()> {
        if ring.grows() {
            self.0 += ring.log2_norm(std::slice::from_ref(c)).max(0.0);
            limit::check(1, self.0 as u64)?;
        }
        Ok(())
    }
}

/// The terms of a sequence but for the first, where there are few.
struct Terms(Option<Vec<usize>>);

/// A sequence with fewer than one term in so many coefficients is gone through term by term.
const SPARSE: usize = 4;

impl Terms {
    fn of<R: Ring>(ring: &R, f: &[R::Element]) -> Self {
        let terms = || f.iter().enumerate().skip(1).filter(|(_, c)| !ring.is_zero(c)).map(|(j, _)| j);
        Terms((SPARSE * terms().count() < f.len()).then(|| terms().collect()))
    }

    /// `out -= x^start*block*f` behind the block, for the `block` of coefficients `start..end`; in the block are any elements before and
    /// the same ones after.
    fn sub_product<R: Ring>(
        &self,
        ring: &R,
        out: &mut [R::Element],
        at: Range<usize>,
        block: &[R::Element],
        f: &[R::Element],
    ) -> Result<()> {
        let Some(terms) = &self.0 else {
            let kept = out[at.clone()].to_vec();
            ring.sub_product(&mut out[at.start..], block, f)?;
            out[at].clone_from_slice(&kept);
            return Ok(());
        };
        for (i, c) in block.iter().enumerate() {
            // Those that come to lie in the block are done.
            for &j in terms.iter().skip_while(|&&j| at.start + i + j < at.end) {
                let Some(slot) = out.get_mut(at.start + i + j) else { break };
                *slot = ring.try_sub(slot, &ring.try_mul(c, &f[j])?)?;
            }
        }
        Ok(())
    }
}
