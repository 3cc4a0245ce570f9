//! `c[i+j] += a[i]*b[j]` for operands of a few coefficients that stand in arrays: the products that take less time than a plan.
//!
//! It stands apart from [`schoolbook`](super::schoolbook) because the arrays are of a size known when it is compiled and the
//! operands padded with zeros: no loop has an end to find, and nothing is reversed, planned or allocated.
//!
//! # Method
//! Words: blocks of four by four products, unrolled, each output summed in registers; integers have signs, residues
//! none. Words of 15 bits: sums of products of 16-bit integers, which every x86-64 has vector instructions for; 16 by 16 of
//! them take 30 ns, and 75 as words, 32 by 32 take 80 and 300.
//!
//! Longer integers `x = X - s 2^(64W)`, `0 <= X < 2^(64W)`, `s` 1 below zero: the products `X Y` are summed column by
//! column, and `s_x Y + s_y X` is taken away from the upper half, so that no product is negated. Where both are below
//! zero, the top limb gets one more.
//!
//! # Invariants
//! The caller guarantees that every sum fits.

#[cfg(target_arch = "x86_64")]
use super::integer_product::Adx;
use crate::integer::limbs::{add_carry, sub_borrow};

/// Bits of the absolute values that [`halves`] takes.
pub(crate) const HALF_BITS: u64 = 15;

/// Coefficients of a block.
const BLOCK: usize = 4;

/// The words of a slice, filled up with zeros.
#[inline(always)]
pub(crate) fn filled<const N: usize>(words: &[u64]) -> [u64; N] {
    if let Ok(words) = words.try_into() {
        return words;
    }
    let mut filled = [0; N];
    for (to, &from) in filled.iter_mut().zip(words) {
        *to = from;
    }
    filled
}

/// A sum of products of factors `F`.
pub(crate) trait Sum<F>: Copy {
    /// The empty sum.
    const ZERO: Self;

    /// `self += x * y`.
    fn add_product(&mut self, x: &F, y: &F);
}

impl Sum<i64> for i64 {
    const ZERO: i64 = 0;

    #[inline(always)]
    fn add_product(&mut self, x: &i64, y: &i64) {
        // What lies in between may leave the range that the whole sum stays in.
        *self = self.wrapping_add(x.wrapping_mul(*y));
    }
}

impl Sum<i64> for i128 {
    const ZERO: i128 = 0;

    #[inline(always)]
    fn add_product(&mut self, x: &i64, y: &i64) {
        *self = self.wrapping_add(i128::from(*x) * i128::from(*y));
    }
}

/// A sum of products of words that needs three words: the low two, and the third with the sign.
#[derive(Clone, Copy)]
pub(crate) struct Triple {
    low: u128,
    high: i64,
}

impl Triple {
    /// In two's complement.
    #[inline(always)]
    pub(crate) fn row(&self) -> [u64; 3] {
        [self.low as u64, (self.low >> 64) as u64, self.high as u64]
    }
}

impl Sum<i64> for Triple {
    const ZERO: Triple = Triple { low: 0, high: 0 };

    #[inline(always)]
    fn add_product(&mut self, x: &i64, y: &i64) {
        let product = i128::from(*x) * i128::from(*y);
        let (low, carry) = self.low.overflowing_add(product as u128);
        self.low = low;
        self.high += i64::from(carry) + (product >> 127) as i64;
    }
}

impl Sum<u64> for u64 {
    const ZERO: u64 = 0;

    #[inline(always)]
    fn add_product(&mut self, x: &u64, y: &u64) {
        *self = self.wrapping_add(x.wrapping_mul(*y));
    }
}

impl Sum<u64> for u128 {
    const ZERO: u128 = 0;

    #[inline(always)]
    fn add_product(&mut self, x: &u64, y: &u64) {
        *self += u128::from(*x) * u128::from(*y);
    }
}

/// A sum of products of words without signs that needs three words.
#[derive(Clone, Copy)]
pub(crate) struct Wide {
    pub(crate) low: u128,
    pub(crate) high: u64,
}

impl Sum<u64> for Wide {
    const ZERO: Wide = Wide { low: 0, high: 0 };

    #[inline(always)]
    fn add_product(&mut self, x: &u64, y: &u64) {
        let (low, carry) = self.low.overflowing_add(u128::from(*x) * u128::from(*y));
        self.low = low;
        self.high += u64::from(carry);
    }
}

