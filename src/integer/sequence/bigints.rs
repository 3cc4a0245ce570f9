//! `BigInt` and `BigUint` into rows and out of them.
//!
//! It stands apart because here, and only here, a coefficient may cost an allocation: on the way in there is
//! none, on the way out the destination's own are reused. A fresh integer over one limb costs 25 ns of allocating and
//! freeing, whatever its digits; one that is overwritten 7 to 13.
//!
//! # Method
//! Up to nine limbs a row each width has loops of its own, unrolled. Signs are masks: those of real data are not
//! predictable, and a branch missed costs more than the row. num-bigint takes digits as halves of limbs only, which they are in memory. Long sequences are written by rayon's threads, because the allocations take most of the time.

use super::super::limbs::{as_halves, is_negative, negate, trimmed, write_row};
use super::{IntegerSlice, IntegerVec, ask_for, or_panic, try_zeroed, width_for};
#[cfg(feature = "parallel")]
use crate::threads;
use crate::{Result, limit, pages};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::Zero;
use std::{borrow::Cow, cell::Cell};

impl IntegerVec {
    /// Rows of the smallest width that holds every absolute value and a sign bit.
    ///
    /// # Panics
    /// When the matrix is over the limit.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// use num_bigint::BigInt;
    /// let v = IntegerVec::from_bigints(&[BigInt::from(i64::MIN), BigInt::from(7)]);
    /// assert_eq!(v.width(), 2);
    /// assert_eq!(v.to_i64s()?, [i64::MIN, 7]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn from_bigints(values: &[BigInt]) -> Self {
        or_panic(Self::try_from_bigints(values))
    }

    /// Rows of the smallest width that holds every absolute value and a sign bit.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_bigints(values: &[BigInt]) -> Result<Self> {
        Self::try_from_refs(values)
    }

    /// The same from borrowed integers wherever they lie: numerators, real parts, values of a map.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_refs<'a, I>(values: I) -> Result<Self>
    where
        I: IntoIterator<Item = &'a BigInt>,
        I::IntoIter: Clone,
    {
        Self::fill(values.into_iter().map(parts))
    }

    /// Rows of the smallest width that holds every natural number.
    ///
    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    pub fn from_biguints(values: &[BigUint]) -> Self {
        or_panic(Self::try_from_biguints(values))
    }

    /// Rows of the smallest width that holds every natural number.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_biguints(values: &[BigUint]) -> Result<Self> {
        Self::fill(values.iter().map(natural))
    }

    /// Two passes over the values: the widest, then the digits.
    fn fill<'a>(values: impl Iterator<Item = (Sign, &'a BigUint)> + Clone) -> Result<Self> {
        let (mut bits, mut len) = (0, 0usize);
        for (_, magnitude) in values.clone() {
            bits = bits.max(magnitude.bits());
            len += 1;
        }
        let width = width_for(bits);
        limit::check(len as u64, 64 * width as u64)?;
        let mut limbs = try_zeroed(len * width)?;
        write_rows(values, &mut limbs, width);
        Ok(IntegerVec { limbs, width })
    }

    /// Every row as a `BigInt`.
    pub fn to_bigints(&self) -> Vec<BigInt> {
        self.as_slice().to_bigints()
    }

    /// Every row into `out`, which keeps the allocations of the integers that it holds.
    pub fn write_bigints(&self, out: &mut Vec<BigInt>) {
        self.as_slice().write_bigints(out);
    }
}

impl IntegerSlice<'_> {
    /// Every row as a `BigInt`.
    pub fn to_bigints(&self) -> Vec<BigInt> {
        from_rows(*self)
    }

    /// Every row into `out`, which keeps the allocations of the integers that it holds.
    pub fn write_bigints(&self, out: &mut Vec<BigInt>) {
        write_values(*self, out);
    }
}

/// The sizes of the integers of a sequence, from one pass over them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// How many there are.
    pub(crate) len: usize,
    /// The largest number of bits of an absolute value.
    pub(crate) bits: u64,
    /// Limbs of all absolute values together.
    pub(crate) limbs: usize,
    /// How many are not zero.
    pub(crate) terms: usize,
    /// Whether one is below zero.
    pub(crate) negative: bool,
}

