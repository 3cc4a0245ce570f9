//! [`Forward`], [`Inverse`]: a polynomial to its values at all roots and back, depth first, over a base of 64 points.
//!
//! The moduli are those of the whole crate, `x^n - z[block]` halved layer by layer. Radix-8 passes come first,
//! the odd radix-4 or -2 ones stand just above the base, where the data are in the first-level cache. A block is
//! taken to its end before the next one starts, so that every level of the cache is used without knowing its size:
//! the passes that start (or end, backward) at a base block are those of the block sizes that divide its
//! position.
//!
//! The base: three layers across eight rows of eight points, a transposition, a twist, three layers with
//! constant factors ([`table`](super::table)). It is never transposed back; the inverse reads what the forward
//! transform left.
//!
//! # Invariants
//! Bounds in eighths of `p`, see [`arithmetic`](super::arithmetic). Forward, the growing half of a pass is reduced when
//! the bound would be passed. Inverse, all values between passes are below 2p less the bias of their block ([`inverse`]), or 3p/2 in size where they
//! have signs.

mod forward;
mod inverse;

use super::{
    arithmetic::{Arithmetic, Chunk, Seed, V},
    lane::Lane,
    table::Record,
};
pub(super) use forward::{Forward, forward_eight, forward_half};
pub(super) use inverse::{Inverse, inverse_eight, raised, settle};
use std::ops::Deref;

/// Points of the base.
pub(super) const BASE: usize = 64;

/// The bound of what enters a transform.
const ENTRY: u32 = 32;

/// Passes above the base of the longest transform.
const MOST_PASSES: usize = 10;

/// A pass over blocks of so many points.
#[derive(Clone, Copy, Debug, Default)]
struct Pass {
    /// The logarithm of the points.
    log: u32,
    /// Layers: 1, 2 or 3.
    layers: u32,
    /// Forward: whether the growing half is reduced.
    reduce: bool,
}

/// The passes above the base, longest blocks first, and how many there are.
#[inline(always)]
fn passes(n: usize) -> ([Pass; MOST_PASSES], usize) {
    let (mut passes, mut count) = ([Pass::default(); MOST_PASSES], 0);
    let mut log = n.trailing_zeros();
    while log > BASE.trailing_zeros() {
        let layers = match log - BASE.trailing_zeros() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        passes[count] = Pass { log, layers, reduce: false };
        count += 1;
        log -= layers;
    }
    (passes, count)
}

/// The bound after `layers` more layers, and whether that takes a reduction.
#[inline(always)]
fn grow<A: Arithmetic>(bound: u32, layers: u32) -> (u32, bool) {
    if bound + layers * A::GROWTH <= A::LIMIT {
        (bound + layers * A::GROWTH, false)
    } else {
        (A::REDUCED + layers * A::GROWTH, true)
    }
}

#[inline(always)]
fn load<A: Arithmetic, const WORDS: bool>(a: A, chunk: &Chunk<A>) -> V<A> {
    if WORDS { a.load_words(chunk) } else { a.lane().load(chunk) }
}

#[inline(always)]
fn store<A: Arithmetic, const WORDS: bool>(a: A, chunk: &mut Chunk<A>, v: V<A>) {
    if WORDS { a.store_words(chunk, v) } else { a.lane().store(chunk, v) }
}

/// Rows of a slice, one after the other. Each is cut to the same number of groups of K, which the compiler has to see, otherwise
/// it checks every access to every row and a pass takes a tenth longer: so they are cut one by one, where it
/// keeps their lengths in registers, and not by a closure for all of them.
pub(super) struct Rows<'a, C> {
    pub(super) rest: &'a mut [C],
    /// From one row to the next.
    pub(super) step: usize,
}

