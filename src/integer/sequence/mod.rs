//! [`IntegerVec`]: a sequence of integers as one matrix of limbs, a fixed number a row.
//!
//! It stands apart from `Vec<BigInt>` because dense work cannot afford an allocation a coefficient: the
//! engine reads its operands once into this form and writes the result once out of it.
//!
//! # Invariants
//! Row `k` is coefficient `k` in two's complement, least significant limb first, `width >= 1` limbs. The
//! width need not be minimal. A row of width 1 is an `i64`, of width 2 an `i128`. Equality and hashing go by the
//! values, never by the width.
//!
//! # Memory
//! One width serves all rows, so a single large coefficient among many small ones makes a large matrix: `try_` forms
//! hold it against [`limit`](crate::limit) before anything is allocated.

use super::limbs::{add_carry, is_negative, row_bits};
use crate::{Error, Result, limit, pages};
use bigints::by_width;
use num_bigint::BigInt;
use std::{fmt, hash, ops::Range};

mod arithmetic;
pub(crate) mod bigints;
mod convert;
mod divide;

/// A sequence of integers, flat: `len` rows of `width` limbs in two's complement.
///
/// # Examples
/// ```
/// use monic::integer::IntegerVec;
/// let v = IntegerVec::from_i64s(&[3, -1, 4]);
/// assert_eq!((v.len(), v.width(), v.bits()), (3, 1, 3));
/// ```
#[derive(Clone)]
pub struct IntegerVec {
    limbs: Vec<u64>,
    width: usize,
}

/// A borrowed [`IntegerVec`], or a part of one.
#[derive(Clone, Copy)]
pub struct IntegerSlice<'a> {
    limbs: &'a [u64],
    width: usize,
}

impl IntegerVec {
    /// `len` zeros of `width` limbs each.
    ///
    /// # Panics
    /// When `width` is 0, and when the matrix is over the limit.
    #[track_caller]
    pub fn zeros(len: usize, width: usize) -> Self {
        or_panic(Self::try_zeros(len, width))
    }

    /// `len` zeros of `width` limbs each.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    ///
    /// # Panics
    /// When `width` is 0.
    pub fn try_zeros(len: usize, width: usize) -> Result<Self> {
        assert!(width > 0, "a row has at least one limb");
        limit::check(len as u64, 64 * width as u64)?;
        Ok(IntegerVec { limbs: try_zeroed(len * width)?, width })
    }

    /// Makes this `len` rows of `width` limbs, of any contents, in the memory that it has where that is enough.
    ///
    /// # Errors
    /// Kind limit where memory is refused.
    pub(crate) fn reset(&mut self, len: usize, width: usize) -> Result<()> {
        let words = len * width;
        if words > self.limbs.capacity() {
            self.limbs = try_zeroed(words)?;
        } else {
            self.limbs.resize(words, 0);
        }
        self.width = width;
        Ok(())
    }

    /// Whether [`reset`](Self::reset) to such rows allocates nothing, and keeps the limbs that are there.
    pub(crate) fn has_room(&self, len: usize, width: usize) -> bool {
        len * width <= self.limbs.capacity()
    }

    /// Makes this `len` rows of `width` limbs, which `push` appends to what is empty: a few, for which there is memory. Where they do
    /// not fit, nothing is cleared, which an allocator takes longer for than a small product takes.
    #[inline(always)]
    pub(crate) fn refill(&mut self, len: usize, width: usize, push: impl FnOnce(&mut Vec<u64>)) {
        self.limbs.clear();
        self.limbs.reserve_exact(len * width);
        push(&mut self.limbs);
        debug_assert_eq!(self.limbs.len(), len * width, "rows of one width");
        self.width = width;
    }

    /// Takes a matrix of limbs as it is.
    ///
    /// # Panics
    /// When `width` is 0 or does not divide the number of limbs.
    pub fn from_limbs(limbs: Vec<u64>, width: usize) -> Self {
        assert!(
            width > 0 && limbs.len().is_multiple_of(width),
            "{} limbs are no rows of {width}",
            limbs.len()
        );
        IntegerVec { limbs, width }
    }

