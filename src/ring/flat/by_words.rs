//! Division and pseudo-division of integer sequences by divisors of words, `l^d*f = q*g + r`, in rows of limbs.
//!
//! It stands apart from [`rows`](super::rows) because a step is one pass over a row here: one or two products with words and their difference, in two's
//! complement, without a sign to look at.
//!
//! # Method
//! Rows have as many limbs as a step needs. By Hadamard's bound that is after `i` steps a determinant of `i` shifts of `g` and one of `f`, at most
//! `|g|^i * |f|` in the Euclidean norm. A row is scaled when a step first reaches it, a quotient in the end. Divisors with a leading coefficient below zero
//! change their sign.

use super::log2_euclidean;
use crate::{
    Result,
    convolution::integer_product::mul_limbs,
    integer::{
        IntegerVec,
        bigints::{by_width, from_magnitude, from_row},
        limbs::{add_mul, is_negative, mul_word, negate, sub_mul, trimmed, write_row},
    },
    ring::{
        ZZ,
        generic::{QuoRem, trim},
        short,
    },
};
use num_bigint::{BigInt, Sign};

/// Coefficients of divisors have fewer bits: two products with limbs and what is carried stay below `2^127`.
pub(in crate::ring) const MOST_BITS: u64 = 62;

/// `(q, r)` with `l^d*f = q*g + r`, `d` coefficients of the quotient, the remainder without trailing zeros; `None` for divisors that are no words, or where
/// rows would have over `most` limbs in all.
///
/// # Errors
/// Kind limit when memory is refused.
pub(in crate::ring) fn quo_rem(f: &[BigInt], g: &[BigInt], most: usize) -> Result<Option<QuoRem<BigInt>>> {
    let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
    let mut words = vec![0; g.len()];
    if short::write_words(g, &mut words).is_none_or(|bits| bits >= MOST_BITS) {
        return Ok(None);
    }
    let turned = words[n] < 0;
    if turned {
        words.iter_mut().for_each(|c| *c = -*c);
    }
    // In parts of 2^-10 bit, rounded up; a sign, and one bit for the rounding of logarithms.
    let [size_f, size_g] = [f, g].map(|v| (1024.0 * log2_euclidean(v)).ceil() as usize);
    let width = |steps: usize| ((size_f + steps * size_g) / 1024 + 3).div_ceil(64);
    let stride = width(d);
    if f.len().saturating_mul(stride) > most {
        return Ok(None);
    }
    let mut rows = IntegerVec::try_zeros(f.len(), stride)?;
    let first = width(0);
    // Rows that the first step does not reach wait for the power that they have then.
    for (row, c) in rows.limbs_mut().chunks_exact_mut(stride).zip(f).skip(d - 1) {
        write_row(&mut row[..first], c.iter_u64_digits(), c.sign() == Sign::Minus);
    }
    let rows = rows.limbs_mut();
    let (leading, rest) = (words[n] as u64, &words[..n]);
    let mut places = first;
    // The powers of the leading coefficient, one after the other, and a product.
    let (mut power, mut product) = (vec![1], Vec::new());
    let next = |power: &mut Vec<u64>| {
        let carry = if leading > 1 { mul_word(power, leading, 0) } else { 0 };
        if carry > 0 {
            power.push(carry);
        }
    };
    let (mut tops, mut signs) = (vec![0; d * stride], Vec::with_capacity(d));
    for shift in (0..d).rev() {
        if shift + 1 < d {
            let c = &f[shift];
            let row = &mut rows[shift * stride..][..places];
            if leading > 1 && c.sign() != Sign::NoSign {
                times(c.iter_u64_digits(), &power, &mut product);
                write_row(row, trimmed(&product).iter().copied(), c.sign() == Sign::Minus);
            } else {
                write_row(row, c.iter_u64_digits(), c.sign() == Sign::Minus);
            }
        }
        let (window, top) = rows[shift * stride..(n + shift + 1) * stride].split_at_mut(n * stride);
        let top = &mut top[..stride];
        let needed = width(d - shift);
        // Signs go on in the limbs that this step needs more.
        for row in window.chunks_exact_mut(stride).chain([&mut *top]) {
            let sign = if is_negative(&row[..places]) { u64::MAX } else { 0 };
            row[places..needed].fill(sign);
        }
        places = needed;
        let kept = &mut tops[shift * stride..(shift + 1) * stride];
        kept[..places].copy_from_slice(&top[..places]);
        combine_rows((window, stride), &kept[..places], leading, rest);
        let negative = is_negative(&kept[..places]);
        signs.push(negative);
        if negative {
            negate(&mut kept[..places]);
        }
        next(&mut power);
    }
    // A coefficient of the quotient is scaled by all steps after its own.
    power.clear();
    power.push(1);
    let mut quo: Vec<BigInt> = Vec::with_capacity(d);
    for (top, &negative) in tops.chunks_exact(stride).zip(signs.iter().rev()) {
        let sign = if negative != (turned && d.is_multiple_of(2)) { Sign::Minus } else { Sign::Plus };
        let top = trimmed(top);
        if leading == 1 || top.is_empty() {
            quo.push(from_magnitude(sign, top));
        } else {
            times(top.iter().copied(), &power, &mut product);
            quo.push(from_magnitude(sign, trimmed(&product)));
        }
        next(&mut power);
    }
    let mut rem: Vec<BigInt> =
        rows[..n * stride].chunks_exact(stride).map(|row| from_row(&row[..places])).collect();
    if turned && d % 2 == 1 {
        // (-l)^d*f = q*(-g) + r
        rem.iter_mut().for_each(|c| *c = -std::mem::take(c));
    }
    trim(&ZZ, &mut rem);
    Ok(Some((quo, rem)))
}

