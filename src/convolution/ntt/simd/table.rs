//! [`Roots`]: the factors of a transform, block by block, in the representation of an arithmetic.
//!
//! A [`Record`] serves one block `j` of 64 points (or one pass over more): the seven roots of three layers, and the
//! powers of `rho = w[32j]` that carry the last three layers of the block to those of block 0. There
//! `w[8j + i] = w[8j] * w[i]`, `rho^4 = w[8j]`, and the substitution `x = rho*y` takes `w[8j]` out of all three layers. So the last layers have
//! constant factors, and a block of 512 bytes reads 256 of tables.
//!
//! Records of the first [`NEAR`] blocks are kept, in a table for every power of two, each computed once at first use, so that a
//! transform looks one up and a short one pays for a long one neither in time nor in memory; a record beyond is the product of the kept one of
//! its low bits with that of its high bits.

use super::{
    arithmetic::{Arithmetic, Factor, Representation, V},
    lane::Lane,
};
use crate::convolution::ntt::prime::{Prime, Twiddle};
use std::sync::OnceLock;

/// Records that are kept: a quarter of a megabyte for a direction.
const NEAR: usize = 1 << 10;

/// Records of the smallest table.
const LEAST: usize = 1 << 4;

/// How many tables there are: each has twice the records of the one before.
const TABLES: usize = (NEAR / LEAST).ilog2() as usize + 1;

/// Eight factors: values, then quotients.
pub(super) type Eight = [[u64; 8]; 2];

/// The factors of a block.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Record {
    /// `w[j]`, `w[2j]`, `w[2j+1]`, `w[4j]`, ..., `w[4j+3]`, 1.
    pub(super) roots: Eight,
    /// `rho^0, ..., rho^7`.
    pub(super) twists: Eight,
}

impl Record {
    const EMPTY: Record = Record { roots: [[0; 8]; 2], twists: [[0; 8]; 2] };

    /// `w[t]` of eight indices and the powers of `rho`.
    fn new<A: Arithmetic>(prime: &Prime, roots: [u64; 8], rho: u64) -> Record {
        let m = prime.modulus();
        let mut record = Record::EMPTY;
        let mut power = 1;
        for (i, root) in roots.into_iter().enumerate() {
            [record.roots[0][i], record.roots[1][i]] = A::factor(prime, root);
            [record.twists[0][i], record.twists[1][i]] = A::factor(prime, power);
            power = m.mul(power, rho);
        }
        record
    }

    #[inline(always)]
    pub(super) fn root<A: Arithmetic>(&self, a: A, i: usize) -> Factor<V<A>> {
        a.splat([self.roots[0][i], self.roots[1][i]])
    }

    /// All of them, for a loop.
    #[inline(always)]
    pub(super) fn seven<A: Arithmetic>(&self, a: A) -> [Factor<V<A>>; 7] {
        let mut w = [self.root(a, 0); 7];
        for (i, w) in w.iter_mut().enumerate().skip(1) {
            *w = self.root(a, i);
        }
        w
    }

    #[inline(always)]
    pub(super) fn twist<A: Arithmetic>(&self, a: A, i: usize) -> Factor<V<A>> {
        a.splat([self.twists[0][i], self.twists[1][i]])
    }
}

/// The direction of a transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Factors `w`.
    Forward,
    /// Factors `1/w`.
    Inverse,
}

/// The factors of the last three layers, whatever the block: vector t has `w` of 8 sub-blocks.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Last([Eight; 7]);

impl Last {
    fn new<A: Arithmetic>(prime: &Prime, root: impl Fn(usize) -> u64) -> Last {
        let index: [fn(usize) -> usize; 7] =
            [|i| i, |i| 2 * i, |i| 2 * i + 1, |i| 4 * i, |i| 4 * i + 1, |i| 4 * i + 2, |i| 4 * i + 3];
        Last(index.map(|index| {
            let factors: [[u64; 2]; 8] = std::array::from_fn(|i| A::factor(prime, root(index(i))));
            [factors.map(|f| f[0]), factors.map(|f| f[1])]
        }))
    }
}

