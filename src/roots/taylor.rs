//! Taylor expansions on an interval, cut to a precision and to the terms that count: `q(x) = sum c[k]*x^k` on `-1 <= x <= 1`.
//!
//! This is the arithmetic of real-root isolation. It stands apart from the Taylor shifts of integer polynomials, which are exact and grow by a
//! bit for every coefficient at every level: here a coefficient has as many bits as the precision that was chosen, less and less of
//! them count as the interval shrinks, and so do coefficients: those of high powers fall below the error and are dropped. In an
//! interval with few roots in and around it there are few terms, whatever the degree.
//!
//! # Method
//! Halves of an interval are `q((x - 1)/2)` and `q((x + 1)/2)`, by Horner's rule with every sum halved at once. Truncation of coefficients with
//! a bound of the error is due to F. Rouillier, P. Zimmermann, "Efficient isolation of polynomial's real roots", J. Comput.
//! Appl. Math. 162, 2004; they do it on Descartes' test, for which all coefficients are needed.
//!
//! An interval has no root where `|c[0]| > sum of |c[k]|, k >= 1`; it has at most one where `|c[1]| > sum of k*|c[k]|, k >= 2`, since the derivative
//! then has none. Both hold on intervals that are small beside the distance to the nearest complex root (with the nearest one left
//! out for the second), so that bisection ends.
//!
//! # Invariants
//! The polynomial that is meant differs from the one in the rows by a function whose Taylor coefficients `d[k]` have `sum |d[k]| <= error` and
//! `sum k*|d[k]| <= slope`, in units of the last place. Neither sum grows under `x -> (x +- 1)/2`: the first stays at most what it is, the
//! second at most half. Rows are wide enough for twice the sum of all `|c[k]|`.

use crate::integer::{
    bigints::by_width,
    limbs::{add_carry, is_negative, negate, sub_borrow},
};
use num_bigint::{BigInt, Sign};

/// An expansion about the middle of an interval.
#[derive(Clone, Debug)]
pub(super) struct Expansion {
    /// Rows of limbs in two's complement, one a coefficient.
    rows: Vec<u64>,
    width: usize,
    error: u128,
    slope: u128,
}

/// A half of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Lower,
    Upper,
}

/// What is known of the roots in a closed interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    None,
    /// One, at neither end; whether the values are negative below it.
    One {
        rising: bool,
    },
    /// One at most, and if so, near the upper or the lower end, if not beyond it: the value there is nothing but errors. Whether the values are
    /// negative below it.
    AtMostOne {
        near: Half,
        rising: bool,
    },
    /// Not known yet.
    Unknown,
    /// Nothing but rounding errors is left.
    Blurred,
}

/// Approximate sizes of an expansion, in units of the top limb.
struct Sizes {
    constant: f64,
    linear: f64,
    /// `sum of |c[k]|` from 1 on, and of `k*|c[k]|` from 2 on.
    rest: f64,
    slopes: f64,
    /// The values at both ends.
    lower: f64,
    upper: f64,
    error: f64,
    slope: f64,
    /// What these figures may be wrong by: the first four relative to the sums, `margin` of the values, `margin_slope` of the slopes.
    margin: f64,
    margin_slope: f64,
}

impl Sizes {
    fn total(&self) -> f64 {
        self.constant.abs() + self.rest
    }
}

/// The exponent `u` of the unit in which `f(2^k x)` fits rows of `width` limbs.
pub(super) fn unit_exponent(f: &[BigInt], k: i64, width: usize) -> i64 {
    let largest = f
        .iter()
        .enumerate()
        .filter(|(_, c)| c.sign() != Sign::NoSign)
        .map(|(j, c)| c.bits() as i64 + k * j as i64);
    let terms = i64::from(usize::BITS - f.len().leading_zeros());
    largest.max().unwrap_or(0) + terms + 2 - 64 * width as i64
}