/// An integer modulo `2^(64W)`, and all ones where it is below zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Long<const W: usize> {
    limbs: [u64; W],
    mask: u64,
}

impl<const W: usize> Long<W> {
    /// Zero.
    pub(crate) const ZERO: Self = Long { limbs: [0; W], mask: 0 };

    /// From a magnitude, and all ones for a minus.
    #[inline(always)]
    pub(crate) fn new(magnitude: [u64; W], mask: u64) -> Self {
        let (mut limbs, mut carry) = (magnitude, mask & 1 == 1);
        for limb in &mut limbs {
            (*limb, carry) = add_carry(*limb ^ mask, 0, carry);
        }
        // Zero has no sign.
        Long { limbs, mask: if carry { 0 } else { mask } }
    }

    /// The negative.
    #[inline(always)]
    pub(crate) fn neg(self) -> Self {
        let negated = Self::new(self.limbs, u64::MAX);
        Long { limbs: negated.limbs, mask: negated.mask & !self.mask }
    }

    /// From a row in two's complement, whose value is over `-2^(64W)` and below `2^(64W)`.
    #[inline(always)]
    pub(crate) fn from_row(row: &[u64]) -> Self {
        let mask = ((row[row.len() - 1] as i64) >> 63) as u64;
        Long { limbs: std::array::from_fn(|k| row.get(k).copied().unwrap_or(mask)), mask }
    }
}

/// `sum += x * y` modulo the size of the sum, `S = 2 W + 1`, with `sum += X Y` from outside.
#[inline(always)]
fn add_long<const W: usize, const S: usize>(
    sum: &mut [u64; S],
    x: &Long<W>,
    y: &Long<W>,
    add_product: impl Fn(&mut [u64; S], &[u64; W], &[u64; W]),
) {
    add_product(sum, &x.limbs, &y.limbs);
    for (factor, mask) in [(y, x.mask), (x, y.mask)] {
        let mut borrow = false;
        for k in 0..W {
            (sum[W + k], borrow) = sub_borrow(sum[W + k], factor.limbs[k] & mask, borrow);
        }
        sum[2 * W] = sum[2 * W].wrapping_sub(u64::from(borrow));
    }
    sum[2 * W] = sum[2 * W].wrapping_add(x.mask & y.mask & 1);
}

/// `sum += x * y` modulo the size of the sum, column by column.
#[inline(always)]
fn add_columns<const W: usize, const S: usize>(sum: &mut [u64; S], x: &[u64; W], y: &[u64; W]) {
    let mut column = 0u128;
    for k in 0..2 * W - 1 {
        let (next, over) = column.overflowing_add(u128::from(sum[k]));
        column = next;
        let mut top = u64::from(over);
        for i in (k + 1).saturating_sub(W)..(k + 1).min(W) {
            let (next, over) = column.overflowing_add(u128::from(x[i]) * u128::from(y[k - i]));
            column = next;
            top += u64::from(over);
        }
        sum[k] = column as u64;
        column = column >> 64 | u128::from(top) << 64;
    }
    let (low, carry) = add_carry(sum[2 * W - 1], column as u64, false);
    sum[2 * W - 1] = low;
    sum[2 * W] = sum[2 * W].wrapping_add((column >> 64) as u64).wrapping_add(u64::from(carry));
}

/// The product of the first `m` by the first `n` words, `M = 2 N` sums; beyond them the operands are zero, `N` is a multiple of
/// four.
#[inline(always)]
pub(crate) fn words<S: Sum<i64>, const N: usize, const M: usize>(
    a: &[i64; N],
    b: &[i64; N],
    lens: (usize, usize),
) -> [S; M] {
    let mut sums = [S::ZERO; M];
    add_blocks(&mut sums, a, b, lens);
    sums
}

/// Adds the product that [`words`] gives.
#[inline(always)]
pub(crate) fn add_words<S: Sum<i64>, const N: usize, const M: usize>(
    sums: &mut [S; M],
    a: &[i64; N],
    b: &[i64; N],
    lens: (usize, usize),
) {
    add_blocks(sums, a, b, lens);
}

