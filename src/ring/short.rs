//! Products of a few small integers, `BigInt` in and `BigInt` out, on the stack from end to end.
//!
//! They stand apart from [`engine`](super::engine) because computer algebra multiplies polynomials of degree 3 by the million, and
//! there a plan, a limb matrix or an allocation costs more than the product.
//!
//! # Method
//! One pass over an operand takes its digits into an array and finds how large they are. The kernels are those of
//! [`arrays`](crate::convolution::arrays).

use crate::convolution::{
    self, Algorithm, Want,
    arrays::{self, Long, Triple},
    plan::ceil_log2,
};
use crate::integer::bigints;
use crate::{Result, limit};
use num_bigint::{BigInt, Sign};
use std::ops::Range;

/// Operands of words up to this length.
const WORDS: usize = 64;

/// Operands of two to four limbs up to this length.
const LONGS: usize = 16;

/// The product into `out`, if it is a short one; without `a`, `out` itself is the first operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
pub(super) fn product(
    a: Option<&[BigInt]>,
    b: &[BigInt],
    want: &Want,
    out: &mut Vec<BigInt>,
) -> Result<bool> {
    let (m, n) = (a.map_or(out.len(), <[_]>::len), b.len());
    let len = m.max(n);
    if len > WORDS || !matches!(want.algorithm(), None | Some(Algorithm::Schoolbook)) {
        return Ok(false);
    }
    // A wrong setting is reported by every product.
    convolution::backend()?;
    if m.min(n) == 0 {
        out.clear();
        return Ok(true);
    }
    let task = Task { m, n, window: want.window(m, n) };
    Ok(match len {
        0..=4 => task.words::<4, 8>(a, b, out)? || task.longs::<4, 8>(a, b, out)?,
        5..=8 => task.words::<8, 16>(a, b, out)? || task.longs::<8, 16>(a, b, out)?,
        9..=LONGS => {
            task.words::<LONGS, { 2 * LONGS }>(a, b, out)? || task.longs::<LONGS, { 2 * LONGS }>(a, b, out)?
        }
        17..=32 => task.words::<32, 64>(a, b, out)?,
        _ => task.words::<WORDS, { 2 * WORDS }>(a, b, out)?,
    })
}

/// Lengths, none of them 0, and what is wanted.
struct Task {
    m: usize,
    n: usize,
    window: Range<usize>,
}

impl Task {
    /// The product of words, if all are, by arrays of `N`.
    fn words<const N: usize, const M: usize>(
        &self,
        a: Option<&[BigInt]>,
        b: &[BigInt],
        out: &mut Vec<BigInt>,
    ) -> Result<bool> {
        let first = a.unwrap_or(out);
        let Some((x, x_bits)) = read_words::<N>(first) else { return Ok(false) };
        let (y, y_bits) = match std::ptr::eq(first, b) {
            true => (x, x_bits),
            false => match read_words::<N>(b) {
                Some(words) => words,
                None => return Ok(false),
            },
        };
        let bits = x_bits + y_bits + ceil_log2(self.m.min(self.n) as u64);
        if bits < 64 {
            let halves = N > 4 && bits < 32 && x_bits.max(y_bits) <= arrays::HALF_BITS;
            // All outputs are summed over the whole length, whatever the lengths are.
            let sums: [i64; M] = if halves && 4 * self.m * self.n >= N * N {
                arrays::halves(&x, &y)
            } else {
                arrays::words(&x, &y, (self.m, self.n))
            };
            self.write::<1, i64>(&sums, bits, out)?;
        } else if bits < 128 {
            let sums: [i128; M] = arrays::words(&x, &y, (self.m, self.n));
            // The bound is larger than most products, and what is a word needs no memory.
            if sums.iter().all(|&sum| sum == i128::from(sum as i64)) {
                self.write::<1, i64>(&sums.map(|sum| sum as i64), bits, out)?;
            } else {
                self.write::<2, i128>(&sums, bits, out)?;
            }
        } else {
            self.write::<3, Triple>(&arrays::words::<_, N, M>(&x, &y, (self.m, self.n)), bits, out)?;
        }
        Ok(true)
    }

