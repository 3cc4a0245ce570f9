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
//! the bound would be passed. Inverse, all values between passes are below 2p, or 3p/2 in size where they have signs.

use super::{
    arithmetic::{Arithmetic, Chunk, Factor, V},
    lane::{Lane, Task},
    table::{Direction, Last, Record, Roots},
};
use crate::convolution::ntt::prime::Prime;

/// Points of the base.
pub(super) const BASE: usize = 64;

/// The bound of what enters a transform.
const ENTRY: u32 = 32;

/// Passes above the base of the longest transform.
const MOST_PASSES: usize = 10;

/// A pass over blocks of so many points.
#[derive(Clone, Copy, Debug, Default)]
struct Pass {
    points: usize,
    /// Layers: 1, 2 or 3.
    layers: u32,
    /// Forward: whether the growing half is reduced.
    reduce: bool,
}

/// The passes above the base, longest blocks first, and how many there are.
fn passes(n: usize) -> ([Pass; MOST_PASSES], usize) {
    let (mut passes, mut count) = ([Pass::default(); MOST_PASSES], 0);
    let mut points = n;
    while points > BASE {
        let layers = match (points / BASE).trailing_zeros() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        passes[count] = Pass { points, layers, reduce: false };
        count += 1;
        points >>= layers;
    }
    (passes, count)
}

/// The bound after `layers` more layers, and whether that takes a reduction.
fn grow<A: Arithmetic>(bound: u32, layers: u32) -> (u32, bool) {
    if bound + layers * A::GROWTH <= A::LIMIT {
        (bound + layers * A::GROWTH, false)
    } else {
        (A::REDUCED + layers * A::GROWTH, true)
    }
}

/// A forward transform: words below 4p to values.
pub(super) struct Forward<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
    pub(super) block: usize,
}

impl Task for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let Forward { prime, data, block } = self;
        let n = data.len();
        let bases = n / BASE;
        let a = A::new(lane, prime);
        let mut roots = Roots::new::<A>(prime, Direction::Forward, (block + 1) * bases);
        let (mut passes, count) = passes(n);
        let mut bound = ENTRY;
        for pass in &mut passes[..count] {
            (bound, pass.reduce) = grow::<A>(bound, pass.layers);
        }
        let (middle, head) = grow::<A>(bound, 3);
        let (_, tail) = grow::<A>(middle, 3);
        let (chunks, _) = A::Lane::chunks_mut(data);
        for b in 0..bases {
            let start = b * BASE;
            for (k, pass) in passes[..count].iter().enumerate() {
                if start.is_multiple_of(pass.points) {
                    let j = block * (n / pass.points) + start / pass.points;
                    let part = &mut chunks[start / A::Lane::N..(start + pass.points) / A::Lane::N];
                    let record = roots.record(a, j);
                    match (k == 0, pass.reduce) {
                        (true, true) => forward_pass::<A, true, true>(a, part, record, pass.layers),
                        (true, false) => forward_pass::<A, true, false>(a, part, record, pass.layers),
                        (false, true) => forward_pass::<A, false, true>(a, part, record, pass.layers),
                        (false, false) => forward_pass::<A, false, false>(a, part, record, pass.layers),
                    }
                }
            }
            let part = &mut chunks[start / A::Lane::N..(start + BASE) / A::Lane::N];
            if count == 0 {
                forward_base::<A, true>(a, part, &mut roots, block * bases + b, head, tail);
            } else {
                forward_base::<A, false>(a, part, &mut roots, block * bases + b, head, tail);
            }
        }
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

/// R rows of equal length.
#[inline(always)]
fn rows<C, const R: usize>(data: &mut [C]) -> [&mut [C]; R] {
    let len = data.len() / R;
    let mut rest = data;
    std::array::from_fn(|_| {
        let (row, tail) = std::mem::take(&mut rest).split_at_mut(len);
        rest = tail;
        row
    })
}

// What holds vectors is a function that is always inlined, never a closure: a closure of this size would be compiled on
// its own, without the instructions. With debug assertions the larger functions are not inlined, since without
// optimisation all their temporaries together would fill the stack of a thread.

