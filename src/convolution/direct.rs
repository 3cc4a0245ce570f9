//! `c[k] = sum over i+j=k of a[i]*b[j]` for a few integers: from the operands to the result without a plan.
//!
//! It stands apart from [`plan`](super::plan) because computer algebra multiplies polynomials of degree 3 by the million, and there
//! a plan, or a buffer, takes longer than the product. How large the operands are is found while they are read into
//! arrays, and that alone decides which kernel of [`arrays`] computes all sums; what becomes of them is
//! up to the caller, [`Sink`].

use super::{
    Backend,
    arrays::{self, Long, Triple},
    backend,
    plan::ceil_log2,
    same,
    short::{
        self,
        few::{Few, PAD},
        sums::Kind,
    },
    tuning, words,
};
use crate::{
    Result,
    integer::{IntegerSlice, IntegerVec, WordModulus},
    limit,
};
use std::ops::Range;

/// Operands of words up to this length.
pub(crate) const WORDS: usize = 64;

/// Words up to this length whose sums are words are multiplied in arrays, longer ones in vectors: 16 by 16 of 8 bits took 86 ns in arrays and 148 in
/// vectors, which have to be laid out first.
const ARRAYS: usize = 16;

/// Up to this length words of 16 bits and more are multiplied as they are, longer ones packed, where their sums are words. With 52-bit vectors 17, 24, 32
/// and 48 by as many of 20 bits took 175, 197, 248 and 412 ns as they are, 287, 289, 285 and 431 packed; 64 by 64 567 and 487. Sums that are
/// parted take less time as they are at all lengths, 241 to 725 ns in place of 361 to 941: `peers zx --lengths 17,24,32,48,64 --bits 20,30`.
const FEW: usize = 32;

/// Operands of up to four limbs up to this length.
pub(crate) const LONGS: usize = 16;

/// Operands of five to sixteen limbs up to this length.
pub(crate) const LONGER: usize = 4;

/// Words, zeros beyond them, and the bits of the largest.
pub(crate) type Words<const N: usize> = ([i64; N], u64);