impl Extent {
    /// Of the signs and absolute values of a sequence.
    pub(crate) fn of<'a>(values: impl IntoIterator<Item = (Sign, &'a BigUint)>) -> Self {
        let mut extent = Extent::default();
        for (sign, magnitude) in values {
            let limbs = magnitude.iter_u64_digits().len();
            extent.len += 1;
            extent.bits = extent.bits.max(bits(magnitude));
            extent.limbs += limbs;
            extent.terms += usize::from(limbs > 0);
            extent.negative |= sign == Sign::Minus;
        }
        extent
    }

    /// Limbs of a row that holds each of them with a sign.
    pub(crate) fn width(&self) -> usize {
        width_for(self.bits)
    }
}

/// The bits of a natural number: those of `num_bigint` are a call.
#[inline(always)]
pub(crate) fn bits(magnitude: &BigUint) -> u64 {
    let mut digits = magnitude.iter_u64_digits();
    let limbs = digits.len() as u64;
    digits.next_back().map_or(0, |top| 64 * limbs - u64::from(top.leading_zeros()))
}

/// The sign and the absolute value.
pub(crate) fn parts(value: &BigInt) -> (Sign, &BigUint) {
    (value.sign(), value.magnitude())
}

/// The natural number with the sign it has.
pub(crate) fn natural(value: &BigUint) -> (Sign, &BigUint) {
    (Sign::Plus, value)
}

/// Calls a function for rows of a width known when it is compiled, or another one.
macro_rules! by_width {
    ($width:expr, $fixed:ident$(::<$kind:ty>)?($($argument:expr),*), $any:expr) => {
        match $width {
            1 => $fixed::<1 $(, $kind)?>($($argument),*),
            2 => $fixed::<2 $(, $kind)?>($($argument),*),
            3 => $fixed::<3 $(, $kind)?>($($argument),*),
            4 => $fixed::<4 $(, $kind)?>($($argument),*),
            5 => $fixed::<5 $(, $kind)?>($($argument),*),
            6 => $fixed::<6 $(, $kind)?>($($argument),*),
            7 => $fixed::<7 $(, $kind)?>($($argument),*),
            8 => $fixed::<8 $(, $kind)?>($($argument),*),
            9 => $fixed::<9 $(, $kind)?>($($argument),*),
            _ => $any,
        }
    };
}
pub(crate) use by_width;

/// Writes integers into rows of `width` limbs, which are wide enough for each of them and a sign; `out` has a row for
/// every value.
pub(crate) fn write_rows<'a>(
    values: impl Iterator<Item = (Sign, &'a BigUint)>,
    out: &mut [u64],
    width: usize,
) {
    by_width!(width, write_fixed(values, out), {
        for (row, (sign, magnitude)) in out.chunks_exact_mut(width).zip(values) {
            write_row(row, magnitude.iter_u64_digits(), sign == Sign::Minus);
        }
    });
}

/// Writes integers of up to 63 bits into words; `None` when there is a longer one. It saves the pass that finds how large they
/// are.
pub(crate) fn write_words<'a>(
    values: impl ExactSizeIterator<Item = (Sign, &'a BigUint)>,
    out: &mut [u64],
) -> Option<Extent> {
    let mut extent = Extent { len: values.len(), ..Extent::default() };
    let mut magnitudes = 0;
    for (word, (sign, magnitude)) in out.iter_mut().zip(values) {
        let mut digits = magnitude.iter_u64_digits();
        if digits.len() > 1 {
            return None;
        }
        let magnitude = digits.next().unwrap_or(0);
        let mask = if sign == Sign::Minus { u64::MAX } else { 0 };
        *word = (magnitude ^ mask).wrapping_sub(mask);
        magnitudes |= magnitude;
        extent.terms += usize::from(magnitude != 0);
        extent.negative |= sign == Sign::Minus;
    }
    (extent.bits, extent.limbs) = (u64::from(64 - magnitudes.leading_zeros()), extent.terms);
    (extent.bits < 64).then_some(extent)
}