/// Column `i`.
#[inline(always)]
fn column<A: Arithmetic, const R: usize, const WORDS: bool>(
    a: A,
    rows: &[&mut [Chunk<A>]; R],
    i: usize,
) -> [V<A>; R] {
    let mut v = [load::<A, WORDS>(a, &rows[0][i]); R];
    for r in 1..R {
        v[r] = load::<A, WORDS>(a, &rows[r][i]);
    }
    v
}

#[inline(always)]
fn put_column<A: Arithmetic, const R: usize, const WORDS: bool>(
    a: A,
    rows: &mut [&mut [Chunk<A>]; R],
    i: usize,
    v: [V<A>; R],
) {
    for r in 0..R {
        store::<A, WORDS>(a, &mut rows[r][i], v[r]);
    }
}

/// Eight chunks at distance `step`.
#[inline(always)]
fn eight<A: Arithmetic, const WORDS: bool>(a: A, data: &[Chunk<A>], step: usize) -> [V<A>; 8] {
    let mut v = [load::<A, WORDS>(a, &data[0]); 8];
    for r in 1..8 {
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

#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_pass<A: Arithmetic, const WORDS: bool, const REDUCE: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
) {
    match layers {
        3 => {
            let w = record.seven(a);
            let len = data.len() / 8;
            let mut rows = rows::<_, 8>(data);
            for i in 0..len {
                let v = column::<A, 8, WORDS>(a, &rows, i);
                let v = forward_eight(a, reduce_half::<A, 8>(a, v, REDUCE), &w);
                put_column::<A, 8, false>(a, &mut rows, i, v);
            }
        }
        2 => {
            let (w0, w1, w2) = (record.root(a, 0), record.root(a, 1), record.root(a, 2));
            let len = data.len() / 4;
            let mut rows = rows::<_, 4>(data);
            for i in 0..len {
                let v = column::<A, 4, WORDS>(a, &rows, i);
                let [x0, x1, x2, x3] = reduce_half::<A, 4>(a, v, REDUCE);
                let ((x0, x2), (x1, x3)) = (a.butterfly(x0, x2, w0), a.butterfly(x1, x3, w0));
                let ((x0, x1), (x2, x3)) = (a.butterfly(x0, x1, w1), a.butterfly(x2, x3, w2));
                put_column::<A, 4, false>(a, &mut rows, i, [x0, x1, x2, x3]);
            }
        }
        _ => {
            let w = record.root(a, 0);
            let len = data.len() / 2;
            let mut rows = rows::<_, 2>(data);
            for i in 0..len {
                let v = column::<A, 2, WORDS>(a, &rows, i);
                let [x, y] = reduce_half::<A, 2>(a, v, REDUCE);
                let (x, y) = a.butterfly(x, y, w);
                put_column::<A, 2, false>(a, &mut rows, i, [x, y]);
            }
        }
    }
}

#[inline(always)]
fn reduce_half<A: Arithmetic, const R: usize>(a: A, mut v: [V<A>; R], reduce: bool) -> [V<A>; R] {
    if reduce {
        for x in v.iter_mut().take(R / 2) {
            *x = a.reduce(*x);
        }
    }
    v
}

/// Three layers on eight vectors.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_eight<A: Arithmetic>(a: A, v: [V<A>; 8], w: &[Factor<V<A>>; 7]) -> [V<A>; 8] {
    let [x0, x1, x2, x3, x4, x5, x6, x7] = v;
    let ((x0, x4), (x1, x5)) = (a.butterfly(x0, x4, w[0]), a.butterfly(x1, x5, w[0]));
    let ((x2, x6), (x3, x7)) = (a.butterfly(x2, x6, w[0]), a.butterfly(x3, x7, w[0]));
    let ((x0, x2), (x1, x3)) = (a.butterfly(x0, x2, w[1]), a.butterfly(x1, x3, w[1]));
    let ((x4, x6), (x5, x7)) = (a.butterfly(x4, x6, w[2]), a.butterfly(x5, x7, w[2]));
    let ((x0, x1), (x2, x3)) = (a.butterfly(x0, x1, w[3]), a.butterfly(x2, x3, w[4]));
    let ((x4, x5), (x6, x7)) = (a.butterfly(x4, x5, w[5]), a.butterfly(x6, x7, w[6]));
    [x0, x1, x2, x3, x4, x5, x6, x7]
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_base<A: Arithmetic, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    roots: &mut Roots<'_>,
    j: usize,
    head: bool,
    tail: bool,
) {
    // Rows of eight points: one vector of eight, or two of four.
    let parts = 8 / A::Lane::N;
    let last = roots.last();
    let record = roots.record(a, j);
    let data = &mut data[..8 * parts];
    if parts == 1 {
        let v = eight::<A, WORDS>(a, data, 1);
        let v = forward_eight(a, reduce_half::<A, 8>(a, v, head), &record.seven(a));
        let v = forward_tail(a, v, record, last, 0, tail);
        put_eight::<A, false>(a, data, 1, v);
    } else {
        for part in 0..parts {
            let v = eight::<A, WORDS>(a, &data[part..], parts);
            let v = forward_eight(a, reduce_half::<A, 8>(a, v, head), &record.seven(a));
            put_eight::<A, false>(a, &mut data[part..], parts, v);
        }
        for part in 0..parts {
            let group = &mut data[8 * part..8 * part + 8];
            let v = forward_tail(a, eight::<A, false>(a, group, 1), record, last, part, tail);
            put_eight::<A, false>(a, group, 1, v);
        }
    }
}

