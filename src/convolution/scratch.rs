//! [`Scratch`]: working memory that a thread keeps from one product to the next.
//!
//! It stands apart because every algorithm needs some, and a small product takes less time than an allocation. Buffers
//! start at a multiple of 64 bytes, where vectors do not cross the lines of a cache, and come back to the thread that
//! drops them.
//!
//! # Invariants
//! The contents of a buffer are whatever its last user left: who reads a word has written it.
//!
//! # Memory
//! A thread keeps [`KEPT`] words, and up to [`MOST`] as long as its products are large: memory fresh from the system costs a large
//! product as much as a part of its transforms. What is over goes back to the allocator after small products that took [`PATIENCE`] times as
//! many words: they took longer than it takes to get the memory again.

use crate::{Result, integer::try_zeroed};
use std::{
    cell::RefCell,
    ops::{Deref, DerefMut, Range},
};

/// Words of a line of the cache.
const LINE: usize = 8;

/// Words that a thread keeps: 32 MiB, the buffers of a product of some 10^6 points.
const KEPT: usize = 1 << 22;

/// Words that a thread keeps between large products: 1 GiB, the buffers of a product of some 10^7 points modulo ten primes.
const MOST: usize = 1 << 27;

/// Words of small buffers in a row, over the words kept, after which no large product is expected. A word of memory fresh from the system
/// takes 1 to 4 ns, one that a small product uses some 10 to 100.
const PATIENCE: usize = 8;

/// Words that a buffer counts as at least.
const LEAST: usize = 1 << 9;

/// Buffers that a thread keeps: one a prime, and some more.
const BUFFERS: usize = 64;

thread_local! {
    static POOL: RefCell<Pool> = const { RefCell::new(Pool { buffers: Vec::new(), words: 0, idle: 0 }) };
}

/// The free buffers of a thread, the one used last at the end.
struct Pool {
    buffers: Vec<Vec<u64>>,
    /// Of all of them.
    words: usize,
    /// Words of small buffers in a row that were taken while more than [`KEPT`] words were kept.
    idle: usize,
}

impl Pool {
    /// The smallest free buffer of at least `len` words that is not far too large; a new one would have `size`.
    fn take(&mut self, len: usize, size: usize) -> Option<Vec<u64>> {
        if self.words > KEPT {
            self.idle = if len > KEPT / 16 { 0 } else { self.idle + len.max(LEAST) };
            if self.idle / PATIENCE > self.words {
                self.shrink(KEPT);
            }
        }
        // What was used last is used next.
        let at = self.buffers.iter().rposition(|buffer| buffer.len() == size).or_else(|| {
            let fits = |words: usize| words >= len && words / 8 <= len.max(LEAST);
            let free = self.buffers.iter().enumerate().filter(|(_, buffer)| fits(buffer.len()));
            Some(free.min_by_key(|(_, buffer)| buffer.len())?.0)
        })?;
        let buffer = self.buffers.remove(at);
        self.words -= buffer.len();
        Some(buffer)
    }

    fn put(&mut self, buffer: Vec<u64>) {
        if buffer.len() > MOST {
            return;
        }
        if self.words <= KEPT {
            self.idle = 0;
        }
        self.shrink(MOST - buffer.len());
        if self.buffers.len() == BUFFERS {
            self.words -= self.buffers.remove(0).len();
        }
        self.words += buffer.len();
        self.buffers.push(buffer);
    }

    /// Gives back what is over so many words, the buffers used longest ago first.
    fn shrink(&mut self, most: usize) {
        while self.words > most {
            self.words -= self.buffers.remove(0).len();
        }
    }
}

/// A buffer of words, aligned to 64 bytes, of any contents.
pub(crate) struct Scratch {
    words: Vec<u64>,
    start: usize,
    len: usize,
}

/// A buffer of `len` words, of any contents.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(crate) fn take(len: usize) -> Result<Scratch> {
    let words = words(len + LINE - 1)?;
    let start = words.as_ptr().align_offset(64).min(LINE - 1);
    Ok(Scratch { words, start, len })
}

/// So many words at least.
fn words(room: usize) -> Result<Vec<u64>> {
    // A quarter of a power of two: sizes that differ little share a buffer.
    let size = room.next_multiple_of((room.next_power_of_two() / 8).max(64));
    match POOL.with_borrow_mut(|pool| pool.take(room, size)) {
        Some(words) => Ok(words),
        None => try_zeroed(size),
    }
}

/// A buffer as a vector of any length and contents with room for `len` words, for what writes its result into a vector.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(crate) fn vector(len: usize) -> Result<Vector> {
    Ok(Vector(words(len.max(1))?))
}

/// A vector whose memory comes back to the thread that drops it.
pub(crate) struct Vector(Vec<u64>);

impl Deref for Vector {
    type Target = Vec<u64>;

