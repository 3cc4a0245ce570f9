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
    table::{self, Direction, Last, Record, Roots, Seven},
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

/// A forward transform: words below 4p, zeros from `filled` on whatever stands there, to values.
pub(super) struct Forward<'a> {
    pub(super) prime: &'a Prime,
    pub(super) data: &'a mut [u64],
    pub(super) block: usize,
    pub(super) filled: usize,
}

impl Task for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let Forward { prime, data, block, filled } = self;
        let n = data.len();
        let a = A::new(lane, prime);
        // Where the upper half is zero, the first layer copies, and nobody reads it.
        let half = filled <= n / 2;
        data[filled..if half { n / 2 } else { n }].fill(0);
        let (chunks, _) = A::Lane::chunks_mut(data);
        if n == BASE {
            let (record, last) = table::shortest::<A>(prime, Direction::Forward, block);
            return if half {
                forward_base::<A, 1, true, true, false>(a, chunks, record, last)
            } else {
                forward_base::<A, 1, true, false, true>(a, chunks, record, last)
            };
        }
        let mut roots = Roots::new::<A>(prime, Direction::Forward, (block + 1) * (n / BASE));
        let (mut passes, count) = passes(n);
        let (first, passes) = passes[..count].split_first_mut().expect("more than the base");
        let record = roots.record(a, block);
        match (half, A::Lane::SIDE_BY_SIDE) {
            (true, false) => forward_first::<A, 1, true>(a, chunks, record, first.layers),
            (false, false) => forward_first::<A, 1, false>(a, chunks, record, first.layers),
            (true, true) => forward_first::<A, 2, true>(a, chunks, record, first.layers),
            (false, true) => forward_first::<A, 2, false>(a, chunks, record, first.layers),
        }
        let (mut bound, _) = grow::<A>(ENTRY, first.layers - u32::from(half));
        for pass in passes.iter_mut() {
            (bound, pass.reduce) = grow::<A>(bound, pass.layers);
        }
        if A::Lane::SIDE_BY_SIDE {
            forward_blocks::<A, 2>(a, chunks, roots, block, passes, bound);
        } else {
            forward_blocks::<A, 1>(a, chunks, roots, block, passes, bound);
        }
    }
}

