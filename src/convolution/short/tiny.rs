//! `c[k] = sum over i+j=k of a[i]*b[j]` for words and at most [`MAX_LEN`] coefficients: loops of known length.
//!
//! It stands apart because a product of degree 3 takes fewer nanoseconds than one mispredicted end of a loop: the
//! operands are filled up with zeros to arrays of a constant length, whose loops are unrolled, without a branch.
//!
//! Output convention: `=`. No scratch. Sums wrap; the caller guarantees that they fit.

use crate::integer::WordModulus;
use std::ops::Range;

/// The longest operand.
pub(in crate::convolution) const MAX_LEN: usize = 8;

/// The words of a slice, filled up with zeros.
#[inline(always)]
fn filled<const N: usize>(words: &[u64]) -> [u64; N] {
    // Shorter than a call of memcpy.
    std::array::from_fn(|k| words.get(k).copied().unwrap_or(0))
}

/// All sums of products, by the product of two words and the sum of two values.
#[inline(always)]
fn sums<const N: usize, const M: usize, T: Copy>(
    (a, b): (&[u64], &[u64]),
    zero: T,
    add_product: impl Fn(T, u64, u64) -> T,
) -> [T; M] {
    let (x, y) = (filled::<N>(a), filled::<N>(b));
    let mut sums = [zero; M];
    for i in 0..N {
        for j in 0..N {
            sums[i + j] = add_product(sums[i + j], x[i], y[j]);
        }
    }
    sums
}

/// The window of a product of `i64`, into rows of one or two words.
pub(in crate::convolution) fn integers(
    out: &mut [u64],
    width: usize,
    a: &[u64],
    b: &[u64],
    window: Range<usize>,
) {
    if a.len().max(b.len()) <= 4 {
        integers_by::<4, 8>(out, width, (a, b), window);
    } else {
        integers_by::<8, 16>(out, width, (a, b), window);
    }
}

#[inline(always)]
fn integers_by<const N: usize, const M: usize>(
    out: &mut [u64],
    width: usize,
    operands: (&[u64], &[u64]),
    window: Range<usize>,
) {
    if width == 1 {
        let sums = sums::<N, M, _>(operands, 0u64, |c, x, y| c.wrapping_add(x.wrapping_mul(y)));
        for (out, sum) in out.iter_mut().zip(&sums[window]) {
            *out = *sum;
        }
    } else {
        let product = |x: u64, y: u64| i128::from(x as i64) * i128::from(y as i64);
        let sums = sums::<N, M, _>(operands, 0i128, |c, x, y| c.wrapping_add(product(x, y)));
        for (row, sum) in out.as_chunks_mut::<2>().0.iter_mut().zip(&sums[window]) {
            *row = [*sum as u64, (*sum >> 64) as u64];
        }
    }
}

/// The window of a product of residues, whose sums of `terms` products fit one word or two.
pub(in crate::convolution) fn residues(
    n: &WordModulus,
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    window: Range<usize>,
    one_word: bool,
) {
    if a.len().max(b.len()) <= 4 {
        residues_by::<4, 8>(n, out, (a, b), window, one_word);
    } else {
        residues_by::<8, 16>(n, out, (a, b), window, one_word);
    }
}

#[inline(always)]
fn residues_by<const N: usize, const M: usize>(
    n: &WordModulus,
    out: &mut [u64],
    operands: (&[u64], &[u64]),
    window: Range<usize>,
    one_word: bool,
) {
    if one_word {
        let sums = sums::<N, M, _>(operands, 0u64, |c, x, y| c.wrapping_add(x.wrapping_mul(y)));
        for (out, sum) in out.iter_mut().zip(&sums[window]) {
            *out = n.reduce(*sum);
        }
    } else {
        let product = |x: u64, y: u64| u128::from(x) * u128::from(y);
        let sums = sums::<N, M, _>(operands, 0u128, |c, x, y| c.wrapping_add(product(x, y)));
        for (out, sum) in out.iter_mut().zip(&sums[window]) {
            *out = n.reduce_u128(*sum);
        }
    }
}
