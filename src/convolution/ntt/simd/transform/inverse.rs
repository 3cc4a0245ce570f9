//! [`Inverse`]: values to coefficients, three layers a pass.
//!
//! The method and the invariants are those of the [folder](super). Apart from [`forward`](super::forward) because here a factor
//! comes after a difference, and the last pass writes words.

use super::{BASE, Pass, blocks, columns, each, passes, put_columns, put_eight, rows, strided, twisted};
use crate::convolution::ntt::{
    prime::Prime,
    simd::{
        arithmetic::{Arithmetic, Chunk, Factor, V},
        lane::{Lane, Task},
        table::{self, Direction, Last, Record, Roots, Seven},
    },
};

/// An inverse transform: values as products leave them to words below 2p, times the length.
pub(in crate::convolution::ntt::simd) struct Inverse<'a> {
    pub(in crate::convolution::ntt::simd) prime: &'a Prime,
    pub(in crate::convolution::ntt::simd) data: &'a mut [u64],
    pub(in crate::convolution::ntt::simd) block: usize,
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
pub(in crate::convolution::ntt::simd) fn inverse_eight<A: Arithmetic, S: Seven<A>, const K: usize>(
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
pub(in crate::convolution::ntt::simd) fn settle<A: Arithmetic, const K: usize>(
    a: A,
    mut v: [[V<A>; 8]; K],
) -> [[V<A>; 8]; K] {
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
