//! `c[k] = sum over i+j=k of a[i]*b[j]`, every pair, for the outputs of a window only.
//!
//! It stands apart as the smallest and the reference algorithm. Method: one output at a time, the sum of its
//! products in an accumulator wide enough for all of them, and one reduction (or one change of sign
//! representation) at the end: delayed reduction. Single-word integers sum in one, two or three words;
//! longer ones as magnitudes, positive and negative products apart, so that zero rows and short rows cost
//! nothing. Squares take every pair `i < j` once and double.
//!
//! Output convention: `=` into rows of a given width, in two's complement; the caller guarantees that the
//! sums fit. Residues are reduced fully, in and out.

use super::{
    limbs::{Magnitudes, add_product, add_row, sign_extend, sub_row},
    scratch,
};
use crate::{
    Result,
    integer::{IntegerSlice, limbs::add_carry},
};
use std::ops::Range;

/// Coefficients `window` of the product of two integer sequences, into rows of `width` limbs.
pub(super) fn integers_into(
    out: &mut [u64],
    width: usize,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    window: Range<usize>,
    square: bool,
) -> Result<()> {
    if a.width() == 1 && b.width() == 1 && width <= 3 {
        words(out, width, a.limbs(), b.limbs(), window);
        return Ok(());
    }
    let limbs = |v: IntegerSlice<'_>| v.bits().div_ceil(64);
    let most = limbs(a);
    let done = most == (if square { most } else { limbs(b) })
        && match most {
            1 => fixed::<1, 2, 3>(out, width, a, b, &window, square)?,
            2 => fixed::<2, 3, 5>(out, width, a, b, &window, square)?,
            3 => fixed::<3, 4, 7>(out, width, a, b, &window, square)?,
            4 => fixed::<4, 5, 9>(out, width, a, b, &window, square)?,
            _ => false,
        };
    if !done {
        rows(out, width, a, b, window, square)?;
    }
    Ok(())
}

/// Rows of one word, sums of at most three.
fn words(out: &mut [u64], width: usize, a: &[u64], b: &[u64], window: Range<usize>) {
    let (m, n) = (a.len(), b.len());
    for (row, k) in out.chunks_exact_mut(width).zip(window) {
        let i = k.saturating_sub(n - 1)..(k + 1).min(m);
        let (x, y) = (&a[i.clone()], &b[k + 1 - i.end..=k - i.start]);
        match row {
            [sum] => *sum = dot_wrapping(x, y),
            [low, high] => {
                let sum = dot_i128(x, y);
                (*low, *high) = (sum as u64, (sum >> 64) as u64);
            }
            _ => dot_triple(row, x, y),
        }
    }
}

/// Magnitudes of `W` limbs and a mask for the sign, `R = W + 1` words a row; false when most rows are zero.
fn fixed_rows<const W: usize, const R: usize>(v: IntegerSlice<'_>, out: &mut [[u64; R]]) -> bool {
    let mut zeros = 0;
    for (row, out) in v.rows().zip(out) {
        let mask = ((row[row.len() - 1] as i64) >> 63) as u64;
        let mut carry = mask & 1;
        let mut all = 0;
        for (m, &limb) in out[..W].iter_mut().zip(row.iter().chain(std::iter::repeat(&mask))) {
            let (value, over) = (limb ^ mask).overflowing_add(carry);
            *m = value;
            all |= value;
            carry = u64::from(over);
        }
        zeros += usize::from(all == 0);
        out[W] = mask;
    }
    zeros * 4 <= v.len() * 3
}

/// Rows whose magnitudes have `W` limbs, sums of `S = 2W + 1` limbs in two's complement; false for sparse operands.
fn fixed<const W: usize, const R: usize, const S: usize>(
    out: &mut [u64],
    width: usize,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    window: &Range<usize>,
    square: bool,
) -> Result<bool> {
    let mut room = scratch::take(R * (a.len() + if square { 0 } else { b.len() }))?;
    let (x, y) = room.as_chunks_mut::<R>().0.split_at_mut(a.len());
    if !fixed_rows::<W, R>(a, x) || !square && !fixed_rows::<W, R>(b, y) {
        return Ok(false);
    }
    let (x, y): (&[_], &[_]) = if square { (x, x) } else { (x, y) };
    for (row, k) in out.chunks_exact_mut(width).zip(window.clone()) {
        let range = k.saturating_sub(y.len() - 1)..(k + 1).min(x.len());
        // A square takes the pairs below the diagonal once and doubles them.
        let end = if square { k.div_ceil(2) } else { range.end };
        let mut sum = [0u64; S];
        let low = range.start..end.max(range.start);
        for (x, y) in x[low.clone()].iter().zip(y[k + 1 - low.end..=k - low.start].iter().rev()) {
            add_fixed::<W, R, S>(&mut sum, x, y);
        }
        if square {
            double(&mut sum);
            if k % 2 == 0 && range.contains(&(k / 2)) {
                add_fixed::<W, R, S>(&mut sum, &x[k / 2], &x[k / 2]);
            }
        }
        sign_extend(&sum, row);
    }
    Ok(true)
}

/// `sum += x * y`: the product of the magnitudes, negated by a mask, no branch.
#[inline(always)]
fn add_fixed<const W: usize, const R: usize, const S: usize>(sum: &mut [u64; S], x: &[u64; R], y: &[u64; R]) {
    let mut product = [0u64; S];
    for j in 0..W {
        let mut carry = 0;
        for i in 0..W {
            let t = u128::from(x[i]) * u128::from(y[j]) + u128::from(product[i + j]) + u128::from(carry);
            product[i + j] = t as u64;
            carry = (t >> 64) as u64;
        }
        product[j + W] = carry;
    }
    let mask = x[W] ^ y[W];
    let mut carry = mask & 1 == 1;
    for (s, p) in sum.iter_mut().zip(product) {
        (*s, carry) = add_carry(*s, p ^ mask, carry);
    }
}