/// The seven factors of three layers, each fetched where it is used: held all at once they would leave no registers for
/// the data.
pub(super) trait Seven<A: Arithmetic>: Copy {
    /// Factor `i`.
    fn at(self, a: A, i: usize) -> Factor<V<A>>;
}

/// The same in all elements.
impl<A: Arithmetic> Seven<A> for &Record {
    #[inline(always)]
    fn at(self, a: A, i: usize) -> Factor<V<A>> {
        self.root(a, i)
    }
}

/// For sub-blocks from `first` on.
impl<A: Arithmetic> Seven<A> for (&Last, usize) {
    #[inline(always)]
    fn at(self, a: A, i: usize) -> Factor<V<A>> {
        load(a, &self.0.0[i], self.1)
    }
}

/// Fetched before.
impl<A: Arithmetic> Seven<A> for &[Factor<V<A>>; 7] {
    #[inline(always)]
    fn at(self, _a: A, i: usize) -> Factor<V<A>> {
        self[i]
    }
}

/// Records of the first blocks, and the factors of the last layers.
struct Near {
    records: Box<[Record]>,
    last: Last,
}

/// The kept records of one direction.
#[derive(Default)]
struct Side {
    /// By size.
    near: [OnceLock<Near>; TABLES],
    /// Of the block `NEAR * 2^l`, and the same roots as multipliers of records.
    powers: OnceLock<Box<[Record]>>,
}

/// The tables that a prime keeps for vector units.
#[derive(Default)]
pub(in crate::convolution::ntt) struct Cache {
    /// By representation and direction.
    sides: [Side; 4],
}

/// `w[j]` or `1/w[j]`, from a table of some entries: what lies beyond is a product of those.
fn root(prime: &Prime, direction: Direction, table: &[Twiddle], j: usize) -> u64 {
    match direction {
        Direction::Forward => prime.root(table, j).value,
        Direction::Inverse => prime.p() - prime.negative_inverse_root(table, j).value,
    }
}

impl Side {
    /// The table of at least `blocks` records, or the largest.
    #[inline(always)]
    fn near<A: Arithmetic>(&self, prime: &Prime, direction: Direction, blocks: usize) -> &Near {
        let at = (blocks.clamp(LEAST, NEAR) - 1).ilog2() + 1 - LEAST.ilog2();
        self.near[at as usize].get_or_init(|| {
            let size = LEAST << at;
            let table = prime.table(4 * size);
            let root = |j| root(prime, direction, &table, j);
            let record = |j: usize| {
                let indices = [j, 2 * j, 2 * j + 1, 4 * j, 4 * j + 1, 4 * j + 2, 4 * j + 3, 0];
                Record::new::<A>(prime, indices.map(root), root(32 * j))
            };
            let records = (0..size).take_while(|j| 64 * j < prime.max_length()).map(record).collect();
            Near { records, last: Last::new::<A>(prime, root) }
        })
    }

    fn powers<A: Arithmetic>(&self, prime: &Prime, direction: Direction) -> &[Record] {
        self.powers.get_or_init(|| {
            let table = prime.table(4 * NEAR);
            let root = |j| root(prime, direction, &table, j);
            let mut powers = Vec::new();
            let mut j = NEAR;
            while 64 * j < prime.max_length() {
                let indices = [j, 2 * j, 2 * j, 4 * j, 4 * j, 4 * j, 4 * j, 0];
                powers.push(Record::new::<A>(prime, indices.map(root), root(32 * j)));
                j *= 2;
            }
            powers.into()
        })
    }
}

/// What a transform reads, for one prime, one direction and a number of blocks.
pub(super) struct Roots<'a> {
    prime: &'a Prime,
    side: &'a Side,
    direction: Direction,
    near: &'a [Record],
    last: &'a Last,
    /// The high part of the last index beyond [`NEAR`], with its record, and the records of that index.
    high: usize,
    high_record: Record,
    far_records: [Record; 2],
}

