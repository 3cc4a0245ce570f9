//! Work of one transform on several threads: halves, rows, blocks.
//!
//! It stands apart because transforms of one prime are cut where the result does not depend on it: into the residues modulo
//! `x^(n/2) - w` and `x^(n/2) + w`, which are transforms of their own, after one layer on rows, which is cut anywhere. So
//! the values are the same with any number of threads, and a long transform of a single prime is
//! no slower to spread than several primes are. Without the feature `parallel` everything runs in its order.

use super::{Kernel, prime::Prime};
use crate::convolution::tuning;

/// Points of a transform that is not cut any more.
const SMALLEST: usize = tuning::PARALLEL_POINTS;

/// Words of a row that one task takes.
#[cfg(feature = "parallel")]
const ROW: usize = 1 << 13;

/// Whether a transform of so many points is worth several threads, when so many run side by side anyway.
#[cfg(feature = "parallel")]
pub(super) fn many(points: usize, others: usize) -> bool {
    points >= 4 * SMALLEST && others < rayon::current_num_threads()
}

/// Whether a transform of so many points is worth several threads, when so many run side by side anyway.
#[cfg(not(feature = "parallel"))]
pub(super) fn many(_points: usize, _others: usize) -> bool {
    false
}

/// Both, side by side where `many`.
#[cfg(feature = "parallel")]
pub(super) fn join<T: Send, U: Send>(
    many: bool,
    first: impl FnOnce() -> T + Send,
    second: impl FnOnce() -> U + Send,
) -> (T, U) {
    if many { rayon::join(first, second) } else { (first(), second()) }
}

/// Both.
#[cfg(not(feature = "parallel"))]
pub(super) fn join<T, U>(_many: bool, first: impl FnOnce() -> T, second: impl FnOnce() -> U) -> (T, U) {
    (first(), second())
}

/// `step` on two rows of equal length.
#[cfg(feature = "parallel")]
pub(super) fn pairs(
    many: bool,
    x: &mut [u64],
    y: &mut [u64],
    step: impl Fn(&mut [u64], &mut [u64]) + Send + Sync,
) {
    use rayon::prelude::*;
    if many && x.len() > ROW {
        x.par_chunks_mut(ROW).zip(y.par_chunks_mut(ROW)).for_each(|(x, y)| step(x, y));
    } else {
        step(x, y);
    }
}

/// `step` on two rows of equal length.
#[cfg(not(feature = "parallel"))]
pub(super) fn pairs(_many: bool, x: &mut [u64], y: &mut [u64], step: impl Fn(&mut [u64], &mut [u64])) {
    step(x, y);
}

/// `step` on every chunk with its number.
#[cfg(feature = "parallel")]
pub(super) fn chunks(
    many: bool,
    data: &mut [u64],
    len: usize,
    step: impl Fn(usize, &mut [u64]) + Send + Sync,
) {
    use rayon::prelude::*;
    if many {
        data.par_chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
    } else {
        data.chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
    }
}

/// `step` on every chunk with its number.
#[cfg(not(feature = "parallel"))]
pub(super) fn chunks(_many: bool, data: &mut [u64], len: usize, step: impl Fn(usize, &mut [u64])) {
    data.chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
}

/// [`Kernel::forward`], on several threads where `many`.
pub(super) fn forward(
    kernel: &dyn Kernel,
    prime: &Prime,
    data: &mut [u64],
    block: usize,
    filled: usize,
    many: bool,
) {
    if !many || data.len() < 2 * SMALLEST {
        return kernel.forward(prime, data, block, filled);
    }
    let half = data.len() / 2;
    let (x, y) = data.split_at_mut(half);
    let present = filled.saturating_sub(half);
    let filled = filled.min(half);
    let w = prime.root(&prime.table(block + 1), block);
    let (used, copied) = x[..filled].split_at_mut(present);
    let (right, rest) = y[..filled].split_at_mut(present);
    pairs(true, used, right, |x, y| kernel.split(prime, x, y, w));
    pairs(true, copied, rest, |x, y| y.copy_from_slice(x));
    join(
        true,
        || forward(kernel, prime, x, 2 * block, filled, true),
        || forward(kernel, prime, y, 2 * block + 1, filled, true),
    );
}

/// [`Kernel::inverse`], on several threads where `many`; leaves what that leaves.
pub(super) fn inverse(kernel: &dyn Kernel, prime: &Prime, data: &mut [u64], block: usize, many: bool) {
    if !many || data.len() < 2 * SMALLEST {
        return kernel.inverse(prime, data, block);
    }
    let half = data.len() / 2;
    let (x, y) = data.split_at_mut(half);
    join(
        true,
        || inverse(kernel, prime, x, 2 * block, true),
        || inverse(kernel, prime, y, 2 * block + 1, true),
    );
    let (one, back) = (prime.twiddle(1), prime.negative_inverse_root(&prime.table(2 * block + 2), block));
    pairs(true, x, y, |x, y| {
        kernel.reduce(prime, x);
        kernel.reduce(prime, y);
        kernel.join(prime, x, y, one, back);
    });
}
