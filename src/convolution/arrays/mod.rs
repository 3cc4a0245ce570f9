//! `c[i+j] += a[i]*b[j]` for operands of a few coefficients that stand in arrays: the products that take less time than a plan.
//!
//! It stands apart from [`schoolbook`](super::schoolbook) because the arrays are of a size known when it is compiled and the
//! operands padded with zeros: no loop has an end to find, and nothing is reversed, planned or allocated.
//!
//! # Method
//! Words: blocks of four by four products, unrolled, each output summed in registers; integers have signs, residues
//! none. Words of 15 bits: sums of products of 16-bit integers, which every x86-64 has vector instructions for; 16 by 16 of
//! them take 30 ns, and 75 as words, 32 by 32 take 80 and 300. Integers of several limbs: [`longs`](mod@longs).
//!
//! # Invariants
//! The caller guarantees that every sum fits.

mod longs;

pub(crate) use longs::{Long, add_longs, longs, square_longs};

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
}