/// The passes but the first, and the base.
#[inline(always)]
fn forward_blocks<A: Arithmetic, const K: usize>(
    a: A,
    data: &mut [Chunk<A>],
    mut roots: Roots<'_>,
    block: usize,
    passes: &[Pass],
    bound: u32,
) {
    let last = roots.last();
    let n = data.len() * A::Lane::N;
    for start in (0..n).step_by(K * BASE) {
        for pass in passes {
            if start.trailing_zeros() >= pass.log {
                let j = (block << (n.trailing_zeros() - pass.log)) + (start >> pass.log);
                let part = &mut data[start / A::Lane::N..(start + (1 << pass.log)) / A::Lane::N];
                let record = roots.record(a, j);
                if pass.reduce || !A::SIGNED {
                    forward_pass::<A, K, true>(a, part, record, pass.layers);
                } else {
                    forward_pass::<A, K, false>(a, part, record, pass.layers);
                }
            }
        }
        let part = &mut data[start / A::Lane::N..(start + K * BASE) / A::Lane::N];
        let records = roots.records::<A, K>(a, block * (n / BASE) + start / BASE);
        if !A::SIGNED || bound + 6 * A::GROWTH > A::LIMIT {
            forward_base::<A, K, false, false, true>(a, part, records, last);
        } else {
            forward_base::<A, K, false, false, false>(a, part, records, last);
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

/// K columns from `i` on, of the first R rows.
#[inline(always)]
fn columns<A: Arithmetic, const K: usize, const R: usize, const WORDS: bool>(
    a: A,
    rows: &[&mut [Chunk<A>]],
    i: usize,
) -> [[V<A>; R]; K] {
    let mut v = [[load::<A, WORDS>(a, &rows[0][i]); R]; K];
    for k in 0..K {
        for r in 0..R {
            v[k][r] = load::<A, WORDS>(a, &rows[r][i + k]);
        }
    }
    v
}

#[inline(always)]
fn put_columns<A: Arithmetic, const K: usize, const R: usize, const WORDS: bool>(
    a: A,
    rows: &mut [&mut [Chunk<A>]; R],
    i: usize,
    v: [[V<A>; R]; K],
) {
    for k in 0..K {
        for r in 0..R {
            store::<A, WORDS>(a, &mut rows[r][i + k], v[k][r]);
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

/// The first pass, from words; `HALF` where the upper half is zero.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_first<A: Arithmetic, const K: usize, const HALF: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
) {
    match layers {
        3 => {
            let w = record.seven(a);
            let mut rows = rows::<_, 8>(data);
            for i in (0..rows[0].len()).step_by(K) {
                let v = if HALF {
                    forward_half(a, columns::<A, K, 4, true>(a, &rows, i), [&w; K])
                } else {
                    let v = columns::<A, K, 8, true>(a, &rows, i);
                    forward_eight(a, v, [&w; K], grow::<A>(ENTRY, 3).1)
                };
                put_columns::<A, K, 8, false>(a, &mut rows, i, v);
            }
        }
        2 => {
            let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
            let mut rows = rows::<_, 4>(data);
            for i in (0..rows[0].len()).step_by(2) {
                let v = if HALF {
                    let [[x0, x1], [y0, y1]] = columns::<A, 2, 2, true>(a, &rows, i);
                    forward_second(a, [[x0, x1, x0, x1], [y0, y1, y0, y1]], &w)
                } else {
                    forward_four(a, columns::<A, 2, 4, true>(a, &rows, i), &w, grow::<A>(ENTRY, 2).1)
                };
                put_columns::<A, 2, 4, false>(a, &mut rows, i, v);
            }
        }
        _ => {
            let w = record.root(a, 0);
            let mut rows = rows::<_, 2>(data);
            for i in (0..rows[0].len()).step_by(4) {
                let x = strided::<A, 4, true>(a, &rows[0][i..i + 4], 1);
                let [x, y] = if HALF {
                    [x, x]
                } else {
                    let y = strided::<A, 4, true>(a, &rows[1][i..i + 4], 1);
                    let x = if grow::<A>(ENTRY, 1).1 { a.reductions(x) } else { x };
                    a.butterflies([x], [y], [[w; 4]])[0]
                };
                for k in 0..4 {
                    put_columns::<A, 1, 2, false>(a, &mut rows, i + k, [[x[k], y[k]]]);
                }
            }
        }
    }
}

/// A pass that is not the first: two or three layers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_pass<A: Arithmetic, const K: usize, const REDUCE: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
) {
    if layers == 3 {
        let w = record.seven(a);
        let mut rows = rows::<_, 8>(data);
        for i in (0..rows[0].len()).step_by(K) {
            let v = forward_eight(a, columns::<A, K, 8, false>(a, &rows, i), [&w; K], REDUCE);
            put_columns::<A, K, 8, false>(a, &mut rows, i, v);
        }
    } else {
        let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
        let mut rows = rows::<_, 4>(data);
        for i in (0..rows[0].len()).step_by(2) {
            let v = forward_four(a, columns::<A, 2, 4, false>(a, &rows, i), &w, REDUCE);
            put_columns::<A, 2, 4, false>(a, &mut rows, i, v);
        }
    }
}

/// Three layers on eight vectors, K times.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_eight<A: Arithmetic, S: Seven<A>, const K: usize>(
    a: A,
    v: [[V<A>; 8]; K],
    w: [S; K],
    reduce: bool,
) -> [[V<A>; 8]; K] {
    let (mut x, mut y, mut f) = ([[v[0][0]; 4]; K], [[v[0][0]; 4]; K], [[w[0].at(a, 0); 4]; K]);
    for k in 0..K {
        let [x0, x1, x2, x3, x4, x5, x6, x7] = v[k];
        x[k] = if reduce { a.reductions([x0, x1, x2, x3]) } else { [x0, x1, x2, x3] };
        (y[k], f[k]) = ([x4, x5, x6, x7], [w[k].at(a, 0); 4]);
    }
    forward_two(a, a.butterflies(x, y, f), w)
}

/// The same where the last four are zero.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_half<A: Arithmetic, S: Seven<A>, const K: usize>(
    a: A,
    v: [[V<A>; 4]; K],
    w: [S; K],
) -> [[V<A>; 8]; K] {
    let mut twice = [[v[0]; 2]; K];
    for k in 0..K {
        twice[k] = [v[k]; 2];
    }
    forward_two(a, twice, w)
}

/// The second and third of three layers.
#[inline(always)]
fn forward_two<A: Arithmetic, S: Seven<A>, const K: usize>(
    a: A,
    v: [[[V<A>; 4]; 2]; K],
    w: [S; K],
) -> [[V<A>; 8]; K] {
    let (mut x, mut y, mut f) = ([v[0][0]; K], [v[0][0]; K], [[w[0].at(a, 1); 4]; K]);
    for k in 0..K {
        let [[x0, x1, x2, x3], [x4, x5, x6, x7]] = v[k];
        (x[k], y[k]) = ([x0, x1, x4, x5], [x2, x3, x6, x7]);
        f[k] = [w[k].at(a, 1), w[k].at(a, 1), w[k].at(a, 2), w[k].at(a, 2)];
    }
    let v = a.butterflies(x, y, f);
    for k in 0..K {
        let [[x0, x1, x4, x5], [x2, x3, x6, x7]] = v[k];
        (x[k], y[k]) = ([x0, x2, x4, x6], [x1, x3, x5, x7]);
        f[k] = [w[k].at(a, 3), w[k].at(a, 4), w[k].at(a, 5), w[k].at(a, 6)];
    }
    let v = a.butterflies(x, y, f);
    let mut out = [[x[0][0]; 8]; K];
    for k in 0..K {
        let [[x0, x2, x4, x6], [x1, x3, x5, x7]] = v[k];
        out[k] = [x0, x1, x2, x3, x4, x5, x6, x7];
    }
    out
}

/// Two layers on four vectors, twice.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_four<A: Arithmetic>(
    a: A,
    [v, u]: [[V<A>; 4]; 2],
    w: &[Factor<V<A>>; 3],
    reduce: bool,
) -> [[V<A>; 4]; 2] {
    let x = [v[0], v[1], u[0], u[1]];
    let x = if reduce { a.reductions(x) } else { x };
    let [[[v0, v1, u0, u1], [v2, v3, u2, u3]]] = a.butterflies([x], [[v[2], v[3], u[2], u[3]]], [[w[0]; 4]]);
    forward_second(a, [[v0, v1, v2, v3], [u0, u1, u2, u3]], w)
}

/// The second of two layers on four vectors, twice.
#[inline(always)]
fn forward_second<A: Arithmetic>(a: A, [v, u]: [[V<A>; 4]; 2], w: &[Factor<V<A>>; 3]) -> [[V<A>; 4]; 2] {
    let [[x, y]] =
        a.butterflies([[v[0], v[2], u[0], u[2]]], [[v[1], v[3], u[1], u[3]]], [[w[1], w[2], w[1], w[2]]]);
    [[x[0], y[0], x[1], y[1]], [x[2], y[2], x[3], y[3]]]
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

/// Six layers on 64 points, K times; `HEAD`: the growing half is reduced at the start. Without signs the growing
/// value is reduced before the last three, too.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_base<A: Arithmetic, const K: usize, const WORDS: bool, const HALF: bool, const HEAD: bool>(
    a: A,
    data: &mut [Chunk<A>],
    records: &[Record],
    last: &Last,
) {
    // Rows of eight points: one vector of eight, or two of four.
    let parts = 8 / A::Lane::N;
    let (data, records) = (&mut data[..8 * parts * K], each::<K>(records));
    if parts == 1 {
        let v = if HALF {
            forward_half(a, blocks::<A, K, 4, WORDS>(a, data), records)
        } else {
            forward_eight(a, blocks::<A, K, 8, WORDS>(a, data), records, HEAD)
        };
        let v = forward_tail(a, v, records, (last, 0));
        for k in 0..K {
            put_eight::<A, false>(a, &mut data[8 * k..8 * k + 8], 1, v[k]);
        }
    } else {
        let record = [records[0]];
        for part in 0..parts {
            let [v] = if HALF {
                forward_half(a, [strided::<A, 4, WORDS>(a, &data[part..], parts)], record)
            } else {
                forward_eight(a, [strided::<A, 8, WORDS>(a, &data[part..], parts)], record, HEAD)
            };
            put_eight::<A, false>(a, &mut data[part..], parts, v);
        }
        for part in 0..parts {
            let group = &mut data[8 * part..8 * part + 8];
            let v = [strided::<A, 8, false>(a, group, 1)];
            let [v] = forward_tail(a, v, record, (last, part * A::Lane::N));
            put_eight::<A, false>(a, group, 1, v);
        }
    }
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

/// The last three layers on `N` groups of eight, K times.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_tail<A: Arithmetic, const K: usize>(
    a: A,
    mut v: [[V<A>; 8]; K],
    records: [&Record; K],
    last: (&Last, usize),
) -> [[V<A>; 8]; K] {
    for v in &mut v {
        *v = a.lane().transpose(*v);
    }
    for k in 0..K {
        if !A::SIGNED {
            v[k][0] = a.reduce(v[k][0]);
        }
        v[k] = twisted(a, v[k], records[k]);
    }
    forward_eight(a, v, [last; K], false)
}

/// `v[c] * rho^c` from c = 1 on.
#[inline(always)]
fn twisted<A: Arithmetic>(a: A, v: [V<A>; 8], record: &Record) -> [V<A>; 8] {
    let w = |c| record.twist(a, c);
    let [x1, x2, x3, x4] = a.products([v[1], v[2], v[3], v[4]], [w(1), w(2), w(3), w(4)]);
    let [x5, x6, x7] = a.products([v[5], v[6], v[7]], [w(5), w(6), w(7)]);
    [v[0], x1, x2, x3, x4, x5, x6, x7]
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
        let a = A::new(lane, prime);
        let (chunks, _) = A::Lane::chunks_mut(data);
        if n == BASE {
            let (record, last) = table::shortest::<A>(prime, Direction::Inverse, block);
            return inverse_base::<A, 1, true>(a, chunks, record, last);
        }
        let mut roots = Roots::new::<A>(prime, Direction::Inverse, (block + 1) * (n / BASE));
        let (passes, count) = passes(n);
        let (top, passes) = passes[..count].split_first().expect("more than the base");
        if A::Lane::SIDE_BY_SIDE {
            inverse_blocks::<A, 2>(a, chunks, &mut roots, block, passes);
            inverse_pass::<A, 2, true>(a, chunks, roots.record(a, block), top.layers);
        } else {
            inverse_blocks::<A, 1>(a, chunks, &mut roots, block, passes);
            inverse_pass::<A, 1, true>(a, chunks, roots.record(a, block), top.layers);
        }
    }
}

