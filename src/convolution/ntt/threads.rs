//! Work of one transform on several threads.
//!
//! It stands apart because transforms of one prime are cut where the result does not depend on it: into rows, which are
//! transforms of their own, after the top layers, which are cut anywhere between columns. So
//! the values are the same with any number of threads, and a long transform of a single prime is
//! no slower to spread than several primes are. Without the feature `parallel` everything runs in its order.

use crate::convolution::tuning;

/// Points of a transform that is not cut any more.
const SMALLEST: usize = tuning::PARALLEL_POINTS;

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

/// `step` on the chunks of two rows of equal length with their number.
#[cfg(feature = "parallel")]
pub(super) fn pairs(
    many: bool,
    x: &mut [u64],
    y: &mut [u64],
    len: usize,
    step: impl Fn(usize, &mut [u64], &mut [u64]) + Send + Sync,
) {
    use rayon::prelude::*;
    if many {
        let pairs = x.par_chunks_mut(len).zip(y.par_chunks_mut(len)).enumerate();
        pairs.for_each(|(k, (x, y))| step(k, x, y));
    } else {
        x.chunks_mut(len).zip(y.chunks_mut(len)).enumerate().for_each(|(k, (x, y))| step(k, x, y));
    }
}

/// `step` on the chunks of two rows of equal length with their number.
#[cfg(not(feature = "parallel"))]
pub(super) fn pairs(
    _many: bool,
    x: &mut [u64],
    y: &mut [u64],
    len: usize,
    step: impl Fn(usize, &mut [u64], &mut [u64]),
) {
    x.chunks_mut(len).zip(y.chunks_mut(len)).enumerate().for_each(|(k, (x, y))| step(k, x, y));
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
