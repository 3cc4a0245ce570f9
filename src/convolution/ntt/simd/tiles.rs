//! [`Tiles`]: the steps of a program on tiles of rows, in vectors.
//!
//! What is computed is that of [`tiles`](crate::convolution::ntt::tiles). Values of a tile stay in the representation of the arithmetic,
//! unreduced as long as their bound allows: it is known for a whole row, and followed from step to step.

use super::{
    arithmetic::{Arithmetic, Bias, Chunk, Factor, V},
    lane::{Lane, Task},
    table::Seven,
    transform::{Rows, columns, forward_eight, forward_half, inverse_eight, put_columns, raised, settle},
};
use crate::convolution::ntt::{
    prime::Prime,
    tiles::TILE,
    truncated::{Factors, Kind, MOST_ROWS, Program, Step},
};
use std::ops::Deref;

/// Words of a line of the cache.
const LINE: usize = 8;

/// Vectors that are taken one beside the other.
const GROUP: usize = 4;

/// Runs a program on some columns of its rows.
pub(super) struct Tiles<'a, 'b> {
    pub(super) prime: &'a Prime,
    pub(super) program: &'a Program,
    /// The rows that are read, and their distance, if they do not stand in `rows`.
    pub(super) given: Option<(&'a [u64], usize)>,
    pub(super) rows: &'a mut [&'b mut [u64]],
}

#[repr(align(64))]
struct Tile([u64; TILE]);

impl Task for Tiles<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        let Tiles { prime, program, given, rows } = self;
        let a = A::new(lane, prime);
        if let [step] = program.steps[..]
            && rows.len() == 8
            && step.kind != Kind::BackHalve
        {
            let bound = 8 * program.bound as u32;
            let w = &program.factors[step.factors];
            return straight(a, given, rows, step.kind, w, bound);
        }
        let mut tile = Tile([0; TILE]);
        let (tile, _) = A::Lane::chunks_mut(&mut tile.0);
        let columns = rows[0].len();
        let most = (TILE / program.rows).min(columns);
        for first in (0..columns).step_by(most) {
            let width = most.min(columns - first);
            // What fills up the last vectors is computed and thrown away.
            let count = width.div_ceil(A::Lane::N).next_multiple_of(GROUP);
            let mut bounds = [8 * program.bound as u32; MOST_ROWS];
            for (k, tile) in tile.chunks_exact_mut(count).enumerate().take(program.given) {
                let row = match given {
                    Some((given, stride)) => &given[k * stride..][..columns],
                    None => &*rows[k],
                };
                let (from, rest) = A::Lane::chunks(&row[first..first + width]);
                let (tile, beyond) = tile.split_at_mut(from.len());
                for (to, from) in tile.iter_mut().zip(from) {
                    lane.store(to, a.load_words(from));
                }
                if let Some((last, beyond)) = beyond.split_first_mut() {
                    lane.store(last, a.load_words(&A::Lane::partial(rest)));
                    beyond.fill(Chunk::<A>::default());
                }
            }
            // What is written next, or read next, is fetched while the steps run.
            let ahead = if given.is_some() { first } else { (first + width).min(columns - 1) };
            let share = rows.len().div_ceil(program.steps.len().max(1));
            let mut coming = rows.iter();
            for step in &program.steps {
                for row in coming.by_ref().take(share) {
                    row[ahead..].iter().take(width).step_by(LINE).for_each(|line| lane.prefetch(line));
                }
                perform(a, tile, count, step, &program.factors, &mut bounds);
            }
            for ((tile, row), bound) in tile.chunks_exact(count).zip(rows.iter_mut()).zip(bounds) {
                let (to, rest) = A::Lane::chunks_mut(&mut row[first..first + width]);
                if !rest.is_empty() {
                    let v = lane.load(&tile[to.len()]);
                    let mut last = Chunk::<A>::default();
                    a.store_words(&mut last, if A::SIGNED || bound <= A::REDUCED { v } else { a.reduce(v) });
                    rest.copy_from_slice(&last.as_ref()[..rest.len()]);
                }
                // With signs, words are reduced as they are stored.
                if A::SIGNED || bound <= A::REDUCED {
                    for (to, from) in to.iter_mut().zip(tile) {
                        a.store_words(to, lane.load(from));
                    }
                } else {
                    for (to, from) in to.iter_mut().zip(tile) {
                        a.store_words(to, a.reduce(lane.load(from)));
                    }
                }
            }
        }
    }
}

