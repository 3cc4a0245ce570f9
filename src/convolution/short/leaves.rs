//! Products of rows of limbs by Karatsuba's method over the degree, down to single coefficients, one product a lane.
//!
//! A polynomial of a few coefficients of some hundred bits is too short to fill vectors with coefficients, and a single
//! product of two such integers too short to fill them with digits. But Karatsuba's method asks for many independent
//! products: 81 for 16 by 16 coefficients. Here these are the lanes. A row of limbs becomes a row of digits; sums of rows
//! are sums of digits without carries, differences of products are differences of columns, again without carries; what
//! overlaps is carried once, when the limbs of the result are put together.
//!
//! # Method
//! With digits of `B` bits, `x = sum x[i] 2^(Bi) - s 2^(BD)`, `s` 1 below zero, a product has the columns
//! `sum over i+j=k of x[i] y[j]`, less `s_x y[k-D] + s_y x[k-D]` from `D` on, and `s_x s_y 2^B` in the last one. Where the
//! unit gives products in halves, the upper half goes to the next column. Columns are cut to digits and carries side by side
//! (`column mod 2^B`, and the carry of its neighbour), so that the combinations above them have room.
//!
//! The operands are cut into parts of one length, a power of two or three times one, filled up with zeros: [`Way`]. The
//! first levels of the tree run on rows of digits, [`Expand`] and [`Interpolate`], until there are enough polynomials for
//! the lanes; then these are turned, and the other levels run on vectors of digits: [`Batches`]. One level may have three
//! parts and six values `p0, p1, p2, p0 + p1, p0 + p2, p1 + p2`.
//!
//! # Bounds
//! A row of `D` digits holds a sum of `2^levels` coefficients of `bits` bits where `bits + levels <= BD`. Sums of products
//! stay below `2D 2^52`, or `D 2^56`, that is below 2^63: [`Lane::MAX_DIGITS`]. After carries a column is below
//! `2^52 + 2^12`, or `2^37`. A level of two parts takes four of them together, one of three seven, at most [`LEVELS`] of
//! them in a row before they are carried again.
//!
//! Output convention: `=` into rows of limbs in two's complement. Scratch: some tens of times the operands.
//!
//! # Source
//! A. Karatsuba, Yu. Ofman, Doklady 145 (1962); digits in lanes after S. Gueron, V. Krasnov, "Accelerating big integer
//! arithmetic using Intel IFMA extensions", ARITH 2016.

use super::lane::{Lane, Task};
use crate::{
    Result,
    convolution::{
        scratch,
        short::Count,
        tuning::{Costs, Unit},
    },
    integer::IntegerSlice,
};
use std::ops::Range;

