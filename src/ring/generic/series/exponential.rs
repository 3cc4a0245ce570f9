//! `log f` as the integral of `f'/f`, and `exp f` by Newton's iteration on `log`.
//!
//! They stand apart because both live on the logarithmic derivative, here with `x*d/dx`, which multiplies coefficient `k` by `k` and moves none.
//!
//! # Method
//! With `d = x*d/dx`, an exponential `e` to `m` coefficients and `g = 1/e`: `e*df` agrees with `de` below `x^m`, where only `df` below `x^m`
//! is needed, so `x^m*s = de - e*df` is the upper half of one product of length `m`; `de/e = df + x^m*g*s` to `2m` coefficients, what is
//! missing in `f` is integrated, and `e := e + e*(f - log e)`. The inverse follows half a step behind (D. Bernstein, "Removing redundancy in
//! high-precision Newton iteration", 2004; G. Hanrot, P. Zimmermann, "Newton iteration revisited", 2004; D. Harvey, "Faster exponentials of power series", 2009).
//!
//! # Complexity
//! Some 3.3 products of length `n` for `exp`, 2.2 for `log`, where a product is three transforms of `2n` points.

use super::{
    Function,
    arithmetic::{Arithmetic, Part},
    newton::{self, extend, steps},
    recurrence,
};
use crate::{
    Result,
    ring::{Elementary, Ring},
};

/// `log f` modulo `x^n`, for an `f` with constant coefficient 1.
pub(super) fn log<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<A::Series> {
    let slope = a.times_numbers(a.part(f, 0..n)?, 0)?;
    let logarithmic = newton::quotient(a, &slope, f, n)?;
    a.recycle(slope);
    a.over_numbers(logarithmic, 0)
}

/// `exp f` modulo `x^n`, for an `f` with constant coefficient 0.
pub(super) fn exp<A: Arithmetic>(a: &A, f: &A::Series, n: usize) -> Result<A::Series> {
    let lengths = steps(a, f, n);
    let by_ring =
        |ring: &A::Ring, f: &[_], n| ring.power_series(&Function::Elementary(Elementary::Exp, f), n);
    let mut e = a.read_vec(newton::head(a, f, &lengths, by_ring, recurrence::exp)?)?;
    if lengths.len() == 1 {
        return Ok(e);
    }
    let slope = a.times_numbers(a.part(f, 0..lengths[lengths.len() - 2])?, 0)?;
    let mut g = a.reserve(newton::inner_inverse(a, &e, lengths[0].div_ceil(2))?, n.div_ceil(2));
    e = a.reserve(e, n);
    for step in lengths.windows(2) {
        let (m, n) = (step[0], step[1]);
        g = extend(a, &e, g, m)?;
        let error = a.multiply(Part::whole(&e), Part::new(&slope, 0..m), m..n)?;
        // The upper half of the product has the other sign.
        let more = a.product(&g, &error, 0..n - m)?;
        a.recycle(error);
        let change = a.add_part(a.over_numbers(more, m)?, Part::new(f, m..n))?;
        let high = a.product(&e, &change, 0..n - m)?;
        a.recycle(change);
        e = a.join(e, m, high)?;
    }
    Ok(e)
}
