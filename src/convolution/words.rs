//! Schoolbook and Karatsuba for residues of one word: `c[k] = sum of a[i]*b[j] mod n`, `1 <= n <= 2^64`.
//!
//! Apart from the integer versions because delayed reduction is decided by the modulus: the sum of an output
//! runs in one word, two words or three, as `terms * (n-1)^2` allows, and is reduced once. Modulo 2^64
//! everything wraps. Karatsuba needs one addition a coefficient modulo `n`; it works modulo every `n`,
//! because it never divides.
//!
//! Output convention: `=`, fully reduced; operands reduced.

use super::{
    arrays::{self, Wide},
    plan::ceil_log2,
    scratch,
};
use crate::{Result, integer::WordModulus};
use std::ops::Range;

/// Coefficients `window` of the product, all pairs.
pub(super) fn schoolbook_into(n: &WordModulus, out: &mut [u64], a: &[u64], b: &[u64], window: Range<usize>) {
    let terms = ceil_log2(a.len().min(b.len()) as u64);
    let bits = u64::from(128 - (n.modulus() - 1).leading_zeros());
    let words = match 2 * bits + terms {
        0..=64 => 1,
        _ if n.modulus().is_power_of_two() => 1,
        65..=128 => 2,
        _ => 3,
    };
    let size = Size { words, short: bits + terms <= 65 };
    match a.len().max(b.len()) {
        0..=4 => return in_arrays::<4, 8>(n, out, (a, b), window, size),
        5..=8 => return in_arrays::<8, 16>(n, out, (a, b), window, size),
        9..=16 => return in_arrays::<16, 32>(n, out, (a, b), window, size),
        17..=IN_ARRAYS => {
            return in_arrays::<IN_ARRAYS, { 2 * IN_ARRAYS }>(n, out, (a, b), window, size);
        }
        _ => {}
    }
    let sum = [dot_one_word, dot_two_words, dot_three_words][words - 1];
    for (c, k) in out.iter_mut().zip(window) {
        let i = k.saturating_sub(b.len() - 1)..(k + 1).min(a.len());
        *c = sum(n, &a[i.clone()], &b[k + 1 - i.end..=k - i.start]);
    }
}

/// Up to this length all outputs are computed at once.
pub(super) const IN_ARRAYS: usize = 32;

/// How large the sums of products are.
#[derive(Clone, Copy)]
struct Size {
    /// Words that hold each.
    words: usize,
    /// Whether each is below `2n * 2^64`: it is at most `2^terms (n - 1)^2`, and `2^terms (n - 1)` less than `2^65`.
    short: bool,
}

/// The window of a product.
fn in_arrays<const N: usize, const M: usize>(
    n: &WordModulus,
    out: &mut [u64],
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
    size: Size,
) {
    let lens = (a.len(), b.len());
    let (a, b): (&[u64; N], &[u64; N]) = (&arrays::filled(a), &arrays::filled(b));
    match size.words {
        1 => {
            let sums: [u64; M] = arrays::residues(a, b, lens);
            write(out, &sums[window], |&sum| n.reduce(sum));
        }
        2 => {
            let sums: [u128; M] = arrays::residues(a, b, lens);
            if size.short {
                write(out, &sums[window], |&sum| n.reduce_below_twice(sum));
            } else {
                write(out, &sums[window], |&sum| n.reduce_wide(0, sum));
            }
        }
        _ => {
            // Moduli with so many bits are far over the number of terms.
            let sums: [Wide; M] = arrays::residues(a, b, lens);
            write(out, &sums[window], |sum| n.reduce_wide(sum.high, sum.low));
        }
    }
}

#[inline(always)]
fn write<T>(out: &mut [u64], sums: &[T], reduce: impl Fn(&T) -> u64) {
    for (out, sum) in out.iter_mut().zip(sums) {
        *out = reduce(sum);
    }
}

/// The sum of products, the second operand from its end.
fn dot_one_word(n: &WordModulus, x: &[u64], y: &[u64]) -> u64 {
    n.reduce(super::schoolbook::dot_wrapping(x, y))
}

fn dot_two_words(n: &WordModulus, x: &[u64], y: &[u64]) -> u64 {
    let sum = x.iter().zip(y.iter().rev()).fold(0u128, |sum, (&x, &y)| sum + u128::from(x) * u128::from(y));
    n.reduce_wide(0, sum)
}

fn dot_three_words(n: &WordModulus, x: &[u64], y: &[u64]) -> u64 {
    let (mut low, mut high) = (0u128, 0u64);
    for (&x, &y) in x.iter().zip(y.iter().rev()) {
        let (sum, carry) = low.overflowing_add(u128::from(x) * u128::from(y));
        low = sum;
        high += u64::from(carry);
    }
    // A modulus of so many bits is over every length.
    n.reduce_wide(high, low)
}

