//! [`Inverse`]: values to coefficients, three layers a pass.
//!
//! The method and the invariants are those of the [folder](super). Apart from [`forward`](super::forward) because here a factor
//! comes after a difference, and the last pass writes words.
//!
//! # Biases
//! Without signs `x - y` needs a multiple of `p` added, which would be a third operation beside the sum and the difference. Here it is in the values:
//! products and reductions add a constant at no cost, so that those which become `x` come with `2p`, or those which become `y` with
//! `-2p`. The sum keeps the bias. The two sums of the next layer are made with opposite ones: theirs is without, their
//! difference with `4p`, which is what it needs. So the values of a block between passes have a bias each, by the block's place in the
//! next one ([`places`]), and three layers on eight vectors take 60 operations and 6 reductions.

use super::{BASE, Pass, columns, each, passes, put_columns, put_eight, rows, strided, twisted};
use crate::convolution::ntt::{
    prime::Prime,
    simd::{
        arithmetic::{Arithmetic, Bias, Chunk, Factor, Seed, V},
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
            let turned = a.seeds(places(3));
            return inverse_base::<A, 1, true>(a, chunks, record, last, turned, [a.seed(Bias::None)]);
        }
        let mut roots = Roots::new::<A>(prime, Direction::Inverse, (block + 1) * (n / BASE));
        let (passes, count) = passes(n);
        let (top, passes) = passes[..count].split_first().expect("more than the base");
        if A::Lane::SIDE_BY_SIDE {
            inverse_blocks::<A, 2>(a, chunks, &mut roots, block, *top, passes);
        } else {
            inverse_blocks::<A, 1>(a, chunks, &mut roots, block, *top, passes);
        }
        inverse_pass::<A, true>(a, chunks, roots.record(a, block), top.layers, a.seed(Bias::None));
    }
}

/// The biases of blocks that so many layers come for next, by their places; from there on they repeat.
#[inline(always)]
fn places(layers: u32) -> [Bias; 4] {
    if layers == 1 {
        [Bias::Up, Bias::None, Bias::Up, Bias::None]
    } else {
        [Bias::Up, Bias::None, Bias::None, Bias::Down]
    }
}

/// Where values of these biases start, one by one.
#[inline(always)]
fn starts<A: Arithmetic>(a: A, biases: [Bias; 4]) -> [Seed<V<A>>; 4] {
    let mut seeds = [a.seed(Bias::None); 4];
    for k in 0..4 {
        seeds[k] = a.seed(biases[k]);
    }
    seeds
}