impl<'a, C> Rows<'a, C> {
    /// Groups of the next row.
    #[inline(always)]
    fn groups<const K: usize>(&mut self, count: usize) -> &'a mut [[C; K]] {
        let rest = std::mem::take(&mut self.rest);
        let (row, rest) = rest.split_at_mut(self.step.min(rest.len()));
        self.rest = rest;
        &mut row.as_chunks_mut().0[..count]
    }

    #[inline(always)]
    fn two<const K: usize>(&mut self, count: usize) -> [&'a mut [[C; K]]; 2] {
        [self.groups(count), self.groups(count)]
    }

    #[inline(always)]
    fn four<const K: usize>(&mut self, count: usize) -> [&'a mut [[C; K]]; 4] {
        let ([a, b], [c, d]) = (self.two(count), self.two(count));
        [a, b, c, d]
    }

    /// The first groups of eight rows.
    #[inline(always)]
    pub(super) fn eight<const K: usize>(&mut self, count: usize) -> [&'a mut [[C; K]]; 8] {
        let ([a, b, c, d], [e, f, g, h]) = (self.four(count), self.four(count));
        [a, b, c, d, e, f, g, h]
    }
}

/// A slice as so many rows of equal length.
#[inline(always)]
fn rows<C>(data: &mut [C], count: usize) -> Rows<'_, C> {
    let step = data.len() / count;
    Rows { rest: data, step }
}

// What holds vectors is a function that is always inlined, never a closure: a closure of this size would be compiled on
// its own, without the instructions. With debug assertions the larger functions are not inlined, since without
// optimisation all their temporaries together would fill the stack of a thread.

/// Group `i` of the columns of the first R rows.
#[inline(always)]
pub(super) fn columns<A: Arithmetic, const K: usize, const R: usize, const WORDS: bool>(
    a: A,
    rows: &[impl Deref<Target = [[Chunk<A>; K]]>],
    i: usize,
) -> [[V<A>; R]; K] {
    let mut v = [[load::<A, WORDS>(a, &rows[0][i][0]); R]; K];
    for r in 0..R {
        for k in 0..K {
            v[k][r] = load::<A, WORDS>(a, &rows[r][i][k]);
        }
    }
    v
}

#[inline(always)]
pub(super) fn put_columns<A: Arithmetic, const K: usize, const R: usize, const WORDS: bool>(
    a: A,
    rows: &mut [&mut [[Chunk<A>; K]]; R],
    i: usize,
    v: [[V<A>; R]; K],
) {
    for r in 0..R {
        for k in 0..K {
            store::<A, WORDS>(a, &mut rows[r][i][k], v[k][r]);
        }
    }
}

/// R chunks at distance `step`.
#[inline(always)]
fn strided<A: Arithmetic, const R: usize, const WORDS: bool>(
    a: A,
    data: &[Chunk<A>],
    step: usize,
) -> [V<A>; R] {
    let mut v = [load::<A, WORDS>(a, &data[0]); R];
    for r in 1..R {
        v[r] = load::<A, WORDS>(a, &data[r * step]);
    }
    v
}

#[inline(always)]
fn put_eight<A: Arithmetic, const WORDS: bool>(a: A, data: &mut [Chunk<A>], step: usize, v: [V<A>; 8]) {
    for r in 0..8 {
        store::<A, WORDS>(a, &mut data[r * step], v[r]);
    }
}

/// The records of K blocks.
#[inline(always)]
fn each<const K: usize>(records: &[Record]) -> [&Record; K] {
    let mut each = [&records[0]; K];
    for k in 1..K {
        each[k] = &records[k];
    }
    each
}

/// The first R vectors of K blocks of eight.
#[inline(always)]
fn blocks<A: Arithmetic, const K: usize, const R: usize, const WORDS: bool>(
    a: A,
    data: &[Chunk<A>],
) -> [[V<A>; R]; K] {
    let mut v = [strided::<A, R, WORDS>(a, data, 1); K];
    for k in 1..K {
        v[k] = strided::<A, R, WORDS>(a, &data[8 * k..8 * k + 8], 1);
    }
    v
}

/// `v[c] * rho^c` from c = 1 on, from what the products start from.
#[inline(always)]
fn twisted<A: Arithmetic>(a: A, seed: Seed<V<A>>, v: [V<A>; 8], record: &Record) -> [V<A>; 8] {
    let w = |c| record.twist(a, c);
    let [x1, x2, x3, x4] = a.products_from([seed; 4], [v[1], v[2], v[3], v[4]], [w(1), w(2), w(3), w(4)]);
    let [x5, x6, x7] = a.products_from([seed; 3], [v[5], v[6], v[7]], [w(5), w(6), w(7)]);
    [v[0], x1, x2, x3, x4, x5, x6, x7]
}
