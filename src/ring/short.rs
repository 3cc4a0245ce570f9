//! Products of a few small integers, `BigInt` in and `BigInt` out, on the stack from end to end.
//!
//! They stand apart from [`engine`](super::engine) because computer algebra multiplies polynomials of degree 3 by the million, and
//! there a plan, a limb matrix or an allocation costs more than the product.
//!
//! # Method
//! One pass over an operand takes its digits into an array and finds how large they are; the rest is
//! [`direct`](crate::convolution::direct).

pub(super) use crate::convolution::direct::Row;
use crate::convolution::{
    self, Algorithm, Backend, Want,
    arrays::{self, Long},
    direct::{self, Fixed, Sink, Words},
    plan::ceil_log2,
};
use crate::integer::bigints::{self, FromRow};
use crate::{Result, limit};
use num_bigint::{BigInt, Sign};
use std::ops::Range;

/// The product into `out`, if it is a short one; without `a`, `out` itself is the first operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
#[inline]
pub(super) fn product(
    a: Option<&[BigInt]>,
    b: &[BigInt],
    want: &Want,
    out: &mut Vec<BigInt>,
) -> Result<bool> {
    let (m, n) = (a.map_or(out.len(), <[_]>::len), b.len());
    let len = m.max(n);
    if len > direct::WORDS || !want.may_be(Algorithm::Schoolbook) {
        return Ok(false);
    }
    // A wrong setting is reported by every product.
    let backend = convolution::backend()?;
    if m.min(n) == 0 {
        out.clear();
        return Ok(true);
    }
    let window = want.window(m, n);
    match len {
        0..=4 => by_arrays::<4, 8>(backend, a, b, window, out),
        5..=8 => by_arrays::<8, 16>(backend, a, b, window, out),
        9..=16 => by_arrays::<16, 32>(backend, a, b, window, out),
        17..=32 => by_arrays::<32, 64>(backend, a, b, window, out),
        _ => by_arrays::<{ direct::WORDS }, { 2 * direct::WORDS }>(backend, a, b, window, out),
    }
}

/// The product by arrays of `N`, if it is a short one.
fn by_arrays<const N: usize, const M: usize>(
    backend: Backend,
    a: Option<&[BigInt]>,
    b: &[BigInt],
    window: Range<usize>,
    out: &mut Vec<BigInt>,
) -> Result<bool> {
    let first = a.unwrap_or(out);
    let lens = (first.len(), b.len());
    let square = std::ptr::eq(first, b);
    // In place: sixteen words that are returned are copied, and copies wait for all of their parts.
    let (mut x, mut y): (Words<N>, Words<N>) = (([0; N], 0), ([0; N], 0));
    if let Some(bits) = write_words(first, &mut x.0)
        && let Some(other) = if square { Some(bits) } else { write_words(b, &mut y.0) }
    {
        x.1 = bits;
        if square {
            y = x;
        } else {
            y.1 = other;
        }
        direct::of_words::<N, M>(backend, &x, &y, lens, Integers { window, out })?;
        return Ok(true);
    }
    if const { N > direct::LONGS } {
        return Ok(false);
    }
    let bits = |v: &[BigInt]| v.iter().map(|x| bigints::bits(x.magnitude())).max().unwrap_or(0);
    let bits = (bits(first), bits(b));
    direct::by_limbs::<N>(bits.0.max(bits.1).div_ceil(64), Longs::<N, M> { a, b, bits, window, out })
}

/// Integers of several limbs; without `a`, `out` is the first operand.
struct Longs<'a, const N: usize, const M: usize> {
    a: Option<&'a [BigInt]>,
    b: &'a [BigInt],
    bits: (u64, u64),
    window: Range<usize>,
    out: &'a mut Vec<BigInt>,
}

impl<const N: usize, const M: usize> Fixed for Longs<'_, N, M> {
    fn fixed<const W: usize, const S: usize>(self) -> Result<()> {
        let first = self.a.unwrap_or(self.out);
        let lens = (first.len(), self.b.len());
        let (mut x, mut y) = ([Long::<W>::ZERO; N], [Long::<W>::ZERO; N]);
        let bits = self.bits.0 + self.bits.1 + ceil_log2(lens.0.min(lens.1) as u64);
        let mut sums = [[0; S]; M];
        read_longs(&mut x, first);
        if std::ptr::eq(first, self.b) {
            arrays::square_longs::<W, S, N, M>(&mut sums, &x, lens.0);
        } else {
            read_longs(&mut y, self.b);
            arrays::longs::<W, S, N, M>(&mut sums, &x, &y, lens);
        }
        Integers { window: self.window, out: self.out }.put(&sums, bits)
    }
}

/// The wanted sums as integers, in the memory that `out` has.
struct Integers<'a> {
    window: Range<usize>,
    out: &'a mut Vec<BigInt>,
}

impl Sink for Integers<'_> {
    #[inline(always)]
    fn put<const W: usize, T: Row<W>>(self, sums: &[T], bits: u64) -> Result<()> {
        let (sums, out) = (&sums[self.window], self.out);
        limit::check(sums.len() as u64, bits + 1)?;
        integers_into(sums, out);
        Ok(())
    }
}