impl Expansion {
    /// `f(2^k x)`, or `f(-2^k x)`, in rows of `width` limbs.
    pub(super) fn new(f: &[BigInt], k: i64, mirrored: bool, width: usize) -> Self {
        let unit = unit_exponent(f, k, width);
        let mut rows = vec![0; f.len() * width];
        let (mut error, mut slope) = (0u128, 0u128);
        for (j, (c, row)) in f.iter().zip(rows.chunks_exact_mut(width)).enumerate() {
            let shift = k * j as i64 - unit;
            let negative = (c.sign() == Sign::Minus) != (mirrored && j % 2 == 1);
            if c.bits() as i64 + shift > 0 {
                write_shifted(row, c, shift, negative);
            }
            if shift < 0 && c.sign() != Sign::NoSign {
                error += 1;
                slope += j as u128;
            }
        }
        let mut expansion = Expansion { rows, width, error, slope };
        expansion.tidy();
        expansion
    }

    /// The number of coefficients.
    pub(super) fn len(&self) -> usize {
        self.rows.len() / self.width
    }

    /// The expansion on a half of the interval.
    pub(super) fn half(&self, half: Half) -> Self {
        let mut out = self.clone();
        if half == Half::Lower {
            out.mirror();
        }
        by_width!(out.width, shift_halved(&mut out.rows), shift_halved_rows(&mut out.rows, out.width));
        if half == Half::Lower {
            out.mirror();
        }
        // A halved sum is rounded by at most half a unit; there are fewer than n*(n+1)/2 of them.
        let n = out.len() as u128;
        let rounding = n * (n + 1) / 4 + 1;
        out.error += rounding;
        out.slope = out.slope / 2 + 1 + n * rounding;
        out.tidy();
        out
    }

    /// `q(-x)`.
    fn mirror(&mut self) {
        self.rows.chunks_exact_mut(self.width).skip(1).step_by(2).for_each(negate);
    }

    /// Drops terms that are as small as the rounding errors of a level, and limbs that hold nothing but signs.
    fn tidy(&mut self) {
        let mut len = self.len();
        let budget = (len as u128 + 1).pow(2);
        let mut dropped = 0;
        while len > 1 {
            let Some(size) = small(&self.rows[(len - 1) * self.width..len * self.width]) else { break };
            if dropped + u128::from(size) > budget {
                break;
            }
            dropped += u128::from(size);
            self.slope += (len as u128 - 1) * u128::from(size);
            len -= 1;
        }
        self.error += dropped;
        self.rows.truncate(len * self.width);
        while self.width > 1 && self.total() < 0.2 {
            let width = self.width;
            for k in 0..len {
                self.rows.copy_within(k * width..(k + 1) * width - 1, k * (width - 1));
            }
            self.width -= 1;
            self.rows.truncate(len * self.width);
        }
    }

    fn total(&self) -> f64 {
        self.rows.chunks_exact(self.width).map(|row| leading(row).abs()).sum()
    }

    fn sizes(&self) -> Sizes {
        let n = self.len() as f64;
        let unit = 2f64.powi(-64 * (self.width as i32 - 1));
        let (mut rest, mut slopes) = (0.0, 0.0);
        let (mut even, mut odd) = (0.0, 0.0);
        let mut first = [0.0; 2];
        for (k, row) in self.rows.chunks_exact(self.width).enumerate() {
            let value = leading(row);
            if k < 2 {
                first[k] = value;
            } else {
                slopes += k as f64 * value.abs();
            }
            if k > 0 {
                rest += value.abs();
            }
            if k % 2 == 0 {
                even += value;
            } else {
                odd += value;
            }
        }
        // Every leading part is right to 2^-52 of itself and 2^-63 units of the top limb; every sum adds 2^-53 of what it is.
        let relative = (n + 8.0) * 2f64.powi(-52);
        let total = first[0].abs() + rest;
        Sizes {
            constant: first[0],
            linear: first[1],
            rest,
            slopes,
            lower: even - odd,
            upper: even + odd,
            error: self.error as f64 * unit,
            slope: self.slope as f64 * unit,
            margin: relative * (total + self.error as f64 * unit) + n * 2f64.powi(-62),
            margin_slope: relative * (first[1].abs() + slopes + self.slope as f64 * unit)
                + n * n * 2f64.powi(-62),
        }
    }