/// The last three layers on `N` groups of eight.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_tail<A: Arithmetic>(
    a: A,
    v: [V<A>; 8],
    record: &Record,
    last: &Last,
    part: usize,
    reduce: bool,
) -> [V<A>; 8] {
    let mut v = a.lane().transpose(v);
    if reduce {
        v[0] = a.reduce(v[0]);
    }
    for (c, x) in v.iter_mut().enumerate().skip(1) {
        *x = a.mul(*x, record.twist(a, c));
    }
    forward_eight(a, v, &last.seven(a, part * A::Lane::N))
}

/// An inverse transform: values as products leave them to words below 2p, times the length.
pub(super) struct Inverse<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
    pub(super) block: usize,
}

impl Task for Inverse<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let Inverse { prime, data, block } = self;
        let n = data.len();
        let bases = n / BASE;
        let a = A::new(lane, prime);
        let mut roots = Roots::new::<A>(prime, Direction::Inverse, (block + 1) * bases);
        let (passes, count) = passes(n);
        let (chunks, _) = A::Lane::chunks_mut(data);
        for b in 0..bases {
            let start = b * BASE;
            let end = start + BASE;
            let part = &mut chunks[start / A::Lane::N..end / A::Lane::N];
            if count == 0 {
                inverse_base::<A, true>(a, part, &mut roots, block * bases + b);
            } else {
                inverse_base::<A, false>(a, part, &mut roots, block * bases + b);
            }
            for (k, pass) in passes[..count].iter().enumerate().rev() {
                if !end.is_multiple_of(pass.points) {
                    break;
                }
                let j = block * (n / pass.points) + end / pass.points - 1;
                let part = &mut chunks[(end - pass.points) / A::Lane::N..end / A::Lane::N];
                let record = roots.record(a, j);
                if k == 0 {
                    inverse_pass::<A, true>(a, part, record, pass.layers);
                } else {
                    inverse_pass::<A, false>(a, part, record, pass.layers);
                }
            }
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_pass<A: Arithmetic, const WORDS: bool>(a: A, data: &mut [Chunk<A>], record: &Record, layers: u32) {
    match layers {
        3 => {
            let w = record.seven(a);
            let len = data.len() / 8;
            let mut rows = rows::<_, 8>(data);
            for i in 0..len {
                let v = settle(a, inverse_eight(a, column::<A, 8, false>(a, &rows, i), &w));
                put_column::<A, 8, WORDS>(a, &mut rows, i, v);
            }
        }
        2 => {
            let (w0, w1, w2) = (record.root(a, 0), record.root(a, 1), record.root(a, 2));
            let len = data.len() / 4;
            let mut rows = rows::<_, 4>(data);
            for i in 0..len {
                let [x0, x1, x2, x3] = column::<A, 4, false>(a, &rows, i);
                let (x0, x1) = a.inverse_butterfly(x0, x1, w1, false);
                let (x2, x3) = a.inverse_butterfly(x2, x3, w2, false);
                let (x0, x2) = a.inverse_butterfly(x0, x2, w0, true);
                let (x1, x3) = a.inverse_butterfly(x1, x3, w0, false);
                let v = [a.reduce(x0), if A::SIGNED { x1 } else { a.reduce(x1) }, x2, x3];
                put_column::<A, 4, WORDS>(a, &mut rows, i, v);
            }
        }
        _ => {
            let w = record.root(a, 0);
            let len = data.len() / 2;
            let mut rows = rows::<_, 2>(data);
            for i in 0..len {
                let [x, y] = column::<A, 2, false>(a, &rows, i);
                let (x, y) = a.inverse_butterfly(x, y, w, false);
                put_column::<A, 2, WORDS>(a, &mut rows, i, [a.reduce(x), y]);
            }
        }
    }
}

/// Three layers back. From values below 2p: sums below 4p, then 8p (reduced), 4p, 2p, 2p; the last layer leaves 4p,
/// 8p, 4p, 4p and products. With signs, from values of size 3p/2: 3p, then 6p (reduced), 3p/2, and in the end p, 3p,
/// 3p/2, 3p/2 and products.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_eight<A: Arithmetic>(a: A, v: [V<A>; 8], w: &[Factor<V<A>>; 7]) -> [V<A>; 8] {
    let [x0, x1, x2, x3, x4, x5, x6, x7] = v;
    let (x0, x1) = a.inverse_butterfly(x0, x1, w[3], false);
    let (x2, x3) = a.inverse_butterfly(x2, x3, w[4], false);
    let (x4, x5) = a.inverse_butterfly(x4, x5, w[5], false);
    let (x6, x7) = a.inverse_butterfly(x6, x7, w[6], false);
    let (x0, x2) = a.inverse_butterfly(x0, x2, w[1], true);
    let (x1, x3) = a.inverse_butterfly(x1, x3, w[1], false);
    let (x4, x6) = a.inverse_butterfly(x4, x6, w[2], true);
    let (x5, x7) = a.inverse_butterfly(x5, x7, w[2], false);
    let (x0, x4) = (a.reduce(x0), a.reduce(x4));
    let (x0, x4) = a.inverse_butterfly(x0, x4, w[0], false);
    let (x1, x5) = a.inverse_butterfly(x1, x5, w[0], true);
    let (x2, x6) = a.inverse_butterfly(x2, x6, w[0], false);
    let (x3, x7) = a.inverse_butterfly(x3, x7, w[0], false);
    [x0, x1, x2, x3, x4, x5, x6, x7]
}