/// A program of one step on eight rows: no tile is needed.
#[inline(always)]
fn straight<A: Arithmetic>(
    a: A,
    given: Option<(&[u64], usize)>,
    rows: &mut [&mut [u64]],
    kind: Kind,
    w: &Factors,
    bound: u32,
) {
    let columns = rows[0].len();
    let count = columns / A::Lane::N;
    let part = columns - columns % A::Lane::N;
    {
        let mut to: [&mut [[Chunk<A>; 1]]; 8] = Default::default();
        for (to, row) in to.iter_mut().zip(&mut *rows) {
            *to = &mut A::Lane::chunks_mut(row).0.as_chunks_mut().0[..count];
        }
        if let Some((given, stride)) = given {
            let mut from: [&[[Chunk<A>; 1]]; 8] = Default::default();
            // Half of them may be all there is.
            let read = if kind == Kind::Half { 4 } else { 8 };
            for (from, row) in from[..read].iter_mut().zip(given.chunks(stride)) {
                *from = &A::Lane::chunks(row).0.as_chunks().0[..count];
            }
            for i in 0..count {
                let v = three(a, eights(a, &from, i, kind), kind, w, bound);
                put_columns::<A, 1, 8, true>(a, &mut to, i, v);
            }
        } else {
            for i in 0..count {
                let v = three(a, eights(a, &to, i, kind), kind, w, bound);
                put_columns::<A, 1, 8, true>(a, &mut to, i, v);
            }
        }
    }
    if part < columns {
        let mut v = [a.lane().splat(0); 8];
        for k in 0..if kind == Kind::Half { 4 } else { 8 } {
            let row = given.map_or(&*rows[k], |(given, stride)| &given[k * stride..][..columns]);
            v[k] = a.load_words(&A::Lane::partial(&row[part..]));
        }
        let [v] = three(a, [v], kind, w, bound);
        for k in 0..8 {
            let mut last = Chunk::<A>::default();
            a.store_words(&mut last, v[k]);
            rows[k][part..].copy_from_slice(&last.as_ref()[..columns - part]);
        }
    }
}

/// Column `i` of eight rows of words, of which the last four may be zero.
#[inline(always)]
fn eights<A: Arithmetic>(
    a: A,
    rows: &[impl Deref<Target = [[Chunk<A>; 1]]>],
    i: usize,
    kind: Kind,
) -> [[V<A>; 8]; 1] {
    if kind != Kind::Half {
        return columns::<A, 1, 8, true>(a, rows, i);
    }
    let [[x0, x1, x2, x3]] = columns::<A, 1, 4, true>(a, rows, i);
    [[x0, x1, x2, x3, x0, x1, x2, x3]]
}

/// Three layers of words below `bound`, ready to be words again.
#[inline(always)]
fn three<A: Arithmetic>(a: A, [v]: [[V<A>; 8]; 1], kind: Kind, w: &Factors, bound: u32) -> [[V<A>; 8]; 1] {
    let [v] = match kind {
        Kind::Half => {
            let [x0, x1, x2, x3, ..] = v;
            let half = [x0, x1, x2, x3];
            let half = if bound + 2 * A::GROWTH > A::LIMIT { a.reductions(half) } else { half };
            forward_half(a, [half], [w])
        }
        Kind::Eight => forward_eight(a, [v], [w], bound + 3 * A::GROWTH > A::LIMIT),
        _ => {
            let v = if bound > entry::<A>() { a.reductions(v) } else { v };
            return [settle(a, back(a, v, w), a.seed(Bias::None))];
        }
    };
    [if A::SIGNED { v } else { a.reductions(v) }]
}

/// Three layers back of values without a bias.
#[inline(always)]
fn back<A: Arithmetic>(a: A, v: [V<A>; 8], w: &Factors) -> [V<A>; 8] {
    inverse_eight(a, raised(a, v), w, a.seed(Bias::None))
}

/// The bound of a row, reduced where it is over `most`.
#[inline(always)]
fn settled<A: Arithmetic>(a: A, row: &mut [Chunk<A>], bound: u32, most: u32) -> u32 {
    if bound <= most {
        return bound;
    }
    for chunk in row {
        let v = a.reduce(a.lane().load(chunk));
        a.lane().store(chunk, v);
    }
    A::REDUCED
}