/// Rows as new integers.
#[inline(always)]
pub(super) fn integers<const W: usize, T: Row<W>>(rows: &[T]) -> Vec<BigInt> {
    let mut out = Vec::new();
    integers_into(rows, &mut out);
    out
}

/// Rows as integers, in the memory that `out` has.
#[inline(always)]
pub(super) fn integers_into<const W: usize, T: Row<W>>(rows: &[T], out: &mut Vec<BigInt>) {
    // A bound is larger than most values, and what is a word needs no memory.
    if W == 2 && rows.iter().all(|row| bigints::is_word(&row.row())) {
        write(out, rows.iter().map(|row| [row.row()[0]]));
    } else {
        write(out, rows.iter().map(Row::row));
    }
}

#[inline(always)]
fn write<const W: usize>(out: &mut Vec<BigInt>, mut rows: impl ExactSizeIterator<Item = [u64; W]> + Clone) {
    out.truncate(rows.len());
    if W == 1 && !out.is_empty() && bigints::has_signs(rows.clone().map(|row| row[0])) {
        for (value, row) in out.iter_mut().zip(rows.by_ref()) {
            value.assign_word(row[0] as i64);
        }
    } else {
        for (value, row) in out.iter_mut().zip(rows.by_ref()) {
            bigints::reuse(value, &row);
        }
    }
    out.reserve_exact(rows.len());
    out.extend(rows.map(|row| bigints::fresh::<W, BigInt>(&row)));
}

/// The integers as words, zeros beyond them, and the bits of the largest; `None` when one does not fit.
#[inline(always)]
pub(super) fn read_words<'a, const N: usize>(
    values: impl IntoIterator<Item = &'a BigInt>,
) -> Option<Words<N>> {
    let mut words = [0; N];
    let bits = write_words(values, &mut words)?;
    Some((words, bits))
}

/// The integers as words, into places that are there, and the bits of the largest; `None` when one does not fit.
#[inline(always)]
pub(super) fn write_words<'a>(
    values: impl IntoIterator<Item = &'a BigInt>,
    words: &mut [i64],
) -> Option<u64> {
    let mut all = 0;
    for (word, value) in words.iter_mut().zip(values) {
        let mut digits = value.iter_u64_digits();
        if digits.len() > 1 {
            return None;
        }
        let magnitude = digits.next().unwrap_or(0);
        let mask = if value.sign() == Sign::Minus { -1 } else { 0 };
        *word = (magnitude as i64 ^ mask).wrapping_sub(mask);
        // The most bits of all are those of their union.
        all |= magnitude;
    }
    (all >> 63 == 0).then_some(u64::from(64 - all.leading_zeros()))
}

/// The integers in `W` limbs, into what is zero.
#[inline(always)]
pub(super) fn read_longs<'a, const W: usize, const N: usize>(
    longs: &mut [Long<W>; N],
    values: impl IntoIterator<Item = &'a BigInt>,
) {
    for (long, value) in longs.iter_mut().zip(values) {
        long.fill(value.iter_u64_digits(), value.sign() == Sign::Minus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{Ring, ZZ, generic};

    /// The definition, in the window.
    fn expected(a: &[BigInt], b: &[BigInt], want: &Want) -> Vec<BigInt> {
        let mut full = vec![BigInt::ZERO; (a.len() + b.len()).saturating_sub(1)];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                full[i + j] += x * y;
            }
        }
        full[want.window(a.len(), b.len())].to_vec()
    }

    #[test]
    fn every_size_at_its_borders() {
        for bits in [
            1u32, 7, 13, 14, 15, 16, 29, 30, 31, 32, 61, 62, 63, 64, 65, 127, 128, 129, 191, 192, 193, 255,
            256, 257,
        ] {
            let most: BigInt = (BigInt::from(1) << bits) - 1;
            for (m, n) in [
                (1, 1),
                (1, 4),
                (2, 3),
                (4, 4),
                (5, 1),
                (8, 8),
                (7, 9),
                (16, 16),
                (17, 3),
                (32, 32),
                (33, 2),
                (64, 64),
                (65, 3),
            ] {
                let fill = |len: i32, step: i32| -> Vec<BigInt> {
                    (0..len).map(|k| if step > 0 && k % step == 0 { -&most } else { most.clone() }).collect()
                };
                for step in [0, 1, 2, 3] {
                    let (a, b) = (fill(m, step), fill(n, 2 * step));
                    for want in [Want::full(), Want::low(3), Want::range(2..7), Want::range(1..1)] {
                        let expected = expected(&a, &b, &want);
                        for dirty in [0, 1, 5, 80] {
                            let mut out: Vec<BigInt> =
                                (0..dirty).map(|k: i32| -(BigInt::from(7) << (40 * k))).collect();
                            ZZ.convolve_into(&a, &b, &want, &mut out).expect("small");
                            assert_eq!(out, expected, "{bits} bits, {m} by {n}, {want:?}");
                        }
                        let mut assigned = a.clone();
                        ZZ.convolve_assign(&mut assigned, &b, &want).expect("small");
                        assert_eq!(assigned, expected, "{bits} bits, {m} by {n} in place, {want:?}");
                    }
                    let square = generic::convolve(&ZZ, &a, &a, &Want::full()).expect("small");
                    assert_eq!(ZZ.convolve(&a, &a, &Want::full()).expect("small"), square);
                }
            }
        }
    }
}