fn write_fixed<'a, const W: usize>(values: impl Iterator<Item = (Sign, &'a BigUint)>, out: &mut [u64]) {
    for (row, (sign, magnitude)) in out.as_chunks_mut::<W>().0.iter_mut().zip(values) {
        let mut digits = magnitude.iter_u64_digits();
        debug_assert!(digits.len() <= W);
        let mask = if sign == Sign::Minus { u64::MAX } else { 0 };
        let mut carry = mask & 1;
        for limb in row {
            let (value, over) = (digits.next().unwrap_or(0) ^ mask).overflowing_add(carry);
            *limb = value;
            carry = u64::from(over);
        }
    }
}

/// What a row can become.
pub(crate) trait FromRow: Sized + Send {
    /// From a sign and digits in halves, of which the last two are not both zero.
    fn from_halves(sign: Sign, halves: &[u32]) -> Self;

    /// From a word.
    ///
    /// Apart from [`from_limb`](FromRow::from_limb): a value put together on the stack from its parts and then moved as a whole
    /// waits for all of them.
    fn from_word(word: i64) -> Self;

    /// A word in place of a value that is there, for words of both signs. Where that can be done without a branch on the sign, which half of
    /// the time would be guessed wrong where signs are random: 1.6 ns in place of 5.2.
    #[inline]
    fn assign_word(&mut self, word: i64) {
        *self = Self::from_word(word);
    }

    /// From a sign and one limb.
    fn from_limb(sign: Sign, limb: u64) -> Self;

    /// From a sign and at most two limbs.
    fn from_limbs(sign: Sign, limbs: [u64; 2]) -> Self;

    /// A sign and two limbs in the memory that the value has.
    fn assign_limbs(&mut self, sign: Sign, limbs: [u64; 2]);

    /// The same in the memory that the value has.
    fn assign(&mut self, sign: Sign, halves: &[u32]);
}

impl FromRow for BigInt {
    #[inline]
    fn from_halves(sign: Sign, halves: &[u32]) -> Self {
        BigInt::from_slice(sign, halves)
    }
    #[inline]
    fn from_word(word: i64) -> Self {
        word.into()
    }
    // A call would return the value on the stack.
    #[inline(always)]
    fn assign_word(&mut self, word: i64) {
        let sign = if word < 0 { Sign::Minus } else { Sign::Plus };
        *self = BigInt::from_biguint(sign, BigUint::from(word.unsigned_abs()));
    }
    #[inline]
    fn from_limb(sign: Sign, limb: u64) -> Self {
        // Zero loses its sign there.
        BigInt::from_biguint(sign, BigUint::from(limb))
    }
    // A call would return the value on the stack, from where it is moved as a whole and waits for its parts: 8 ns.
    #[inline(always)]
    fn from_limbs(sign: Sign, limbs: [u64; 2]) -> Self {
        BigInt::from_biguint(sign, FromRow::from_limbs(Sign::Plus, limbs))
    }
    #[inline(always)]
    fn assign_limbs(&mut self, sign: Sign, limbs: [u64; 2]) {
        let mut magnitude = std::mem::take(self).into_parts().1;
        magnitude.assign_limbs(Sign::Plus, limbs);
        *self = BigInt::from_biguint(sign, magnitude);
    }
    #[inline]
    fn assign(&mut self, sign: Sign, halves: &[u32]) {
        self.assign_from_slice(sign, halves);
    }
}

/// Of rows that are not negative.
impl FromRow for BigUint {
    #[inline]
    fn from_halves(sign: Sign, halves: &[u32]) -> Self {
        debug_assert_ne!(sign, Sign::Minus, "a natural number");
        BigUint::from_slice(halves)
    }
    #[inline]
    fn from_word(word: i64) -> Self {
        debug_assert!(word >= 0, "a natural number");
        (word as u64).into()
    }
    #[inline]
    fn from_limb(sign: Sign, limb: u64) -> Self {
        debug_assert!(sign != Sign::Minus || limb == 0, "a natural number");
        BigUint::from(limb)
    }
    #[inline(always)]
    fn from_limbs(sign: Sign, [low, high]: [u64; 2]) -> Self {
        debug_assert!(sign != Sign::Minus || low | high == 0, "a natural number");
        BigUint::from(u128::from(high) << 64 | u128::from(low))
    }
    // What is cleared keeps its memory, and takes a sum in place: 4.1 ns, as digits in halves, one by one, 4.7.
    #[inline(always)]
    fn assign_limbs(&mut self, sign: Sign, [low, high]: [u64; 2]) {
        debug_assert!(sign != Sign::Minus || low | high == 0, "a natural number");
        self.set_zero();
        *self += u128::from(high) << 64 | u128::from(low);
    }
    #[inline]
    fn assign(&mut self, sign: Sign, halves: &[u32]) {
        debug_assert_ne!(sign, Sign::Minus, "a natural number");
        self.assign_from_slice(halves);
    }
}

