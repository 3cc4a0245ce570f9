//! Power series coefficient by coefficient: `f/g`, `exp f`, `f^e` in `O(n*t)` for operands of `t` terms.
//!
//! They stand apart from Newton's iteration because they need no products of sequences: they are what that starts from, and what is fastest for
//! operands of few terms, however long the result.
//!
//! # Method
//! A function that satisfies a linear differential equation of order one has a recurrence that is as long as the operand:
//! `(exp f)' = f'*exp f` gives `k*e_k = sum of j*f_j*e_(k-j)`, and `f*(f^e)' = e*f'*f^e` gives
//! `k*f_0*w_k = sum over j > 0 of (e*j - (k - j))*f_j*w_(k-j)` (J. C. P. Miller; D. Knuth, TAOCP 2, 4.7).

use super::numbers::Numbers;
use crate::{Result, limit, ring::Ring};

/// `q[k] = (f[k] - sum over j > 0 of q[k-j]*g[j])*unit`, with `unit*g[0] = 1`: `f/g` to `n` coefficients.
pub(super) fn quotient<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    unit: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut q: Vec<R::Element> = Vec::with_capacity(n);
    let rest = g.get(1..).unwrap_or_default();
    let terms = Terms::of(ring, rest);
    let mut size = Size(0.0);
    for k in 0..n {
        let mut next = f.get(k).cloned().unwrap_or_else(|| ring.zero());
        if k > 0 && !rest.is_empty() {
            next = ring.try_sub(&next, &terms.coefficient_of_product(ring, &q, rest, k - 1)?)?;
        }
        let c = ring.try_mul(&next, unit)?;
        size.count(ring, &c)?;
        q.push(c);
    }
    Ok(q)
}

/// `exp f` to `n` coefficients, for an `f` with constant coefficient 0.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn exp<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    let slope = slope(ring, f, n)?;
    let terms = Terms::of(ring, &slope);
    let numbers = Numbers::below(ring, n)?;
    let (mut e, mut size) = (Vec::with_capacity(n), Size(0.0));
    e.push(ring.one());
    for k in 1..n {
        let sum = terms.coefficient_of_product(ring, &e, &slope, k - 1)?;
        let c = numbers.divide(ring, &sum, k)?;
        size.count(ring, &c)?;
        e.push(c);
    }
    Ok(e)
}

/// `(sin f, cos f)` to `n` coefficients, for an `f` with constant coefficient 0: `(sin f)' = f'*cos f` and `(cos f)' = -f'*sin f`; or `(sinh f, cosh f)`,
/// where the sign is the other one.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn sine_cosine<R: Ring>(
    ring: &R,
    f: &[R::Element],
    hyperbolic: bool,
    n: usize,
) -> Result<Pair<R::Element>> {
    let slope = slope(ring, f, n)?;
    let terms = Terms::of(ring, &slope);
    let numbers = Numbers::below(ring, n)?;
    let (mut sine, mut cosine) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let mut size = Size(0.0);
    sine.push(ring.zero());
    cosine.push(ring.one());
    for k in 1..n {
        let s = terms.coefficient_of_product(ring, &cosine, &slope, k - 1)?;
        let mut c = terms.coefficient_of_product(ring, &sine, &slope, k - 1)?;
        if !hyperbolic {
            c = ring.try_neg(&c)?;
        }
        let (s, c) = (numbers.divide(ring, &s, k)?, numbers.divide(ring, &c, k)?);
        size.count(ring, &s)?;
        size.count(ring, &c)?;
        sine.push(s);
        cosine.push(c);
    }
    Ok((sine, cosine))
}

/// Two sequences.
type Pair<E> = (Vec<E>, Vec<E>);

/// `f'` to `n - 1` coefficients.
fn slope<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    let mut slope = Vec::new();
    let mut number = ring.zero();
    for c in f.iter().take(n).skip(1) {
        number = ring.try_add(&number, &ring.one())?;
        slope.push(ring.try_mul(&number, c)?);
    }
    Ok(slope)
}

