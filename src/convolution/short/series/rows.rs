//! `sum over i of x[i]*y[n + l - i]` for the eight `l` of a block: what the blocks before add to it.
//!
//! It stands apart from the recurrences because nothing waits for it but the block, so that outputs go side by side: one by one
//! ([`OneByOne`]) or in the lanes of a vector unit ([`InLanes`]).
//!
//! # Method
//! In lanes every `x[i]` meets eight neighbours of `y`, which no output has to be moved for. Sums of half words part into halves after as many products as a
//! word holds, and are reduced in the lanes ([`redc`]); those of words have digits of 52 bits, as in [`digits`](super::super::digits), and are divided by 2^64 in the lanes too: a sum `V` of 256 products is below `n*2^64` for `n` below
//! 2^56, and for larger ones after the third digit has become two, which leaves at most 2^115. So the result is below `2n`.

use super::{
    super::{lane::Lane, sums::redc},
    MAX_LEN,
};
use crate::convolution::delayed::{Arithmetic, BLOCK, Half, Wide, Word};

/// Windows of products.
pub(super) trait Rows<A: Arithmetic>: Copy {
    /// `sum over i of x[i]*y[i]`, for as many entered blocks as there are factors.
    fn sum<'a>(self, a: A, x: &[u64], y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone) -> [u64; BLOCK];

    /// The window for the length `n` of `x`; `y`, entered, has a block more.
    #[inline(always)]
    fn rows(self, a: A, x: &[u64], y: &[u64]) -> [u64; BLOCK] {
        self.sum(a, x, y[1..x.len() + BLOCK].array_windows().rev())
    }
}

/// One output after the other; apart, since every place of a recurrence asks for them.
#[derive(Clone, Copy)]
pub(super) struct OneByOne;

impl Rows<Half> for OneByOne {
    #[inline(never)]
    fn sum<'a>(self, a: Half, x: &[u64], y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone) -> [u64; BLOCK] {
        std::array::from_fn(|l| {
            let (mut low, mut high) = (0, 0);
            for (i, (x, y)) in x.iter().zip(y.clone()).enumerate() {
                if i % Half::TERMS == 0 {
                    (low, high) = (low & HALF, high + (low >> 32));
                }
                low = a.add_product(low, *x, y[l]);
            }
            a.reduce(a.reduce(high + (low >> 32)) << 32 | low & HALF)
        })
    }
}

impl Rows<Word> for OneByOne {
    #[inline(never)]
    fn sum<'a>(self, a: Word, x: &[u64], y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone) -> [u64; BLOCK] {
        std::array::from_fn(|l| {
            let mut y = y.clone();
            x.chunks(Word::TERMS).fold(0, |total, x| {
                let sum = x.iter().zip(&mut y).fold(0, |sum, (x, y)| a.add_product(sum, *x, y[l]));
                a.add(total, a.reduce_long(sum))
            })
        })
    }
}

impl Rows<Wide> for OneByOne {
    #[inline(never)]
    fn sum<'a>(self, a: Wide, x: &[u64], y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone) -> [u64; BLOCK] {
        std::array::from_fn(|l| {
            let products = x.iter().zip(y.clone());
            a.reduce(products.fold(Wide::ZERO, |sum, (x, y)| a.add_product(sum, *x, y[l])))
        })
    }
}

const HALF: u64 = (1 << 32) - 1;

/// The digits of a word.
const DIGIT: u32 = 52;

/// What is left of a word beside a digit.
const REST: u32 = u64::BITS - DIGIT;

/// Outputs side by side.
#[derive(Clone, Copy)]
pub(super) struct InLanes<L>(pub(super) L);