/// The whole product of two operands; the longer one in blocks of the shorter length.
pub(super) fn karatsuba_into(
    n: &WordModulus,
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
    cutoff: usize,
) -> Result<()> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let m = short.len();
    out.fill(0);
    let mut product = scratch::take(2 * m - 1)?;
    let mut room = scratch::take(scratch_len(m, cutoff))?;
    for (block, start) in long.chunks(m).zip((0..).step_by(m)) {
        if block.len() == m {
            balanced(n, &mut product, block, short, cutoff, &mut room);
            add_assign(n, &mut out[start..start + 2 * m - 1], &product);
        } else if block.len() > cutoff {
            // The rest is shorter: the roles change.
            let rest = &mut product[..block.len() + m - 1];
            karatsuba_into(n, rest, short, block, cutoff)?;
            add_assign(n, &mut out[start..], rest);
        } else {
            let full = block.len() + m - 1;
            schoolbook_into(n, &mut product[..full], block, short, 0..full);
            add_assign(n, &mut out[start..], &product[..full]);
        }
    }
    Ok(())
}

fn scratch_len(m: usize, cutoff: usize) -> usize {
    // Every level keeps two sums and one product of half the length, rounded up.
    let (mut n, mut total) = (m, 0);
    while n > cutoff {
        n = n.div_ceil(2);
        total += 4 * n;
    }
    total
}

/// `out = a * b` for equal lengths: three products of half the length.
fn balanced(n: &WordModulus, out: &mut [u64], a: &[u64], b: &[u64], cutoff: usize, scratch: &mut [u64]) {
    let len = a.len();
    if len <= cutoff.max(1) {
        return schoolbook_into(n, out, a, b, 0..2 * len - 1);
    }
    let half = len.div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(half), b.split_at(half));
    let (sums, rest) = scratch.split_at_mut(2 * half);
    let (middle, rest) = rest.split_at_mut(2 * half - 1);
    let (sa, sb) = sums.split_at_mut(half);
    sa.copy_from_slice(a0);
    sb.copy_from_slice(b0);
    add_assign(n, sa, a1);
    add_assign(n, sb, b1);
    balanced(n, middle, sa, sb, cutoff, rest);
    let (low, high) = out.split_at_mut(2 * half);
    balanced(n, &mut low[..2 * half - 1], a0, b0, cutoff, rest);
    low[2 * half - 1] = 0;
    balanced(n, high, a1, b1, cutoff, rest);
    sub_assign(n, middle, &low[..2 * half - 1]);
    sub_assign(n, middle, high);
    add_assign(n, &mut out[half..], middle);
}

fn add_assign(n: &WordModulus, x: &mut [u64], y: &[u64]) {
    for (x, &y) in x.iter_mut().zip(y) {
        *x = n.add(*x, y);
    }
}

fn sub_assign(n: &WordModulus, x: &mut [u64], y: &[u64]) {
    for (x, &y) in x.iter_mut().zip(y) {
        *x = n.sub(*x, y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, with one full reduction a pair.
    fn naive(n: u128, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut c = vec![0u64; a.len() + b.len() - 1];
        for (i, &x) in a.iter().enumerate() {
            for (j, &y) in b.iter().enumerate() {
                let product = u128::from(x) * u128::from(y) % n;
                c[i + j] = ((u128::from(c[i + j]) + product) % n) as u64;
            }
        }
        c
    }

    #[test]
    fn every_modulus_and_shape() {
        for n in [1, 2, 3, 6, 1 << 32, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, (1 << 64) - 1, 1 << 64] {
            let modulus = WordModulus::from_u128(n).expect("in range");
            let value = |i: usize, seed: u64| {
                let mixed = (i as u64 + 1).wrapping_mul(seed).rotate_left(23).wrapping_mul(seed | 1);
                (u128::from(mixed) % n) as u64
            };
            for len in [1usize, 2, 3, 5, 8, 9, 16, 17, 31, 40] {
                for other in [1usize, 2, 7, 16, 33, 40] {
                    let random = |len: usize, seed| (0..len).map(|i| value(i, seed)).collect::<Vec<_>>();
                    let maximal = |len: usize| vec![(n - 1) as u64; len];
                    for (a, b) in [
                        (random(len, 0x9E37_79B9_7F4A_7C15), random(other, 0xD1B5_4A32_D192_ED03)),
                        (maximal(len), maximal(other)),
                    ] {
                        let expected = naive(n, &a, &b);
                        let full = 0..expected.len();
                        for window in [full.clone(), full.end / 3..full.end * 3 / 4] {
                            let mut out = vec![7; window.len()];
                            schoolbook_into(&modulus, &mut out, &a, &b, window.clone());
                            assert_eq!(out, expected[window]);
                        }
                        for cutoff in [1, 2, 5, 32] {
                            let mut out = vec![7; full.end];
                            karatsuba_into(&modulus, &mut out, &a, &b, cutoff).unwrap();
                            assert_eq!(out, expected, "{n} {len} {other}");
                        }
                    }
                }
            }
        }
    }
}
