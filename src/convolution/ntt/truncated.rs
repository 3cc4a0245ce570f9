//! Truncated transforms: `m` of 16 equal blocks of a transform, forward and back.
//!
//! A product that needs slightly more than `2^k` points would pay for `2^(k+1)`. The scrambled transform of
//! length `n` consists of 16 blocks, the residues modulo `x^(n/16) - z_k`; the first `m` blocks determine a
//! polynomial of degree below `m*n/16`. Forward, blocks beyond `m` are not computed. Backward, what is not
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
};

/// Blocks of a transform.
pub(super) const BLOCKS: usize = 16;

/// Below this length a power of two is taken.
pub(super) const MIN_LENGTH: usize = 512;

/// The first `known` blocks of the transform of `data`, whose coefficients at and beyond `filled` are zero.
pub(super) fn forward(kernel: &dyn Kernel, prime: &Prime, data: &mut [u64], known: usize, filled: usize) {
    let table = prime.table(BLOCKS);
    forward_step(kernel, prime, &table, data, (0, BLOCKS), known, filled);
}

fn forward_step(
    kernel: &dyn Kernel,
    prime: &Prime,
    table: &[Twiddle],
    data: &mut [u64],
    (block, blocks): (usize, usize),
    known: usize,
    filled: usize,
) {
    if blocks == 1 {
        return kernel.forward(prime, data, block, filled.min(data.len()));
    }
    let half = data.len() / 2;
    let (x, y) = data.split_at_mut(half);
    let right = known.saturating_sub(blocks / 2);
    // Where y is zero, both halves are x.
    let present = filled.saturating_sub(half).min(half);
    let w = prime.root(table, block);
    let (used, copied) = x.split_at_mut(present);
    if right > 0 {
        kernel.split(prime, used, &mut y[..present], w);
        y[present..].copy_from_slice(copied);
    } else {
        kernel.add_product(prime, used, &mut y[..present], w);
    }
    let filled = filled.min(half);
    forward_step(kernel, prime, table, x, (2 * block, blocks / 2), known.min(blocks / 2), filled);
    if right > 0 {
        forward_step(kernel, prime, table, y, (2 * block + 1, blocks / 2), right, filled);
    }
}

/// The coefficients of `0..known` blocks, times `data.len() / 16`, from their transform; those beyond are zero.
pub(super) fn inverse(kernel: &dyn Kernel, prime: &Prime, data: &mut [u64], known: usize) {
    let table = prime.table(BLOCKS);
    let row = data.len() / BLOCKS;
    for (k, part) in data.chunks_exact_mut(row).enumerate() {
        if k < known {
            kernel.inverse(prime, part, k);
            kernel.reduce(prime, part);
        } else {
            part.fill(0);
        }
    }
    let half = prime.twiddle(prime.p().div_ceil(2));
    Inverse { kernel, prime, table: &table, half }.step(data, (0, BLOCKS), known);
}

struct Inverse<'a> {
    kernel: &'a dyn Kernel,
    prime: &'a Prime,
    table: &'a [Twiddle],
    /// 1/2.
    half: Twiddle,
}

impl Inverse<'_> {
    /// On entry the first `known` rows are transformed and the others are coefficients; on return the first
    /// `known` are coefficients.
    fn step(&self, data: &mut [u64], (block, blocks): (usize, usize), known: usize) {
        if blocks == 1 || known == 0 {
            return;
        }
        let (kernel, prime) = (self.kernel, self.prime);
        let w = prime.root(self.table, block);
        let (row, half) = (data.len() / blocks, data.len() / 2);
        let (x, y) = data.split_at_mut(half);
        if known >= blocks / 2 {
            self.step(x, (2 * block, blocks / 2), blocks / 2);
            let right = known - blocks / 2;
            // x + w*y stands in the left half. Where y is known: x - w*y = (x + w*y) - 2*w*y.
            kernel.exchange(prime, &mut x[right * row..], &mut y[right * row..], w);
            self.step(y, (2 * block + 1, blocks / 2), right);
            let inverse = prime.negative_inverse_root(self.table, block);
            let inverse = prime.twiddle(prime.canonical(prime.mul(inverse.value, self.half)));
            kernel.join(prime, &mut x[..right * row], &mut y[..right * row], self.half, inverse);
        } else {
            kernel.add_product(prime, &mut x[known * row..], &mut y[known * row..], w);
            self.step(x, (2 * block, blocks / 2), known);
            kernel.sub_product(prime, &mut x[..known * row], &mut y[..known * row], w);
        }
    }
}