/// The window of a product, into rows of `width` limbs; absolute values are below `2^bits`.
pub(super) fn integers_into<L: Lane>(
    lane: L,
    (out, width): (&mut [u64], usize),
    (a, b): (IntegerSlice<'_>, IntegerSlice<'_>),
    bits: u64,
    window: Range<usize>,
    square: bool,
) -> Result<()> {
    let (m, n) = (a.len(), b.len());
    let way = Way::new::<L>(bits, m, n);
    let Way { layout, tree, .. } = way;
    let (x, y) = (
        way.values(lane, a, way.parts.0)?,
        if square { None } else { Some(way.values(lane, b, way.parts.1)?) },
    );
    let (x, y): (&[u64], &[u64]) = (&x, y.as_deref().unwrap_or(&x));
    let pairs = way.parts.0 * way.parts.1 * tree.values();
    let product = (2 * tree.leaf() - 1) * layout.columns;
    let mut products = scratch::take(pairs.next_multiple_of(L::N) * product)?;
    let mut room = scratch::take(way.room::<L>())?;
    // With several parts a lane multiplies different ones.
    let square = square && way.parts.0 == 1;
    lane.enter(Batches { way: &way, x, y, square, out: &mut products, room: &mut room });
    // Back up the tree, all products of parts alike.
    let mut spare = scratch::take(pairs * product)?;
    let (mut now, mut next) = (&mut products, &mut spare);
    for level in (0..tree.top).rev() {
        lane.enter(Interpolate {
            from: now,
            to: next,
            half: tree.length(level + 1),
            kind: tree.kind(level),
            row: layout.columns,
            groups: way.parts.0 * way.parts.1 * tree.count(level),
        });
        std::mem::swap(&mut now, &mut next);
    }
    let rows = m + n - 1;
    let whole = (2 * tree.len - 1) * layout.columns;
    let count = way.parts.0 * way.parts.1;
    let mut joined;
    let columns = if count == 1 {
        &now[..]
    } else {
        if tree.top > 0 {
            lane.enter(Carry { layout, columns: &mut now[..count * whole] });
        }
        joined = scratch::take(rows * layout.columns)?;
        joined.fill(0);
        for (k, product) in now[..count * whole].chunks_exact(whole).enumerate() {
            let start = (k / way.parts.1 + k % way.parts.1) * tree.len * layout.columns;
            let used = whole.min(joined.len() - start);
            lane.enter(AddAll(&mut joined[start..start + used], &product[..used]));
        }
        &joined[..]
    };
    let columns = &columns[window.start * layout.columns..window.end * layout.columns];
    let mut room = scratch::take((layout.columns + 8 + 2 * width.next_multiple_of(L::N)) * L::N)?;
    lane.enter(Join { layout, columns, out, width, room: &mut room });
    Ok(())
}

/// Digits that a product of `m` by `n` rows of `bits` bits takes a row, and what there is to do; none when the digits are
/// too many.
pub(super) fn estimate<L: Lane>(bits: u64, m: usize, n: usize) -> Option<(usize, Count)> {
    let way = Way::new::<L>(bits, m, n);
    (way.layout.digits <= L::MAX_DIGITS).then(|| (way.layout.digits, way.count::<L>()))
}

/// How the rows of a product are laid out.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// Digits of a factor: a multiple of `tile`.
    digits: usize,
    tile: usize,
    /// Words from one row of digits to the next.
    stride: usize,
    /// Words from one row of columns to the next; there are `2 * digits`.
    columns: usize,
}

impl Layout {
    fn new<L: Lane>(bits: u64) -> Layout {
        let least = bits.div_ceil(u64::from(L::BITS)).max(2) as usize;
        // The tile that wastes least; of equals, the largest. Five do not fit sixteen registers: 75 digits took 14.4 us in tiles of five
        // and 8.5 in tiles of three.
        let widest = if L::N == 8 { 6 } else { 5 };
        let waste = |tile: usize| least.next_multiple_of(tile) * if tile > 4 && L::N < 8 { 4 } else { 3 };
        let tile = (3..=widest).rev().min_by_key(|&tile| waste(tile)).unwrap_or(4);
        let tile = if least == 2 { 2 } else { tile };
        let digits = least.next_multiple_of(tile);
        let round = |n: usize| n.next_multiple_of(L::N);
        Layout { digits, tile, stride: round(digits), columns: round(2 * digits) }
    }
}

/// A step of the tree: two parts and three values, or three parts and six.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Two,
    Three,
}

impl Kind {
    const fn parts(self) -> usize {
        match self {
            Kind::Two => 2,
            Kind::Three => 3,
        }
    }

    const fn values(self) -> usize {
        match self {
            Kind::Two => 3,
            Kind::Three => 6,
        }
    }
}

/// A tree over polynomials of `len` coefficients: first, perhaps, into three parts, then into halves down to one.
#[derive(Clone, Copy, Debug)]
struct Tree {
    len: usize,
    three: bool,
    levels: usize,
    /// So many levels before the leaves go to the lanes; the others are walked in the lanes.
    top: usize,
}

impl Tree {
    fn kind(&self, level: usize) -> Kind {
        if self.three && level == 0 { Kind::Three } else { Kind::Two }
    }

    /// Coefficients of a polynomial after so many levels.
    fn length(&self, level: usize) -> usize {
        (0..level).fold(self.len, |len, level| len / self.kind(level).parts())
    }

