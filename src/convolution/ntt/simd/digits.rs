//! Products of natural numbers in digits of 52 bits, eight at a time: `c[k] = sum over i+j=k of a[i]*b[j]`, low and high halves.
//!
//! Apart from [`convert`](super::convert), whose digits are those of many numbers side by side: here the eight digits of a
//! vector are neighbours in one large number. A column is what belongs to one digit before carries: a word, as a signed
//! number where Karatsuba's differences went into it. One pass carries all columns and packs them into limbs.
//!
//! # Bounds
//! A column of a schoolbook product with `m` digits in the shorter operand is below `2m * 2^52`, below 2^60 for
//! [`KARATSUBA`] digits. A level of Karatsuba makes it four times that at most: three in the middle, one beside it, so that one level stays below
//! 2^62 - 2^10. Where there are more, or blocks of a longer operand overlap, the schoolbook products are [folded](fold) to less than
//! `2^52 + 2^12`; then four levels and three blocks stay below 2^62.
//!
//! # Source
//! S. Gueron, V. Krasnov, "Accelerating big integer arithmetic using Intel IFMA extensions", ARITH 2016; Karatsuba with
//! differences: D. Knuth, TAOCP 2, section 4.3.3.

use super::{
    arithmetic::Arithmetic,
    ifma::{Ifma, MASK},
    lane::{IntegerLane, Task},
};
use crate::convolution::{scratch, tuning};

/// Digits a vector.
pub(super) const GROUP: usize = 8;

/// Limbs of two vectors of digits.
pub(super) const PAIR_LIMBS: usize = 13;

/// Vectors of columns that are summed side by side.
const TILE: usize = 4;

/// Zero digits before and after the longer operand of a schoolbook product.
const PAD: usize = GROUP * TILE;

/// Schoolbook up to so many digits of the shorter operand.
const KARATSUBA: usize = 72;

/// Digits of the shorter operand at most: four levels of Karatsuba above schoolbook.
const MOST_DIGITS: usize = KARATSUBA << 4;

/// What a column gets to become a natural number; its carry is taken away from the next one.
const BIAS: u64 = 1 << 62;

/// Groups of digits that hold so many limbs.
fn digits_for(limbs: usize) -> usize {
    (64 * limbs).div_ceil(52).next_multiple_of(GROUP)
}

/// `out = a * b` for two natural numbers, `out.len() = a.len() + b.len()`; false, and nothing done, when both are too long or one is too short.
pub(super) fn product<L: IntegerLane, const FUSED: bool>(
    lane: L,
    out: &mut [u64],
    a: &[u64],
    b: &[u64],
) -> bool {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if b.len() < tuning::INTEGER_DIGITS_LIMBS {
        return false;
    }
    let (na, nb) = (digits_for(a.len()), digits_for(b.len()));
    if nb > MOST_DIGITS {
        return false;
    }
    let square = std::ptr::eq(a, b);
    let columns = (na + nb).next_multiple_of(2 * GROUP);
    let Ok(mut scratch) = scratch::take(na + 2 * PAD + nb + 2 * GROUP + columns + work_len(na, nb)) else {
        return false;
    };
    let (x, rest) = scratch.split_at_mut(na + 2 * PAD);
    let (y, rest) = rest.split_at_mut(nb + 2 * GROUP);
    let (sums, work) = rest.split_at_mut(columns);
    let digits = Digits::<L, FUSED> { lane, fold: levels(nb) > 1 || na > nb };
    // The zeros that schoolbook reads, and columns that no product reaches.
    x[..PAD].fill(0);
    x[PAD + na..].fill(0);
    (y[GROUP - 1], y[GROUP + nb]) = (0, 0);
    sums[na + nb..].fill(0);
    digits.enter(Unpack { lane, limbs: a, out: &mut x[PAD..PAD + na] });
    digits.enter(Unpack { lane, limbs: b, out: &mut y[GROUP..GROUP + nb] });
    let signed = nb > KARATSUBA;
    if signed {
        digits.product(&mut sums[..na + nb], &x[PAD..PAD + na], &y[GROUP..GROUP + nb], square, work);
    } else {
        digits.enter(Schoolbook {
            lane,
            a: x,
            b: &y[GROUP - 1..GROUP + nb + 1],
            out: &mut sums[..na + nb],
            fold: false,
        });
    }
    digits.enter(Pack { lane, columns: sums, signed, out });
    true
}

/// How often operands of `n` digits are halved.
fn levels(n: usize) -> u32 {
    if n <= KARATSUBA { 0 } else { 1 + levels(half(n)) }
}

/// The lower part of `n` digits.
fn half(n: usize) -> usize {
    n.div_ceil(2).next_multiple_of(GROUP)
}

