//! `f^(1/2)` by Newton's iteration on root and inverse root at once, and `f^(1/k)` by that on `f^(-1/k)`.
//!
//! They stand apart from powers with any exponent, which go through `exp` and `log`, because a root divides by `k` alone: it is defined modulo
//! primes that are far smaller than the length.
//!
//! # Method
//! With `s = sqrt f` and `h = 1/s` to `m` coefficients `s := s + h*(f - s^2)/2`; below `x^m` the square is known (G. Hanrot, P. Zimmermann,
//! "Newton iteration revisited", 2004). With `h = f^(-1/k)`: `h := h + h*(1 - f*h^k)/k`, and `f^(1/k) = f*h^(k-1)`. Where `k` is the
//! characteristic `p` times some `j`, `f` is a `k`-th power just when it is `g(x^p)` and `g` a `j`-th one, as `c^p = c` in GF(p).
//!
//! # Complexity
//! Two products of length `n` for a square root; `O(log k)` of them for others.

use super::{
    Function,
    arithmetic::{Arithmetic, Element, Part},
    newton::{self, extend, lengths},
    recurrence,
};
use crate::{Result, ring::Ring};
use num_bigint::BigUint;
use num_rational::BigRational;
use std::cmp::Ordering;

/// `f^(1/k)` modulo `x^n`, for an `f` with constant coefficient 1, and `over = 1/k`.
pub(super) fn root<A: Arithmetic>(
    a: &A,
    f: &A::Series,
    k: u64,
    over: &Element<A>,
    n: usize,
) -> Result<A::Series> {
    match k.cmp(&2) {
        Ordering::Less => a.part(f, 0..n),
        Ordering::Equal => square_root(a, f, over, n),
        Ordering::Greater => {
            let h = inverse_root(a, f, k, over, n)?;
            let power = low_power(a, &h, &(k - 1).into(), n)?;
            a.product(f, &power, 0..n)
        }
    }
}

fn square_root<A: Arithmetic>(a: &A, f: &A::Series, half: &Element<A>, n: usize) -> Result<A::Series> {
    let lengths = lengths(n, a.base());
    let first = lengths[0];
    let root = newton::head(
        a,
        f,
        &lengths,
        |ring, f, n| ring.power_series(&Function::Power(f, &BigRational::new(1.into(), 2.into())), n),
        |ring, f, n| recurrence::square_root(ring, f, half, n),
    )?;
    let mut root = a.reserve(a.read_vec(root)?, n);
    if lengths.len() == 1 {
        return Ok(root);
    }
    let mut h = a.reserve(newton::inner_inverse(a, &root, first.div_ceil(2))?, n.div_ceil(2));
    for step in lengths.windows(2) {
        let (m, n) = (step[0], step[1]);
        h = extend(a, &root, h, m)?;
        let square = a.product(&root, &root, m..n)?;
        let error = a.scale(a.add_part(a.neg(square)?, Part::new(f, m..n))?, half)?;
        let high = a.product(&h, &error, 0..n - m)?;
        a.recycle(error);
        root = a.join(root, m, high)?;
    }
    Ok(root)
}

/// `f^(-1/k)` modulo `x^n`, for `k > 1`, an `f` with constant coefficient 1, and `over = 1/k`.
pub(super) fn inverse_root<A: Arithmetic>(
    a: &A,
    f: &A::Series,
    k: u64,
    over: &Element<A>,
    n: usize,
) -> Result<A::Series> {
    let mut h = a.read(&[a.ring().one()])?;
    for step in lengths(n, 1).windows(2) {
        let (m, n) = (step[0], step[1]);
        let power = low_power(a, &h, &k.into(), n)?;
        let error = a.scale(a.multiply(Part::new(f, 0..n), Part::whole(&power), m..n)?, over)?;
        a.recycle(power);
        let change = a.neg(a.product(&h, &error, 0..n - m)?)?;
        a.recycle(error);
        h = a.join(h, m, change)?;
    }
    Ok(h)
}

/// `f^k` modulo `x^n` by binary powering.
pub(super) fn low_power<A: Arithmetic>(a: &A, f: &A::Series, k: &BigUint, n: usize) -> Result<A::Series> {
    let Some(top) = k.bits().checked_sub(1) else { return a.read(&[a.ring().one()]) };
    let mut power = a.part(f, 0..n)?;
    for i in (0..top).rev() {
        let full = |len: usize| n.min((2 * len).saturating_sub(1));
        power = a.product(&power, &power, 0..full(a.len(&power)))?;
        if k.bit(i) {
            let len = a.len(&power) + a.len(f);
            power = a.product(&power, f, 0..n.min(len.saturating_sub(1)))?;
        }
    }
    Ok(power)
}