    /// Polynomials after so many levels.
    fn count(&self, level: usize) -> usize {
        (0..level).fold(1, |count, level| count * self.kind(level).values())
    }

    /// Coefficients of a polynomial in a lane.
    fn leaf(&self) -> usize {
        self.length(self.top)
    }

    /// Polynomials that go to the lanes.
    fn values(&self) -> usize {
        self.count(self.top)
    }

    /// Products of single coefficients in a lane.
    fn inner(&self) -> usize {
        self.count(self.levels) / self.values()
    }
}

/// How a product is computed.
#[derive(Clone, Copy, Debug)]
struct Way {
    layout: Layout,
    tree: Tree,
    /// Both operands are cut into so many parts of the length of the tree.
    parts: (usize, usize),
    /// Nanoseconds.
    cost: f64,
}

/// The most levels before the leaves go to the lanes, and the most after that: seven columns of 52 bits for one with three
/// parts, four for each other, are below 2^62 together.
const LEVELS: usize = 4;

impl Way {
    /// The cheapest of some, for a shorter factor of at most 256 coefficients.
    fn new<L: Lane>(bits: u64, m: usize, n: usize) -> Way {
        let (short, mut best) = (m.min(n), None::<Way>);
        for cut in 1..=3 {
            let target = short.div_ceil(cut);
            let power = target.next_power_of_two();
            let three = target > 2 && power / 4 * 3 >= target;
            let len = if three { power / 4 * 3 } else { power };
            let mut levels = (len / if three { 3 } else { 1 }).trailing_zeros() as usize;
            levels += usize::from(three);
            let parts = (m.div_ceil(len), n.div_ceil(len));
            let growth = levels + usize::from(three);
            let layout = Layout::new::<L>(bits + growth as u64);
            for top in levels.saturating_sub(LEVELS)..=levels.min(LEVELS) {
                let tree = Tree { len, three, levels, top };
                let way = Way { layout, tree, parts, cost: 0.0 };
                let way = Way { cost: way.time::<L>(), ..way };
                if best.is_none_or(|best| way.cost < best.cost) {
                    best = Some(way);
                }
            }
            if short <= cut * 2 {
                break;
            }
        }
        best.expect("at most 256 coefficients of the shorter factor")
    }

    /// What there is to do.
    fn count<L: Lane>(&self) -> Count {
        let Way { layout, tree, parts, .. } = *self;
        let digits = layout.digits as f64;
        let batches = (parts.0 * parts.1 * tree.values()).div_ceil(L::N) as f64;
        let products = batches * tree.inner() as f64;
        let rows = ((parts.0 + parts.1) * tree.values() * tree.leaf()) as f64;
        [
            (Unit::LeavesPair, products * digits * digits),
            (Unit::LeavesColumn, products * digits),
            (Unit::LeavesTurn, batches * tree.leaf() as f64 * digits),
            (Unit::LeavesRow, rows * digits),
        ]
    }

    fn time<L: Lane>(&self) -> f64 {
        let costs = Costs::of(L::BACKEND);
        self.count::<L>().iter().map(|&(unit, count)| count * costs.nanoseconds(unit)).sum()
    }

    /// Words that the products of the leaves work in.
    fn room<L: Lane>(&self) -> usize {
        let Layout { digits, stride, columns, .. } = self.layout;
        let rows = self.tree.inner().max(2 * self.tree.leaf());
        // The values of both factors and of the one at hand, the columns twice; turned blocks reach beyond the end.
        (rows * 7 * digits + 3 * stride + 2 * columns) * L::N
    }