/// The same as [`words`] for residues.
#[inline(always)]
pub(crate) fn residues<S: Sum<u64>, const N: usize, const M: usize>(
    a: &[u64; N],
    b: &[u64; N],
    lens: (usize, usize),
) -> [S; M] {
    let mut sums = [S::ZERO; M];
    add_blocks(&mut sums, a, b, lens);
    sums
}

#[inline(always)]
fn add_blocks<F, S: Sum<F>, const N: usize, const M: usize>(
    sums: &mut [S; M],
    a: &[F; N],
    b: &[F; N],
    (m, n): (usize, usize),
) {
    const { assert!(N.is_multiple_of(BLOCK) && M == 2 * N) };
    for (i, x) in a.as_chunks::<BLOCK>().0.iter().enumerate().take(m.div_ceil(BLOCK)) {
        for (j, y) in b.as_chunks::<BLOCK>().0.iter().enumerate().take(n.div_ceil(BLOCK)) {
            let start = (i + j) * BLOCK;
            let sums = sums[start..].first_chunk_mut().expect("two blocks from the last start on");
            block(sums, x, y);
        }
    }
}

#[inline(always)]
fn block<F, S: Sum<F>>(sums: &mut [S; 2 * BLOCK], x: &[F; BLOCK], y: &[F; BLOCK]) {
    for k in 0..2 * BLOCK - 1 {
        let mut sum = sums[k];
        for i in k.saturating_sub(BLOCK - 1)..(k + 1).min(BLOCK) {
            sum.add_product(&x[i], &y[k - i]);
        }
        sums[k] = sum;
    }
}

/// The product of words of at most [`HALF_BITS`] bits whose sums have at most 31.
#[inline(always)]
pub(crate) fn halves<const N: usize, const M: usize>(a: &[i64; N], b: &[i64; N]) -> [i64; M] {
    const { assert!(M == 2 * N) };
    let x: [i16; N] = std::array::from_fn(|i| a[i] as i16);
    // Reversed, with zeros on both sides: b[j] stands at 2N - 1 - j.
    let mut padded = [[0i16; N]; 3];
    for (to, &from) in padded.as_flattened_mut()[N..2 * N].iter_mut().rev().zip(b) {
        *to = from as i16;
    }
    let mut sums = [0; M];
    for (k, sum) in sums[..M - 1].iter_mut().enumerate() {
        let y: &[i16; N] = padded.as_flattened()[M - 1 - k..].first_chunk().expect("three times the length");
        *sum = x.iter().zip(y).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum::<i32>().into();
    }
    sums
}

/// The product of the first `m` by the first `n` integers; the sums, in two's complement, stand first.
#[inline(always)]
pub(crate) fn longs<const W: usize, const S: usize, const N: usize, const M: usize>(
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    lens: (usize, usize),
) -> [[u64; S]; M] {
    let mut sums = [[0; S]; M];
    add_longs(&mut sums, a, b, lens);
    sums
}

/// Adds the product that [`longs`] gives.
#[inline]
pub(crate) fn add_longs<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    lens: (usize, usize),
) {
    #[cfg(target_arch = "x86_64")]
    if let Some(lane) = Adx::detect() {
        return add_longs_by(sums, a, b, lens, |sum, x, y| lane.add_product(sum, x, y));
    }
    add_longs_by(sums, a, b, lens, add_columns);
}