    /// The number of integers.
    pub fn len(&self) -> usize {
        self.limbs.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Limbs a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All limbs, row by row.
    pub fn limbs(&self) -> &[u64] {
        &self.limbs
    }

    /// All limbs, row by row, to write.
    pub fn limbs_mut(&mut self) -> &mut [u64] {
        &mut self.limbs
    }

    /// The matrix itself.
    pub fn into_limbs(self) -> Vec<u64> {
        self.limbs
    }

    /// Row `k` in two's complement.
    pub fn row(&self, k: usize) -> &[u64] {
        &self.limbs[k * self.width..(k + 1) * self.width]
    }

    /// The integer in row `k`.
    pub fn get(&self, k: usize) -> BigInt {
        self.as_slice().get(k)
    }

    /// The rows, each in two's complement.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, u64> {
        self.as_slice().rows()
    }

    /// The integers one after the other.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = BigInt> + DoubleEndedIterator + '_ {
        self.as_slice().iter()
    }

    /// The largest number of bits of an absolute value; 0 when all are zero.
    pub fn bits(&self) -> u64 {
        self.as_slice().bits()
    }

    /// Rows `range`, borrowed.
    pub fn range(&self, range: Range<usize>) -> IntegerSlice<'_> {
        self.as_slice().range(range)
    }

    /// The whole, borrowed.
    pub fn as_slice(&self) -> IntegerSlice<'_> {
        IntegerSlice { limbs: &self.limbs, width: self.width }
    }
}

impl<'a> IntegerSlice<'a> {
    /// Rows of `width` limbs over a borrowed matrix.
    ///
    /// # Panics
    /// When `width` is 0 or does not divide the number of limbs.
    pub fn new(limbs: &'a [u64], width: usize) -> Self {
        assert!(
            width > 0 && limbs.len().is_multiple_of(width),
            "{} limbs are no rows of {width}",
            limbs.len()
        );
        IntegerSlice { limbs, width }
    }

    /// The number of integers.
    pub fn len(&self) -> usize {
        self.limbs.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Limbs a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All limbs, row by row.
    pub fn limbs(&self) -> &'a [u64] {
        self.limbs
    }

    /// Row `k` in two's complement.
    pub fn row(&self, k: usize) -> &'a [u64] {
        &self.limbs[k * self.width..(k + 1) * self.width]
    }

    /// The integer in row `k`.
    pub fn get(&self, k: usize) -> BigInt {
        bigints::from_row(self.row(k))
    }

    /// The rows, each in two's complement.
    pub fn rows(&self) -> std::slice::ChunksExact<'a, u64> {
        self.limbs.chunks_exact(self.width)
    }

    /// The integers one after the other.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = BigInt> + DoubleEndedIterator + use<'a> {
        self.rows().map(bigints::from_row)
    }

    /// The same rows in a vector of their own.
    pub fn to_vec(&self) -> IntegerVec {
        IntegerVec { limbs: self.limbs.to_vec(), width: self.width }
    }

    /// Rows `range` alone.
    pub fn range(&self, range: Range<usize>) -> IntegerSlice<'a> {
        IntegerSlice {
            limbs: &self.limbs[range.start * self.width..range.end * self.width],
            width: self.width,
        }
    }

    /// The largest number of bits of an absolute value; 0 when all are zero.
    pub fn bits(&self) -> u64 {
        by_width!(self.width, union_bits(self.limbs), self.rows().map(row_bits).max().unwrap_or(0))
    }

    /// Whether some row is below zero.
    pub fn has_negative(&self) -> bool {
        self.rows().any(is_negative)
    }
}

/// The most bits of the absolute values of rows: those of their union. Eight rows of three limbs take 250 instructions, one by one, where each looks for
/// its top limb, 390 with branches among them.
fn union_bits<const W: usize>(limbs: &[u64]) -> u64 {
    let mut union = [0; W];
    for row in limbs.as_chunks::<W>().0 {
        let mask = ((row[W - 1] as i64) >> 63) as u64;
        let mut carry = mask & 1 == 1;
        for (all, &limb) in union.iter_mut().zip(row) {
            let magnitude;
            (magnitude, carry) = add_carry(limb ^ mask, 0, carry);
            *all |= magnitude;
        }
    }
    let top = union.iter().rposition(|&limb| limb != 0);
    top.map_or(0, |k| 64 * k as u64 + u64::from(64 - union[k].leading_zeros()))
}