    /// The polynomials of an operand at the leaves, part by part, in rows of digits.
    fn values<L: Lane>(&self, lane: L, operand: IntegerSlice<'_>, parts: usize) -> Result<scratch::Scratch> {
        let Way { layout, tree, .. } = *self;
        let rows = parts * tree.len;
        // Sums make more rows from level to level.
        let room = (parts * tree.values() * tree.leaf()).max(rows) * layout.stride;
        let (mut now, mut next) = (scratch::take(room)?, scratch::take(room)?);
        let used = operand.len() * layout.stride;
        lane.enter(Split { layout, rows: operand, out: &mut now[..used] });
        now[used..rows * layout.stride].fill(0);
        for level in 0..tree.top {
            let groups = parts * tree.count(level);
            lane.enter(Expand {
                from: &now,
                to: &mut next,
                part: tree.length(level + 1) * layout.stride,
                kind: tree.kind(level),
                groups,
            });
            std::mem::swap(&mut now, &mut next);
        }
        Ok(now)
    }
}

/// `x += y`.
struct AddAll<'a>(&'a mut [u64], &'a [u64]);

impl Task for AddAll<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, _: L) {
        self.0.iter_mut().zip(self.1).for_each(|(x, &y)| *x = x.wrapping_add(y));
    }
}

/// The values of every group of parts of so many words.
struct Expand<'a> {
    from: &'a [u64],
    to: &'a mut [u64],
    part: usize,
    kind: Kind,
    groups: usize,
}

impl Task for Expand<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, _: L) {
        expand(self.from, self.to, self.part, self.kind, self.groups);
    }
}

#[inline(always)]
fn expand(from: &[u64], to: &mut [u64], part: usize, kind: Kind, groups: usize) {
    let (parts, values) = (kind.parts() * part, kind.values() * part);
    for (from, to) in from.chunks_exact(parts).zip(to.chunks_exact_mut(values)).take(groups) {
        let (same, sums) = to.split_at_mut(parts);
        same.copy_from_slice(from);
        for (k, sum) in sums.chunks_exact_mut(part).enumerate() {
            // Of the parts 0 and 1, 0 and 2, 1 and 2.
            let (x, y) = (&from[k / 2 * part..][..part], &from[(k.min(1) + 1) * part..][..part]);
            for (sum, (&x, &y)) in sum.iter_mut().zip(x.iter().zip(y)) {
                *sum = x.wrapping_add(y);
            }
        }
    }
}

/// The products of groups of parts of `half` coefficients, in rows of so many words, from those of their values.
struct Interpolate<'a> {
    from: &'a [u64],
    to: &'a mut [u64],
    half: usize,
    kind: Kind,
    row: usize,
    groups: usize,
}

impl Task for Interpolate<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, _: L) {
        interpolate(self.from, self.to, (self.half, self.row), self.kind, self.groups);
    }
}

#[inline(always)]
fn interpolate(from: &[u64], to: &mut [u64], (half, row): (usize, usize), kind: Kind, groups: usize) {
    let product = (2 * half - 1) * row;
    let whole = (2 * kind.parts() * half - 1) * row;
    for (from, to) in from.chunks_exact(kind.values() * product).zip(to.chunks_exact_mut(whole)).take(groups)
    {
        // The products of parts with themselves stand two halves apart, with a row between them.
        let mut gaps = to.chunks_mut(2 * half * row);
        for (part, to) in from.chunks_exact(product).zip(&mut gaps) {
            let (to, gap) = to.split_at_mut(product);
            to.copy_from_slice(part);
            gap.fill(0);
        }
        let (parts, sums) = from.split_at(kind.parts() * product);
        for (k, sum) in sums.chunks_exact(product).enumerate() {
            // Of the parts 0 and 1, 0 and 2, 1 and 2.
            let (x, y) =
                (&parts[k / 2 * product..][..product], &parts[(k.min(1) + 1) * product..][..product]);
            let to = &mut to[(k + 1) * half * row..][..product];
            for (to, (&sum, (&x, &y))) in to.iter_mut().zip(sum.iter().zip(x.iter().zip(y))) {
                *to = to.wrapping_add(sum.wrapping_sub(x).wrapping_sub(y));
            }
        }
    }
}

/// All products of polynomials at the leaves, `N` at a time, a pair a lane.
struct Batches<'a> {
    way: &'a Way,
    x: &'a [u64],
    y: &'a [u64],
    square: bool,
    out: &'a mut [u64],
    room: &'a mut [u64],
}

