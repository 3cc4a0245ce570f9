//! `cos f` and `sin f` together, by Newton's iteration on `exp(i*f) = cos f + i*sin f` without an `i`.
//!
//! It stands apart from `exp` because the inverse is known: that of `c + i*s` is `c - i*s`. So two real series are carried in place of one complex one
//! and its inverse, over rings that have no square root of -1.
//!
//! # Method
//! With `d = x*d/dx`, `e = c + i*s` to `m` coefficients: `de - i*df*e` begins with `x^m`, and `e := e + e*i*(f - r)`, where `i*dr = de/e` is
//! `i*df + (c - i*s)*(de - i*df*e)` to `2m` coefficients. Both are products of real series as in `exp`; those of complex ones take three
//! (A. Karatsuba).
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
        // Times c - i*s, over the numbers: what the angle is off by, and the logarithm of the length.
        let low = 0..n - m;
        let (real, imaginary) = complex_product(a, (&c, &a.neg(s.clone())?), (&real, &imaginary), &low)?;
        let (real, imaginary) = (a.over_numbers(real, m)?, a.over_numbers(imaginary, m)?);
        // i*f - log e has the real part -real, the imaginary part f - imaginary.
        let (change, angle) = (a.neg(real)?, a.sub(a.part(f, m..n)?, &imaginary)?);
        let (cosine, sine) = complex_product(a, (&c, &s), (&change, &angle), &low)?;
        (s, c) = (a.join(s, m, sine)?, a.join(c, m, cosine)?);
    }
    Ok((s, c))
}

/// `(a + i*b)*(c + i*d)` by three products: `a*c`, `b*d` and `(a + b)*(c + d)`.
fn complex_product<A: Arithmetic>(
    a: &A,
    (x, y): (&A::Series, &A::Series),
    (u, v): (&A::Series, &A::Series),
    window: &std::ops::Range<usize>,
) -> Result<(A::Series, A::Series)> {
    let first = a.product(x, u, window.clone())?;
    let second = a.product(y, v, window.clone())?;
    let sums = a.product(&a.add(x.clone(), y)?, &a.add(u.clone(), v)?, window.clone())?;
    let imaginary = a.sub(a.sub(sums, &first)?, &second)?;
    Ok((a.sub(first, &second)?, imaginary))
}