/// A sum as a row in two's complement.
pub(crate) trait Row<const W: usize>: Copy {
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

/// What takes the sums of a product.
pub(crate) trait Sink {
    /// All sums, of at most so many bits.
    ///
    /// # Errors
    /// Kind limit.
    fn put<const W: usize, T: Row<W>>(self, sums: &[T], bits: u64) -> Result<()>;
}

/// The product of the first `m` by the first `n` words, `M = 2 N`, on a back end.
///
/// # Errors
/// Those of [`Sink::put`].
#[inline(always)]
pub(crate) fn of_words<const N: usize, const M: usize>(
    backend: Backend,
    (x, x_bits): &Words<N>,
    (y, y_bits): &Words<N>,
    (m, n): (usize, usize),
    sink: impl Sink,
) -> Result<()> {
    let bits = x_bits + y_bits + ceil_log2(m.min(n) as u64);
    let kind = Kind::of_integers((*x_bits, *y_bits), bits);
    if const { N >= ARRAYS }
        && let Some(kind) = kind
        && let Some(unit) = short::unit(backend)
    {
        let (mut low, operands) = ([0; M], (&x[..m], &y[..n]));
        match kind {
            Kind::Halves { fold } if bits >= 64 => {
                let mut high = [0; M];
                few(unit, fold, operands, &mut low, Some(&mut high));
                let sum = |k: usize| (i128::from(high[k] as i64) << 32) + i128::from(low[k]);
                return sink.put(&std::array::from_fn::<i128, M, _>(sum), bits);
            }
            // The sums fit words, and shorter ones are faster in arrays.
            _ if N == ARRAYS => {}
            Kind::Halves { .. } if N <= FEW => {
                few(unit, usize::MAX, operands, &mut low, None);
                return sink.put(low.as_chunks::<1>().0, bits);
            }
            _ => {
                let (x, y) = (bytemuck::cast_slice(operands.0), bytemuck::cast_slice(operands.1));
                let window = 0..m + n - 1;
                unit.sums(kind, (&mut low[..window.end], 1), (x, y), window)?;
                return sink.put(low.as_chunks::<1>().0, bits);
            }
        }
    }
    if bits < 64 {
        // Eight by eight take 10 ns as words and 20 as halves, where each output is a sum across a vector.
        let halves = N > 8 && bits < 32 && *x_bits.max(y_bits) <= arrays::HALF_BITS;
        // All outputs are summed over the whole length, whatever the lengths are.
        let sums: [i64; M] =
            if halves && 4 * m * n >= N * N { arrays::halves(x, y) } else { arrays::words(x, y, (m, n)) };
        sink.put(&sums, bits)
    } else if bits < 128 {
        sink.put(&arrays::words::<i128, N, M>(x, y, (m, n)), bits)
    } else {
        sink.put(&arrays::words::<Triple, N, M>(x, y, (m, n)), bits)
    }
}

/// The sums of a product of words of at most 31 bits, on a vector unit.
fn few(
    unit: &dyn short::Kernels,
    fold: usize,
    (x, y): (&[i64], &[i64]),
    low: &mut [u64],
    high: Option<&mut [u64]>,
) {
    let (long, short) = if x.len() < y.len() { (y, x) } else { (x, y) };
    let (long, b) = (bytemuck::cast_slice(long), bytemuck::cast_slice(short));
    let run = |padded: &mut [u64]| {
        padded[PAD..][..long.len()].copy_from_slice(long);
        unit.few(Few { padded, len: long.len(), b, fold, low, high });
    };
    // Zeros on the stack are not for nothing.
    match long.len() {
        0..=8 => run(&mut [0; 2 * PAD + 8]),
        9..=16 => run(&mut [0; 2 * PAD + 16]),
        17..=32 => run(&mut [0; 2 * PAD + 32]),
        _ => run(&mut [0; 2 * PAD + WORDS]),
    }
}

/// A product of longer integers that waits for their width.
pub(crate) trait Fixed {
    /// The product with `W` limbs a factor, `S = 2 W + 1` a sum.
    ///
    /// # Errors
    /// Those of [`Sink::put`].
    fn fixed<const W: usize, const S: usize>(self) -> Result<()>;
}

/// The product of operands in arrays of `N`, with at most so many limbs an integer; false where they are too long.
#[inline(always)]
pub(crate) fn by_limbs<const N: usize>(limbs: u64, product: impl Fixed) -> Result<bool> {
    match limbs {
        0..=2 => product.fixed::<2, 5>()?,
        3 => product.fixed::<3, 7>()?,
        4 => product.fixed::<4, 9>()?,
        // The constant keeps what is never taken from being compiled.
        _ if const { N <= LONGER } => return by_many_limbs(limbs, product),
        _ => return Ok(false),
    }
    Ok(true)
}

/// The product of operands of more than four limbs an integer.
#[inline(always)]
fn by_many_limbs(limbs: u64, product: impl Fixed) -> Result<bool> {
    match limbs {
        5 => product.fixed::<5, 11>()?,
        6 => product.fixed::<6, 13>()?,
        7 => product.fixed::<7, 15>()?,
        8 => product.fixed::<8, 17>()?,
        // Above, the work is in the products: fewer widths will do.
        9..=10 => product.fixed::<10, 21>()?,
        11..=12 => product.fixed::<12, 25>()?,
        13..=14 => product.fixed::<14, 29>()?,
        15..=16 => product.fixed::<16, 33>()?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// The window of a product of flat integers, if it is a short one. No operand is empty.
///
/// # Errors
/// Those of [`integers_into`](super::integers_into).
#[inline]
pub(super) fn integers_into(
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    window: Range<usize>,
    out: &mut IntegerVec,
) -> Result<bool> {
    let long = a.len().max(b.len());
    // Longer products compute what is wanted of them only.
    if long > 8 && 2 * window.len() < a.len() + b.len() {
        return Ok(false);
    }
    let sink = Flat { window, out };
    // A wrong setting is reported by every product.
    let backend = backend()?;
    if a.width() == 1 && b.width() == 1 {
        return match long {
            0..=4 => flat_words::<4, 8>(backend, a, b, sink),
            5..=8 => flat_words::<8, 16>(backend, a, b, sink),
            9..=16 => flat_words::<16, 32>(backend, a, b, sink),
            17..=32 => flat_words::<32, 64>(backend, a, b, sink),
            33..=WORDS => flat_words::<WORDS, { 2 * WORDS }>(backend, a, b, sink),
            _ => Ok(false),
        };
    }
    if long > LONGS {
        return Ok(false);
    }
    match long {
        0..=4 => flat_longs::<4, 8>(a, b, sink),
        5..=8 => flat_longs::<8, 16>(a, b, sink),
        _ => flat_longs::<LONGS, { 2 * LONGS }>(a, b, sink),
    }
}

/// The window of a product of residues, if it is a short one. No operand is empty.
///
/// # Errors
/// Those of [`words_mod_into`](super::words_mod_into).
#[inline]
pub(super) fn residues_into(
    n: &WordModulus,
    a: &[u64],
    b: &[u64],
    window: Range<usize>,
    out: &mut Vec<u64>,
) -> Result<bool> {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    let backend = backend()?;
    let mut vectors = None;
    if long >= tuning::SUMS_LENGTH {
        if short > 1
            && let Some(unit) = short::unit(backend)
            && let Some(kind) = unit.kind_of_residues(n.modulus(), short)
        {
            vectors = Some((kind, unit));
        } else if long > words::IN_ARRAYS || 2 * window.len() < a.len() + b.len() {
            return Ok(false);
        }
    }
    limit::check(window.len() as u64, 64)?;
    out.resize(window.len(), 0);
    match vectors {
        Some((kind, unit)) if !window.is_empty() => unit.residues(kind, n, out, (a, b), window)?,
        _ => words::schoolbook_into(n, out, a, b, window),
    }
    Ok(true)
}

fn flat_words<const N: usize, const M: usize>(
    backend: Backend,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    sink: Flat<'_>,
) -> Result<bool> {
    let (x, y) = (read_words::<N>(a.limbs()), read_words::<N>(b.limbs()));
    // Many words of more than 32 bits may be worth a transform.
    if N > 32 && x.1.max(y.1) >= 32 {
        return Ok(false);
    }
    of_words::<N, M>(backend, &x, &y, (a.len(), b.len()), sink)?;
    Ok(true)
}

/// Words of a slice.
#[inline(always)]
fn read_words<const N: usize>(words: &[u64]) -> Words<N> {
    let words = arrays::filled::<N>(words).map(|word| word as i64);
    // The most bits of all are those of their union.
    let all = words.iter().fold(0, |all, word| all | word.unsigned_abs());
    (words, u64::from(64 - all.leading_zeros()))
}

fn flat_longs<const N: usize, const M: usize>(
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    sink: Flat<'_>,
) -> Result<bool> {
    let (x, y) = (a.bits(), b.bits());
    let bits = x + y + ceil_log2(a.len().min(b.len()) as u64);
    by_limbs::<N>(x.max(y).div_ceil(64), FlatLongs::<N, M> { a, b, bits, sink })
}

/// Flat integers of several limbs.
struct FlatLongs<'a, const N: usize, const M: usize> {
    a: IntegerSlice<'a>,
    b: IntegerSlice<'a>,
    bits: u64,
    sink: Flat<'a>,
}

impl<const N: usize, const M: usize> Fixed for FlatLongs<'_, N, M> {
    fn fixed<const W: usize, const S: usize>(self) -> Result<()> {
        // In place throughout: what is returned by value is copied several times.
        let (mut x, mut y, mut sums) = ([Long::<W>::ZERO; N], [Long::<W>::ZERO; N], [[0; S]; M]);
        let read = |longs: &mut [Long<W>; N], rows: IntegerSlice<'_>| {
            longs.iter_mut().zip(rows.rows()).for_each(|(long, row)| long.read(row));
        };
        read(&mut x, self.a);
        if same(self.a.limbs(), self.b.limbs()) && self.a.width() == self.b.width() {
            arrays::square_longs::<W, S, N, M>(&mut sums, &x, self.a.len());
        } else {
            read(&mut y, self.b);
            arrays::longs::<W, S, N, M>(&mut sums, &x, &y, (self.a.len(), self.b.len()));
        }
        self.sink.put(&sums, self.bits)
    }
}

/// Rows of limbs, as many as hold every sum.
struct Flat<'a> {
    window: Range<usize>,
    out: &'a mut IntegerVec,
}

impl Sink for Flat<'_> {
    #[inline(always)]
    fn put<const W: usize, T: Row<W>>(self, sums: &[T], bits: u64) -> Result<()> {
        let sums = &sums[self.window];
        limit::check(sums.len() as u64, bits + 1)?;
        let width = bits as usize / 64 + 1;
        self.out.refill(sums.len(), width, |limbs| {
            if width == W {
                sums.iter().for_each(|sum| limbs.extend_from_slice(&sum.row()));
            } else {
                sums.iter().for_each(|sum| limbs.extend_from_slice(&sum.row()[..width]));
            }
        });
        Ok(())
    }
}