impl Task for Batches<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Way { layout: Layout { digits, tile, stride, columns }, tree, parts, .. } = *self.way;
        let (values, leaf, inner) = (tree.values(), tree.leaf(), tree.inner());
        let pairs = parts.0 * parts.1 * values;
        let (unit, double) = (digits * L::N, 2 * digits * L::N);
        let rows = inner.max(2 * leaf);
        let (mut x, rest) = self.room.split_at_mut(rows * unit + stride * L::N);
        let (mut y, rest) = rest.split_at_mut(rows * unit + stride * L::N);
        let (mut spare, rest) = rest.split_at_mut(rows * unit + stride * L::N);
        let (mut product, mut other) = rest.split_at_mut(rows * double + columns * L::N);
        for (first, out) in
            (0..pairs).step_by(L::N).zip(self.out.chunks_exact_mut((2 * leaf - 1) * columns * L::N))
        {
            // Lanes beyond the last pair repeat it.
            let (mut left, mut right) = ([0; 8], [0; 8]);
            for (k, (left, right)) in left.iter_mut().zip(&mut right).enumerate() {
                let pair = (first + k).min(pairs - 1);
                let (part, value) = (pair / values, pair % values);
                *left = (part / parts.1 * values + value) * leaf * stride;
                *right = (part % parts.1 * values + value) * leaf * stride;
            }
            for k in 0..leaf {
                for at in (0..stride).step_by(L::N) {
                    let (from, to) = (k * stride + at, k * unit + at * L::N);
                    lane.transpose(&self.x[from..], &left, &mut x[to..], L::N);
                    if !self.square {
                        lane.transpose(&self.y[from..], &right, &mut y[to..], L::N);
                    }
                }
            }
            for level in tree.top..tree.levels {
                let groups = tree.count(level) / values;
                let part = tree.length(level + 1) * unit;
                expand(x, spare, part, tree.kind(level), groups);
                std::mem::swap(&mut x, &mut spare);
                if !self.square {
                    expand(y, spare, part, tree.kind(level), groups);
                    std::mem::swap(&mut y, &mut spare);
                }
            }
            for k in 0..inner {
                let (x, y) = (&mut x[k * unit..][..unit], &mut y[k * unit..][..unit]);
                let out = &mut product[k * double..][..double];
                let sign = carried(lane, x);
                let (signs, y) =
                    if self.square { ((sign, sign), &*x) } else { ((sign, carried(lane, y)), &*y) };
                match tile {
                    2 => multiply::<L, 2>(lane, x, y, signs, out),
                    3 => multiply::<L, 3>(lane, x, y, signs, out),
                    4 => multiply::<L, 4>(lane, x, y, signs, out),
                    // Six are laid out for lanes of eight alone.
                    6 if L::N == 8 => multiply::<L, 6>(lane, x, y, signs, out),
                    _ => multiply::<L, 5>(lane, x, y, signs, out),
                }
            }
            for level in (tree.top..tree.levels).rev() {
                let groups = tree.count(level) / values;
                interpolate(product, other, (tree.length(level + 1), double), tree.kind(level), groups);
                std::mem::swap(&mut product, &mut other);
            }
            if tree.top < tree.levels {
                let mask = lane.splat((1 << L::BITS) - 1);
                for row in product.chunks_exact_mut(double).take(2 * leaf - 1) {
                    let mut carry = lane.splat(0);
                    let (low, last) = row.split_at_mut(double - L::N);
                    for column in low.chunks_exact_mut(L::N) {
                        let all = lane.load(column);
                        lane.store(column, lane.add(lane.and(all, mask), carry));
                        carry = lane.carry(all);
                    }
                    lane.store(last, lane.add(lane.load(last), carry));
                }
            }
            let ends: [usize; 8] = std::array::from_fn(|k| k * L::N);
            for k in 0..2 * leaf - 1 {
                for at in (0..columns).step_by(L::N) {
                    lane.transpose(
                        &product[k * double + at * L::N..],
                        &ends,
                        &mut out[k * columns + at..],
                        (2 * leaf - 1) * columns,
                    );
                }
            }
        }
    }
}