/// A row as sign and magnitude; and how many limbs are significant.
struct Magnitude<const W: usize> {
    sign: Sign,
    magnitude: [u64; W],
    limbs: usize,
}

impl<const W: usize> Magnitude<W> {
    #[inline(always)]
    fn new(row: &[u64; W]) -> Self {
        let mask = ((row[W - 1] as i64) >> 63) as u64;
        let (mut magnitude, mut carry, mut limbs) = ([0; W], mask & 1, W);
        for k in 0..W {
            let (value, over) = (row[k] ^ mask).overflowing_add(carry);
            carry = u64::from(over);
            magnitude[k] = value;
        }
        while limbs > 0 && magnitude[limbs - 1] == 0 {
            limbs -= 1;
        }
        let sign = if mask == 0 { Sign::Plus } else { Sign::Minus };
        Magnitude { sign, magnitude, limbs }
    }

    #[inline(always)]
    fn halves(&self) -> Cow<'_, [u32]> {
        as_halves(&self.magnitude[..self.limbs])
    }
}

/// The row as a new integer.
#[inline(always)]
pub(crate) fn fresh<const W: usize, T: FromRow>(row: &[u64; W]) -> T {
    if W == 1 {
        return T::from_word(row[0] as i64);
    }
    let magnitude = Magnitude::new(row);
    match magnitude.limbs {
        // Most rows of two and three limbs, where a bound was larger than the values.
        0..=2 if W < 4 => T::from_limbs(magnitude.sign, [magnitude.magnitude[0], magnitude.magnitude[1]]),
        0 | 1 => T::from_limb(magnitude.sign, magnitude.magnitude[0]),
        _ => T::from_halves(magnitude.sign, &magnitude.halves()),
    }
}

/// The row in the memory of an integer that is there.
#[inline(always)]
pub(crate) fn reuse<const W: usize, T: FromRow>(value: &mut T, row: &[u64; W]) {
    if W == 1 {
        *value = T::from_word(row[0] as i64);
        return;
    }
    if let &[low, high] = row.as_slice() {
        // The compiler would branch on the sign of a number of 128 bits: where signs are random, 7.6 ns in place of 4.4.
        let mask = ((high as i64) >> 63) as u64;
        let (low, carry) = (low ^ mask).overflowing_add(mask & 1);
        let sign = if mask == 0 { Sign::Plus } else { Sign::Minus };
        return value.assign_limbs(sign, [low, (high ^ mask).wrapping_add(u64::from(carry))]);
    }
    let magnitude = Magnitude::new(row);
    value.assign(magnitude.sign, &magnitude.halves());
}

/// Values up to which a processor remembers the signs of a product that it has seen before.
const FEW: usize = 16;

/// Whether there are so many words, some of them below zero, that it pays not to branch on their signs.
#[inline(always)]
pub(crate) fn has_signs(words: impl ExactSizeIterator<Item = u64>) -> bool {
    words.len() > FEW && (words.fold(0, |all, word| all | word) as i64) < 0
}

/// The integer in a row of any width.
pub(crate) fn from_row<T: FromRow>(row: &[u64]) -> T {
    fn fixed<const W: usize, T: FromRow>(row: &[u64]) -> T {
        fresh(row.first_chunk::<W>().expect("the width is that of the row"))
    }
    if row.is_empty() {
        return T::from_limb(Sign::NoSign, 0);
    }
    by_width!(row.len(), fixed::<_>(row), from_long_row(row, &mut Room::default()))
}

/// The integer in a row; the room is overwritten.
fn from_long_row<T: FromRow>(row: &[u64], room: &mut Room) -> T {
    let (sign, magnitude) = room.read(row);
    T::from_halves(sign, &as_halves(magnitude))
}