/// The product of two natural numbers that are not 0.
fn times(x: impl ExactSizeIterator<Item = u64>, y: &[u64], product: &mut Vec<u64>) {
    let x: Vec<u64> = x.collect();
    product.resize(x.len() + y.len(), 0);
    let (long, short) = if x.len() >= y.len() { (&x[..], y) } else { (y, &x[..]) };
    mul_limbs(product, long, short);
}

/// `row[j] = row[j]*leading - top*g[j]` for rows of some stride, in as many limbs as `top` has.
pub(in crate::ring) fn combine_rows(rows: (&mut [u64], usize), top: &[u64], leading: u64, g: &[i64]) {
    by_width!(top.len(), step(rows, top, leading, g), step_rows(rows, top, leading, g));
}

fn step<const W: usize>((window, stride): (&mut [u64], usize), top: &[u64], leading: u64, g: &[i64]) {
    let top: &[u64; W] = top.first_chunk().expect("the width is that of the row");
    for (row, &c) in window.chunks_exact_mut(stride).zip(g) {
        let row: &mut [u64; W] = row.first_chunk_mut().expect("rows are as long as the last step needs");
        combine(row, top, leading, c);
    }
}

fn step_rows((window, stride): (&mut [u64], usize), top: &[u64], leading: u64, g: &[i64]) {
    for (row, &c) in window.chunks_exact_mut(stride).zip(g) {
        combine(&mut row[..top.len()], top, leading, c);
    }
}

/// `row = row*leading - top*c`, modulo the size of a row.
#[inline(always)]
fn combine(row: &mut [u64], top: &[u64], leading: u64, c: i64) {
    let factor = c.unsigned_abs();
    match (leading, c < 0) {
        (1, true) => {
            add_mul(row, top, factor);
        }
        (1, false) => {
            sub_mul(row, top, factor);
        }
        (_, true) => each(row, top, |x, y| product(x, leading) + product(y, factor)),
        (_, false) => each(row, top, |x, y| product(x, leading) - product(y, factor)),
    }
}

/// A product of a limb with a word of up to [`MOST_BITS`].
#[inline(always)]
fn product(x: u64, y: u64) -> i128 {
    (u128::from(x) * u128::from(y)) as i128
}

/// Every limb with that of another row, and what is carried.
#[inline(always)]
fn each(row: &mut [u64], top: &[u64], step: impl Fn(u64, u64) -> i128) {
    let mut carry = 0;
    for (x, &y) in row.iter_mut().zip(top) {
        let sum = step(*x, y) + carry;
        *x = sum as u64;
        carry = sum >> 64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::remainders;

    /// All sizes, signs and widths against the generic ones; coefficients of all ones, and at the bound; common factors, which end in zeros.
    #[test]
    fn agrees_with_the_generic_one() {
        let mut word = 1u64;
        let mut draw = |bits: u32| {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            BigInt::from(word as i64 >> (64 - bits))
        };
        for (bits_f, bits) in [(2, 2), (8, 8), (60, 60), (61, 61), (20, 62), (62, 3), (64, 30)] {
            for (m, n) in [(1, 1), (2, 1), (4, 2), (3, 9), (9, 6), (20, 3), (33, 20)] {
                for kind in 0..4 {
                    let mut f: Vec<BigInt> = (0..m + n - 1).map(|_| draw(bits_f) << 10).collect();
                    let mut g: Vec<BigInt> = (0..n).map(|_| draw(bits)).collect();
                    let top = (BigInt::from(1) << (bits - 1)) - 1;
                    match kind {
                        0 => g[n - 1] = top,
                        1 => g[n - 1] = -top,
                        2 => {
                            g.fill(-&top);
                            f.fill(top << 20);
                        }
                        _ => g[n - 1] = 1.into(),
                    }
                    let expected = remainders::pseudo_quo_rem(&ZZ, &f, &g).unwrap();
                    let mut found = quo_rem(&f, &g, 1 << 20).unwrap().expect("a divisor of words");
                    assert_eq!(found.0.len(), m);
                    trim(&ZZ, &mut found.0);
                    assert_eq!(found, expected, "{bits_f}, {bits}: {m}, {n}, {kind}");
                }
            }
        }
        let (f, g) = (vec![BigInt::from(1); 5], vec![BigInt::from(1) << 62; 2]);
        assert_eq!(quo_rem(&f, &g, 1 << 20).unwrap(), None);
        assert_eq!(quo_rem(&f, &f[..2], 3).unwrap(), None);
    }
}