/// Below 2p again, or of size 3p/2.
#[cfg_attr(not(debug_assertions), inline(always))]
fn settle<A: Arithmetic>(a: A, mut v: [V<A>; 8]) -> [V<A>; 8] {
    v[1] = a.reduce(v[1]);
    if !A::SIGNED {
        for r in [0, 2, 3] {
            v[r] = a.reduce(v[r]);
        }
    }
    v
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_base<A: Arithmetic, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    roots: &mut Roots<'_>,
    j: usize,
) {
    let parts = 8 / A::Lane::N;
    let last = roots.last();
    let record = roots.record(a, j);
    let data = &mut data[..8 * parts];
    if parts == 1 {
        let v = inverse_head(a, eight::<A, false>(a, data, 1), record, last, 0);
        let v = settle(a, inverse_eight(a, v, &record.seven(a)));
        put_eight::<A, WORDS>(a, data, 1, v);
    } else {
        for part in 0..parts {
            let group = &mut data[8 * part..8 * part + 8];
            let v = inverse_head(a, eight::<A, false>(a, group, 1), record, last, part);
            put_eight::<A, false>(a, group, 1, v);
        }
        for part in 0..parts {
            let v = eight::<A, false>(a, &data[part..], parts);
            let v = settle(a, inverse_eight(a, v, &record.seven(a)));
            put_eight::<A, WORDS>(a, &mut data[part..], parts, v);
        }
    }
}

/// The first three layers back on `N` groups of eight.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_head<A: Arithmetic>(a: A, v: [V<A>; 8], record: &Record, last: &Last, part: usize) -> [V<A>; 8] {
    let mut v = inverse_eight(a, v, &last.seven(a, part * A::Lane::N));
    if !A::SIGNED {
        v[0] = a.reduce(v[0]);
    }
    for (c, x) in v.iter_mut().enumerate().skip(1) {
        *x = a.mul(*x, record.twist(a, c));
    }
    a.lane().untranspose(v)
}
