//! [`Forward`]: coefficients to values, three layers a pass.
//!
//! The method and the invariants are those of the [folder](super). Apart from the inverse because its passes differ in all but
//! their shape: here a factor comes before a sum, and the first pass reads words and knows zeros.

use super::{
    BASE, ENTRY, Pass, blocks, columns, each, grow, passes, put_columns, put_eight, rows, strided, twisted,
};
use crate::convolution::ntt::{
    prime::Prime,
    simd::{
        arithmetic::{Arithmetic, Bias, Chunk, Factor, V},
        lane::{Lane, Task},
        table::{self, Direction, Last, Record, Roots, Seven},
    },
};

/// A forward transform: words below 4p, zeros from `filled` on whatever stands there, to values.
pub(in crate::convolution::ntt::simd) struct Forward<'a> {
    pub(in crate::convolution::ntt::simd) prime: &'a Prime,
    pub(in crate::convolution::ntt::simd) data: &'a mut [u64],
    pub(in crate::convolution::ntt::simd) block: usize,
    pub(in crate::convolution::ntt::simd) filled: usize,
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
        if half {
            forward_first::<A, true>(a, chunks, record, first.layers);
        } else {
            forward_first::<A, false>(a, chunks, record, first.layers);
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
                    forward_pass::<A, true>(a, part, record, pass.layers);
                } else {
                    forward_pass::<A, false>(a, part, record, pass.layers);
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

/// The first pass, from words; `HALF` where the upper half is zero.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_first<A: Arithmetic, const HALF: bool>(a: A, data: &mut [Chunk<A>], record: &Record, layers: u32) {
    match layers {
        3 => {
            let w = record.seven(a);
            let count = data.len() / 8;
            let mut rows = rows(data, 8).eight(count);
            for i in 0..count {
                let v = if HALF {
                    forward_half(a, columns::<A, 1, 4, true>(a, &rows, i), [&w])
                } else {
                    let v = columns::<A, 1, 8, true>(a, &rows, i);
                    forward_eight(a, v, [&w], grow::<A>(ENTRY, 3).1)
                };
                put_columns::<A, 1, 8, false>(a, &mut rows, i, v);
            }
        }
        2 => {
            let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
            let count = data.len() / 8;
            let mut rows = rows(data, 4).four(count);
            for i in 0..count {
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
            let count = data.len() / 8;
            let mut rows = rows(data, 2).two(count);
            for i in 0..count {
                let x = strided::<A, 4, true>(a, &rows[0][i], 1);
                let [x, y] = if HALF {
                    [x, x]
                } else {
                    let y = strided::<A, 4, true>(a, &rows[1][i], 1);
                    let x = if grow::<A>(ENTRY, 1).1 { a.reductions(x) } else { x };
                    a.butterflies([x], [y], [[w; 4]])[0]
                };
                let mut v = [[x[0]; 2]; 4];
                for k in 0..4 {
                    v[k] = [x[k], y[k]];
                }
                put_columns::<A, 4, 2, false>(a, &mut rows, i, v);
            }
        }
    }
}

/// A pass that is not the first: two or three layers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn forward_pass<A: Arithmetic, const REDUCE: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
) {
    if layers == 3 {
        let w = record.seven(a);
        let count = data.len() / 8;
        let mut rows = rows(data, 8).eight(count);
        for i in 0..count {
            let v = forward_eight(a, columns::<A, 1, 8, false>(a, &rows, i), [&w], REDUCE);
            put_columns::<A, 1, 8, false>(a, &mut rows, i, v);
        }
    } else {
        let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
        let count = data.len() / 8;
        let mut rows = rows(data, 4).four(count);
        for i in 0..count {
            let v = forward_four(a, columns::<A, 2, 4, false>(a, &rows, i), &w, REDUCE);
            put_columns::<A, 2, 4, false>(a, &mut rows, i, v);
        }
    }
}

/// Three layers on eight vectors, K times.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::convolution::ntt::simd) fn forward_eight<A: Arithmetic, S: Seven<A>, const K: usize>(
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
pub(in crate::convolution::ntt::simd) fn forward_half<A: Arithmetic, S: Seven<A>, const K: usize>(
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
        v[k] = twisted(a, a.seed(Bias::None), v[k], records[k]);
    }
    forward_eight(a, v, [last; K], false)
}
