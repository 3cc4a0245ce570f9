//! `f(g)` and the reversion of `g`, for few coefficients.
//!
//! They stand apart from the recurrences because they are made of truncated products, each of which is a few windows of [`rows`](super::rows): at these lengths what a product
//! takes beside its sums is longer than the sums.
//!
//! # Method
//! Baby steps and giant steps (R. Brent, H. Kung, J. ACM 25, 1978); reversion by Lagrange's theorem, `k*[x^k] r = [x^(k-1)] (x/g)^k` (F. Johansson, Math. Comp. 84, 2015).
//!
//! # Invariants
//! Powers are entered, so that they are either factor of a product, and begin with a block of zeros, where a window may begin.

use super::{recurrences::inverses, rows::Rows};
use crate::convolution::delayed::{Arithmetic, BLOCK};

/// The most terms of `f`, and coefficients of a reversion: a combination of powers is one sum.
pub(super) const MAX_TERMS: usize = BLOCK * BLOCK;

/// Baby steps for so many powers.
pub(super) fn steps(terms: usize) -> usize {
    terms.isqrt() + usize::from(terms.isqrt().pow(2) < terms)
}

/// Room for a power of `size` coefficients.
const fn stride(size: usize) -> usize {
    size + BLOCK
}

/// Room for the powers of a composition.
pub(super) fn room(terms: usize, size: usize) -> usize {
    steps(terms) * stride(size)
}

/// `x*y` to the length of `x`, in place: its blocks take those of `x` below them only.
#[inline(always)]
fn multiply<A: Arithmetic>(a: A, rows: impl Rows<A>, x: &mut [u64], y: &[u64]) {
    for start in (0..x.len()).step_by(BLOCK).rev() {
        let end = start + BLOCK;
        let block = rows.rows(a, &x[..end], &y[..end + BLOCK]);
        x[start..end].copy_from_slice(&block);
    }
}

/// The powers from the second on, behind the first, each as far as it goes where `degree` is that of the first.
#[inline(always)]
fn powers<A: Arithmetic>(a: A, rows: impl Rows<A>, room: &mut [u64], stride: usize, degree: usize) {
    for (i, start) in (stride..room.len()).step_by(stride).enumerate() {
        let (known, next) = room.split_at_mut(start);
        let next = &mut next[..stride];
        next.fill(0);
        // The power i + 2.
        let (low, high) = (i / 2, i.div_ceil(2));
        let (x, y) = (&known[low * stride + BLOCK..(low + 1) * stride], &known[high * stride..]);
        let len = (degree * (i + 2) + 1).min(x.len()).next_multiple_of(BLOCK);
        next[BLOCK..][..len].copy_from_slice(&x[..len]);
        multiply(a, rows, &mut next[BLOCK..][..len], y);
    }
}

/// `f(g)` in place of the zeros of `out`, whole blocks, for an `f` of 1 to [`MAX_TERMS`] terms.
#[inline(always)]
pub(super) fn compose<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (f, g): (&[u64], &[u64]),
    out: &mut [u64],
    room: &mut [u64],
) {
    let (few, stride) = (steps(f.len()), stride(out.len()));
    let degree = g.len().saturating_sub(1);
    room[..stride].fill(0);
    room[BLOCK..stride].iter_mut().zip(g).for_each(|(y, &c)| *y = a.enter(c));
    powers(a, rows, room, stride, degree);
    for first in (0..f.len()).step_by(few).rev() {
        let len = ((f.len() - 1 - first) * degree + 1).min(out.len()).next_multiple_of(BLOCK);
        let (f, out) = (&f[first..f.len().min(first + few)], &mut out[..len]);
        multiply(a, rows, out, &room[(few - 1) * stride..]);
        for (start, out) in (BLOCK..).step_by(BLOCK).zip(out.chunks_exact_mut(BLOCK)) {
            let blocks =
                room.chunks_exact(stride).map(|power| power[start..].first_chunk().expect("a block"));
            let sum = rows.sum(a, &f[1..], blocks);
            out.iter_mut().zip(sum).for_each(|(c, sum)| *c = a.add(*c, sum));
        }
        out[0] = a.add(out[0], f[0]);
    }
}

/// `r` with `g(r) = x` to `len` coefficients, for `h = x/g` at the place of the first power in `room`, entered; `giant` is room for one more.
#[inline(always)]
pub(super) fn reverse<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    out: &mut [u64],
    (room, giant): (&mut [u64], &mut [u64]),
    (numbers, len): (&mut [u64], usize),
) {
    let (few, stride) = (steps(len - 1), stride(out.len()));
    inverses(a, &mut numbers[..len]);
    powers(a, rows, room, stride, len);
    let power = |i: usize| &room[i * stride + BLOCK..(i + 1) * stride];
    for first in (0..len - 1).step_by(few) {
        match first / few {
            0 => {}
            1 => giant.copy_from_slice(power(few - 1)),
            _ => multiply(a, rows, giant, &room[(few - 1) * stride..]),
        }
        for k in first..(first + few).min(len - 1) {
            let i = k - first;
            // Entered, as the powers are, until the end.
            let c = if first == 0 { power(i)[k] } else { coefficient(a, giant, power(i), k) };
            out[k + 1] = a.mul(1, a.mul(c, numbers[k + 1]));
        }
    }
}

/// Coefficient `k` of `x*y`.
#[inline(always)]
fn coefficient<A: Arithmetic>(a: A, x: &[u64], y: &[u64], k: usize) -> u64 {
    let (mut x, mut y) = (x[..=k].chunks(BLOCK), y[..=k].rchunks(BLOCK));
    let mut total = 0;
    while let (Some(x), Some(y)) = (x.next(), y.next()) {
        let products = x.iter().zip(y.iter().rev());
        total = a.add(total, a.reduce(products.fold(A::ZERO, |sum, (&x, &y)| a.add_product(sum, x, y))));
    }
    total
}