impl<L: Lane> Rows<Half> for InLanes<L> {
    #[inline(always)]
    fn sum<'a>(
        self,
        a: Half,
        x: &[u64],
        mut y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone,
    ) -> [u64; BLOCK] {
        let lane = self.0;
        let (zero, half) = (lane.splat(0), lane.splat(HALF));
        // Up to two vectors: a block.
        let vectors = BLOCK / L::N;
        let (mut low, mut high) = ([zero; 2], [zero; 2]);
        for (part, x) in x.chunks(Half::TERMS).enumerate() {
            if part > 0 {
                for r in 0..vectors {
                    high[r] = lane.add(high[r], lane.shift_right(low[r], 32));
                    low[r] = lane.and(low[r], half);
                }
            }
            for (x, y) in x.iter().zip(&mut y) {
                let x = lane.splat(*x);
                for r in 0..vectors {
                    low[r] = lane.add_product_u32(low[r], x, lane.load(&y[r * L::N..]));
                }
            }
        }
        let [n, inverse, square, cube] = a.montgomery().map(|c| lane.splat(c));
        let constants = [n, inverse];
        let mut out = [0; BLOCK];
        for r in 0..vectors {
            let first = redc(lane, low[r], constants);
            let second = if x.len() <= Half::TERMS {
                lane.add_product_u32(zero, first, square)
            } else {
                lane.add_product_u32(zero, redc(lane, lane.add(high[r], first), constants), cube)
            };
            lane.store(&mut out[r * L::N..], redc(lane, second, constants));
        }
        out
    }
}

impl<L: Lane> Rows<Word> for InLanes<L> {
    #[inline(always)]
    fn sum<'a>(
        self,
        a: Word,
        x: &[u64],
        mut y: impl Iterator<Item = &'a [u64; BLOCK]> + Clone,
    ) -> [u64; BLOCK] {
        debug_assert!(L::HALVES && L::BITS == DIGIT && L::N == BLOCK && x.len() <= MAX_LEN);
        let lane = self.0;
        let (zero, mask) = (lane.splat(0), lane.splat((1 << DIGIT) - 1));
        let split = |x| [lane.and(x, mask), lane.shift_right(x, DIGIT)];
        // One sum for each product: none waits for another one.
        let (mut c0, mut c1, mut c2) = (zero, [zero; 3], [zero; 3]);
        for (x, y) in x.iter().zip(&mut y) {
            let ([x0, x1], [y0, y1]) = (split(lane.splat(*x)), split(lane.load(y)));
            c0 = lane.add_low(c0, x0, y0);
            c1[0] = lane.add_high(c1[0], x0, y0);
            c1[1] = lane.add_low(c1[1], x0, y1);
            c1[2] = lane.add_low(c1[2], x1, y0);
            c2[0] = lane.add_high(c2[0], x0, y1);
            c2[1] = lane.add_high(c2[1], x1, y0);
            c2[2] = lane.add_low(c2[2], x1, y1);
        }
        let sum = |c: [L::V; 3]| lane.add(lane.add(c[0], c[1]), c[2]);
        let (c1, c2) = (sum(c1), sum(c2));
        let [n, inverse, square] = a.digits();
        let ([n0, n1], [square0, square1], inverse) =
            (split(lane.splat(n)), split(lane.splat(square)), lane.splat(inverse));
        // The third digit, below 2^28, in two.
        let c0 = lane.add_low(c0, c2, square0);
        let c1 = lane.add_low(lane.add_high(c1, c2, square0), c2, square1);
        // A multiple of n makes 52 bits 0, another one 12 of the next.
        let m = lane.add_low(zero, c0, inverse);
        let low = lane.shift_right(lane.add_low(c0, m, n0), DIGIT);
        let c1 = lane.add(lane.add_low(lane.add_high(c1, m, n0), m, n1), low);
        let c2 = lane.add_high(zero, m, n1);
        let m = lane.and(lane.add_low(zero, c1, inverse), lane.splat((1 << REST) - 1));
        let low = lane.shift_right(lane.add_low(c1, m, n0), REST);
        let c2 = lane.add_low(lane.add_high(c2, m, n0), m, n1);
        // Below 2n.
        let reduced = lane.sub(lane.add(low, lane.shift_left(c2, DIGIT - REST)), lane.splat(n));
        let negative = lane.half(lane.half(reduced));
        let mut out = [0; BLOCK];
        lane.store(&mut out, lane.add(reduced, lane.and(negative, lane.splat(n))));
        out
    }
}
