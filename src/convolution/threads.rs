//! Work of one product on several threads.
//!
//! It stands apart because it alone knows of threads, and because of what it promises: results are the same with any number of them.
//! Primes, operands and outputs go side by side. Where that does not occupy all threads, transforms are cut where the result does not
//! depend on it: into rows, which are transforms of their own, after the top layers, which are cut anywhere between columns.
//! Without the feature `parallel` everything runs in its order.
//!
//! # Memory
//! Buffers that outlive a piece of work are taken by the thread that starts the work, and come back to it: a thread
//! that took them would find none the next time.

use super::tuning;
use crate::Result;

/// Points of a transform that is not cut any more.
const SMALLEST: usize = tuning::PARALLEL_POINTS;

/// How many threads there are.
#[cfg(feature = "parallel")]
fn threads() -> usize {
    rayon::current_num_threads()
}

/// How many threads there are.
#[cfg(not(feature = "parallel"))]
fn threads() -> usize {
    1
}

/// Whether so many points modulo so many primes are worth several threads.
pub(super) fn many(points: usize, primes: usize) -> bool {
    points * primes >= SMALLEST && threads() > 1
}

/// Of so many transforms of so many points, how many are left when the others occupy all threads evenly: each of these is worth
/// several threads.
pub(super) fn left(points: usize, transforms: usize) -> usize {
    match threads() {
        2.. if points >= 4 * SMALLEST => transforms % threads(),
        _ => 0,
    }
}

/// `f` on a thread of the pool, where it is `many`: what it spreads then starts without a call into the pool each time. The back end
/// that a thread has forced stays behind, so `f` asks for none.
#[cfg(feature = "parallel")]
pub(super) fn inside<T: Send>(many: bool, f: impl FnOnce() -> T + Send) -> T {
    if many && rayon::current_thread_index().is_none() { rayon::scope(|_| f()) } else { f() }
}

/// `f`.
#[cfg(not(feature = "parallel"))]
pub(super) fn inside<T>(_many: bool, f: impl FnOnce() -> T) -> T {
    f()
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

/// What `f` makes of every item and its number.
#[cfg(feature = "parallel")]
pub(super) fn each<I: Send, T: Send>(
    items: Vec<I>,
    many: bool,
    f: impl Fn(usize, I) -> Result<T> + Send + Sync,
) -> Result<Vec<T>> {
    use rayon::prelude::*;
    if many {
        items.into_par_iter().with_max_len(1).enumerate().map(|(i, item)| f(i, item)).collect()
    } else {
        items.into_iter().enumerate().map(|(i, item)| f(i, item)).collect()
    }
}

/// What `f` makes of every item and its number.
#[cfg(not(feature = "parallel"))]
pub(super) fn each<I, T>(items: Vec<I>, _many: bool, f: impl Fn(usize, I) -> Result<T>) -> Result<Vec<T>> {
    items.into_iter().enumerate().map(|(i, item)| f(i, item)).collect()
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
        let pairs = x.par_chunks_mut(len).zip(y.par_chunks_mut(len)).with_max_len(1).enumerate();
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
        data.par_chunks_mut(len).with_max_len(1).enumerate().for_each(|(k, part)| step(k, part));
    } else {
        data.chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
    }
}

/// `step` on every chunk with its number.
#[cfg(not(feature = "parallel"))]
pub(super) fn chunks(_many: bool, data: &mut [u64], len: usize, step: impl Fn(usize, &mut [u64])) {
    data.chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
}

/// `write(first output, rows)` over all rows of `width` words.
pub(super) fn fill_outputs(
    out: &mut [u64],
    width: usize,
    many: bool,
    write: impl Fn(usize, &mut [u64]) + Send + Sync,
) {
    if many {
        let rows = SMALLEST / 4;
        chunks(true, out, rows * width, |k, part| write(k * rows, part));
    } else {
        write(0, out);
    }
}
