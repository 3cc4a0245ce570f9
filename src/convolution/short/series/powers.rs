//! `b^e` and `f(g)` modulo a monic polynomial.
//!
//! It stands apart from [`short_power`](crate::convolution::short_power), for polynomials of a few coefficients, because here sums stand side by side: windows of products and
//! linear combinations of rows, all made of blocks.
//!
//! # Method
//! By squaring; compositions by baby steps and giant steps, as those of [series](super::compositions). With `x^d, ..., x^(2d-2)` modulo the polynomial in a table, a reduction is a linear combination of its rows.
//!
//! # Invariants
//! Powers are entered, so that they are either factor of a product. A class stands between zeros: a block before it, its own size and a block behind.

use super::{compositions::steps, rows::Rows};
use crate::convolution::delayed::{Arithmetic, BLOCK};
use num_bigint::BigUint;

/// The highest degree.
pub(crate) const MAX_DEGREE: usize = 64;

/// Words of a class with its zeros.
const fn padded(size: usize) -> usize {
    2 * size + 2 * BLOCK
}

/// Room for two classes, a product and the table, for a degree in blocks of `size`.
pub(super) fn room(degree: usize, size: usize) -> usize {
    2 * padded(size) + 2 * size + degree * size
}

/// Residue classes.
struct Classes<'a, A, R> {
    a: A,
    rows: R,
    degree: usize,
    size: usize,
    /// Row by row.
    table: &'a [u64],
}

/// `row := x*row` modulo the polynomial whose other coefficients have the negatives `low`.
#[inline(always)]
fn times_x<A: Arithmetic>(a: A, rows: impl Rows<A>, row: &mut [u64], low: &[u64], degree: usize) {
    let top = row[degree - 1];
    row.copy_within(..degree - 1, 1);
    row[0] = 0;
    for (row, low) in row.chunks_exact_mut(BLOCK).zip(low.as_chunks::<BLOCK>().0) {
        let sum = rows.sum(a, &[top], std::iter::once(low));
        row.iter_mut().zip(sum).for_each(|(c, sum)| *c = a.add(*c, sum));
    }
    row[degree..].fill(0);
}

impl<'a, A: Arithmetic, R: Rows<A>> Classes<'a, A, R> {
    /// With a table in place of zeros.
    #[inline(always)]
    fn new(a: A, rows: R, divisor: &[u64], table: &'a mut [u64]) -> Self {
        let degree = divisor.len() - 1;
        let size = degree.next_multiple_of(BLOCK);
        table.iter_mut().zip(&divisor[..degree]).for_each(|(y, &c)| *y = a.enter(a.neg(c)));
        for start in (size..degree.saturating_sub(1) * size).step_by(size) {
            let (known, next) = table.split_at_mut(start);
            let next = &mut next[..size];
            next.copy_from_slice(&known[start - size..]);
            times_x(a, rows, next, known, degree);
        }
        Classes { a, rows, degree, size, table }
    }

    /// `f*g`, into `out`.
    #[inline(always)]
    fn multiply(&self, f: &[u64], g: &[u64], out: &mut [u64], product: &mut [u64]) {
        let &Classes { a, rows, degree, size, table } = self;
        let f = &f[BLOCK..][..size];
        for (start, product) in (0usize..).step_by(BLOCK).zip(product.chunks_exact_mut(BLOCK)) {
            // The coefficients of f that meet some of g.
            let (from, to) = ((start + 1).saturating_sub(size), size.min(start + BLOCK));
            let end = BLOCK + start - from;
            product.copy_from_slice(&rows.rows(a, &f[from..to], &g[end + from - to..end + BLOCK]));
        }
        let high = &product[degree..2 * degree - 1];
        for (start, out) in (0..).step_by(BLOCK).zip(out[BLOCK..][..size].chunks_exact_mut(BLOCK)) {
            let blocks = table.chunks_exact(size).map(|row| row[start..].first_chunk().expect("a block"));
            let sum = rows.sum(a, high, blocks);
            let low = product[start..].iter().zip(sum);
            out.iter_mut().zip(low).for_each(|(c, (&low, sum))| *c = a.add(low, sum));
        }
        out[BLOCK + degree..][..size - degree].fill(0);
    }
}

