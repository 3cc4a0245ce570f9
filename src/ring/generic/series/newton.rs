//! `1/f` modulo `x^n` by `g := g + g*(1 - f*g)`, and `f/g`.
//!
//! They stand apart from [`division`](crate::ring::generic::division) because Newton's iteration knows no remainder, and division is one of its users
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
//! The order of factors is kept: `f*g = 1`, `q*g = f`, in rings that do not commute too.

use super::{
    arithmetic::{Arithmetic, Element, Part},
    recurrence,
};
use crate::{Error, Result, convolution::tuning, ring::Ring};

/// The lengths of Newton's steps up to `n`, ascending, from one that is at most `base`: each at most twice the one before.
pub(super) fn lengths(n: usize, base: usize) -> Vec<usize> {
    let mut lengths = vec![n];
    let mut next = n;
    while next > base.max(1) {
        next = next.div_ceil(2);
        lengths.push(next);
    }
    lengths.reverse();
    lengths
}

/// The same for functions of `f`, on the arithmetic: `n` alone where `f` is [sparse](is_sparse).
pub(super) fn steps<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Vec<usize> {
    if is_sparse(a, f) { vec![n] } else { lengths(n, a.base()) }
}

/// Whether a series has so few terms that a recurrence is faster than Newton's iteration, however long the result.
pub(super) fn is_sparse<A: Arithmetic>(a: &A, f: &A::Series) -> bool {
    a.terms(f) <= tuning::SERIES_TERMS
}

/// What the iteration starts from, made of the first coefficients of `f`: the first of several steps is one that the ring may have a faster way for, otherwise it is a
/// recurrence. Both get the ring, those coefficients and how many of them there are to be.
pub(super) fn head<A: Arithmetic, T>(
    a: &A,
    f: &A::Series,
    lengths: &[usize],
    of_ring: impl FnOnce(&A::Ring, &[Element<A>], usize) -> Result<T>,
    recurrence: impl FnOnce(&A::Ring, &[Element<A>], usize) -> Result<T>,
) -> Result<T> {
    let (ring, first) = (a.ring(), lengths[0]);
    let f = a.write(a.part(f, 0..first)?);
    if lengths.len() > 1 && !ring.grows() { of_ring(ring, &f, first) } else { recurrence(ring, &f, first) }
}

/// `1/f` modulo `x^n`.
///
/// # Complexity
/// Two products of length `n`, in sum over all steps; quadratic below a measured length.
pub(super) fn inverse<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<A::Series> {
    let unit = inverse_of_constant(a, f)?;
    let lengths = steps(a, f, n);
    let g = head(
        a,
        f,
        &lengths,
        |ring, f, n| ring.quotient_series(None, f, n),
        |ring, f, n| recurrence::quotient(ring, &[ring.one()], f, &unit, n),
    )?;
    let mut g = a.reserve(a.read_vec(g)?, n);
    for &m in &lengths[1..] {
        g = extend(a, f, g, m)?;
    }
    Ok(g)
}

/// `1/f` modulo `x^n` on the way to something else: few coefficients in the way that the ring may have for them.
pub(super) fn inner_inverse<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<A::Series> {
    let ring = a.ring();
    if n > a.base() || ring.grows() {
        return inverse(a, f, n);
    }
    a.read_vec(ring.quotient_series(None, &a.write(a.part(f, 0..n)?), n)?)
}

/// `f/g` modulo `x^n`.
pub(super) fn quotient<A: Arithmetic>(a: &A, f: &A::Series, g: &A::Series, n: usize) -> Result<A::Series> {
    if n <= a.base() || is_sparse(a, g) {
        let unit = inverse_of_constant(a, g)?;
        let (f, g) = (a.write(a.part(f, 0..n)?), a.write(a.part(g, 0..n)?));
        return a.read_vec(recurrence::quotient(a.ring(), &f, &g, &unit, n)?);
    }
    let half = n.div_ceil(2);
    let low = Part::new(f, 0..half);
    let h = a.factor(inner_inverse(a, g, half)?, low.clone(), 0..half)?;
    let q = a.after(&h, low, 0..half)?;
    let known = a.multiply(Part::whole(&q), Part::new(g, 0..n), half..n)?;
    let rest = a.add_part(a.neg(known)?, Part::new(f, half..n))?;
    let high = a.after(&h, Part::whole(&rest), 0..n - half)?;
    a.recycle(rest);
    a.recycle(a.unfactor(h));
    a.join(q, half, high)
}

fn inverse_of_constant<A: Arithmetic>(a: &A, f: &A::Series) -> Result<Element<A>> {
    let (ring, c) = (a.ring(), a.coefficient(f, 0));
    if ring.is_zero(&c) && !ring.is_zero(&ring.one()) {
        return Err(Error::undefined("division by a power series whose constant coefficient is 0"));
    }
    ring.try_inverse(&c)
}

/// One step of Newton's iteration: from the inverse of `f` to as many coefficients as `g` has to that of `n`, up to twice as many.
pub(super) fn extend<A: Arithmetic>(a: &A, f: &A::Series, g: A::Series, n: usize) -> Result<A::Series> {
    let m = a.len(&g);
    let f = Part::new(f, 0..n);
    let h = a.factor(g, f.clone(), m..n)?;
    let error = a.after(&h, f, m..n)?;
    let change = a.before(&h, Part::whole(&error), 0..n - m)?;
    a.recycle(error);
    a.join(a.unfactor(h), m, a.neg(change)?)
}