/// The tables of a prime for an arithmetic and a direction.
#[inline(always)]
fn side<A: Arithmetic>(prime: &Prime, direction: Direction) -> &Side {
    let side = match (A::REPRESENTATION, direction) {
        (Representation::Words, Direction::Forward) => 0,
        (Representation::Words, Direction::Inverse) => 1,
        (Representation::Doubles, Direction::Forward) => 2,
        (Representation::Doubles, Direction::Inverse) => 3,
    };
    &prime.vectors().sides[side]
}

/// The record of block `block` of 64 points, which stands near the first, and the factors of the last layers: all that a
/// shortest transform reads.
#[inline(always)]
pub(super) fn shortest<A: Arithmetic>(
    prime: &Prime,
    direction: Direction,
    block: usize,
) -> (&[Record], &Last) {
    let near = side::<A>(prime, direction).near::<A>(prime, direction, block + 1);
    (&near.records[block..block + 1], &near.last)
}

impl<'a> Roots<'a> {
    /// For blocks below `blocks`.
    #[inline(always)]
    pub(super) fn new<A: Arithmetic>(prime: &'a Prime, direction: Direction, blocks: usize) -> Self {
        let side = side::<A>(prime, direction);
        let near = side.near::<A>(prime, direction, blocks);
        Roots {
            prime,
            side,
            direction,
            near: &near.records,
            last: &near.last,
            high: 0,
            high_record: Record::EMPTY,
            far_records: [Record::EMPTY; 2],
        }
    }

    /// The record of block `j`.
    #[inline(always)]
    pub(super) fn record<A: Arithmetic>(&mut self, a: A, j: usize) -> &Record {
        match self.near.get(j) {
            Some(record) => record,
            None => &self.far::<A, 1>(a, j)[0],
        }
    }

    /// The records of `K` blocks from `j` on, `j` a multiple of `K`: one or two.
    #[inline(always)]
    pub(super) fn records<A: Arithmetic, const K: usize>(&mut self, a: A, j: usize) -> &[Record] {
        match self.near.get(j..j + K) {
            Some(records) => records,
            None => self.far::<A, K>(a, j),
        }
    }

    /// The records of blocks that the tables do not hold.
    #[inline(always)]
    fn far<A: Arithmetic, const K: usize>(&mut self, a: A, j: usize) -> &[Record] {
        if j / NEAR != self.high {
            self.high = j / NEAR;
            let powers = self.side.powers::<A>(self.prime, self.direction);
            let mut bits = self.high;
            self.high_record = powers[bits.trailing_zeros() as usize];
            bits &= bits - 1;
            while bits != 0 {
                let power = &powers[bits.trailing_zeros() as usize];
                self.high_record = compose(a, &self.high_record, power);
                bits &= bits - 1;
            }
        }
        for (k, far) in self.far_records.iter_mut().enumerate().take(K) {
            *far = compose(a, &self.near[j % NEAR + k], &self.high_record);
        }
        &self.far_records[..K]
    }

    /// The factors of the last three layers.
    #[inline(always)]
    pub(super) fn last(&self) -> &'a Last {
        self.last
    }
}

#[inline(always)]
fn load<A: Arithmetic>(a: A, factors: &Eight, first: usize) -> Factor<V<A>> {
    let (values, quotients) = (A::Lane::chunks(&factors[0]).0, A::Lane::chunks(&factors[1]).0);
    let k = first / A::Lane::N;
    Factor { value: a.lane().load(&values[k]), quotient: a.lane().load(&quotients[k]) }
}

/// Element by element.
#[cfg_attr(not(debug_assertions), inline(always))]
fn compose<A: Arithmetic>(a: A, x: &Record, y: &Record) -> Record {
    let mut product = Record::EMPTY;
    for (out, x, y) in [(&mut product.roots, &x.roots, &y.roots), (&mut product.twists, &x.twists, &y.twists)]
    {
        for first in (0..8).step_by(A::Lane::N) {
            let factor = a.compose(load(a, x, first).value, load(a, y, first));
            let [values, quotients] = out;
            a.lane().store(&mut A::Lane::chunks_mut(values).0[first / A::Lane::N], factor.value);
            a.lane().store(&mut A::Lane::chunks_mut(quotients).0[first / A::Lane::N], factor.quotient);
        }
    }
    product
}