    #[inline]
    fn deref(&self) -> &Vec<u64> {
        &self.0
    }
}

impl DerefMut for Vector {
    #[inline]
    fn deref_mut(&mut self) -> &mut Vec<u64> {
        &mut self.0
    }
}

impl Drop for Vector {
    fn drop(&mut self) {
        let mut words = std::mem::take(&mut self.0);
        if words.capacity() == 0 {
            return;
        }
        // A buffer is as long as its memory.
        words.resize(words.capacity(), 0);
        let _ = POOL.try_with(|pool| pool.borrow_mut().put(words));
    }
}

/// A short buffer, for a list, of any contents. Where memory for so few words is refused the program ends, as it does with a vector.
pub(crate) fn list(len: usize) -> Scratch {
    take(len).unwrap_or_else(|_| Scratch { words: vec![0; len], start: 0, len })
}

impl Scratch {
    /// Some of the words.
    pub(crate) fn cut(self, range: Range<usize>) -> Scratch {
        assert!(range.start <= range.end && range.end <= self.len, "words beyond a buffer");
        let mut cut = self;
        cut.start += range.start;
        cut.len = range.len();
        cut
    }
}

impl Clone for Scratch {
    /// The same words, in a buffer of their own.
    fn clone(&self) -> Scratch {
        let mut copy = list(self.len);
        copy.copy_from_slice(self);
        copy
    }
}

impl Deref for Scratch {
    type Target = [u64];

    #[inline]
    fn deref(&self) -> &[u64] {
        &self.words[self.start..self.start + self.len]
    }
}

impl DerefMut for Scratch {
    #[inline]
    fn deref_mut(&mut self) -> &mut [u64] {
        &mut self.words[self.start..self.start + self.len]
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let words = std::mem::take(&mut self.words);
        // While the thread ends there is no pool any more.
        let _ = POOL.try_with(|pool| pool.borrow_mut().put(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_are_aligned_come_back_and_do_not_overlap() {
        for len in [0, 1, 7, 8, 63, 64, 65, 1000, 4096, 100_000] {
            let (mut x, mut y) = (take(len).unwrap(), take(len).unwrap());
            assert_eq!((x.len(), y.len()), (len, len));
            assert!(x.as_ptr().align_offset(64) == 0 && y.as_ptr().align_offset(64) == 0);
            x.fill(1);
            y.fill(2);
            assert!(x.iter().all(|&x| x == 1) && y.iter().all(|&y| y == 2));
        }
        let free = || POOL.with_borrow(|pool| pool.buffers.len());
        drop(take(5000).unwrap());
        let before = free();
        let held = take(5000).unwrap();
        assert_eq!(free(), before - 1, "a free buffer is used again");
        drop(held);
        assert_eq!(free(), before, "and comes back");
        let mut held = vector(5000).unwrap();
        assert!(free() == before - 1 && held.capacity() >= 5000);
        held.clear();
        held.push(3);
        drop(held);
        assert_eq!(free(), before);
        assert_eq!(take(5000).unwrap().len(), 5000, "as long as before");
        assert_eq!(free(), before);
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        drop(take(10_000).unwrap());
        let held: Vec<_> = (1..BUFFERS).map(|_| take(5000).unwrap()).collect();
        let last = held[BUFFERS - 2].as_ptr();
        // The first one is dropped first.
        drop(held);
        drop(take(10_000).unwrap());
        drop(take(20_000).unwrap());
        assert_eq!(take(5000).unwrap().as_ptr(), last, "not the one before it");
        assert_eq!(POOL.with_borrow(|pool| pool.buffers.len()), BUFFERS);
    }

    #[test]
    fn a_thread_keeps_a_bounded_amount() {
        let kept = |most: usize| {
            POOL.with_borrow(|pool| {
                assert!(pool.words <= most && pool.buffers.len() <= BUFFERS);
                assert_eq!(pool.words, pool.buffers.iter().map(Vec::len).sum::<usize>());
                pool.words
            })
        };
        // Nothing writes to them, so that most of it is never there.
        let held: Vec<_> = (0..3).map(|k| take(MOST / 3 + k).unwrap()).collect();
        drop(held);
        assert!(kept(MOST) > KEPT);
        drop(take(MOST + 1).unwrap());
        assert!(kept(MOST) > KEPT);
        let small = KEPT / 16 - LINE;
        let many = PATIENCE * MOST / small;
        (0..many / 2).for_each(|_| drop(take(small).unwrap()));
        assert!(kept(MOST) > KEPT, "not yet");
        (0..many).for_each(|_| drop(take(small).unwrap()));
        kept(KEPT);
        drop((0..2 * BUFFERS).map(|k| take(1000 + k).unwrap()).collect::<Vec<_>>());
        kept(KEPT);
    }
}
