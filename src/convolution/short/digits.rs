//! `c[k] = sum over i+j=k of a[i]*b[j]` for words without signs in two digits of 52 bits, a vector of outputs at a time.
//!
//! It stands apart from [`blocks`] because sums have three words here, a product seven instructions: with `a = a0 + 2^52 a1`,
//! `b = b0 + 2^52 b1`, `a1, b1 < 2^12`, the sums are
//!
//! - `c0`: lower halves of `a0 b0`;
//! - `c1`: upper halves of `a0 b0`, lower halves of `a0 b1` and `a1 b0`;
//! - `c2`: upper halves of `a0 b1` and `a1 b0`, and `a1 b1`, which has no upper half;
//!
//! and `c = c0 + 2^52 c1 + 2^104 c2`. Terms add at most `3 * 2^52` to a sum: up to [`MAX_TERMS`] of them stay below 2^63.
//!
//! Output convention: the sums, for the caller to reduce. Scratch: the operands in digits, and the sums, a block of outputs at a
//! time.

use super::{
    blocks::{Blocks, TILE, Tile, add_at, each_block, in_room, slide},
    lane::{Lane, Task},
};
use crate::Result;
use std::ops::Range;

/// The longest shorter operand.
pub(in crate::convolution) const MAX_TERMS: usize = 512;

/// Calls a function with the places of outputs and their sums, block by block.
pub(super) fn sums<L: Lane>(
    lane: L,
    operands: (&[u64], &[u64]),
    window: Range<usize>,
    mut each: impl FnMut(Range<usize>, Sums<'_>),
) -> Result<()> {
    debug_assert!(L::HALVES && operands.0.len().min(operands.1.len()) <= MAX_TERMS);
    each_block(operands, window, |short, long, window, place| {
        let shape = Blocks::new((L::N, 1), short.len(), long.len(), &window);
        let plane = shape.outputs() * L::N;
        in_room(3 * plane + 2 * (shape.room() + shape.vectors + 1) * L::N, |room| {
            let (sums, room) = room.split_at_mut(3 * plane);
            lane.enter(Product { short, long, shape, room, sums });
            each(place, Sums { words: sums, plane, from: window.start - shape.first * L::N });
        })
    })
}

/// The sums of a block.
pub(super) struct Sums<'a> {
    words: &'a [u64],
    plane: usize,
    from: usize,
}

impl Sums<'_> {
    /// The sum of an output, as `low + 2^128 high`.
    #[inline(always)]
    pub(super) fn get(&self, k: usize) -> (u128, u64) {
        let [c0, c1, c2] = [0, 1, 2].map(|digit| self.words[digit * self.plane + self.from + k]);
        let below = u128::from(c0) + (u128::from(c1) << 52);
        let (low, carry) = below.overflowing_add(u128::from(c2) << 104);
        (low, (c2 >> 24) + u64::from(carry))
    }
}

struct Product<'a> {
    short: &'a [u64],
    long: &'a [u64],
    shape: Blocks,
    room: &'a mut [u64],
    sums: &'a mut [u64],
}

impl Task for Product<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Product { short, long, shape, room, sums } = self;
        let (scalars, vectors) = room.split_at_mut(2 * shape.room() * L::N);
        let scalars = scalars.split_at_mut(shape.room() * L::N);
        let vectors = vectors.split_at_mut((shape.vectors + 1) * L::N);
        split(short, scalars.0, scalars.1);
        vectors.0[..L::N].fill(0);
        vectors.1[..L::N].fill(0);
        split(long, &mut vectors.0[L::N..], &mut vectors.1[L::N..]);
        sums.fill(0);
        let plane = shape.outputs() * L::N;
        let mut tile = 0;
        while tile < shape.periods {
            let mut part = ProductTile {
                scalars: [&scalars.0[tile * L::N..], &scalars.1[tile * L::N..]],
                vectors: [&*vectors.0, &*vectors.1],
                steps: shape.steps,
                plane,
                sums: &mut *sums,
            };
            tile += match shape.periods - tile {
                1 => slide::<L, 1, 3>(lane, &mut part, &shape, tile),
                2 => slide::<L, 2, 3>(lane, &mut part, &shape, tile),
                3 => slide::<L, 3, 3>(lane, &mut part, &shape, tile),
                _ => slide::<L, 4, 3>(lane, &mut part, &shape, tile),
            };
        }
    }
}

/// The two digits of words, zeros beyond them.
#[inline(always)]
fn split(words: &[u64], low: &mut [u64], high: &mut [u64]) {
    for (&word, (low, high)) in words.iter().zip(low.iter_mut().zip(high.iter_mut())) {
        (*low, *high) = (word & ((1 << 52) - 1), word >> 52);
    }
    low[words.len()..].fill(0);
    high[words.len()..].fill(0);
}

/// Some periods of scalars.
struct ProductTile<'a> {
    scalars: [&'a [u64]; 2],
    vectors: [&'a [u64]; 2],
    steps: usize,
    plane: usize,
    sums: &'a mut [u64],
}

impl<L: Lane, const Q: usize> Tile<L, Q, 3> for ProductTile<'_> {
    #[inline(always)]
    fn step(&self, lane: L, m: usize, sums: &mut [[L::V; 3]; Q]) {
        const { assert!(Q <= TILE) };
        let [low, high] = self.scalars.map(|digits| &digits[..Q * L::N]);
        for s in 0..self.steps {
            let at = m * L::N + L::N - s;
            let (x0, x1) = (lane.load(&self.vectors[0][at..]), lane.load(&self.vectors[1][at..]));
            for (q, [c0, c1, c2]) in sums.iter_mut().enumerate() {
                let (y0, y1) = (lane.splat(low[q * L::N + s]), lane.splat(high[q * L::N + s]));
                *c0 = lane.add_low(*c0, x0, y0);
                *c1 = lane.add_high(*c1, x0, y0);
                *c2 = lane.add_high(*c2, x0, y1);
                *c1 = lane.add_low(*c1, x0, y1);
                *c2 = lane.add_high(*c2, x1, y0);
                *c1 = lane.add_low(*c1, x1, y0);
                *c2 = lane.add_low(*c2, x1, y1);
            }
        }
    }

    #[inline(always)]
    fn put(&mut self, lane: L, r: usize, sums: &[L::V; 3]) {
        for (digit, &sum) in sums.iter().enumerate() {
            add_at(lane, self.sums, digit * self.plane + r * L::N, sum);
        }
    }
}