/// Where the absolute values of negative rows are computed: those of moderate length stay on the stack.
struct Room {
    few: [u64; 64],
    many: Vec<u64>,
}

/// Words of a room that a thread keeps: 256 KiB.
const KEPT: usize = 1 << 15;

thread_local! {
    /// Of the room that was used last.
    static MANY: Cell<Vec<u64>> = const { Cell::new(Vec::new()) };
}

impl Default for Room {
    fn default() -> Self {
        Room { few: [0; 64], many: Vec::new() }
    }
}

impl Room {
    /// The sign and the absolute value of a row, without leading zeros.
    fn read<'a>(&'a mut self, row: &'a [u64]) -> (Sign, &'a [u64]) {
        if !is_negative(row) {
            let limbs = trimmed(row);
            return (if limbs.is_empty() { Sign::NoSign } else { Sign::Plus }, limbs);
        }
        let magnitude = if row.len() <= self.few.len() {
            &mut self.few[..row.len()]
        } else {
            if self.many.is_empty() {
                self.many = MANY.try_with(Cell::take).unwrap_or_default();
            }
            self.many.resize(row.len(), 0);
            &mut self.many[..]
        };
        magnitude.copy_from_slice(row);
        negate(magnitude);
        (Sign::Minus, trimmed(magnitude))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if (1..=KEPT).contains(&self.many.len()) {
            let many = std::mem::take(&mut self.many);
            // While the thread ends nothing is kept any more.
            let _ = MANY.try_with(|kept| kept.set(many));
        }
    }
}

/// The integer with a sign and a magnitude, whose last limb is not 0.
#[inline]
pub(crate) fn from_magnitude(sign: Sign, limbs: &[u64]) -> BigInt {
    match *limbs {
        [] => BigInt::ZERO,
        [low] => FromRow::from_limb(sign, low),
        [low, high] => FromRow::from_limbs(sign, [low, high]),
        _ => {
            // Made where it stays: one that is moved as a whole waits for all of its parts.
            let mut value = BigInt::ZERO;
            value.assign_from_slice(sign, &as_halves(limbs));
            value
        }
    }
}

/// The sign and the magnitude, whose last limb is not 0, in the memory of an integer that is there.
#[inline]
pub(crate) fn assign_magnitude(value: &mut BigInt, sign: Sign, limbs: &[u64]) {
    value.assign_from_slice(sign, &as_halves(limbs));
}

/// Every row as a new integer.
pub(crate) fn from_rows<T: FromRow>(rows: IntegerSlice<'_>) -> Vec<T> {
    let mut out = Vec::new();
    extend(&mut out, rows);
    out
}

/// Every row into `out`, which keeps the memory of the integers that it holds.
pub(crate) fn write_values<T: FromRow>(rows: IntegerSlice<'_>, out: &mut Vec<T>) {
    out.truncate(rows.len());
    let kept = out.len();
    assign(out, rows.range(0..kept));
    extend(out, rows.range(kept..rows.len()));
}

/// The same where there is memory for all of them.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(crate) fn try_write_values<T: FromRow>(rows: IntegerSlice<'_>, out: &mut Vec<T>) -> Result<()> {
    let own = size_of::<T>() / size_of::<u64>();
    let each = if rows.width() > 1 { own + rows.width() } else { own };
    ask_for(rows.len().saturating_sub(out.len()).saturating_mul(each))?;
    write_values(rows, out);
    Ok(())
}

/// Appends every row as a new integer.
fn extend<T: FromRow>(out: &mut Vec<T>, rows: IntegerSlice<'_>) {
    out.reserve_exact(rows.len());
    pages::large(out);
    match rows.width() {
        1 => extend_words::<1, T>(out, rows),
        2 if are_words(rows.limbs().as_chunks::<2>().0) => extend_words::<2, T>(out, rows),
        width => by_width!(width, extend_fixed::<_>(out, rows), extend_long(out, rows)),
    }
}

/// Words that become integers while the zeros in their place are in the cache.
const WORDS_AT_ONCE: usize = 64;