/// The base, and the passes but the last.
#[inline(always)]
fn inverse_blocks<A: Arithmetic, const K: usize>(
    a: A,
    data: &mut [Chunk<A>],
    roots: &mut Roots<'_>,
    block: usize,
    top: Pass,
    passes: &[Pass],
) {
    let last = roots.last();
    let n = data.len() * A::Lane::N;
    // Of the base, and of the passes: for these two or three layers come next, whose places are the same, as one layer comes first or never.
    let base = starts(a, places(passes.last().unwrap_or(&top).layers));
    let more = starts(a, places(3));
    // Made here and not where it is used, once for all blocks.
    let turned = a.seeds(places(3));
    debug_assert!(
        passes.is_empty() || top.layers > 1 && passes[..passes.len() - 1].iter().all(|pass| pass.layers > 1)
    );
    for start in (0..n).step_by(K * BASE) {
        let end = start + K * BASE;
        let part = &mut data[start / A::Lane::N..end / A::Lane::N];
        let records = roots.records::<A, K>(a, block * (n / BASE) + start / BASE);
        let mut to = [base[0]; K];
        for k in 0..K {
            to[k] = base[(start / BASE + k) % 4];
        }
        inverse_base::<A, K, false>(a, part, records, last, turned, to);
        for pass in passes.iter().rev() {
            if end.trailing_zeros() < pass.log {
                break;
            }
            let place = (end >> pass.log) - 1;
            let j = (block << (n.trailing_zeros() - pass.log)) + place;
            let part = &mut data[(end - (1 << pass.log)) / A::Lane::N..end / A::Lane::N];
            inverse_pass::<A, false>(a, part, roots.record(a, j), pass.layers, more[place % 4]);
        }
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_pass<A: Arithmetic, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    record: &Record,
    layers: u32,
    to: Seed<V<A>>,
) {
    match layers {
        3 => {
            let w = record.seven(a);
            let count = data.len() / 8;
            let mut rows = rows(data, 8).eight(count);
            for i in 0..count {
                let [v] = columns::<A, 1, 8, false>(a, &rows, i);
                let v = settle(a, inverse_eight(a, v, &w, to), to);
                put_columns::<A, 1, 8, WORDS>(a, &mut rows, i, [v]);
            }
        }
        2 => {
            let w = [record.root(a, 0), record.root(a, 1), record.root(a, 2)];
            let count = data.len() / 8;
            let mut rows = rows(data, 4).four(count);
            for i in 0..count {
                let v = inverse_four(a, columns::<A, 2, 4, false>(a, &rows, i), &w, to);
                put_columns::<A, 2, 4, WORDS>(a, &mut rows, i, v);
            }
        }
        _ => {
            let w = record.root(a, 0);
            let count = data.len() / 8;
            let mut rows = rows(data, 2).two(count);
            for i in 0..count {
                let x = strided::<A, 4, false>(a, &rows[0][i], 1);
                let y = strided::<A, 4, false>(a, &rows[1][i], 1);
                let from = [[Bias::Up, Bias::None]; 4];
                let [x, y] = a.inverse_butterflies(x, y, [w; 4], from, [false; 4], [to; 4]);
                let x = a.reductions_from(to, x);
                let mut v = [[x[0]; 2]; 4];
                for k in 0..4 {
                    v[k] = [x[k], y[k]];
                }
                put_columns::<A, 4, 2, WORDS>(a, &mut rows, i, v);
            }
        }
    }
}

/// The biases of `x` and `y` in a layer of `2^l` and in the layer after it, for two butterflies in turn.
const FIRST: [[Bias; 2]; 4] =
    [[Bias::Up, Bias::None], [Bias::None, Bias::Down], [Bias::Up, Bias::None], [Bias::None, Bias::Down]];

/// Two layers back on four vectors, twice; below 2p again, or of size 3p/2.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_four<A: Arithmetic>(
    a: A,
    [v, u]: [[V<A>; 4]; 2],
    w: &[Factor<V<A>>; 3],
    to: Seed<V<A>>,
) -> [[V<A>; 4]; 2] {
    let [up, none] = [a.seed(Bias::Up), a.seed(Bias::None)];
    let [x, y] = a.inverse_butterflies(
        [v[0], v[2], u[0], u[2]],
        [v[1], v[3], u[1], u[3]],
        [w[1], w[2], w[1], w[2]],
        FIRST,
        [false; 4],
        [up, none, up, none],
    );
    let (sums, products) = ([Bias::Up, Bias::Down], [Bias::Up, Bias::None]);
    let [[v0, v1, u0, u1], [v2, v3, u2, u3]] = a.inverse_butterflies(
        [x[0], y[0], x[2], y[2]],
        [x[1], y[1], x[3], y[3]],
        [w[0]; 4],
        [sums, products, sums, products],
        [true, false, true, false],
        [to; 4],
    );
    let [v0, v1, u0, u1] = if A::SIGNED {
        let [v0, u0] = a.reductions([v0, u0]);
        [v0, v1, u0, u1]
    } else {
        a.reductions_from(to, [v0, v1, u0, u1])
    };
    [[v0, v1, v2, v3], [u0, u1, u2, u3]]
}

/// Three layers back from values with the biases of their [`places`], each less its own below 2p, to products with the bias `to`. Sums
/// below 4p, then 8p (reduced), 4p, 2p, 2p; the last layer leaves 4p, 8p, 4p, 4p, 2p more where they have a bias, and
/// products. With signs, from values of size 3p/2: 3p, then 6p (reduced), 3p/2, and in the end p, 3p,
/// 3p/2, 3p/2 and products.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::convolution::ntt::simd) fn inverse_eight<A: Arithmetic, S: Seven<A>>(
    a: A,
    [x0, x1, x2, x3, x4, x5, x6, x7]: [V<A>; 8],
    w: S,
    to: Seed<V<A>>,
) -> [V<A>; 8] {
    let [up, none, down] = [a.seed(Bias::Up), a.seed(Bias::None), a.seed(Bias::Down)];
    let f = [w.at(a, 3), w.at(a, 4), w.at(a, 5), w.at(a, 6)];
    let (x, y) = ([x0, x2, x4, x6], [x1, x3, x5, x7]);
    let [[x0, x2, x4, x6], [x1, x3, x5, x7]] =
        a.inverse_butterflies(x, y, f, FIRST, [false; 4], [up, none, none, down]);

    let f = [w.at(a, 1), w.at(a, 1), w.at(a, 2), w.at(a, 2)];
    let (x, y) = ([x0, x1, x4, x5], [x2, x3, x6, x7]);
    let sums = [Bias::Up, Bias::Down];
    let from = [sums, FIRST[0], sums, FIRST[1]];
    let [[x0, x1, x4, x5], [x2, x3, x6, x7]] =
        a.inverse_butterflies(x, y, f, from, [true, false, true, false], [up, up, none, none]);

    let ([x0], [x4]) = (a.reductions_from(up, [x0]), a.reductions([x4]));
    let (x, y) = ([x0, x1, x2, x3], [x4, x5, x6, x7]);
    let from = [FIRST[0], sums, FIRST[0], FIRST[0]];
    let [[x0, x1, x2, x3], [x4, x5, x6, x7]] =
        a.inverse_butterflies(x, y, [w.at(a, 0); 4], from, [false, true, false, false], [to; 4]);
    [x0, x1, x2, x3, x4, x5, x6, x7]
}

