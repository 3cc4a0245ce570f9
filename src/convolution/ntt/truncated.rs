//! Truncated transforms: `m` of up to 16 equal blocks of a transform, forward and back.
//!
//! A product that needs slightly more than `2^k` points would pay for `2^(k+1)`. The scrambled transform of
//! length `n` consists of 16 blocks (fewer where a block would have less than 64 points), the residues modulo
//! `x^(n/16) - z_k`; the first `m` blocks determine a polynomial of degree below `m*n/16`. Forward, blocks beyond `m` are not computed. Backward, what is not
//! known in the frequency domain is known in the time domain (zeros), and one recursion exchanges the two.
//! The top four layers work on rows, everything below is a whole transform of a block.
//!
//! # Source
//! J. van der Hoeven, "The truncated Fourier transform and applications", ISSAC 2004; here on rows of `n/16`
//! points, so that the recursion costs nothing.
//!
//! # Invariants
//! Rows are in `0..2p` between the steps of the inverse.

use super::{
    Kernel,
    prime::{Prime, Twiddle},
    threads,
};

/// Blocks of a transform at most.
const BLOCKS: usize = 16;

/// Points of a block at least: below them a block is not worth the vectors of a vector unit.
const MIN_BLOCK: usize = 64;

/// Points of a block of a transform of `size` points, a power of two.
pub(super) fn block_points(size: usize) -> usize {
    (size / BLOCKS).max(MIN_BLOCK).min(size)
}

/// The shortest length of at least `n` points.
pub(super) fn length(n: usize) -> usize {
    n.next_multiple_of(block_points(n.next_power_of_two()))
}

/// The first `known` blocks of `points` points of the transform of `data`, whose coefficients at and beyond `filled` are
/// zero, whatever stands there. With `many`, on several threads.
pub(super) fn forward(
    kernel: &dyn Kernel,
    prime: &Prime,
    data: &mut [u64],
    (known, points): (usize, usize),
    filled: usize,
    many: bool,
) {
    let blocks = data.len() / points;
    let table = prime.table(blocks);
    Forward { kernel, prime, table: &table, many }.step(data, (0, blocks), known, filled);
}

struct Forward<'a> {
    kernel: &'a dyn Kernel,
    prime: &'a Prime,
    table: &'a [Twiddle],
    many: bool,
}

impl Forward<'_> {
    fn step(&self, data: &mut [u64], (block, blocks): (usize, usize), known: usize, filled: usize) {
        let Forward { kernel, prime, table, many } = *self;
        if blocks == 1 {
            return kernel.forward(prime, data, block, filled.min(data.len()));
        }
        let half = data.len() / 2;
        let (x, y) = data.split_at_mut(half);
        let right = known.saturating_sub(blocks / 2);
        // Where y is zero, both halves are x.
        let present = filled.saturating_sub(half).min(half);
        let w = prime.root(table, block);
        let filled = filled.min(half);
        let (used, copied) = x[..filled].split_at_mut(present);
        if right > 0 {
            let (y, rest) = y[..filled].split_at_mut(present);
            threads::pairs(many, used, y, |x, y| kernel.split(prime, x, y, w));
            rest.copy_from_slice(copied);
        } else {
            threads::pairs(many, used, &mut y[..present], |x, y| kernel.add_product(prime, x, y, w));
        }
        threads::join(
            many && right > 0,
            || self.step(x, (2 * block, blocks / 2), known.min(blocks / 2), filled),
            || {
                if right > 0 {
                    self.step(y, (2 * block + 1, blocks / 2), right, filled);
                }
            },
        );
    }
}

/// The coefficients of `0..known` blocks of `points` points, times `points`, from their transform; those beyond are zero.
pub(super) fn inverse(
    kernel: &dyn Kernel,
    prime: &Prime,
    data: &mut [u64],
    (known, points): (usize, usize),
    many: bool,
) {
    let blocks = data.len() / points;
    let table = prime.table(blocks);
    threads::chunks(many, data, points, |k, part| {
        if k < known {
            kernel.inverse(prime, part, k);
            kernel.reduce(prime, part);
        } else {
            part.fill(0);
        }
    });
    let half = prime.twiddle(prime.p().div_ceil(2));
    Inverse { kernel, prime, table: &table, half, many }.step(data, (0, blocks), known);
}

struct Inverse<'a> {
    kernel: &'a dyn Kernel,
    prime: &'a Prime,
    table: &'a [Twiddle],
    /// 1/2.
    half: Twiddle,
    many: bool,
}

impl Inverse<'_> {
    /// On entry the first `known` rows are transformed and the others are coefficients; on return the first
    /// `known` are coefficients.
    fn step(&self, data: &mut [u64], (block, blocks): (usize, usize), known: usize) {
        if blocks == 1 || known == 0 {
            return;
        }
        let Inverse { kernel, prime, many, .. } = *self;
        let w = prime.root(self.table, block);
        let (row, half) = (data.len() / blocks, data.len() / 2);
        let (x, y) = data.split_at_mut(half);
        if known >= blocks / 2 {
            self.step(x, (2 * block, blocks / 2), blocks / 2);
            let right = known - blocks / 2;
            // x + w*y stands in the left half. Where y is known: x - w*y = (x + w*y) - 2*w*y.
            let (u, v) = (&mut x[right * row..], &mut y[right * row..]);
            threads::pairs(many, u, v, |x, y| kernel.exchange(prime, x, y, w));
            self.step(y, (2 * block + 1, blocks / 2), right);
            let inverse = prime.negative_inverse_root(self.table, block);
            let inverse = prime.twiddle(prime.canonical(prime.mul(inverse.value, self.half)));
            let (x, y) = (&mut x[..right * row], &mut y[..right * row]);
            threads::pairs(many, x, y, |x, y| kernel.join(prime, x, y, self.half, inverse));
        } else {
            let (u, v) = (&mut x[known * row..], &mut y[known * row..]);
            threads::pairs(many, u, v, |x, y| kernel.add_product(prime, x, y, w));
            self.step(x, (2 * block, blocks / 2), known);
            let (x, y) = (&mut x[..known * row], &mut y[..known * row]);
            threads::pairs(many, x, y, |x, y| kernel.sub_product(prime, x, y, w));
        }
    }
}