    /// What is known of the roots in the closed interval.
    pub(super) fn verdict(&self) -> Verdict {
        let s = self.sizes();
        if s.constant.abs() > s.rest + s.error + s.margin {
            return Verdict::None;
        }
        if s.linear.abs() > s.slopes + s.slope + s.margin_slope {
            // Monotonic.
            let certain = s.error + s.margin;
            let rising = s.linear > 0.0;
            let is_negative = |value: f64, end: Half| match value.abs() > certain {
                true => Some(value < 0.0),
                // What is small beside the others is lost in a float.
                false if s.margin > s.error => self.end_is_negative(end),
                false => None,
            };
            match (is_negative(s.lower, Half::Lower), is_negative(s.upper, Half::Upper)) {
                (Some(lower), Some(upper)) if lower == upper => return Verdict::None,
                (Some(_), Some(_)) => return Verdict::One { rising },
                (Some(lower), None) if lower != rising => return Verdict::None,
                (None, Some(upper)) if upper == rising => return Verdict::None,
                (Some(_), None) => return Verdict::AtMostOne { near: Half::Upper, rising },
                (None, Some(_)) => return Verdict::AtMostOne { near: Half::Lower, rising },
                (None, None) => {}
            }
        }
        if s.total() <= 8.0 * s.error { Verdict::Blurred } else { Verdict::Unknown }
    }

    /// Whether the value in the middle is negative; `None` where that is not known.
    pub(super) fn middle_is_negative(&self) -> Option<bool> {
        self.certainly_negative(&mut self.rows[..self.width].to_vec())
    }

    /// Whether the value at an end is negative; `None` where that is not known.
    fn end_is_negative(&self, end: Half) -> Option<bool> {
        let mut sum = vec![0; self.width];
        for (k, row) in self.rows.chunks_exact(self.width).enumerate() {
            let mut carry = false;
            let step = if end == Half::Lower && k % 2 == 1 { sub_borrow } else { add_carry };
            for (x, &y) in sum.iter_mut().zip(row) {
                (*x, carry) = step(*x, y, carry);
            }
        }
        self.certainly_negative(&mut sum)
    }

    /// Whether a value is negative; `None` where it is at most the error.
    fn certainly_negative(&self, value: &mut [u64]) -> Option<bool> {
        let negative = is_negative(value);
        if negative {
            negate(value);
        }
        let low = u128::from(value[0]) | u128::from(value.get(1).copied().unwrap_or(0)) << 64;
        let large = value.iter().skip(2).any(|&limb| limb != 0);
        (large || low > self.error).then_some(negative)
    }

    /// The number of bits of the value at `x = 3/4`, in units of the last place, up to an error of a few times the error of the rows.
    pub(super) fn bits_at_three_quarters(&self) -> u64 {
        let mut value = vec![0; self.width];
        for row in self.rows.chunks_exact(self.width).rev() {
            three_quarters_plus(&mut value, row);
        }
        crate::integer::limbs::row_bits(&value)
    }
}

/// Writes `+-|c| * 2^shift`, rounded towards zero, into a row of zeros.
pub(super) fn write_shifted(row: &mut [u64], c: &BigInt, shift: i64, negative: bool) {
    let (words, bits) = (shift.div_euclid(64), shift.rem_euclid(64) as u32);
    let mut below = 0u64;
    let mut put = |k: i64, limb: u64| {
        if let Some(out) = usize::try_from(k).ok().and_then(|k| row.get_mut(k)) {
            *out = limb;
        }
    };
    let mut top = words;
    for (k, limb) in c.iter_u64_digits().enumerate() {
        let wide = u128::from(limb) << bits | u128::from(below);
        put(words + k as i64, wide as u64);
        below = (wide >> 64) as u64;
        top = words + k as i64 + 1;
    }
    put(top, below);
    if negative {
        negate(row);
    }
}