/// Carries the digits of `N` numbers; returns all ones for those below zero.
#[inline(always)]
fn carried<L: Lane>(lane: L, x: &mut [u64]) -> L::V {
    let mask = lane.splat((1 << L::BITS) - 1);
    let mut carry = lane.splat(0);
    for digit in x.chunks_exact_mut(L::N) {
        let sum = lane.add(lane.load(digit), carry);
        lane.store(digit, lane.and(sum, mask));
        carry = lane.carry(sum);
    }
    carry
}

/// The columns of `N` products, tile by tile along the antidiagonals.
#[inline(always)]
fn multiply<L: Lane, const T: usize>(lane: L, x: &[u64], y: &[u64], signs: (L::V, L::V), out: &mut [u64]) {
    let zero = lane.splat(0);
    let mask = lane.splat((1 << L::BITS) - 1);
    let tile = T * L::N;
    let tiles = x.len() / tile;
    let digits = tiles * T;
    let (mut low, mut high) = ([[zero; T]; 2], [[zero; T]; 2]);
    // The upper half of the column before, and its carry.
    let (mut above, mut carry) = (zero, zero);
    for diagonal in 0..2 * tiles {
        let first = (diagonal + 1).saturating_sub(tiles);
        for at in first..(diagonal + 1).min(tiles) {
            let (x, y) = (&x[at * tile..][..tile], &y[(diagonal - at) * tile..][..tile]);
            let mut v = [zero; T];
            for (v, y) in v.iter_mut().zip(y.chunks_exact(L::N)) {
                *v = lane.load(y);
            }
            for i in 0..T {
                let u = lane.load(&x[i * L::N..]);
                for (j, &v) in v.iter().enumerate() {
                    let (half, k) = ((i + j) / T, (i + j) % T);
                    low[half][k] = lane.add_low(low[half][k], u, v);
                    if L::HALVES {
                        high[half][k] = lane.add_high(high[half][k], u, v);
                    }
                }
            }
        }
        let columns = &mut out[diagonal * tile..][..tile];
        for k in 0..T {
            let at = diagonal * T + k;
            let mut column = lane.add(low[0][k], above);
            above = high[0][k];
            if at >= digits {
                let i = (at - digits) * L::N;
                column = lane.sub(column, lane.and(lane.load(&y[i..]), signs.0));
                column = lane.sub(column, lane.and(lane.load(&x[i..]), signs.1));
            }
            if at + 1 == 2 * digits {
                let both = lane.and(lane.and(signs.0, signs.1), lane.splat(1 << L::BITS));
                lane.store(&mut columns[k * L::N..], lane.add(lane.add(column, both), carry));
            } else {
                lane.store(&mut columns[k * L::N..], lane.add(lane.and(column, mask), carry));
                carry = lane.carry(column);
            }
        }
        low = [low[1], [zero; T]];
        high = [high[1], [zero; T]];
    }
}

/// Rows of limbs to rows of digits, the sign in the last one.
struct Split<'a> {
    layout: Layout,
    rows: IntegerSlice<'a>,
    out: &'a mut [u64],
}

impl Task for Split<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, _: L) {
        let Layout { digits, stride, .. } = self.layout;
        let mask = (1u64 << L::BITS) - 1;
        let bit = |digit: usize| L::BITS as usize * digit;
        // Digits that end below the last limb.
        let inside = (64 * (self.rows.width() - 1) / L::BITS as usize).min(digits);
        for (row, out) in self.rows.rows().zip(self.out.chunks_exact_mut(stride)) {
            let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
            for (digit, out) in out[..inside].iter_mut().enumerate() {
                let (limb, shift) = (bit(digit) / 64, bit(digit) % 64);
                *out = (row[limb] >> shift | row[limb + 1] << 1 << (63 - shift)) & mask;
            }
            for (digit, out) in (inside..).zip(&mut out[inside..digits]) {
                let (at, shift) = (bit(digit) / 64, bit(digit) % 64);
                let limb = |k: usize| row.get(k).copied().unwrap_or(sign);
                *out = (limb(at) >> shift | limb(at + 1) << 1 << (63 - shift)) & mask;
            }
            // The last digit is signed.
            out[digits - 1] |= sign << L::BITS;
            out[digits..].fill(0);
        }
    }
}