/// Words of scratch for a product of `long` by `short` digits.
fn work_len(long: usize, short: usize) -> usize {
    // The products of blocks, whose lengths go down as Euclid's remainders do, the middle products of all levels, then the
    // padded operands of schoolbook.
    let (mut at, mut total) = (short, 8 * short);
    while at > KARATSUBA {
        at = half(at);
        total += 2 * at;
    }
    total + long + 2 * PAD + KARATSUBA + 2 * GROUP
}

/// Products of digits, columns not carried.
struct Digits<L, const FUSED: bool> {
    lane: L,
    /// Whether schoolbook products are folded.
    fold: bool,
}

impl<L: IntegerLane, const FUSED: bool> Digits<L, FUSED> {
    fn enter<T: Task>(&self, task: T) -> T::Output {
        self.lane.enter::<Ifma<L, FUSED>, T>(task)
    }

    /// The columns of a product, `a` at least as long as `b`.
    fn product(&self, out: &mut [u64], a: &[u64], b: &[u64], square: bool, work: &mut [u64]) {
        let (lane, n) = (self.lane, b.len());
        if n <= KARATSUBA {
            let (x, rest) = work.split_at_mut(a.len() + 2 * PAD);
            let y = &mut rest[..n + 2];
            x[..PAD].fill(0);
            x[PAD..PAD + a.len()].copy_from_slice(a);
            x[PAD + a.len()..].fill(0);
            (y[0], y[n + 1]) = (0, 0);
            y[1..=n].copy_from_slice(b);
            self.enter(Schoolbook { lane, a: x, b: y, out, fold: self.fold });
        } else if a.len() == n {
            self.karatsuba(out, a, b, square, work);
        } else {
            out.fill(0);
            let (product, work) = work.split_at_mut(2 * n);
            for (block, start) in a.chunks(n).zip((0..).step_by(n)) {
                let product = &mut product[..block.len() + n];
                self.product(product, b, block, false, work);
                self.enter(Add { lane, out: &mut out[start..start + product.len()], x: product });
            }
        }
    }

    /// `a0*b0 + (a0*b0 + a1*b1 - (a0 - a1)*(b0 - b1)) y + a1*b1 y^2` for operands of the same length.
    fn karatsuba(&self, out: &mut [u64], a: &[u64], b: &[u64], square: bool, work: &mut [u64]) {
        let (lane, h) = (self.lane, half(a.len()));
        let ((a0, a1), (b0, b1)) = (a.split_at(h), b.split_at(h));
        let (middle, work) = work.split_at_mut(2 * h);
        let (x, rest) = out.split_at_mut(h);
        let y = &mut rest[..h];
        let mut negative = self.enter(Difference { lane, out: x, x: a0, y: a1 });
        if square {
            negative = false;
            self.product(middle, x, x, true, work);
        } else {
            negative ^= self.enter(Difference { lane, out: y, x: b0, y: b1 });
            self.product(middle, x, y, false, work);
        }
        let (low, high) = out.split_at_mut(2 * h);
        self.product(low, a0, b0, square, work);
        self.product(high, a1, b1, square, work);
        self.enter(Middle { lane, middle, low, high, negative });
        self.enter(Add { lane, out: &mut out[h..3 * h], x: middle });
    }
}

/// Where the bits of eight pieces stand in words of a different size.
struct Cut {
    /// The words of a piece: the first, the second, the third.
    at: [[u64; GROUP]; 3],
    /// How far the first is shifted down.
    right: [u64; GROUP],
    /// How far the second is shifted up.
    left: [u64; GROUP],
    /// How far the third is shifted up.
    far: [u64; GROUP],
}

impl Cut {
    /// Pieces `step` bits apart from bit `start` on, in words of `size` bits.
    const fn of(start: u64, step: u64, size: u64) -> Cut {
        let mut cut = Cut { at: [[0; GROUP]; 3], right: [0; GROUP], left: [0; GROUP], far: [0; GROUP] };
        let mut k = 0;
        while k < GROUP {
            let bit = start + step * k as u64;
            let mut t = 0;
            while t < 3 {
                cut.at[t][k] = bit / size + t as u64;
                t += 1;
            }
            cut.right[k] = bit % size;
            cut.left[k] = size - bit % size;
            cut.far[k] = 2 * size - bit % size;
            k += 1;
        }
        cut
    }
}

/// The digits of limbs, zeros above.
struct Unpack<'a, L> {
    lane: L,
    limbs: &'a [u64],
    out: &'a mut [u64],
}

impl<L: IntegerLane> Task for Unpack<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        for (j, out) in self.out.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
            self.lane.store(out, unpack(self.lane, self.limbs, j));
        }
    }
}

