//! Bounds for the coefficients of compositions and reverses, and for what equations say of them, in logarithms.
//!
//! They stand apart because nothing exact happens here: all that counts is that a bound is not too small.
//!
//! # Method
//! A coefficient of `x^k` of a sum of products is no larger than that of absolute values, and that is at most the value at `r` over `r^k`, for every `r > 0`
//! (A. Cauchy). Of some `r` the least bound counts.
//!
//! # Invariants
//! Logarithms are off by less than is added to every bound.

use super::grading::Grading;
use crate::ring::norm::{log2, log2_abs};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// What is added to the logarithm of a bound, and to that a part of itself: far more than is rounded.
const SLACK: (f64, f64) = (2.0, 1e-9);

/// Logarithms of absolute values; that of 0 is infinite.
pub(super) fn sizes(f: &[BigRational]) -> Vec<f64> {
    let size = |c: &BigRational| match c.is_zero() {
        true => f64::NEG_INFINITY,
        false => log2(c.numer().magnitude()) - log2(c.denom().magnitude()),
    };
    f.iter().map(size).collect()
}

/// The logarithm of `sum of 2^sizes[k] * 2^((first + k)*r)`.
fn log2_value(sizes: &[f64], first: usize, r: f64) -> f64 {
    let terms = || sizes.iter().enumerate().map(|(k, size)| size + (first + k) as f64 * r);
    let largest = terms().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + terms().map(|term| (term - largest).exp2()).sum::<f64>().log2()
}

/// The largest `r` at which no term of `sum of 2^sizes[k] * 2^((1 + k)*r)` is over `2^target`.
fn radius(sizes: &[f64], target: f64) -> f64 {
    sizes.iter().enumerate().map(|(k, size)| (target - size) / (k + 1) as f64).fold(f64::INFINITY, f64::min)
}

/// Logarithms of bounds for the coefficients of `f(g)`, `g` from its linear coefficient on.
pub(super) fn composition_bounds(f: &[f64], g: &[f64], n: usize) -> Vec<f64> {
    let mut bounds = vec![f64::INFINITY; n];
    let steps = (n as f64).log2().ceil() as i32 + 2;
    // Around where the terms of f are as large as each other.
    let middle = radius(&f[1..], 0.0).clamp(-1e9, 1e9);
    for step in -steps..=steps {
        let r = radius(g, middle + f64::from(step));
        if !r.is_finite() {
            break;
        }
        let value = log2_value(f, 0, log2_value(g, 1, r));
        for (k, bound) in bounds.iter_mut().enumerate() {
            *bound = bound.min(value - k as f64 * r);
        }
    }
    // Only the constant coefficient is left where g or the rest of f is 0.
    bounds.iter_mut().filter(|bound| bound.is_infinite()).for_each(|bound| *bound = f[0].max(0.0));
    bounds
}

/// Logarithms of bounds for the coefficients of the reverse of `x + x^2*s`.
pub(super) fn reversion_bounds(s: &[f64], n: usize) -> Vec<f64> {
    let mut bounds = vec![f64::INFINITY; n];
    let steps = 3 * ((n as f64).log2().ceil() as i32 + 2);
    for step in 1..=steps {
        let r = radius(s, -f64::from(step) / 3.0);
        if !r.is_finite() {
            break;
        }
        let value = log2_value(s, 1, r).exp2();
        if value < 0.999 {
            let factor = -(1.0 - value).log2();
            for (k, bound) in bounds.iter_mut().enumerate().skip(1) {
                *bound = bound.min(k as f64 * factor - (k - 1) as f64 * r);
            }
        }
    }
    bounds[0] = 0.0;
    bounds.iter_mut().filter(|bound| bound.is_infinite()).for_each(|bound| *bound = 0.0);
    bounds
}

/// Bits of the numerators over `first*D_k`.
pub(super) fn bits_of(bounds: &[f64], first: &BigInt, grading: &Grading) -> Vec<u64> {
    let first = log2(first.magnitude());
    bounds.iter().zip(grading.logarithms()).map(|(&bound, d)| rounded_up(bound, first + d)).collect()
}

/// Bits of a number below `2^(bound + denominator)`, but for what was rounded.
fn rounded_up(bound: f64, denominator: f64) -> u64 {
    let bits = bound + denominator + SLACK.0 + SLACK.1 * (bound.abs() + denominator);
    bits.max(1.0).ceil() as u64
}

/// Bits of all numerators over `D_k` of the coefficients, for `k` up to the last, of the two sides of an equation of `h = sum of numerator_k/D_k*x^k` and `f`, given by its sizes from
/// its linear coefficient on: sums of products of a number up to `2k`, `factors` coefficients of `h` and one of `f`.
pub(super) fn equation_bits(factors: u32, f: &[f64], numerators: &[BigInt], grading: &Grading) -> u64 {
    let denominators: Vec<f64> = grading.logarithms().collect();
    let h: Vec<f64> = numerators.iter().zip(&denominators).map(|(c, d)| log2_abs(c) - d).collect();
    let mut radii = vec![0.0];
    let mut k = h.len() - 1;
    while k > 0 {
        radii.extend([h.get(k), f.get(k - 1)].into_iter().flatten().map(|size| -size / k as f64));
        k /= 2;
    }
    radii.retain(|r| r.is_finite());
    let mut bounds = vec![f64::INFINITY; h.len()];
    for r in radii {
        // The constant coefficient of f, or a 1 in its place, counts as well.
        let value = f64::from(factors) * sum(0.0, log2_value(&h, 0, r)) + sum(0.0, log2_value(f, 1, r));
        for (k, bound) in bounds.iter_mut().enumerate() {
            *bound = bound.min(value - k as f64 * r);
        }
    }
    let bits =
        |(k, (&bound, &d)): (usize, (&f64, &f64))| rounded_up(bound + (2.0 * k as f64 + 2.0).log2(), d);
    bounds.iter().zip(&denominators).enumerate().map(bits).max().unwrap_or(0)
}

/// The logarithm of the sum of two numbers.
fn sum(x: f64, y: f64) -> f64 {
    let most = x.max(y);
    most + ((x - most).exp2() + (y - most).exp2()).log2()
}