/// The factors of eight rows, each fetched where it is used.
impl<A: Arithmetic> Seven<A> for &Factors {
    #[inline(always)]
    fn at(self, a: A, i: usize) -> Factor<V<A>> {
        a.splat(self[i])
    }
}

/// One step on the rows of a tile, `count` vectors each.
#[inline(always)]
fn perform<A: Arithmetic>(
    a: A,
    tile: &mut [Chunk<A>],
    count: usize,
    step: &Step,
    factors: &[Factors],
    bounds: &mut [u32; MOST_ROWS],
) {
    let &Step { kind, x, y, factors: at } = step;
    match kind {
        Kind::Clear => {
            tile[x * count..][..count].fill(Chunk::<A>::default());
            bounds[x] = 0;
        }
        Kind::Eight | Kind::Half | Kind::Back | Kind::BackHalve => {
            let mut bound = [0; 8];
            for (k, bound) in bound.iter_mut().enumerate() {
                *bound = bounds[x + k * y];
            }
            let (w, tile, shape) = (&factors[at], &mut tile[x * count..], (count, y * count));
            let bound = eight(a, tile, shape, kind, w, bound);
            for k in 0..8 {
                bounds[x + k * y] = bound;
            }
        }
        _ => {
            let (left, right) = tile.split_at_mut(y * count);
            let (left, right) = (&mut left[x * count..][..count], &mut right[..count]);
            (bounds[x], bounds[y]) = pair(a, left, right, kind, &factors[at], bounds[x], bounds[y]);
        }
    }
}

/// Three layers on eight rows, and the bound of what they leave.
#[inline(always)]
fn eight<A: Arithmetic>(
    a: A,
    tile: &mut [Chunk<A>],
    (count, step): (usize, usize),
    kind: Kind,
    w: &Factors,
    bound: [u32; 8],
) -> u32 {
    let (read, below) = match kind {
        Kind::Half => (4, A::LIMIT - 2 * A::GROWTH),
        Kind::Eight => (0, A::LIMIT),
        _ => (8, entry::<A>()),
    };
    for k in 0..read {
        settled(a, &mut tile[k * step..][..count], bound[k], below);
    }
    let mut rows = Rows { rest: tile, step }.eight(count);
    let [b0, b1, b2, b3, ..] = bound;
    let most = b0.max(b1).max(b2).max(b3);
    match kind {
        Kind::Half => {
            for i in 0..count {
                let v = forward_half(a, columns::<A, 1, 4, false>(a, &rows, i), [w]);
                put_columns::<A, 1, 8, false>(a, &mut rows, i, v);
            }
            most.min(A::LIMIT - 2 * A::GROWTH) + 2 * A::GROWTH
        }
        Kind::Eight if most + 3 * A::GROWTH > A::LIMIT => {
            for i in 0..count {
                let v = forward_eight(a, columns::<A, 1, 8, false>(a, &rows, i), [w], true);
                put_columns::<A, 1, 8, false>(a, &mut rows, i, v);
            }
            A::REDUCED + 3 * A::GROWTH
        }
        Kind::Eight => {
            for i in 0..count {
                let v = forward_eight(a, columns::<A, 1, 8, false>(a, &rows, i), [w], false);
                put_columns::<A, 1, 8, false>(a, &mut rows, i, v);
            }
            most + 3 * A::GROWTH
        }
        _ => {
            if kind == Kind::Back {
                for i in 0..count {
                    let [v] = columns::<A, 1, 8, false>(a, &rows, i);
                    let v = settle(a, back(a, v, w), a.seed(Bias::None));
                    put_columns::<A, 1, 8, false>(a, &mut rows, i, [v]);
                }
            } else {
                let v = a.splat(w[7]);
                for i in 0..count {
                    let [x] = columns::<A, 1, 8, false>(a, &rows, i);
                    let mut x = back(a, x, w);
                    [x[0], x[1], x[2], x[3]] = a.products([x[0], x[1], x[2], x[3]], [v; 4]);
                    put_columns::<A, 1, 8, false>(a, &mut rows, i, [x]);
                }
            }
            entry::<A>()
        }
    }
}