/// Digits `8j` to `8j + 7` of limbs, zeros above.
#[inline(always)]
pub(super) fn unpack<L: IntegerLane>(lane: L, limbs: &[u64], j: usize) -> L::V {
    // Eight digits are six and a half limbs.
    const CUTS: [Cut; 2] = [Cut::of(0, 52, 64), Cut::of(32, 52, 64)];
    let limbs = &limbs[(13 * j / 2).min(limbs.len())..];
    let v = match limbs.first_chunk() {
        Some(chunk) => lane.load(chunk),
        None => lane.load_part(limbs),
    };
    let cut = &CUTS[j % 2];
    let low = lane.shift_right_each(lane.pick(v, v, lane.load(&cut.at[0])), lane.load(&cut.right));
    let high = lane.shift_left_each(lane.pick(v, v, lane.load(&cut.at[1])), lane.load(&cut.left));
    lane.and(lane.add(low, high), lane.splat(MASK))
}

/// `T` vectors of columns, from column `from` on; see [`Schoolbook`].
#[inline(always)]
fn tile<L: IntegerLane, const T: usize>(
    lane: L,
    a: &[u64],
    b: &[u64],
    from: usize,
    out: &mut [[u64; GROUP]],
) {
    let (na, nb) = (a.len() - 2 * PAD, b.len() - 2);
    let (mut low, mut high) = ([lane.splat(0); T], [lane.splat(0); T]);
    // Digit s of b meets digits from - s on of a: its low half, and the high half of the digit before.
    for s in (from + 1).saturating_sub(na)..(nb + 1).min(from + GROUP * T) {
        let chunks = a[PAD + from - s..].as_chunks::<GROUP>().0.first_chunk::<T>().expect("padded");
        let (x, y) = (lane.splat(b[s + 1]), lane.splat(b[s]));
        for t in 0..T {
            let v = lane.load(&chunks[t]);
            low[t] = lane.low(low[t], v, x);
            high[t] = lane.high(high[t], v, y);
        }
    }
    for (out, (low, high)) in out.iter_mut().zip(low.into_iter().zip(high)) {
        lane.store(out, lane.add(low, high));
    }
}

/// The columns of a product, every pair of digits.
struct Schoolbook<'a, L> {
    lane: L,
    /// The longer operand between [`PAD`] zeros.
    a: &'a [u64],
    /// The shorter one between two zeros.
    b: &'a [u64],
    out: &'a mut [u64],
    fold: bool,
}

impl<L: IntegerLane> Task for Schoolbook<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Schoolbook { lane, a, b, out, fold } = self;
        let out = out.as_chunks_mut::<GROUP>().0;
        for (k, out) in out.chunks_mut(TILE).enumerate() {
            let from = k * GROUP * TILE;
            match out.len() {
                1 => tile::<L, 1>(lane, a, b, from, out),
                2 => tile::<L, 2>(lane, a, b, from, out),
                3 => tile::<L, 3>(lane, a, b, from, out),
                _ => tile::<L, TILE>(lane, a, b, from, out),
            }
        }
        if fold {
            let mut before = lane.splat(0);
            let mask = lane.splat(MASK);
            for out in out {
                let v = lane.load(out);
                let carry = lane.shift_right::<52>(v);
                lane.store(out, lane.add(lane.and(v, mask), lane.shift_in(carry, before)));
                before = carry;
            }
        }
    }
}

/// `out += x`, column by column.
struct Add<'a, L> {
    lane: L,
    out: &'a mut [u64],
    x: &'a [u64],
}

impl<L: IntegerLane> Task for Add<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let lane = self.lane;
        for (out, x) in self.out.as_chunks_mut::<GROUP>().0.iter_mut().zip(self.x.as_chunks::<GROUP>().0) {
            lane.store(out, lane.add(lane.load(out), lane.load(x)));
        }
    }
}

/// `middle = low + high - middle`, or `+ middle`; `high` may be shorter.
struct Middle<'a, L> {
    lane: L,
    middle: &'a mut [u64],
    low: &'a [u64],
    high: &'a [u64],
    negative: bool,
}

impl<L: IntegerLane> Task for Middle<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Middle { lane, middle, low, high, negative } = self;
        let (low, high) = (low.as_chunks::<GROUP>().0, high.as_chunks::<GROUP>().0);
        for (k, (middle, low)) in middle.as_chunks_mut::<GROUP>().0.iter_mut().zip(low).enumerate() {
            let sum = match high.get(k) {
                Some(high) => lane.add(lane.load(low), lane.load(high)),
                None => lane.load(low),
            };
            let v = lane.load(middle);
            lane.store(middle, if negative { lane.add(sum, v) } else { lane.sub(sum, v) });
        }
    }
}

/// `out = |x - y|`, and whether `x < y`, for carried digits; `y` may be shorter.
struct Difference<'a, L> {
    lane: L,
    out: &'a mut [u64],
    x: &'a [u64],
    y: &'a [u64],
}