/// The base, and the passes but the last.
#[inline(always)]
fn inverse_blocks<A: Arithmetic, const K: usize>(
    a: A,
    data: &mut [Chunk<A>],
    roots: &mut Roots<'_>,
    block: usize,
    passes: &[Pass],
) {
    let last = roots.last();
    let n = data.len() * A::Lane::N;
    for start in (0..n).step_by(K * BASE) {
        let end = start + K * BASE;
        let part = &mut data[start / A::Lane::N..end / A::Lane::N];
        let records = roots.records::<A, K>(a, block * (n / BASE) + start / BASE);
        inverse_base::<A, K, false>(a, part, records, last);
        for pass in passes.iter().rev() {
            if end.trailing_zeros() < pass.log {
                break;
            }
            let j = (block << (n.trailing_zeros() - pass.log)) + (end >> pass.log) - 1;
            let part = &mut data[(end - (1 << pass.log)) / A::Lane::N..end / A::Lane::N];
            inverse_pass::<A, K, false>(a, part, roots.record(a, j), pass.layers);
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_pass<A: Arithmetic, const K: usize, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
) {
    match layers {
        3 => {
            let w = record.seven(a);
            let mut rows = rows::<_, 8>(data);
            for i in (0..rows[0].len()).step_by(K) {
                let v = settle(a, inverse_eight(a, columns::<A, K, 8, false>(a, &rows, i), [&w; K]));
                put_columns::<A, K, 8, WORDS>(a, &mut rows, i, v);
            }
        }
        2 => {
            let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
            let mut rows = rows::<_, 4>(data);
            for i in (0..rows[0].len()).step_by(2) {
                let v = inverse_four(a, columns::<A, 2, 4, false>(a, &rows, i), &w);
                put_columns::<A, 2, 4, WORDS>(a, &mut rows, i, v);
            }
        }
        _ => {
            let w = record.root(a, 0);
            let mut rows = rows::<_, 2>(data);
            for i in (0..rows[0].len()).step_by(4) {
                let x = strided::<A, 4, false>(a, &rows[0][i..i + 4], 1);
                let y = strided::<A, 4, false>(a, &rows[1][i..i + 4], 1);
                let [[x, y]] = a.inverse_butterflies([x], [y], [[w; 4]], [false; 4]);
                let x = a.reductions(x);
                for k in 0..4 {
                    put_columns::<A, 1, 2, WORDS>(a, &mut rows, i + k, [[x[k], y[k]]]);
                }
            }
        }
    }
}

/// Two layers back on four vectors, twice; below 2p again, or of size 3p/2.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_four<A: Arithmetic>(a: A, [v, u]: [[V<A>; 4]; 2], w: &[Factor<V<A>>; 3]) -> [[V<A>; 4]; 2] {
    let [[x, y]] = a.inverse_butterflies(
        [[v[0], v[2], u[0], u[2]]],
        [[v[1], v[3], u[1], u[3]]],
        [[w[1], w[2], w[1], w[2]]],
        [false; 4],
    );
    let [[[v0, v1, u0, u1], [v2, v3, u2, u3]]] = a.inverse_butterflies(
        [[x[0], y[0], x[2], y[2]]],
        [[x[1], y[1], x[3], y[3]]],
        [[w[0]; 4]],
        [true, false, true, false],
    );
    let [v0, v1, u0, u1] = if A::SIGNED {
        let [v0, u0] = a.reductions([v0, u0]);
        [v0, v1, u0, u1]
    } else {
        a.reductions([v0, v1, u0, u1])
    };
    [[v0, v1, v2, v3], [u0, u1, u2, u3]]
}

/// Three layers back, K times. From values below 2p: sums below 4p, then 8p (reduced), 4p, 2p, 2p; the last layer leaves
/// 4p, 8p, 4p, 4p and products. With signs, from values of size 3p/2: 3p, then 6p (reduced), 3p/2, and in the end p, 3p,
/// 3p/2, 3p/2 and products.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_eight<A: Arithmetic, S: Seven<A>, const K: usize>(
    a: A,
    v: [[V<A>; 8]; K],
    w: [S; K],
) -> [[V<A>; 8]; K] {
    let (mut x, mut y, mut f) = ([[v[0][0]; 4]; K], [[v[0][0]; 4]; K], [[w[0].at(a, 3); 4]; K]);
    for k in 0..K {
        let [x0, x1, x2, x3, x4, x5, x6, x7] = v[k];
        (x[k], y[k]) = ([x0, x2, x4, x6], [x1, x3, x5, x7]);
        f[k] = [w[k].at(a, 3), w[k].at(a, 4), w[k].at(a, 5), w[k].at(a, 6)];
    }
    let v = a.inverse_butterflies(x, y, f, [false; 4]);
    for k in 0..K {
        let [[x0, x2, x4, x6], [x1, x3, x5, x7]] = v[k];
        (x[k], y[k]) = ([x0, x1, x4, x5], [x2, x3, x6, x7]);
        f[k] = [w[k].at(a, 1), w[k].at(a, 1), w[k].at(a, 2), w[k].at(a, 2)];
    }
    let v = a.inverse_butterflies(x, y, f, [true, false, true, false]);
    for k in 0..K {
        let [[x0, x1, x4, x5], [x2, x3, x6, x7]] = v[k];
        let [x0, x4] = a.reductions([x0, x4]);
        (x[k], y[k]) = ([x0, x1, x2, x3], [x4, x5, x6, x7]);
        f[k] = [w[k].at(a, 0); 4];
    }
    let v = a.inverse_butterflies(x, y, f, [false, true, false, false]);
    let mut out = [[x[0][0]; 8]; K];
    for k in 0..K {
        let [[x0, x1, x2, x3], [x4, x5, x6, x7]] = v[k];
        out[k] = [x0, x1, x2, x3, x4, x5, x6, x7];
    }
    out
}