impl<'a> From<&'a IntegerVec> for IntegerSlice<'a> {
    fn from(v: &'a IntegerVec) -> Self {
        v.as_slice()
    }
}

impl Default for IntegerVec {
    /// No integer, rows of one limb.
    fn default() -> Self {
        IntegerVec { limbs: Vec::new(), width: 1 }
    }
}

impl fmt::Debug for IntegerVec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_slice(), f)
    }
}

/// The integers as a list: small ones in decimal, large ones in hexadecimal (linear time).
impl fmt::Debug for IntegerSlice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for x in self.iter() {
            if x.bits() < 1 << 10 {
                list.entry(&x)
            } else {
                list.entry(&format_args!("{x:#x}"))
            };
        }
        list.finish()
    }
}

impl PartialEq for IntegerSlice<'_> {
    /// Equal integers, whatever the widths.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && if self.width == other.width {
                self.limbs == other.limbs
            } else {
                self.rows().zip(other.rows()).all(|(a, b)| minimal(a) == minimal(b))
            }
    }
}

impl Eq for IntegerSlice<'_> {}

impl hash::Hash for IntegerSlice<'_> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        for row in self.rows() {
            minimal(row).hash(state);
        }
    }
}

impl PartialEq for IntegerVec {
    /// Equal integers, whatever the widths.
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for IntegerVec {}

impl hash::Hash for IntegerVec {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_slice().hash(state);
    }
}

/// The row without the top limbs that only repeat the sign.
fn minimal(row: &[u64]) -> &[u64] {
    let mut row = row;
    while let [rest @ .., below, top] = row {
        if *top != ((*below as i64) >> 63) as u64 {
            break;
        }
        row = &row[..rest.len() + 1];
    }
    row
}

/// The smallest width whose rows hold every integer of absolute value below `2^bits`.
fn width_for(bits: u64) -> usize {
    (bits / 64 + 1) as usize
}

/// Zeros for a short result. What `vec![0; len]` asks for, memory that is zero already, the allocator of the GNU library does not keep at hand in small sizes as it
/// keeps other memory: short calls got some 40 ns shorter.
pub(crate) fn zeros<T: Copy + Default>(len: usize) -> Vec<T> {
    // One more, or the compiler asks for the same.
    let mut zeros = Vec::with_capacity(len + 1);
    zeros.resize(len, T::default());
    zeros
}

/// Whether there is memory for so many words: what cannot be refused comes after.
///
/// # Errors
/// Kind limit, where there is none.
pub(crate) fn ask_for(words: usize) -> Result<()> {
    /// Below 8 MiB a refusal is not to be expected.
    const PLAIN: usize = 1 << 20;
    if words > PLAIN && Vec::<u64>::new().try_reserve_exact(words).is_err() {
        return Err(Error::limit(format!("no memory for {} bytes", 8 * words as u128)));
    }
    Ok(())
}

/// Zeros, or an error where memory is refused.
pub(crate) fn try_zeroed(len: usize) -> Result<Vec<u64>> {
    /// Up to 1 KiB the allocator keeps memory at hand.
    const AT_HAND: usize = 128;
    if len < AT_HAND {
        return Ok(zeros(len));
    }
    /// From 1 MiB on, memory that was in use before is cleared by several threads: one alone holds up the others for a tenth of a
    /// product.
    #[cfg(feature = "parallel")]
    const SPREAD: usize = 1 << 17;
    /// From 32 MiB on memory comes from the system, and is zero already.
    #[cfg(feature = "parallel")]
    const LAZY: usize = 1 << 22;
    // The plain form takes pages that are zero already, and cannot be refused.
    ask_for(len)?;
    #[cfg(feature = "parallel")]
    if (SPREAD..LAZY).contains(&len) && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        let mut spread = Vec::with_capacity(len);
        pages::large(&mut spread);
        spread.par_extend(rayon::iter::repeat_n(0, len));
        return Ok(spread);
    }
    let mut zeroed = vec![0; len];
    pages::large(&mut zeroed);
    Ok(zeroed)
}

/// The value, or a panic with the error's numbers.
#[track_caller]
fn or_panic<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