/// One step on two rows, and the bounds of what it leaves.
#[inline(always)]
fn pair<A: Arithmetic>(
    a: A,
    x: &mut [Chunk<A>],
    y: &mut [Chunk<A>],
    kind: Kind,
    factors: &Factors,
    bx: u32,
    by: u32,
) -> (u32, u32) {
    let factors = [a.splat(factors[0]), a.splat(factors[7])];
    // A product adds GROWTH to what it is added to or taken from.
    let room = if kind == Kind::Exchange { 2 * A::GROWTH } else { A::GROWTH };
    match kind {
        Kind::Join | Kind::Halve => {
            let (bx, by) = (settled(a, x, bx, A::LIMIT - REDUCED), settled(a, y, by, REDUCED));
            if kind == Kind::Join {
                two::<A, JOIN>(a, x, y, factors);
                (bx + by, A::GROWTH)
            } else {
                two::<A, HALVE>(a, x, y, factors);
                (A::GROWTH, A::GROWTH)
            }
        }
        Kind::Copy => {
            y.copy_from_slice(x);
            (bx, bx)
        }
        _ => {
            let bx = settled(a, x, bx, A::LIMIT - room);
            match kind {
                Kind::Split => two::<A, SPLIT>(a, x, y, factors),
                Kind::Add => two::<A, ADD>(a, x, y, factors),
                Kind::Sub => two::<A, SUB>(a, x, y, factors),
                _ => two::<A, EXCHANGE>(a, x, y, factors),
            }
            match kind {
                Kind::Split => (bx + A::GROWTH, bx + A::GROWTH),
                Kind::Exchange => (bx + A::GROWTH, bx + room),
                _ => (bx + A::GROWTH, by),
            }
        }
    }
}

/// What goes into three layers back is below `2p`, or at most `3p/2` in size where it has a sign; and so is what comes out.
const fn entry<A: Arithmetic>() -> u32 {
    if A::SIGNED { 12 } else { 16 }
}

/// What is taken away without signs is below `2p`.
const REDUCED: u32 = 16;

const SPLIT: u8 = 0;
const ADD: u8 = 1;
const SUB: u8 = 2;
const EXCHANGE: u8 = 3;
const JOIN: u8 = 4;
const HALVE: u8 = 5;

/// A step on two rows.
#[inline(always)]
fn two<A: Arithmetic, const KIND: u8>(
    a: A,
    x: &mut [Chunk<A>],
    y: &mut [Chunk<A>],
    [w, v]: [Factor<V<A>>; 2],
) {
    let (xs, ys) = (x.as_chunks_mut::<GROUP>().0, y.as_chunks_mut::<GROUP>().0);
    for (xs, ys) in xs.iter_mut().zip(ys) {
        let (left, right) = (loaded(a, xs), loaded(a, ys));
        match KIND {
            SPLIT => {
                let [[sum, difference]] = a.butterflies([left], [right], [[w; GROUP]]);
                put(a, xs, sum);
                put(a, ys, difference);
            }
            JOIN => {
                let (from, to) = ([[Bias::None; 2]; GROUP], [a.seed(Bias::None); GROUP]);
                let [sum, difference] =
                    a.inverse_butterflies(left, right, [w; GROUP], from, [false; GROUP], to);
                put(a, xs, sum);
                put(a, ys, difference);
            }
            HALVE => {
                let (mut sum, mut difference) = (left, right);
                for k in 0..GROUP {
                    (sum[k], difference[k]) = (a.add(left[k], right[k]), a.sub(left[k], right[k]));
                }
                put(a, xs, a.products(sum, [v; GROUP]));
                put(a, ys, a.products(difference, [w; GROUP]));
            }
            _ => {
                let t = a.products(right, [w; GROUP]);
                let (mut once, mut twice) = (left, left);
                for k in 0..GROUP {
                    once[k] = if KIND == ADD { a.add(left[k], t[k]) } else { a.sub(left[k], t[k]) };
                    if KIND == EXCHANGE {
                        twice[k] = a.sub(once[k], t[k]);
                    }
                }
                put(a, xs, once);
                if KIND == EXCHANGE {
                    put(a, ys, twice);
                }
            }
        }
    }
}

#[inline(always)]
fn loaded<A: Arithmetic>(a: A, chunks: &[Chunk<A>; GROUP]) -> [V<A>; GROUP] {
    let mut v = [a.lane().load(&chunks[0]); GROUP];
    for k in 1..GROUP {
        v[k] = a.lane().load(&chunks[k]);
    }
    v
}

#[inline(always)]
fn put<A: Arithmetic>(a: A, chunks: &mut [Chunk<A>; GROUP], v: [V<A>; GROUP]) {
    for k in 0..GROUP {
        a.lane().store(&mut chunks[k], v[k]);
    }
}