/// Below 2p again, or of size 3p/2.
#[cfg_attr(not(debug_assertions), inline(always))]
fn settle<A: Arithmetic, const K: usize>(a: A, mut v: [[V<A>; 8]; K]) -> [[V<A>; 8]; K] {
    for v in &mut v {
        if A::SIGNED {
            v[1] = a.reduce(v[1]);
        } else {
            [v[0], v[1], v[2], v[3]] = a.reductions([v[0], v[1], v[2], v[3]]);
        }
    }
    v
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_base<A: Arithmetic, const K: usize, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    records: &[Record],
    last: &Last,
) {
    let parts = 8 / A::Lane::N;
    let (data, records) = (&mut data[..8 * parts * K], each::<K>(records));
    if parts == 1 {
        let v = inverse_head(a, blocks::<A, K, 8, false>(a, data), records, (last, 0));
        let v = settle(a, inverse_eight(a, v, records));
        for k in 0..K {
            put_eight::<A, WORDS>(a, &mut data[8 * k..8 * k + 8], 1, v[k]);
        }
    } else {
        let record = [records[0]];
        for part in 0..parts {
            let group = &mut data[8 * part..8 * part + 8];
            let v = [strided::<A, 8, false>(a, group, 1)];
            let [v] = inverse_head(a, v, record, (last, part * A::Lane::N));
            put_eight::<A, false>(a, group, 1, v);
        }
        for part in 0..parts {
            let v = [strided::<A, 8, false>(a, &data[part..], parts)];
            let [v] = settle(a, inverse_eight(a, v, record));
            put_eight::<A, WORDS>(a, &mut data[part..], parts, v);
        }
    }
}

/// The first three layers back on `N` groups of eight, K times.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_head<A: Arithmetic, const K: usize>(
    a: A,
    v: [[V<A>; 8]; K],
    records: [&Record; K],
    last: (&Last, usize),
) -> [[V<A>; 8]; K] {
    let mut v = inverse_eight(a, v, [last; K]);
    for k in 0..K {
        if !A::SIGNED {
            v[k][0] = a.reduce(v[k][0]);
        }
        v[k] = twisted(a, v[k], records[k]);
    }
    for v in &mut v {
        *v = a.lane().untranspose(*v);
    }
    v
}