#[inline(always)]
fn add_longs_by<const W: usize, const S: usize, const N: usize, const M: usize>(
    sums: &mut [[u64; S]; M],
    a: &[Long<W>; N],
    b: &[Long<W>; N],
    (m, n): (usize, usize),
    add_product: impl Fn(&mut [u64; S], &[u64; W], &[u64; W]),
) {
    const { assert!(S == 2 * W + 1 && M == 2 * N) };
    for (x, i) in a.iter().zip(0..m) {
        for (sum, y) in sums[i..].iter_mut().zip(&b[..n]) {
            add_long(sum, x, y, &add_product);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    /// The definition.
    fn naive(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
        super::super::schoolbook::naive(a, b)
    }

    #[test]
    fn words_of_every_length_and_extreme() {
        fn check<const N: usize, const M: usize>() {
            for most in
                [1i64, 127, (1 << 14) - 1, (1 << 15) - 1, i64::from(i32::MAX), (1 << 29) - 1, (1 << 61) - 1]
            {
                for (m, n) in (1..=N).flat_map(|m| (1..=N).map(move |n| (m, n))) {
                    let fill = |len: usize, alternate: bool| -> [i64; N] {
                        std::array::from_fn(|k| match k {
                            k if k >= len => 0,
                            k if alternate && k % 2 == 1 => -most,
                            _ => most,
                        })
                    };
                    for (a, b) in [
                        (fill(m, false), fill(n, false)),
                        (fill(m, true), fill(n, true)),
                        (fill(m, true), fill(n, false)),
                    ] {
                        let big = |v: &[i64]| v.iter().map(|&v| v.into()).collect::<Vec<BigInt>>();
                        let expected = naive(&big(&a[..m]), &big(&b[..n]));
                        let wide: [i128; M] = words(&a, &b, (m, n));
                        assert!(wide.iter().zip(&expected).all(|(&c, e)| BigInt::from(c) == *e), "{m} {n}");
                        let triples: [Triple; M] = words(&a, &b, (m, n));
                        let value = |c: &Triple| crate::integer::bigints::from_row::<BigInt>(&c.row());
                        assert!(triples.iter().zip(&expected).all(|(c, e)| value(c) == *e), "{m} {n}");
                        if most < 1 << HALF_BITS && expected.iter().all(|e| e.bits() < 32) {
                            let short: [i64; M] = halves(&a, &b);
                            assert!(short.iter().zip(wide).all(|(&c, e)| i128::from(c) == e), "{m} {n}");
                        }
                        if expected.iter().all(|e| e.bits() < 64) {
                            let narrow: [i64; M] = words(&a, &b, (m, n));
                            assert!(narrow.iter().zip(wide).all(|(&c, e)| i128::from(c) == e), "{m} {n}");
                        }
                    }
                }
            }
        }
        check::<4, 8>();
        check::<8, 16>();
    }

    #[test]
    fn longs_of_every_width_and_extreme() {
        fn check<const W: usize, const S: usize>() {
            let power = BigInt::from(1) << (64 * W);
            let long = |value: &BigInt| {
                let mut digits = value.iter_u64_digits();
                let magnitude = std::array::from_fn(|_| digits.next().unwrap_or(0));
                Long::<W>::new(magnitude, if value.sign() == num_bigint::Sign::Minus { u64::MAX } else { 0 })
            };
            let mut mixed = BigInt::from(3);
            for _ in 0..W {
                mixed = (mixed << 64) + 0x9E37_79B9_7F4A_7C15_u64;
            }
            let values = [
                &power - 1,
                1 - &power,
                BigInt::ZERO,
                BigInt::from(-1),
                mixed % &power,
                BigInt::from(1) - (&power >> 1),
            ];
            for (m, n) in (1..=4).flat_map(|m| (1..=4).map(move |n| (m, n))) {
                for shift in 0..values.len() * values.len() {
                    let big = |len: usize, step: usize| -> Vec<BigInt> {
                        (0..len).map(|k| values[(k * (1 + step / 3) + step) % values.len()].clone()).collect()
                    };
                    let (x, y) = (big(m, shift % values.len()), big(n, shift / values.len()));
                    assert!(x.iter().all(|x| long(&-x) == long(x).neg()));
                    let mut a = [Long::ZERO; 4];
                    a.iter_mut().zip(&x).for_each(|(a, x)| *a = long(x));
                    let mut b = [Long::ZERO; 4];
                    b.iter_mut().zip(&y).for_each(|(b, y)| *b = long(y));
                    let expected = naive(&x, &y);
                    let mut plain = [[0; S]; 8];
                    add_longs_by(&mut plain, &a, &b, (m, n), add_columns);
                    let best: [[u64; S]; 8] = longs(&a, &b, (m, n));
                    assert_eq!(plain, best, "{W} limbs, {m} by {n}");
                    let value = |c: &[u64; S]| crate::integer::bigints::from_row::<BigInt>(c);
                    assert!(
                        plain.iter().zip(&expected).all(|(c, e)| value(c) == *e),
                        "{W} limbs, {m} by {n}"
                    );
                }
            }
        }
        check::<1, 3>();
        check::<2, 5>();
        check::<3, 7>();
        check::<4, 9>();
        check::<5, 11>();
        check::<8, 17>();
    }
}