/// The sum of products modulo 2^64, the second operand from its end.
#[inline]
pub(super) fn dot_wrapping(x: &[u64], y: &[u64]) -> u64 {
    x.iter().zip(y.iter().rev()).fold(0, |sum, (&x, &y)| sum.wrapping_add(x.wrapping_mul(y)))
}

/// The same for `i64`; the sum must fit an `i128`.
#[inline]
fn dot_i128(x: &[u64], y: &[u64]) -> i128 {
    let product = |x: u64, y: u64| i128::from(x as i64) * i128::from(y as i64);
    let (mut even, mut odd) = (0i128, 0i128);
    let ((pairs_x, rest_x), (rest_y, pairs_y)) = (x.as_chunks::<2>(), y.as_rchunks::<2>());
    if let ([x], [y]) = (rest_x, rest_y) {
        even = product(*x, *y);
    }
    for (x, y) in pairs_x.iter().zip(pairs_y.iter().rev()) {
        // Wrapping: partial sums may leave the range that the whole sum stays in.
        even = even.wrapping_add(product(x[0], y[1]));
        odd = odd.wrapping_add(product(x[1], y[0]));
    }
    even.wrapping_add(odd)
}

/// The same in three words.
#[inline]
fn dot_triple(row: &mut [u64], x: &[u64], y: &[u64]) {
    let (mut low, mut high) = (0u128, 0i64);
    for (&x, &y) in x.iter().zip(y.iter().rev()) {
        let product = i128::from(x as i64) * i128::from(y as i64);
        let (sum, carry) = low.overflowing_add(product as u128);
        low = sum;
        high += i64::from(carry) + (product >> 127) as i64;
    }
    (row[0], row[1], row[2]) = (low as u64, (low >> 64) as u64, high as u64);
}

/// Rows of any width: magnitudes, positive and negative products summed apart.
fn rows(
    out: &mut [u64],
    width: usize,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    window: Range<usize>,
    square: bool,
) -> Result<()> {
    let (x, other) = (Magnitudes::new(a)?, if square { None } else { Some(Magnitudes::new(b)?) });
    let y = other.as_ref().unwrap_or(&x);
    // Of sparse operands only rows that are not zero are visited.
    let present = |m: &Magnitudes, n: usize| (0..n).filter(|&k| !m.magnitude(k).is_empty()).count();
    if present(&x, a.len()) * 4 < a.len() || present(y, b.len()) * 4 < b.len() {
        scatter(out, width, (&x, a.len()), (y, b.len()), &window);
        return Ok(());
    }
    let mut sums = scratch::take(2 * width)?;
    for (row, k) in out.chunks_exact_mut(width).zip(window) {
        sums.fill(0);
        let (positive, negative) = sums.split_at_mut(width);
        let i = k.saturating_sub(b.len() - 1)..(k + 1).min(a.len());
        // A square takes the pairs below the diagonal once and doubles them.
        let end = if square { k.div_ceil(2) } else { i.end };
        for i in i.start..end {
            let (p, q) = (x.magnitude(i), y.magnitude(k - i));
            if !p.is_empty() && !q.is_empty() {
                let minus = x.is_negative(i) != y.is_negative(k - i);
                add_product(if minus { &mut *negative } else { &mut *positive }, p, q);
            }
        }
        if square {
            double(positive);
            double(negative);
            if k % 2 == 0 && i.contains(&(k / 2)) {
                let p = x.magnitude(k / 2);
                add_product(positive, p, p);
            }
        }
        sub_row(positive, negative);
        row.copy_from_slice(positive);
    }
    Ok(())
}

/// Pair by pair, each product added where it belongs: for operands that are mostly zero.
fn scatter(
    out: &mut [u64],
    width: usize,
    (x, x_len): (&Magnitudes, usize),
    (y, y_len): (&Magnitudes, usize),
    window: &Range<usize>,
) {
    let present =
        |m: &Magnitudes, n: usize| -> Vec<usize> { (0..n).filter(|&k| !m.magnitude(k).is_empty()).collect() };
    let (x_rows, y_rows) = (present(x, x_len), present(y, y_len));
    out.fill(0);
    let mut product = Vec::new();
    for i in x_rows {
        let first = y_rows.partition_point(|&j| i + j < window.start);
        for &j in &y_rows[first..] {
            if i + j >= window.end {
                break;
            }
            let (p, q) = (x.magnitude(i), y.magnitude(j));
            product.clear();
            product.resize((p.len() + q.len()).min(width), 0);
            add_product(&mut product, p, q);
            let k = i + j - window.start;
            let row = &mut out[k * width..(k + 1) * width];
            if x.is_negative(i) != y.is_negative(j) {
                sub_row(row, &product);
            } else {
                add_row(row, &product);
            }
        }
    }
}

fn double(row: &mut [u64]) {
    let mut carry = 0;
    for limb in row {
        (*limb, carry) = (*limb << 1 | carry, *limb >> 63);
    }
}

/// The definition, for tests: every pair by itself.
#[cfg(test)]
pub(super) fn naive(a: &[num_bigint::BigInt], b: &[num_bigint::BigInt]) -> Vec<num_bigint::BigInt> {
    let full = if a.is_empty() || b.is_empty() { 0 } else { a.len() + b.len() - 1 };
    let mut c = vec![num_bigint::BigInt::ZERO; full];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            c[i + j] += x * y;
        }
    }
    c
}
