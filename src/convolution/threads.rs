//! Work of one product on several threads.
//!
//! It stands apart because it alone knows what is worth a thread, and because of what it promises: results are the same with any number of them.
//! Primes, operands and outputs go side by side. Where that does not occupy all threads, transforms are cut where the result does not
//! depend on it: into rows, which are transforms of their own, after the top layers, which are cut anywhere between columns.
//! Without the feature `parallel` everything runs in its order.
//!
//! # Memory
//! Buffers that outlive a piece of work are taken by the thread that starts the work, and come back to it: a thread
//! that took them would find none the next time.

use super::tuning;
use crate::{Result, threads};

/// Points of a transform that is not cut any more.
const SMALLEST: usize = tuning::PARALLEL_POINTS;

/// Whether so many points modulo so many primes are worth several threads.
pub(super) fn many(points: usize, primes: usize) -> bool {
    points * primes >= SMALLEST && threads::count() > 1
}

/// Of so many transforms of so many points, how many are left when the others occupy all threads evenly: each of these is worth
/// several threads.
pub(super) fn left(points: usize, transforms: usize) -> usize {
    match threads::count() {
        2.. if points >= 4 * SMALLEST => transforms % threads::count(),
        _ => 0,
    }
}

/// `f` on a thread of the pool, where it is `many`: what it spreads then starts without a call into the pool each time. The back end
/// that a thread has forced stays behind, so `f` asks for none.
pub(super) fn inside<T: Send>(many: bool, f: impl FnOnce() -> T + Send) -> T {
    if many { threads::inside(f) } else { f() }
}

/// Both, side by side where `many`.
pub(super) fn join<T: Send, U: Send>(
    many: bool,
    first: impl FnOnce() -> T + Send,
    second: impl FnOnce() -> U + Send,
) -> (T, U) {
    if many { threads::join(first, second) } else { (first(), second()) }
}

/// What `f` makes of every number below `count`.
pub(super) fn each<T: Send>(
    count: usize,
    many: bool,
    f: impl Fn(usize) -> Result<T> + Send + Sync,
) -> Result<Vec<T>> {
    let mut slots: Vec<_> = (0..count).map(|_| None).collect();
    try_each(slots.iter_mut(), many, |i, slot| {
        *slot = Some(f(i)?);
        Ok(())
    })?;
    Ok(slots.into_iter().map(|made| made.expect("each ran")).collect())
}

/// `f` on every item and its number, or the first error.
pub(super) fn try_each<I: Send>(
    items: impl Iterator<Item = I>,
    many: bool,
    f: impl Fn(usize, I) -> Result<()> + Send + Sync,
) -> Result<()> {
    if !many {
        return items.enumerate().try_for_each(|(i, item)| f(i, item));
    }
    let mut slots: Vec<_> = items.map(|item| (Some(item), Ok(()))).collect();
    threads::for_each(&mut slots, |i, (item, done)| {
        if let Some(item) = item.take() {
            *done = f(i, item);
        }
    });
    slots.into_iter().try_for_each(|(_, done)| done)
}

/// `step` on the chunks of two rows of equal length with their number.
pub(super) fn pairs(
    many: bool,
    x: &mut [u64],
    y: &mut [u64],
    len: usize,
    step: impl Fn(usize, &mut [u64], &mut [u64]) + Send + Sync,
) {
    let pairs = x.chunks_mut(len).zip(y.chunks_mut(len));
    if many {
        threads::for_each(&mut pairs.collect::<Vec<_>>(), |k, (x, y)| step(k, x, y));
    } else {
        pairs.enumerate().for_each(|(k, (x, y))| step(k, x, y));
    }
}

/// `step` on every chunk with its number.
pub(super) fn chunks(
    many: bool,
    data: &mut [u64],
    len: usize,
    step: impl Fn(usize, &mut [u64]) + Send + Sync,
) {
    if many {
        threads::for_each(&mut data.chunks_mut(len).collect::<Vec<_>>(), |k, part| step(k, part));
    } else {
        data.chunks_mut(len).enumerate().for_each(|(k, part)| step(k, part));
    }
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