/// Columns cut to digits and the carry of the column below, side by side.
struct Carry<'a> {
    layout: Layout,
    columns: &'a mut [u64],
}

impl Task for Carry<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let mask = lane.splat((1 << L::BITS) - 1);
        let used = 2 * self.layout.digits;
        for row in self.columns.chunks_exact_mut(self.layout.columns) {
            // The last column keeps what is above its digit.
            let last = row[used - 1].wrapping_add(((row[used - 2] as i64) >> L::BITS) as u64);
            // From above, so that the neighbour is as it was.
            for at in (L::N..row.len()).step_by(L::N).rev() {
                let carry = lane.carry(lane.load(&row[at - 1..]));
                let digit = lane.and(lane.load(&row[at..]), mask);
                lane.store(&mut row[at..], lane.add(digit, carry));
            }
            let mut below = [0; 8];
            below[1..L::N].copy_from_slice(&row[..L::N - 1]);
            let digit = lane.and(lane.load(row), mask);
            lane.store(row, lane.add(digit, lane.carry(lane.load(&below))));
            row[used - 1] = last;
        }
    }
}

/// Rows of columns to rows of limbs, `N` rows at a time.
struct Join<'a> {
    layout: Layout,
    columns: &'a [u64],
    out: &'a mut [u64],
    width: usize,
    room: &'a mut [u64],
}

impl Task for Join<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Layout { digits, columns, .. } = self.layout;
        let mask = lane.splat((1 << L::BITS) - 1);
        let filled = self.width.next_multiple_of(L::N);
        // A limb reaches into few digits above the last one.
        let (digit, rest) = self.room.split_at_mut((columns + 8) * L::N);
        let (limb, rows) = rest.split_at_mut(filled * L::N);
        let ends = std::array::from_fn(|k| k * L::N);
        for (from, out) in self.columns.chunks(columns * L::N).zip(self.out.chunks_mut(self.width * L::N)) {
            // Rows beyond the last one repeat it.
            let last = from.len() / columns - 1;
            let starts = std::array::from_fn(|k| k.min(last) * columns);
            for at in (0..columns).step_by(L::N) {
                lane.transpose(&from[at..], &starts, &mut digit[at * L::N..], L::N);
            }
            let mut carry = lane.splat(0);
            for digit in digit[..2 * digits * L::N].chunks_exact_mut(L::N) {
                let sum = lane.add(lane.load(digit), carry);
                lane.store(digit, lane.and(sum, mask));
                carry = lane.carry(sum);
            }
            let sign = lane.and(carry, mask);
            for digit in digit[2 * digits * L::N..].chunks_exact_mut(L::N) {
                lane.store(digit, sign);
            }
            for (l, limb) in limb[..self.width * L::N].chunks_exact_mut(L::N).enumerate() {
                // Beyond the columns everything is sign.
                let bit = (64 * l as u32).min(L::BITS * (columns as u32 + 3));
                let (first, shift) = ((bit / L::BITS) as usize, bit % L::BITS);
                let part = |k: usize| lane.load(&digit[(first + k) * L::N..]);
                let mut v = lane.shift_right(part(0), shift);
                let (mut k, mut up) = (1, L::BITS - shift);
                while up < 64 {
                    v = lane.or(v, lane.shift_left(part(k), up));
                    (k, up) = (k + 1, up + L::BITS);
                }
                lane.store(limb, v);
            }
            for at in (0..filled).step_by(L::N) {
                lane.transpose(&limb[at * L::N..], &ends, &mut rows[at..], filled);
            }
            for (out, row) in out.chunks_exact_mut(self.width).zip(rows.chunks_exact(filled)) {
                out.copy_from_slice(&row[..self.width]);
            }
        }
    }
}