/// The absolute value of a row that is below `2^63`.
#[inline]
fn small(row: &[u64]) -> Option<u64> {
    let sign = ((row[0] as i64) >> 63) as u64;
    row[1..].iter().all(|&limb| limb == sign).then(|| (row[0] as i64).unsigned_abs())
}

/// A row in units of its top limb.
#[inline]
fn leading(row: &[u64]) -> f64 {
    match row {
        [.., low, high] => {
            let value = (u128::from(*high) << 64 | u128::from(*low)) as i128;
            let size = value.unsigned_abs();
            let size = (size >> 64) as f64 + size as u64 as f64 * 2f64.powi(-64);
            if value < 0 { -size } else { size }
        }
        [only] => *only as i64 as f64,
        [] => 0.0,
    }
}

fn shift_halved<const W: usize>(rows: &mut [u64]) {
    if W == 1 {
        shift_halved_words(rows);
    } else {
        shift_halved_rows(rows, W);
    }
}

/// The same on rows of one limb, a vector of which fits a register.
fn shift_halved_words(rows: &mut [u64]) {
    for j in (0..rows.len().saturating_sub(1)).rev() {
        let row = &mut rows[j..];
        let last = row.len() - 1;
        row[0] = row[0].wrapping_add(((row[1] as i64) >> 1) as u64);
        for k in 1..last {
            row[k] = ((row[k].wrapping_add(row[k + 1]) as i64) >> 1) as u64;
        }
        row[last] = ((row[last] as i64) >> 1) as u64;
    }
}

/// `q((x + 1)/2)` by Horner's rule: from the top, `r = r*(x + 1)/2 + c[j]`, where `r` has its coefficients in the rows from `j` on.
#[inline(always)]
fn shift_halved_rows(rows: &mut [u64], width: usize) {
    let n = rows.len() / width;
    for j in (0..n.saturating_sub(1)).rev() {
        let window = &mut rows[j * width..];
        let (first, next) = window.split_at_mut(width);
        add_half(first, &next[..width]);
        for k in 1..n - 1 - j {
            let (row, next) = window[k * width..(k + 2) * width].split_at_mut(width);
            average(row, next);
        }
        let last = window.len() - width;
        halve(&mut window[last..]);
    }
}

/// `row = floor((row + next)/2)`; the sum does not overflow.
#[inline(always)]
fn average(row: &mut [u64], next: &[u64]) {
    let last = row.len() - 1;
    let (mut below, mut carry) = add_carry(row[0], next[0], false);
    for i in 1..row.len() {
        let sum;
        (sum, carry) = add_carry(row[i], next[i], carry);
        row[i - 1] = below >> 1 | sum << 63;
        below = sum;
    }
    row[last] = ((below as i64) >> 1) as u64;
}

/// `row += floor(next/2)`.
#[inline(always)]
fn add_half(row: &mut [u64], next: &[u64]) {
    let last = row.len() - 1;
    let mut carry = false;
    for i in 0..last {
        (row[i], carry) = add_carry(row[i], next[i] >> 1 | next[i + 1] << 63, carry);
    }
    (row[last], _) = add_carry(row[last], ((next[last] as i64) >> 1) as u64, carry);
}

/// `row = floor(row/2)`.
#[inline(always)]
fn halve(row: &mut [u64]) {
    let last = row.len() - 1;
    for i in 0..last {
        row[i] = row[i] >> 1 | row[i + 1] << 63;
    }
    row[last] = ((row[last] as i64) >> 1) as u64;
}