impl<L: IntegerLane> Task for Difference<'_, L> {
    type Output = bool;
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) -> bool {
        let Difference { lane, out, x, y } = self;
        let (common, above) = x.split_at(y.len());
        let less = above.iter().all(|&x| x == 0) && common.iter().rev().lt(y.iter().rev());
        let (zero, mask, one_less) = (lane.splat(0), lane.splat(MASK), lane.splat(u64::MAX));
        let (x, y) = (x.as_chunks::<GROUP>().0, y.as_chunks::<GROUP>().0);
        let mut borrow = 0;
        for (k, (out, x)) in out.as_chunks_mut::<GROUP>().0.iter_mut().zip(x).enumerate() {
            let (x, y) = (lane.load(x), y.get(k).map_or(zero, |y| lane.load(y)));
            let (x, y) = if less { (y, x) } else { (x, y) };
            let below = ripple(u32::from(!lane.at_least(x, y)), u32::from(lane.equal(x, y)), &mut borrow);
            lane.store(out, lane.and(lane.add_where(lane.sub(x, y), below, one_less), mask));
        }
        less
    }
}

/// Which of eight elements receive a carry, when some make one and others pass one on: the carries of one addition.
#[inline(always)]
pub(super) fn ripple(make: u32, pass: u32, carry: &mut u32) -> u8 {
    let sum = (make | pass) + make + *carry;
    *carry = sum >> 8;
    (sum ^ pass) as u8
}

/// The carries out of the vectors of columns so far.
struct Carries<V> {
    /// What is over 52 bits in the last columns.
    before: V,
    /// What was still left to carry.
    carry: u32,
}

impl<V: Copy> Carries<V> {
    /// The digits of the next columns, natural numbers.
    #[inline(always)]
    fn digits<L: IntegerLane<V = V>>(&mut self, lane: L, v: V) -> V {
        let (mask, one, base) = (lane.splat(MASK), lane.splat(1), lane.splat(1 << 52));
        let high = lane.shift_right::<52>(v);
        // Below 2^52 + 2^12: at most 1 is left to carry.
        let v = lane.add(lane.and(v, mask), lane.shift_in(high, self.before));
        self.before = high;
        let up = ripple(u32::from(lane.at_least(v, base)), u32::from(lane.equal(v, mask)), &mut self.carry);
        lane.and(lane.add_where(v, up, one), mask)
    }
}

/// The limbs of columns, as many as fit.
struct Pack<'a, L> {
    lane: L,
    /// An even number of groups.
    columns: &'a [u64],
    /// Whether columns are signed.
    signed: bool,
    out: &'a mut [u64],
}

impl<L: IntegerLane> Task for Pack<'_, L> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Pack { lane, columns, signed, out } = self;
        let zero = lane.splat(0);
        let mut bias = if signed {
            let mut bias = [BIAS - (BIAS >> 52); GROUP];
            bias[0] = BIAS;
            lane.load(&bias)
        } else {
            zero
        };
        let next_bias = if signed { lane.splat(BIAS - (BIAS >> 52)) } else { zero };
        let mut carries = Carries { before: zero, carry: 0 };
        for (pair, out) in columns.as_chunks::<{ 2 * GROUP }>().0.iter().zip(out.chunks_mut(PAIR_LIMBS)) {
            let (low, high) = (pair.first_chunk().expect("the half"), pair.last_chunk().expect("the half"));
            let low = carries.digits(lane, lane.add(lane.load(low), bias));
            bias = next_bias;
            let high = carries.digits(lane, lane.add(lane.load(high), bias));
            pack(lane, low, high, out);
        }
    }
}

/// The limbs of sixteen digits, thirteen, or as many as there is room for.
#[inline(always)]
pub(super) fn pack<L: IntegerLane>(lane: L, low: L::V, high: L::V, out: &mut [u64]) {
    const CUTS: [Cut; 2] = [Cut::of(0, 64, 52), Cut::of(8 * 64, 64, 52)];
    match out.split_first_chunk_mut() {
        Some((first, rest)) => {
            lane.store(first, limbs(lane, low, high, &CUTS[0]));
            lane.store_part(rest, limbs(lane, low, high, &CUTS[1]));
        }
        None => lane.store_part(out, limbs(lane, low, high, &CUTS[0])),
    }
}

/// Eight limbs of sixteen digits. A limb has bits of two digits, or of three.
#[inline(always)]
fn limbs<L: IntegerLane>(lane: L, low: L::V, high: L::V, cut: &Cut) -> L::V {
    let first = lane.shift_right_each(lane.pick(low, high, lane.load(&cut.at[0])), lane.load(&cut.right));
    let second = lane.shift_left_each(lane.pick(low, high, lane.load(&cut.at[1])), lane.load(&cut.left));
    let third = lane.shift_left_each(lane.pick(low, high, lane.load(&cut.at[2])), lane.load(&cut.far));
    lane.add(first, lane.add(second, third))
}