/// Of rows whose first limb says all.
fn extend_words<const W: usize, T: FromRow>(out: &mut Vec<T>, rows: IntegerSlice<'_>) {
    let limbs = rows.limbs().as_chunks::<W>().0;
    #[cfg(feature = "parallel")]
    if threads_pay(rows.len(), fresh_time(1)) {
        use rayon::prelude::*;
        return out.par_extend(limbs.par_iter().map(|row| T::from_word(row[0] as i64)));
    }
    if !has_signs(limbs.iter().map(|row| row[0])) {
        return out.extend(limbs.iter().map(|row| T::from_word(row[0] as i64)));
    }
    // In place of zeros: what is made elsewhere and moved either waits or branches on the sign.
    for limbs in limbs.chunks(WORDS_AT_ONCE) {
        let first = out.len();
        out.resize_with(first + limbs.len(), || T::from_word(0));
        out[first..].iter_mut().zip(limbs).for_each(|(value, row)| value.assign_word(row[0] as i64));
    }
}

fn extend_fixed<const W: usize, T: FromRow>(out: &mut Vec<T>, rows: IntegerSlice<'_>) {
    #[cfg(feature = "parallel")]
    if threads_pay(rows.len(), fresh_time(W)) {
        return extend_apart(out, rows);
    }
    out.extend(rows.limbs().as_chunks::<W>().0.iter().map(fresh::<W, T>));
}

/// The same on several threads. They choose the width row by row: that is little beside an allocation, and what hands work out is
/// compiled once for all widths.
#[cfg(feature = "parallel")]
fn extend_apart<T: FromRow>(out: &mut Vec<T>, rows: IntegerSlice<'_>) {
    use rayon::prelude::*;
    out.par_extend(rows.limbs().par_chunks_exact(rows.width()).map(from_row));
}

/// Whether two limbs are a word and its sign.
#[inline(always)]
pub(crate) fn is_word<const W: usize>(row: &[u64; W]) -> bool {
    row[1..].iter().all(|&limb| limb == ((row[0] as i64) >> 63) as u64)
}

/// Whether all rows of two limbs are words. The bound of a product is larger than most products; and what is a word takes no
/// memory beside its own, nor the time to write there.
fn are_words<const W: usize>(rows: &[[u64; W]]) -> bool {
    W == 2 && rows.iter().all(is_word)
}

fn extend_long<T: FromRow>(out: &mut Vec<T>, rows: IntegerSlice<'_>) {
    #[cfg(feature = "parallel")]
    if threads_pay(rows.len(), fresh_time(rows.width())) {
        use rayon::prelude::*;
        let rows = rows.limbs().par_chunks_exact(rows.width());
        out.par_extend(rows.map_init(Room::default, |room, row| from_long_row(row, room)));
        return;
    }
    let mut room = Room::default();
    out.extend(rows.rows().map(|row| from_long_row(row, &mut room)));
}

/// Every row into an integer that is there; as many as there are rows.
fn assign<T: FromRow>(out: &mut [T], rows: IntegerSlice<'_>) {
    #[cfg(feature = "parallel")]
    if threads_pay(rows.len(), reuse_time(rows.width())) {
        let block = out.len().div_ceil(4 * threads::count());
        let mut parts: Vec<_> =
            out.chunks_mut(block).zip(rows.limbs().chunks(block * rows.width())).collect();
        return threads::for_each(&mut parts, |_, (out, part)| {
            assign_each(out.iter_mut(), IntegerSlice::new(part, rows.width()));
        });
    }
    assign_each(out.iter_mut(), rows);
}

/// Every row into an integer that is there, wherever it lies.
pub(crate) fn assign_each<'a, T: FromRow + 'a>(out: impl Iterator<Item = &'a mut T>, rows: IntegerSlice<'_>) {
    fn fixed<'a, const W: usize, T: FromRow + 'a>(
        out: impl Iterator<Item = &'a mut T>,
        rows: IntegerSlice<'_>,
    ) {
        let rows = rows.limbs().as_chunks::<W>().0;
        if W > 1 && !are_words(rows) {
            out.zip(rows).for_each(|(value, row)| reuse(value, row));
        } else if has_signs(rows.iter().map(|row| row[0])) {
            out.zip(rows).for_each(|(value, row)| value.assign_word(row[0] as i64));
        } else {
            out.zip(rows).for_each(|(value, row)| *value = T::from_word(row[0] as i64));
        }
    }
    by_width!(rows.width(), fixed::<_>(out, rows), {
        let mut room = Room::default();
        for (value, row) in out.zip(rows.rows()) {
            let (sign, magnitude) = room.read(row);
            value.assign(sign, &as_halves(magnitude));
        }
    });
}