/// `value = value - floor(value/4) + row`.
fn three_quarters_plus(value: &mut [u64], row: &[u64]) {
    let last = value.len() - 1;
    let mut quarter = vec![0; value.len()];
    for i in 0..last {
        quarter[i] = value[i] >> 2 | value[i + 1] << 62;
    }
    quarter[last] = ((value[last] as i64) >> 2) as u64;
    negate(&mut quarter);
    for other in [&quarter[..], row] {
        let mut carry = false;
        for (x, &y) in value.iter_mut().zip(other) {
            (*x, carry) = add_carry(*x, y, carry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QQ, integer::bigints::from_row};
    use num_rational::BigRational;

    fn draw(n: usize, bits: u32, seed: u64) -> Vec<BigInt> {
        let mut state = seed;
        (0..n)
            .map(|_| {
                let mut c = BigInt::ZERO;
                for _ in 0..bits.div_ceil(32) {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    c = (c << 32u32) + BigInt::from((state >> 33) as i32 as i64 - (1 << 30));
                }
                c >> (bits.div_ceil(32) * 32 - bits)
            })
            .collect()
    }

    /// The rows of halves of halves lie within the errors of the exact expansion, for every width and side.
    #[test]
    fn errors_are_bounded() {
        for (n, bits, k) in [(1usize, 10u32, 0i64), (2, 300, -3), (9, 64, 2), (14, 500, 0), (20, 30, 1)] {
            for width in [1usize, 2, 3, 11] {
                for mirrored in [false, true] {
                    let f = draw(n, bits, 7 + n as u64);
                    let unit = Dyadic::power_of_two(unit_exponent(&f, k, width)).to_rational();
                    let scale = Dyadic::power_of_two(k).to_rational();
                    let scale = if mirrored { -scale } else { scale };
                    let mut exact = QQ.poly(f.iter().cloned()).dilate(scale);
                    let mut expansion = Expansion::new(&f, k, mirrored, width);
                    for half in
                        [None, Some(Half::Upper), Some(Half::Lower), Some(Half::Lower), Some(Half::Upper)]
                    {
                        if let Some(half) = half {
                            expansion = expansion.half(half);
                            let end = QQ.poly([if half == Half::Upper { 1 } else { -1 }, 1]) / 2;
                            exact = exact.compose(&end);
                        }
                        let (mut error, mut slope) =
                            (BigRational::from_integer(0.into()), BigRational::from_integer(0.into()));
                        for j in 0..n {
                            let row = match j < expansion.len() {
                                true => {
                                    from_row(&expansion.rows[j * expansion.width..(j + 1) * expansion.width])
                                }
                                false => BigInt::ZERO,
                            };
                            let difference = (exact.coefficient(j) / &unit - BigRational::from(row)).abs();
                            slope += &difference * BigRational::from(BigInt::from(j));
                            error += difference;
                        }
                        assert!(
                            error <= BigRational::from(BigInt::from(expansion.error)),
                            "{n}, {bits}, {width}"
                        );
                        assert!(
                            slope <= BigRational::from(BigInt::from(expansion.slope)),
                            "{n}, {bits}, {width}"
                        );
                    }
                }
            }
        }
    }

    use super::super::Dyadic;
    use num_traits::Signed;

    #[test]
    fn verdicts() {
        let verdict = |f: &[i64], k, half: &[Half]| {
            let f: Vec<BigInt> = f.iter().map(|&c| c.into()).collect();
            half.iter().fold(Expansion::new(&f, k, false, 1), |e, &half| e.half(half)).verdict()
        };
        assert_eq!(verdict(&[-3, 0, 1], 0, &[]), Verdict::None);
        assert_eq!(verdict(&[-3, 0, 1], 1, &[]), Verdict::Unknown);
        assert_eq!(verdict(&[-3, 0, 1], 1, &[Half::Upper, Half::Upper]), Verdict::One { rising: true });
        assert_eq!(verdict(&[-3, 0, 1], 1, &[Half::Lower, Half::Lower]), Verdict::One { rising: false });
        assert_eq!(verdict(&[5], 0, &[]), Verdict::None);
        assert_eq!(verdict(&[0, 3], 0, &[]), Verdict::One { rising: true });
        // A root at an end is never decided.
        let near = |near| Verdict::AtMostOne { near, rising: true };
        assert_eq!([-1, 1].map(|c| verdict(&[c, 1], 0, &[])), [near(Half::Upper), near(Half::Lower)]);
    }
}