    /// The product of integers of up to four limbs.
    fn longs<const N: usize, const M: usize>(
        &self,
        a: Option<&[BigInt]>,
        b: &[BigInt],
        out: &mut Vec<BigInt>,
    ) -> Result<bool> {
        let first = a.unwrap_or(out);
        let bits = |v: &[BigInt]| v.iter().map(BigInt::bits).max().unwrap_or(0);
        let (x, y) = (bits(first), bits(b));
        let bits = x + y + ceil_log2(self.m.min(self.n) as u64);
        match x.max(y).div_ceil(64) {
            0..=2 => self.fixed::<2, 5, N, M>(a, b, bits, out)?,
            3 => self.fixed::<3, 7, N, M>(a, b, bits, out)?,
            4 => self.fixed::<4, 9, N, M>(a, b, bits, out)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The product of integers of up to `W` limbs.
    fn fixed<const W: usize, const S: usize, const N: usize, const M: usize>(
        &self,
        a: Option<&[BigInt]>,
        b: &[BigInt],
        bits: u64,
        out: &mut Vec<BigInt>,
    ) -> Result<()> {
        let first = a.unwrap_or(out);
        let x = read_longs::<W, N>(first);
        let y = if std::ptr::eq(first, b) { x } else { read_longs::<W, N>(b) };
        let sums = arrays::longs::<W, S, N, M>(&x, &y, (self.m, self.n));
        self.write::<S, [u64; S]>(&sums, bits, out)
    }

    /// The wanted sums as integers, in the memory that `out` has.
    #[inline(always)]
    fn write<const W: usize, T: Row<W>>(&self, sums: &[T], bits: u64, out: &mut Vec<BigInt>) -> Result<()> {
        let sums = &sums[self.window.clone()];
        limit::check(sums.len() as u64, bits + 1)?;
        out.truncate(sums.len());
        let (kept, new) = sums.split_at(out.len());
        for (value, sum) in out.iter_mut().zip(kept) {
            bigints::reuse(value, &sum.row());
        }
        out.reserve_exact(new.len());
        out.extend(new.iter().map(|sum| bigints::fresh::<W, BigInt>(&sum.row())));
        Ok(())
    }
}

/// A sum as a row in two's complement.
pub(super) trait Row<const W: usize>: Copy {
    fn row(&self) -> [u64; W];
}

impl Row<1> for i64 {
    #[inline(always)]
    fn row(&self) -> [u64; 1] {
        [*self as u64]
    }
}

impl Row<2> for i128 {
    #[inline(always)]
    fn row(&self) -> [u64; 2] {
        [*self as u64, (*self >> 64) as u64]
    }
}

impl Row<3> for Triple {
    #[inline(always)]
    fn row(&self) -> [u64; 3] {
        Triple::row(self)
    }
}

impl<const W: usize> Row<W> for [u64; W] {
    #[inline(always)]
    fn row(&self) -> [u64; W] {
        *self
    }
}

/// The integers as words, zeros beyond them, and the bits of the largest; `None` when one does not fit.
#[inline(always)]
pub(super) fn read_words<'a, const N: usize>(
    values: impl IntoIterator<Item = &'a BigInt>,
) -> Option<([i64; N], u64)> {
    let (mut words, mut all) = ([0; N], 0);
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
    (all >> 63 == 0).then_some((words, u64::from(64 - all.leading_zeros())))
}

/// The integers as magnitudes of `W` limbs with masks for their signs, zeros beyond them.
#[inline(always)]
pub(super) fn read_longs<'a, const W: usize, const N: usize>(
    values: impl IntoIterator<Item = &'a BigInt>,
) -> [Long<W>; N] {
    let mut longs = [([0; W], 0); N];
    for (long, value) in longs.iter_mut().zip(values) {
        let mut digits = value.iter_u64_digits();
        long.0 = std::array::from_fn(|_| digits.next().unwrap_or(0));
        long.1 = if value.sign() == Sign::Minus { u64::MAX } else { 0 };
    }
    longs
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
