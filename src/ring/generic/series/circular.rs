//! `tan f`, and `cos f` and `sin f` together, by Newton's iteration on `exp(i*f) = cos f + i*sin f` without an `i`.
//!
//! It stands apart from `exp` because the inverse is known: that of `c + i*s` is `c - i*s`. So two real series are carried in place of one complex one
//! and its inverse, over rings that have no square root of -1.
//!
//! # Method
//! With `d = x*d/dx`, `e = c + i*s` to `m` coefficients: `de - i*df*e` begins with `x^m`, and `e := e + e*i*(f - r)`, where `i*dr = de/e` is
//! `i*df + (c - i*s)*(de - i*df*e)` to `2m` coefficients. Products of complex series are three of real ones
//! (A. Karatsuba), or four that share transforms where they are long.
//!
//! # Invariants
//! `f` has constant coefficient 0.

use super::{
    self as series, Function,
    arithmetic::{Arithmetic, Part},
    newton::{self, extend, steps},
    recurrence,
};
use crate::{
    Result,
    convolution::tuning,
    ring::{Elementary, Ring},
};
use std::ops::Range;

/// `(sin f, cos f)` modulo `x^n`.
///
/// # Complexity
/// Some 5 products of length `n`.
pub(super) fn sine_cosine<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<(A::Series, A::Series)> {
    let lengths = steps(a, f, n);
    let by_recurrence = |ring: &A::Ring, f: &[_], n| recurrence::sine_cosine(ring, f, false, n);
    let (sine, cosine) = newton::head(a, f, &lengths, series::sine_cosine, by_recurrence)?;
    let (mut s, mut c) = (a.read_vec(sine)?, a.read_vec(cosine)?);
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
        let low = 0..n - m;
        // Times c - i*s, over the numbers: what the angle is off by, and the logarithm of the length. i*f - log e has the real part -length, the
        // imaginary part f - angle.
        let over = |length, angle| -> Result<(A::Series, A::Series)> {
            let length = a.neg(a.over_numbers(length, m)?)?;
            let angle = a.neg(a.over_numbers(angle, m)?)?;
            Ok((length, a.add_part(angle, Part::new(f, m..n))?))
        };
        if m < tuning::SERIES_SHARED {
            let opposite = a.neg(s.clone())?;
            let (length, angle) = complex_product(a, (&c, &opposite), (&real, &imaginary), &low)?;
            let (length, angle) = over(length, angle)?;
            let (cosine, sine) = complex_product(a, (&c, &s), (&length, &angle), &low)?;
            (s, c) = (a.join(s, m, sine)?, a.join(c, m, cosine)?);
            continue;
        }
        // Both products have the factors c and s, which are transformed once.
        let like = n - m;
        let (shared_c, shared_s) = (a.share(c, like, low.clone())?, a.share(s, like, low.clone())?);
        let opposite = a.share(a.neg(real.clone())?, m, low.clone())?;
        let (real, imaginary) = (a.share(real, m, low.clone())?, a.share(imaginary, m, low.clone())?);
        let length = a.dot(&[(&shared_c, &real), (&shared_s, &imaginary)], low.clone())?;
        let angle = a.dot(&[(&shared_c, &imaginary), (&shared_s, &opposite)], low.clone())?;
        for factor in [real, imaginary, opposite] {
            a.recycle(a.unfactor(factor));
        }
        let (length, angle) = over(length, angle)?;
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

/// `tan f` or `tanh f` modulo `x^n`.
///
/// With `d = x*d/dx` and `u = 1 + t^2` (or `1 - t^2`), `dt = u*df` has the correction `t := t + u*w` with `dw = (u*df - dt)/u`, because `du` is twice
/// `t*u*df` but for its sign; what is not known of `f` adds itself to `w`.
///
/// # Complexity
/// Some 4.5 products of length `n`.
pub(super) fn tangent<A: Arithmetic>(a: &A, f: &A::Series, hyperbolic: bool, n: usize) -> Result<A::Series> {
    let ring = a.ring();
    let lengths = steps(a, f, n);
    let first = lengths[0];
    let function = if hyperbolic { Elementary::Tanh } else { Elementary::Tan };
    let mut t = newton::head(
        a,
        f,
        &lengths,
        |ring, f, n| a.read_vec(ring.power_series(&Function::Elementary(function, f), n)?),
        |ring, f, n| {
            let (sine, cosine) = recurrence::sine_cosine(ring, f, hyperbolic, n)?;
            newton::quotient(a, &a.read_vec(sine)?, &a.read_vec(cosine)?, n)
        },
    )?;
    if lengths.len() == 1 {
        return Ok(t);
    }
    let one = a.read(&[ring.one()])?;
    let slope_of_inverse = |t: &A::Series, n: usize| {
        let square = a.product(t, t, 0..n)?;
        a.add(if hyperbolic { a.neg(square)? } else { square }, &one)
    };
    let slope = a.times_numbers(a.part(f, 0..lengths[lengths.len() - 2])?, 0)?;
    let mut h = newton::inner_inverse(a, &slope_of_inverse(&t, first)?, first.div_ceil(2))?;
    for step in lengths.windows(2) {
        let (m, n) = (step[0], step[1]);
        let u = slope_of_inverse(&t, n)?;
        h = extend(a, &u, h, m)?;
        let error = a.multiply(Part::whole(&u), Part::new(&slope, 0..m), m..n)?;
        let more = a.product(&h, &error, 0..n - m)?;
        a.recycle(error);
        let change = a.add_part(a.over_numbers(more, m)?, Part::new(f, m..n))?;
        let high = a.multiply(Part::new(&u, 0..n - m), Part::whole(&change), 0..n - m)?;
        a.recycle(change);
        a.recycle(u);
        t = a.join(t, m, high)?;
    }
    Ok(t)
}

/// `(x + i*y)*(u + i*v)` by three products: `x*u`, `y*v` and `(x + y)*(u + v)`.
fn complex_product<A: Arithmetic>(
    a: &A,
    (x, y): (&A::Series, &A::Series),
    (u, v): (&A::Series, &A::Series),
    window: &Range<usize>,
) -> Result<(A::Series, A::Series)> {
    let first = a.product(x, u, window.clone())?;
    let second = a.product(y, v, window.clone())?;
    let sums = a.product(&a.add(x.clone(), y)?, &a.add(u.clone(), v)?, window.clone())?;
    let imaginary = a.sub(a.sub(sums, &first)?, &second)?;
    Ok((a.sub(first, &second)?, imaginary))
}