/// Nanoseconds of work from which several threads share it.
#[cfg(feature = "parallel")]
const PARALLEL: usize = 100_000;

/// Nanoseconds of a new integer: what is of one limb allocates nothing.
#[cfg(feature = "parallel")]
const fn fresh_time(width: usize) -> usize {
    if width == 1 { 2 } else { 24 + width }
}

/// Nanoseconds of an integer that is overwritten.
#[cfg(feature = "parallel")]
const fn reuse_time(width: usize) -> usize {
    if width == 1 { 2 } else { 5 + width }
}

#[cfg(feature = "parallel")]
fn threads_pay(rows: usize, nanoseconds: usize) -> bool {
    rows.saturating_mul(nanoseconds) >= PARALLEL && threads::count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Integers of up to so many limbs, with the ends of each width among them, and zero.
    fn values(limbs: u32, count: usize) -> Vec<BigInt> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let mut values = vec![BigInt::ZERO];
        for k in 1..=limbs {
            let power = BigInt::from(1) << (64 * k - 1);
            values.extend([-&power, power.clone(), &power - 1, 1 - &power, (power << 1u8) - 1]);
        }
        while values.len() < count {
            let bits = next() % (64 * u64::from(limbs));
            let digits: Vec<u32> = (0..bits.div_ceil(32)).map(|_| next() as u32).collect();
            let sign = if next() & 1 << 40 == 0 { Sign::Plus } else { Sign::Minus };
            values.push(BigInt::from_slice(sign, &digits));
        }
        values
    }

    #[test]
    fn every_width_there_and_back() {
        for limbs in 1..12 {
            let values = values(limbs, 200);
            let extent = Extent::of(values.iter().map(parts));
            assert_eq!((extent.len, extent.bits), (values.len(), 64 * u64::from(limbs)));
            assert_eq!(extent.limbs, values.iter().map(|v| v.bits().div_ceil(64) as usize).sum::<usize>());
            assert!(extent.negative && extent.terms == values.iter().filter(|v| v.bits() > 0).count());
            let naturals: Vec<BigUint> = values.iter().map(|v| v.magnitude().clone()).collect();
            for width in extent.width()..14 {
                let mut rows = vec![7; values.len() * width];
                write_rows(values.iter().map(parts), &mut rows, width);
                let rows = IntegerSlice::new(&rows, width);
                assert_eq!(from_rows::<BigInt>(rows), values, "{width} limbs");
                assert!(rows.rows().zip(&values).all(|(row, value)| from_row::<BigInt>(row) == *value));
                let mut plain = vec![7; values.len() * width];
                write_rows(naturals.iter().map(natural), &mut plain, width);
                assert_eq!(from_rows::<BigUint>(IntegerSlice::new(&plain, width)), naturals);
                // Destinations of every kind: longer, shorter, of more limbs and of fewer.
                for (len, bits) in [(0, 1), (3, 640), (values.len(), 0), (values.len(), 200), (300, 64)] {
                    let mut out: Vec<BigInt> = (0..len).map(|k| (BigInt::from(-1) << bits) - k).collect();
                    write_values(rows, &mut out);
                    assert_eq!(out, values);
                    let mut out: Vec<BigUint> =
                        (0..len).map(|k| (BigUint::from(1u8) << bits) + k as u64).collect();
                    write_values(IntegerSlice::new(&plain, width), &mut out);
                    assert_eq!(out, naturals);
                }
            }
        }
    }

    #[test]
    #[cfg(feature = "parallel")]
    fn threads_write_the_same() {
        for (limbs, count) in [(1, 60_000), (2, 5_000), (9, 4_000)] {
            let values = values(limbs, count);
            let rows = IntegerVec::from_bigints(&values);
            for threads in 1..4 {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
                pool.install(|| {
                    let mut out = rows.to_bigints();
                    assert!(out == values, "{threads} threads, new");
                    out.reverse();
                    rows.write_bigints(&mut out);
                    assert!(out == values, "{threads} threads, reused");
                });
            }
        }
    }
}