/// `s` with `s^2 = f` to `n` coefficients, for an `f` with constant coefficient 1 and `half = 1/2`: `2*s_k = f_k - sum over 0 < i < k of s_i*s_(k-i)`.
pub(super) fn square_root<R: Ring>(
    ring: &R,
    f: &[R::Element],
    half: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    let (mut s, mut size) = (vec![ring.one()], Size(0.0));
    for k in 1..n {
        let mut c = f.get(k).cloned().unwrap_or_else(|| ring.zero());
        // The sum is twice that over i < k/2, and the square in the middle.
        let middle = k.div_ceil(2);
        if middle > 1 {
            let sum = ring.coefficient_of_product(&s[1..middle], &s[k + 1 - middle..], middle - 2)?;
            c = ring.try_sub(&c, &ring.try_add(&sum, &sum)?)?;
        }
        if k.is_multiple_of(2) {
            c = ring.try_sub(&c, &ring.try_mul(&s[k / 2], &s[k / 2])?)?;
        }
        let c = ring.try_mul(half, &c)?;
        size.count(ring, &c)?;
        s.push(c);
    }
    Ok(s)
}

/// `f^e` to `n` coefficients, for an `f` with constant coefficient 1.
///
/// # Errors
/// Where a number below `n` is no unit, the one that names the coefficient.
pub(super) fn power<R: Ring>(
    ring: &R,
    f: &[R::Element],
    e: &R::Element,
    n: usize,
) -> Result<Vec<R::Element>> {
    // (e + 1)*j - k = e*j - (k - j)
    let above = ring.try_add(e, &ring.one())?;
    let mut terms = Vec::new();
    for (j, c) in f.iter().enumerate().take(n).skip(1).filter(|(_, c)| !ring.is_zero(c)) {
        terms.push((j, c, ring.try_mul(&above, &ring.try_from_integer(j.into())?)?));
    }
    let numbers = Numbers::below(ring, n)?;
    let mut w: Vec<R::Element> = Vec::with_capacity(n);
    let (mut number, mut size) = (ring.zero(), Size(0.0));
    w.push(ring.one());
    for k in 1..n {
        number = ring.try_add(&number, &ring.one())?;
        let mut sum = ring.zero();
        for (j, c, multiple) in terms.iter().take_while(|(j, ..)| *j <= k) {
            let weight = ring.try_sub(multiple, &number)?;
            sum = ring.try_add(&sum, &ring.try_mul(&weight, &ring.try_mul(c, &w[k - j])?)?)?;
        }
        let c = numbers.divide(ring, &sum, k)?;
        size.count(ring, &c)?;
        w.push(c);
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

/// The terms of a sequence, where there are few.
struct Terms(Option<Vec<usize>>);

/// A sequence with fewer than one term in so many coefficients is summed term by term.
const SPARSE: usize = 4;

impl Terms {
    fn of<R: Ring>(ring: &R, f: &[R::Element]) -> Self {
        let terms = || f.iter().enumerate().filter(|(_, c)| !ring.is_zero(c)).map(|(j, _)| j);
        Terms((SPARSE * terms().count() < f.len()).then(|| terms().collect()))
    }

    /// Coefficient `k` of `q*f`.
    fn coefficient_of_product<R: Ring>(
        &self,
        ring: &R,
        q: &[R::Element],
        f: &[R::Element],
        k: usize,
    ) -> Result<R::Element> {
        let Some(terms) = &self.0 else { return ring.coefficient_of_product(q, f, k) };
        let mut sum = ring.zero();
        for &j in terms.iter().take_while(|&&j| j <= k) {
            if let Some(c) = q.get(k - j) {
                sum = ring.try_add(&sum, &ring.try_mul(c, &f[j])?)?;
            }
        }
        Ok(sum)
    }
}
