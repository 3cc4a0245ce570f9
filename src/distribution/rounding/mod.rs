//! Rationals as decimals and floats, each rounded once: `p/q` to `n` significant digits, at any magnitude.
//!
//! - `quotients`: leading words of many fractions over one denominator
//! - `decimals`: decimals of many fractions
//! - `reducer`: many fractions in lowest terms
//! - `floats`: floats and logarithms of probabilities, entropy
//! - `logarithms`: logarithms of fractions as the nearest floats
//!
//! It stands apart because the fractions of a distribution have thousands of digits and go far below the
//! smallest float (`7.05910e-779`): the digits come from one integer division, `floor(p * 10^k / q)`, and its
//! remainder decides the rounding.
//!
//! # Invariants
//! Rounding is to nearest, ties to even. A decimal with fewer than the digits that were asked for is exact.

mod decimals;
mod floats;
mod logarithms;
mod quotients;
mod reducer;

pub use decimals::Decimals;
pub(crate) use floats::scaled_floats;
pub(crate) use reducer::Reducer;

use crate::{
    integer::{division, sqrt::sqrt_rem},
    natural_product,
};
use num_bigint::{BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::Zero;
use std::cmp::Ordering;
use std::fmt::Write;

/// A rational as a decimal of `digits` significant digits, correctly rounded.
///
/// Positional from `0.0001` up to `digits` digits before the point, with an exponent beyond. Zeros at the end
/// are written only when the digits are rounded: `0.5` is one half, `0.500000` only about that.
///
/// # Panics
/// When `digits` is 0.
///
/// # Complexity
/// One division of numbers as long as the fraction.
///
/// # Examples
/// ```
/// use monic::distribution::decimal;
/// use num_rational::BigRational;
/// let share = BigRational::new(2.into(), 3.into());
/// assert_eq!(decimal(&share, 4), "0.6667");
/// assert_eq!(decimal(&share.pow(1000), 3), "8.10e-177");
/// assert_eq!(decimal(&BigRational::new(1.into(), 8.into()), 6), "0.125");
/// ```
#[track_caller]
pub fn decimal(value: &BigRational, digits: usize) -> String {
    assert!(digits > 0, "0 significant digits");
    let text = Decimals::new(digits).write(value.numer().magnitude(), value.denom().magnitude());
    if value.numer().sign() == Sign::Minus { format!("-{text}") } else { text }
}

/// The square root of a rational as a decimal of `digits` significant digits, correctly rounded.
///
/// Written as [`decimal`] does.
///
/// # Panics
/// When `digits` is 0 or `value` is negative.
///
/// # Examples
/// ```
/// use monic::distribution::decimal_sqrt;
/// assert_eq!(decimal_sqrt(&"2".parse().unwrap(), 30), "1.41421356237309504880168872421");
/// assert_eq!(decimal_sqrt(&"9/4".parse().unwrap(), 30), "1.5");
/// ```
#[track_caller]
pub fn decimal_sqrt(value: &BigRational, digits: usize) -> String {
    assert!(digits > 0, "0 significant digits");
    assert!(value.numer().sign() != Sign::Minus, "the square root of {value}");
    let (p, q) = (value.numer().magnitude(), value.denom().magnitude());
    if p.is_zero() {
        return "0".into();
    }
    let low = BigUint::from(10u32).pow(digits as u32 - 1);
    let high = &low * 10u32;
    let mut exponent = (log10(p, q) / 2.0).floor() as i64;
    loop {
        // sqrt(a/b) has `digits` digits before the point when the exponent is right.
        let (a, b) = scaled(p, q, 2 * (digits as i64 - 1 - exponent), |k| BigUint::from(10u32).pow(k));
        let floor = sqrt_rem(&division::div_rem(&a, &b, natural_product).0, natural_product).0;
        if floor < low {
            exponent -= 1;
            continue;
        }
        if floor >= high {
            exponent += 1;
            continue;
        }
        let exact = &floor * &floor * &b == a;
        let odd: BigUint = &floor * 2u32 + 1u32;
        // An irrational root is never half way; a rational one half way has an odd numerator over 2.
        let up = match (&a * 4u32).cmp(&(&odd * &odd * &b)) {
            Ordering::Less => false,
            Ordering::Equal => floor.is_odd(),
            Ordering::Greater => true,
        };
        return layout(if up { floor + 1u32 } else { floor }, exponent, digits, exact);
    }
}

/// A rational as the nearest `f64`, ties to even; subnormals, zero and infinity included.
///
/// # Examples
/// ```
/// use monic::distribution::to_f64;
/// assert_eq!(to_f64(&"1/3".parse().unwrap()), 1.0 / 3.0);
/// ```
pub fn to_f64(value: &BigRational) -> f64 {
    let magnitude = nearest_f64(value.numer().magnitude(), value.denom().magnitude());
    if value.numer().sign() == Sign::Minus { -magnitude } else { magnitude }
}

/// `p/q` as the nearest float, by division.
fn nearest_f64(p: &BigUint, q: &BigUint) -> f64 {
    if p.is_zero() {
        return 0.0;
    }
    let (mantissa, unit) = nearest(p, q, -1074);
    if unit > 1023 - 52 {
        return f64::INFINITY;
    }
    // At most 2^53, so both factors and their product are exact (or the product is infinite).
    let unit_bits = if unit >= -1022 { ((unit + 1023) as u64) << 52 } else { 1 << (unit + 1074) };
    mantissa as f64 * f64::from_bits(unit_bits)
}

/// `p/q` rounded to 53 bits, or to a multiple of `2^least` where that is fewer, ties to even: `(m, e)` for `m * 2^e`, `m <= 2^53`.
fn nearest(p: &BigUint, q: &BigUint, least: i64) -> (u64, i64) {
    // 2^top <= p/q < 2^(top+1)
    let mut top = p.bits() as i64 - q.bits() as i64;
    if (top >= 0 && *p < q << top as u64) || (top < 0 && p << top.unsigned_abs() < *q) {
        top -= 1;
    }
    let unit = (top - 52).max(least);
    let (quotient, remainder) =
        if unit >= 0 { p.div_rem(&(q << unit as u64)) } else { (p << unit.unsigned_abs()).div_rem(q) };
    let divisor = if unit >= 0 { q << unit as u64 } else { q.clone() };
    let rounded = if rounds_up(&quotient, &remainder, &divisor) { quotient + 1u32 } else { quotient };
    (u64::try_from(&rounded).expect("53 bits"), unit)
}

/// `(a, b)` with `a/b = p/q * 10^shift`.
fn scaled(p: &BigUint, q: &BigUint, shift: i64, mut power: impl FnMut(u32) -> BigUint) -> (BigUint, BigUint) {
    let size = u32::try_from(shift.unsigned_abs()).expect("a number of under 2^32 digits");
    if shift >= 0 { (p * power(size), q.clone()) } else { (p.clone(), q * power(size)) }
}

/// log10(p/q), to about the precision of a float.
fn log10(p: &BigUint, q: &BigUint) -> f64 {
    let log2 = |n: &BigUint| {
        let shift = n.bits().saturating_sub(64);
        let top = u64::try_from(n >> shift).expect("64 bits");
        (top as f64).log2() + shift as f64
    };
    (log2(p) - log2(q)) * std::f64::consts::LOG10_2
}

/// Whether `quotient + remainder/divisor` rounds up: to nearest, ties to even.
fn rounds_up(quotient: &BigUint, remainder: &BigUint, divisor: &BigUint) -> bool {
    match (remainder * 2u32).cmp(divisor) {
        Ordering::Less => false,
        Ordering::Equal => quotient.is_odd(),
        Ordering::Greater => true,
    }
}

/// Text of `mantissa * 10^(exponent + 1 - digits)`; a rounded mantissa may be one digit too long.
fn layout(mantissa: BigUint, mut exponent: i64, digits: usize, exact: bool) -> String {
    let mut text = mantissa.to_string();
    if text.len() > digits {
        exponent += 1;
        text.truncate(digits);
    }
    if exact {
        text.truncate(text.trim_end_matches('0').len().max(1));
    }
    if (0..digits as i64).contains(&exponent) {
        let point = exponent as usize + 1;
        while text.len() < point {
            text.push('0');
        }
        if text.len() > point {
            text.insert(point, '.');
        }
    } else if (-4..0).contains(&exponent) {
        let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
        text.insert_str(0, &format!("0.{zeros}"));
    } else {
        if text.len() > 1 {
            text.insert(1, '.');
        }
        write!(text, "e{exponent}").expect("writing to a string");
    }
    text
}