/// Eight values without a bias with those that three layers start from.
#[inline(always)]
pub(in crate::convolution::ntt::simd) fn raised<A: Arithmetic>(a: A, mut v: [V<A>; 8]) -> [V<A>; 8] {
    let biases = places(3);
    for k in 0..8 {
        v[k] = a.raise(v[k], biases[k % 4]);
    }
    v
}

/// Below 2p again, with a bias, or of size 3p/2.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::convolution::ntt::simd) fn settle<A: Arithmetic>(
    a: A,
    mut v: [V<A>; 8],
    to: Seed<V<A>>,
) -> [V<A>; 8] {
    if A::SIGNED {
        v[1] = a.reduce(v[1]);
    } else {
        [v[0], v[1], v[2], v[3]] = a.reductions_from(to, [v[0], v[1], v[2], v[3]]);
    }
    v
}

/// Six layers back on 64 points, K times, once or twice. Where vectors have eight words, one block after the other is transposed, which one unit does
/// alone, while the first layers of the next one or the last ones of that before run in the others. Written out: in a loop over both, what
/// the first half leaves would go through memory.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_base<A: Arithmetic, const K: usize, const WORDS: bool>(
    a: A,
    data: &mut [Chunk<A>],
    records: &[Record],
    last: &Last,
    turned: Seed<V<A>>,
    to: [Seed<V<A>>; K],
) {
    let parts = 8 / A::Lane::N;
    let (data, records) = (&mut data[..8 * parts * K], each::<K>(records));
    if parts == 1 {
        let (one, two) = data.split_at_mut(8);
        let first = inverse_head(a, strided::<A, 8, false>(a, one, 1), records[0], (last, 0), turned);
        let mut second = first;
        if K == 2 {
            second = inverse_head(a, strided::<A, 8, false>(a, two, 1), records[K - 1], (last, 0), turned);
        }
        let first = settle(a, inverse_eight(a, first, records[0], to[0]), to[0]);
        put_eight::<A, WORDS>(a, one, 1, first);
        if K == 2 {
            let second = settle(a, inverse_eight(a, second, records[K - 1], to[K - 1]), to[K - 1]);
            put_eight::<A, WORDS>(a, two, 1, second);
        }
    } else {
        let (record, to) = (records[0], to[0]);
        for part in 0..parts {
            let group = &mut data[8 * part..8 * part + 8];
            let v = strided::<A, 8, false>(a, group, 1);
            let v = inverse_head(a, v, record, (last, part * A::Lane::N), turned);
            put_eight::<A, false>(a, group, 1, v);
        }
        for part in 0..parts {
            let v = strided::<A, 8, false>(a, &data[part..], parts);
            let v = settle(a, inverse_eight(a, v, record, to), to);
            put_eight::<A, WORDS>(a, &mut data[part..], parts, v);
        }
    }
}

/// The first three layers back on `N` groups of eight. What is a vector of its own after the transposition is an element of all of
/// them before it, and has its bias there: `turned`, the start of the [`places`] of three layers.
#[cfg_attr(not(debug_assertions), inline(always))]
fn inverse_head<A: Arithmetic>(
    a: A,
    v: [V<A>; 8],
    record: &Record,
    last: (&Last, usize),
    turned: Seed<V<A>>,
) -> [V<A>; 8] {
    let mut v = inverse_eight(a, raised(a, v), last, a.seed(Bias::None));
    if !A::SIGNED {
        [v[0]] = a.reductions_from(turned, [v[0]]);
    }
    a.lane().untranspose(twisted(a, turned, v, record))
}
