//! `cos f` and `sin f` together, by Newton's iteration on `exp(i*f) = cos f + i*sin f` without an `i`.
//!
//! It stands apart from `exp` because the inverse is known: that of `c + i*s` is `c - i*s`. So two real series are carried in place of one complex one
//! and its inverse, over rings that have no square root of -1.
//!
//! # Method
//! With `d = x*d/dx`, `e = c + i*s` to `m` coefficients: `de - i*df*e` begins with `x^m`, and `e := e + e*i*(f - r)`, where `i*dr = de/e` is
//! `i*df + (c - i*s)*(de - i*df*e)` to `2m` coefficients. Products of complex series are sums of two real ones, with one transform back.
//!
//! # Invariants
//! `f` has constant coefficient 0.

use super::{
    arithmetic::{Arithmetic, Part},
    newton::{is_sparse, lengths},
    recurrence,
};
use crate::Result;

/// `(sin f, cos f)` modulo `x^n`.
///
/// # Complexity
/// Some 5 products of length `n`.
pub(super) fn sine_cosine<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<(A::Series, A::Series)> {
    let lengths = if is_sparse(a, f) { vec![n] } else { lengths(n, a.base()) };
    let first = lengths[0];
    let (sine, cosine) = recurrence::sine_cosine(a.ring(), &a.write(a.part(f, 0..first)?), first)?;
    let (mut s, mut c) = (a.read(&sine)?, a.read(&cosine)?);
    if lengths.len() == 1 {
        return Ok((s, c));
    }
    let slope = a.times_numbers(a.part(f, 0..lengths[lengths.len() - 2])?, 0)?;
    for step in lengths.windows(2) {
        let (m, n) = (step[0], step[1]);
        let known = a.part(&slope, 0..m)?;
        // The upper half of -i*df*e = df*s - i*df*c.
        let factor = a.factor(known, Part::whole(&s), m..n)?;
        let real = a.after(&factor, Part::whole(&s), m..n)?;
        let imaginary = a.neg(a.after(&factor, Part::whole(&c), m..n)?)?;
        let (low, like) = (0..n - m, n - m);
        // Both products below have the factors c and s, which are transformed once.
        let (shared_c, shared_s) = (a.share(c, like, low.clone())?, a.share(s, like, low.clone())?);
        // Times c - i*s, over the numbers: what the angle is off by, and the logarithm of the length.
        let opposite = a.share(a.neg(real.clone())?, m, low.clone())?;
        let (real, imaginary) = (a.share(real, m, low.clone())?, a.share(imaginary, m, low.clone())?);
        let length = a.dot(&[(&shared_c, &real), (&shared_s, &imaginary)], low.clone())?;
        let angle = a.dot(&[(&shared_c, &imaginary), (&shared_s, &opposite)], low.clone())?;
        for factor in [real, imaginary, opposite] {
            a.recycle(a.unfactor(factor));
        }
        // i*f - log e has the real part -length, the imaginary part f - angle.
        let length = a.neg(a.over_numbers(length, m)?)?;
        let angle = a.add_part(a.neg(a.over_numbers(angle, m)?)?, Part::new(f, m..n))?;
        let opposite = a.share(a.neg(angle.clone())?, m, low.clone())?;
        let (length, angle) = (a.share(length, m, low.clone())?, a.share(angle, m, low.clone())?);
        let cosine = a.dot(&[(&shared_c, &length), (&shared_s, &opposite)], low.clone())?;
        let sine = a.dot(&[(&shared_c, &angle), (&shared_s, &length)], low)?;
        for factor in [length, angle, opposite] {
            a.recycle(a.unfactor(factor));
        }
        s = a.join(a.unfactor(shared_s), m, sine)?;
        c = a.join(a.unfactor(shared_c), m, cosine)?;
    }
    Ok((s, c))
}
