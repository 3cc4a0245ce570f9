//! `a0*b0 + (a0*b0 + a1*b1 - (a0 - a1)*(b0 - b1)) y + a1*b1 y^2` for natural numbers cut in halves, `y` a power of `2^64`.
//!
//! Apart from [`schoolbook`](super::schoolbook) because it needs scratch. It is what runs between schoolbook and the transforms where no vector unit
//! multiplies integers. A longer operand is taken in blocks of the shorter length.
//!
//! Output convention: `=`. Scratch: [`scratch_len`].
//!
//! # Source
//! A. Karatsuba, Yu. Ofman, Doklady 145 (1962); with differences: D. Knuth, TAOCP 2, section 4.3.3.

use super::schoolbook;
use crate::{
    convolution::tuning::{INTEGER_KARATSUBA_LIMBS as MIN_LEN, INTEGER_SQUARE_LIMBS},
    integer::limbs::{add_assign, sub_assign},
};

/// Limbs of scratch for a product with `n` limbs in the shorter operand.
pub(super) fn scratch_len(n: usize) -> usize {
    // The products of blocks, whose lengths go down as Euclid's remainders do, and two halves and a carry a level.
    let levels = if n < MIN_LEN { 0 } else { (n / MIN_LEN).ilog2() as usize + 1 };
    10 * n + 4 * levels
}

/// Limbs of the shorter factor from which it pays: of a square, or of two numbers.
pub(super) fn least(a: &[u64], b: &[u64]) -> usize {
    if std::ptr::eq(a, b) { INTEGER_SQUARE_LIMBS } else { MIN_LEN }
}

/// Another way to a product, `out = a * b`, of which it says whether it was taken.
type Other<'a> = &'a dyn Fn(&mut [u64], &[u64], &[u64]) -> bool;

/// `out = a * b`, `out.len() = a.len() + b.len()`, neither empty, `a` at least as long as `b`; the same slice twice is a square. The products of parts go
/// another way where there is one: where a fast algorithm had no memory for the whole, it may have it for a part.
pub(super) fn product(out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64], other: Other<'_>) {
    let n = b.len();
    if n < least(a, b) {
        return schoolbook::product(out, a, b);
    }
    if a.len() == n {
        return balanced(out, a, b, scratch, other);
    }
    let product = |out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64]| {
        if !other(out, a, b) {
            product(out, a, b, scratch, other);
        }
    };
    let (part, scratch) = scratch.split_at_mut(2 * n);
    let mut filled = 0;
    for (block, start) in a.chunks(n).zip((0..).step_by(n)) {
        let part = &mut part[..block.len() + n];
        product(part, b, block, scratch);
        let out = &mut out[start..start + part.len()];
        let (low, high) = part.split_at(filled);
        out[filled..].copy_from_slice(high);
        let carry = add_assign(out, low);
        debug_assert!(!carry, "part of a product");
        filled = n;
    }
}

/// The same for operands of one length.
fn balanced(out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64], other: Other<'_>) {
    let product = |out: &mut [u64], a: &[u64], b: &[u64], scratch: &mut [u64]| {
        if !other(out, a, b) {
            product(out, a, b, scratch, other);
        }
    };
    let h = a.len().div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(h), b.split_at(h));
    let (middle, scratch) = scratch.split_at_mut(2 * h + 1);
    let (x, rest) = out.split_at_mut(h);
    let y = &mut rest[..h];
    middle[2 * h] = 0;
    let negative = if std::ptr::eq(a, b) {
        difference(x, a0, a1);
        product(&mut middle[..2 * h], x, x, scratch);
        false
    } else {
        let negative = difference(x, a0, a1) != difference(y, b0, b1);
        product(&mut middle[..2 * h], x, y, scratch);
        negative
    };
    let (low, high) = out.split_at_mut(2 * h);
    product(low, a0, b0, scratch);
    product(high, a1, b1, scratch);
    // The sum of the outer products less the middle one is not negative, and neither is what it is added to too large.
    if negative {
        middle[2 * h] += u64::from(add_assign(&mut middle[..2 * h], low));
        middle[2 * h] += u64::from(add_assign(&mut middle[..2 * h], high));
    } else {
        let sum = &mut scratch[..2 * h + 1];
        sum[..2 * h].copy_from_slice(low);
        sum[2 * h] = u64::from(add_assign(&mut sum[..2 * h], high));
        sub_assign(sum, &middle[..2 * h]);
        middle.copy_from_slice(sum);
    }
    let len = middle.len().min(out.len() - h);
    add_assign(&mut out[h..], &middle[..len]);
}

/// `out = |x - y|`, and whether `x < y`; `y` is at most as long as `x`.
fn difference(out: &mut [u64], x: &[u64], y: &[u64]) -> bool {
    let (low, high) = x.split_at(y.len());
    let less = high.iter().all(|&x| x == 0) && low.iter().rev().lt(y.iter().rev());
    if less {
        out.fill(0);
        out[..y.len()].copy_from_slice(y);
        sub_assign(out, low);
    } else {
        out.copy_from_slice(x);
        sub_assign(out, y);
    }
    less
}