/// `base^exponent` modulo a monic polynomial of degree 1 to [`MAX_DEGREE`], in place of the zeros of `out`; the base has no more coefficients than the degree.
#[inline(always)]
pub(super) fn power<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (base, exponent, divisor): (&[u64], &BigUint, &[u64]),
    out: &mut [u64],
    room: &mut [u64],
) {
    let (degree, size) = (divisor.len() - 1, out.len());
    room.fill(0);
    let (power, room) = room.split_at_mut(padded(size));
    let (entered, room) = room.split_at_mut(padded(size));
    let (product, table) = room.split_at_mut(2 * size);
    let classes = Classes::new(a, rows, divisor, table);
    entered[BLOCK..].iter_mut().zip(base).for_each(|(y, &c)| *y = a.enter(c));
    power[BLOCK] = a.enter(1);
    let is_x = degree > 1 && base.iter().enumerate().all(|(k, &c)| c == u64::from(k == 1)) && base.len() > 1;
    let mut copy = [0; padded(MAX_DEGREE)];
    let copy = &mut copy[..padded(size)];
    for i in (0..exponent.bits()).rev() {
        if i + 1 < exponent.bits() {
            copy.copy_from_slice(power);
            classes.multiply(copy, copy, power, product);
        }
        if exponent.bit(i) {
            if is_x {
                times_x(a, rows, &mut power[BLOCK..][..size], classes.table, degree);
            } else {
                copy.copy_from_slice(power);
                classes.multiply(copy, entered, power, product);
            }
        }
    }
    out[..degree].iter_mut().zip(&power[BLOCK..]).for_each(|(c, &entered)| *c = a.mul(1, entered));
}

/// Room for a composition with an `f` of so many terms.
pub(super) fn room_to_compose(terms: usize, degree: usize, size: usize) -> usize {
    room(degree, size) + steps(terms) * padded(size)
}

/// `f(g)` modulo a monic polynomial of degree 1 to [`MAX_DEGREE`], in place of the zeros of `out`; `f` has 1 to [`MAX_TERMS`](super::MAX_TERMS) terms, and `g` no more coefficients than
/// the degree.
#[inline(always)]
pub(super) fn compose<A: Arithmetic>(
    a: A,
    rows: impl Rows<A>,
    (f, g, divisor): (&[u64], &[u64], &[u64]),
    out: &mut [u64],
    room: &mut [u64],
) {
    let (degree, size, few) = (divisor.len() - 1, out.len(), steps(f.len()));
    let stride = padded(size);
    room.fill(0);
    let (value, room) = room.split_at_mut(stride);
    let (copy, room) = room.split_at_mut(stride);
    let (powers, room) = room.split_at_mut(few * stride);
    let (product, table) = room.split_at_mut(2 * size);
    let classes = Classes::new(a, rows, divisor, table);
    powers[BLOCK..].iter_mut().zip(g).for_each(|(y, &c)| *y = a.enter(c));
    for i in 1..few {
        // The power i + 1.
        let (known, next) = powers.split_at_mut(i * stride);
        let (x, y) = (&known[(i - 1) / 2 * stride..][..stride], &known[i / 2 * stride..][..stride]);
        classes.multiply(x, y, &mut next[..stride], product);
    }
    for first in (0..f.len()).step_by(few).rev() {
        if first + few < f.len() {
            copy.copy_from_slice(value);
            classes.multiply(copy, &powers[(few - 1) * stride..], value, product);
        }
        let part = &f[first..f.len().min(first + few)];
        for (start, value) in (BLOCK..).step_by(BLOCK).zip(value[BLOCK..][..size].chunks_exact_mut(BLOCK)) {
            let blocks =
                powers.chunks_exact(stride).map(|power| power[start..].first_chunk().expect("a block"));
            let sum = rows.sum(a, &part[1..], blocks);
            value.iter_mut().zip(sum).for_each(|(c, sum)| *c = a.add(*c, sum));
        }
        value[BLOCK] = a.add(value[BLOCK], part[0]);
    }
    out[..degree].copy_from_slice(&value[BLOCK..][..degree]);
}
