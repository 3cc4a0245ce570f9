//! [`SplitWords`], [`Planes`], [`Split`]: words and rows of limbs to residues, a vector of coefficients at a time.
//!
//! A word takes one Barrett step. Of longer rows the 52-bit digits are laid out once, for all primes: group by group of
//! eight coefficients, digit by digit. Then with `x = sum d[k] * 2^(52k)` a digit costs a low and a high half of its product
//! with `2^(52(k+1)) mod p`, unreduced, and the sum `high * 2^52 + low` one Montgomery step, which divides by 2^52. The sign
//! is the top bit flipped and its weight taken away, as everywhere.

use super::{
    arithmetic::{Arithmetic, V},
    ifma::{Ifma, MASK},
    lane::{IntegerLane, Lane, Task},
};
use crate::{
    convolution::{
        ntt::{prime::Prime, split::TOP},
        scratch::{self, Scratch},
    },
    integer::IntegerSlice,
};
use std::{borrow::Cow, ops::Range};

/// Digits at most, so that sums of products of 52 bits fit a word, with a factor of two to spare.
const MOST_DIGITS: usize = 2048;

/// Coefficients a group.
pub(super) const GROUP: usize = 8;

/// Bits of a digit.
const BITS: usize = 52;

/// Residues of words, as [`split::words`](crate::convolution::ntt::split::words) has them.
pub(super) struct SplitWords<'a> {
    pub(super) prime: &'a Prime,
    pub(super) words: &'a [u64],
    pub(super) n: u64,
    pub(super) out: &'a mut [u64],
}

impl Task for SplitWords<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        A::new(lane, self.prime).split_words(self);
    }
}

/// The constants of [`split_words`].
struct Words<L: IntegerLane> {
    half: L::V,
    n: L::V,
    top: L::V,
    sign: L::V,
}

impl<L: IntegerLane> Words<L> {
    #[inline(always)]
    fn residue<const FUSED: bool>(&self, a: Ifma<L, FUSED>, x: L::V) -> L::V {
        let lane = a.lane();
        a.reduce_word(lane.xor(lane.sub_where_above(x, self.half, self.n), self.top), self.sign)
    }
}

/// Residues below 4p.
#[inline(always)]
pub(super) fn split_words<L: IntegerLane, const FUSED: bool>(
    a: Ifma<L, FUSED>,
    SplitWords { prime, words, n, out }: SplitWords<'_>,
) {
    let lane = a.lane();
    let constants = Words {
        half: lane.splat(if n == 0 { u64::MAX } else { n / 2 }),
        n: lane.splat(n),
        top: lane.splat(TOP),
        sign: lane.splat(prime.modulus().neg(prime.power_of_two(63))),
    };
    let out = &mut out[..words.len()];
    let (chunks, rest) = L::chunks(words);
    let (to, to_rest) = L::chunks_mut(out);
    for (to, chunk) in to.iter_mut().zip(chunks) {
        lane.store(to, constants.residue(a, lane.load(chunk)));
    }
    if !rest.is_empty() {
        lane.store_part(to_rest, constants.residue(a, lane.load_part(rest)));
    }
}

/// The digits of a sequence of integers.
pub(crate) struct Planes {
    /// Of every group of eight coefficients, padded with zeros, the digits, least significant first, in the form of the back end.
    words: Scratch,
    pub(super) digits: usize,
    pub(super) width: usize,
}

impl Planes {
    /// Room for the digits of rows; `None` when they are words, or too many, or when there is no memory for them.
    pub(super) fn new(rows: IntegerSlice<'_>) -> Option<Planes> {
        let width = rows.width();
        let digits = (64 * width).div_ceil(BITS);
        if width == 1 || digits > MOST_DIGITS {
            return None;
        }
        let words = scratch::take(rows.len().div_ceil(GROUP) * digits * GROUP).ok()?;
        Some(Planes { words, digits, width })
    }

    /// Digits, group by group.
    fn groups(&self) -> &[[u64; GROUP]] {
        self.words.as_chunks().0
    }

    fn groups_mut(&mut self) -> &mut [[u64; GROUP]] {
        self.words.as_chunks_mut().0
    }
}

/// Lays out the digits of rows.
pub(super) struct Lay<'a> {
    pub(super) rows: IntegerSlice<'a>,
    pub(super) planes: &'a mut Planes,
}

impl Task for Lay<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        A::lay(lane, self);
    }
}

/// The digits, from vectors of limbs.
#[inline(always)]
pub(super) fn lay<L: IntegerLane>(lane: L, lay: Lay<'_>) {
    match lay.planes.width {
        2 => lay_rows::<L, 2>(lane, lay.rows.limbs(), lay.planes),
        3 => lay_rows::<L, 3>(lane, lay.rows.limbs(), lay.planes),
        4 => lay_rows::<L, 4>(lane, lay.rows.limbs(), lay.planes),
        _ => lay_columns::<L, Words52>(lane, lay),
    }
}

/// How digits stand in memory. A method, since a closure would not be inlined for certain.
pub(super) trait DigitForm<L: Lane> {
    /// Of digits in words.
    fn form(lane: L, digits: L::V) -> L::V;
}

/// As they are.
struct Words52;

impl<L: Lane> DigitForm<L> for Words52 {
    #[inline(always)]
    fn form(_: L, digits: L::V) -> L::V {
        digits
    }
}

/// The same for rows of any width, on any lane.
#[inline(always)]
pub(super) fn lay_columns<L: Lane, F: DigitForm<L>>(lane: L, Lay { rows, planes }: Lay<'_>) {
    let (width, digits) = (planes.width, planes.digits);
    let mut words = scratch::list(L::N * (width.next_multiple_of(GROUP) + 1));
    let (limbs, _) = L::chunks_mut(&mut words);
    // Beyond the last limb.
    limbs[width.next_multiple_of(GROUP)] = L::Chunk::default();
    let top = lane.splat(TOP);
    let groups = rows.limbs().chunks(GROUP * width).zip(planes.groups_mut().chunks_exact_mut(digits));
    for (group, digits) in groups {
        // Part h has coefficients h * N on.
        for (h, part) in group.chunks(L::N * width).enumerate() {
            columns(lane, part, width, limbs);
            let flipped = lane.xor(lane.load(&limbs[width - 1]), top);
            lane.store(&mut limbs[width - 1], flipped);
            for (k, digit) in digits.iter_mut().enumerate() {
                let (t, shift) = (BITS * k / 64, (BITS * k % 64) as u64);
                let (low, high) = (lane.load(&limbs[t]), lane.load(&limbs[t + 1]));
                let pair = lane.or(lane.shift_right_by(low, shift), lane.shift_left_by(high, 64 - shift));
                lane.store(&mut L::chunks_mut(digit).0[h], F::form(lane, lane.and(pair, lane.splat(MASK))));
            }
        }
    }
}

/// At most a vector's number of rows to vectors of their limbs, and zeros beyond.
#[inline(always)]
fn columns<L: Lane>(lane: L, rows: &[u64], width: usize, limbs: &mut [L::Chunk]) {
    for (b, limbs) in limbs.chunks_exact_mut(GROUP).enumerate() {
        let mut v = [lane.splat(0); GROUP];
        for (i, v) in v.iter_mut().enumerate() {
            // Eight words of a row take one vector or two.
            let (row, from) = (L::N * i / GROUP, GROUP * b + L::N * i % GROUP);
            if let Some(row) = rows.get(row * width..(row + 1) * width) {
                *v = lane.load_part(&row[from.min(width)..width.min(from + L::N)]);
            }
        }
        for (limb, v) in limbs.iter_mut().zip(lane.transpose(v)) {
            lane.store(limb, v);
        }
    }
}

#[inline(always)]
fn lay_rows<L: IntegerLane, const W: usize>(lane: L, limbs: &[u64], planes: &mut Planes) {
    let digits = planes.digits;
    let (chunks, _) = limbs.as_chunks::<GROUP>();
    let (groups, _) = chunks.as_chunks::<W>();
    let mut out = planes.groups_mut().chunks_exact_mut(digits);
    for (rows, out) in groups.iter().zip(&mut out) {
        lay_group(lane, rows, out);
    }
    if let Some(out) = out.next() {
        let rest = &limbs[groups.len() * GROUP * W..];
        let mut rows = [[0; GROUP]; W];
        rows.as_flattened_mut()[..rest.len()].copy_from_slice(rest);
        lay_group(lane, &rows, out);
    }
}

#[inline(always)]
fn lay_group<L: IntegerLane, const W: usize>(lane: L, rows: &[[u64; GROUP]; W], out: &mut [[u64; GROUP]]) {
    let mut v = lane.load_rows(rows);
    v[W - 1] = lane.xor(v[W - 1], lane.splat(TOP));
    let out = &mut out[..(64 * W).div_ceil(BITS)];
    for (k, digit) in out.iter_mut().enumerate() {
        let (t, shift) = (BITS * k / 64, (BITS * k % 64) as u64);
        let mut pair = lane.shift_right_by(v[t], shift);
        if t + 1 < W {
            pair = lane.or(pair, lane.shift_left_by(v[t + 1], 64 - shift));
        }
        lane.store(digit, lane.and(pair, lane.splat(MASK)));
    }
}

/// The residues modulo one prime of a range of coefficients.
pub(super) struct Split<'a> {
    pub(super) prime: &'a Prime,
    pub(super) planes: &'a Planes,
    pub(super) range: Range<usize>,
    pub(super) out: &'a mut [u64],
}

impl Task for Split<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        A::new(lane, self.prime).split(self);
    }
}

/// Digits of a group to its residues, words: a method, since a closure would not be inlined for certain.
pub(super) trait Residues {
    fn residues(&self, digits: &[[u64; GROUP]], out: &mut [u64; GROUP]);
}

impl Split<'_> {
    #[inline(always)]
    pub(super) fn each(self, all: impl Residues) {
        let Split { planes, range, out, .. } = self;
        let digits = planes.digits;
        let mut at = range.start;
        let mut out = &mut out[..range.len()];
        for group in planes.groups()[range.start / GROUP * digits..].chunks_exact(digits) {
            if out.is_empty() {
                return;
            }
            let skip = at % GROUP;
            let count = (GROUP - skip).min(out.len());
            let to;
            (to, out) = out.split_at_mut(count);
            if let Ok(chunk) = <&mut [u64; GROUP]>::try_from(&mut *to) {
                all.residues(group, chunk);
            } else {
                let mut chunk = [0; GROUP];
                all.residues(group, &mut chunk);
                to.copy_from_slice(&chunk[skip..skip + count]);
            }
            at += count;
        }
    }
}

/// Residues below 2p, a little more for rows over four limbs.
#[inline(always)]
pub(super) fn split<L: IntegerLane, const FUSED: bool>(a: Ifma<L, FUSED>, split: Split<'_>) {
    match split.planes.digits {
        3 => split_fixed::<L, FUSED, 3>(a, split),
        4 => split_fixed::<L, FUSED, 4>(a, split),
        5 => split_fixed::<L, FUSED, 5>(a, split),
        7 => split_fixed::<L, FUSED, 7>(a, split),
        8 => split_fixed::<L, FUSED, 8>(a, split),
        9 => split_fixed::<L, FUSED, 9>(a, split),
        10 => split_fixed::<L, FUSED, 10>(a, split),
        _ => split_any(a, split),
    }
}

/// `p` and the sign's part of the residue: what is added at the end, in `p..2p`.
fn sign(prime: &Prime, width: usize) -> u64 {
    prime.p() + prime.modulus().neg(prime.power_of_two(64 * width as u64 - 1))
}

/// A number of digits that the compiler knows, with their weights.
struct Fixed<L: IntegerLane, const FUSED: bool, const D: usize> {
    a: Ifma<L, FUSED>,
    weights: [L::V; D],
    sign: L::V,
}

impl<L: IntegerLane, const FUSED: bool, const D: usize> Residues for Fixed<L, FUSED, D> {
    #[inline(always)]
    fn residues(&self, digits: &[[u64; GROUP]], out: &mut [u64; GROUP]) {
        let (a, lane) = (self.a, self.a.lane());
        let digits: &[[u64; GROUP]; D] = digits.try_into().expect("digits of the same rows");
        let (mut low, mut high) = (lane.splat(0), self.sign);
        for (d, &w) in digits.iter().zip(&self.weights) {
            let d = lane.load(d);
            low = lane.low(low, d, w);
            high = lane.high(high, d, w);
        }
        let sum = a.montgomery(high, low);
        // Every high half is below p, and 8p a value.
        let sum = if D + 2 < 8 { a.masked(a.reduce(sum)) } else { a.reduce_word(sum, lane.splat(0)) };
        lane.store(out, sum);
    }
}

#[inline(always)]
fn split_fixed<L: IntegerLane, const FUSED: bool, const D: usize>(a: Ifma<L, FUSED>, split: Split<'_>) {
    let lane = a.lane();
    let mut weights: [V<Ifma<L, FUSED>>; D] = [lane.splat(0); D];
    for (k, weight) in weights.iter_mut().enumerate() {
        *weight = lane.splat(split.prime.power_of_two((BITS * (k + 1)) as u64));
    }
    let sign = lane.splat(sign(split.prime, split.planes.width));
    split.each(Fixed { a, weights, sign });
}

/// Any number of digits.
struct Any<'a, L: IntegerLane, const FUSED: bool> {
    a: Ifma<L, FUSED>,
    weights: &'a [u64],
    sign: L::V,
}

impl<L: IntegerLane, const FUSED: bool> Residues for Any<'_, L, FUSED> {
    #[inline(always)]
    fn residues(&self, digits: &[[u64; GROUP]], out: &mut [u64; GROUP]) {
        let (a, lane) = (self.a, self.a.lane());
        let zero = lane.splat(0);
        // Two chains each, for the latency.
        let (mut low, mut high, mut low1, mut high1) = (zero, self.sign, zero, zero);
        let (pairs, rest) = digits.as_chunks::<2>();
        let (weight_pairs, weight_rest) = self.weights.as_chunks::<2>();
        for (d, w) in pairs.iter().zip(weight_pairs) {
            let (d0, d1) = (lane.load(&d[0]), lane.load(&d[1]));
            let (w0, w1) = (lane.splat(w[0]), lane.splat(w[1]));
            low = lane.low(low, d0, w0);
            high = lane.high(high, d0, w0);
            low1 = lane.low(low1, d1, w1);
            high1 = lane.high(high1, d1, w1);
        }
        for (d, &w) in rest.iter().zip(weight_rest) {
            let (d, w) = (lane.load(d), lane.splat(w));
            low = lane.low(low, d, w);
            high = lane.high(high, d, w);
        }
        // low < 2^63, high < 2^61.
        let sum = a.montgomery(lane.add(high, high1), lane.add(low, low1));
        lane.store(out, a.reduce_word(sum, zero));
    }
}

#[inline(always)]
fn split_any<L: IntegerLane, const FUSED: bool>(a: Ifma<L, FUSED>, split: Split<'_>) {
    let weights = weights(split.prime, split.planes.digits + 1);
    let sign = a.lane().splat(sign(split.prime, split.planes.width));
    split.each(Any { a, weights: &weights[1..], sign });
}

/// `2^(52k) mod p` for the first `k`.
pub(super) fn weights(prime: &Prime, count: usize) -> Cow<'_, [u64]> {
    match prime.digit_powers().get(..count) {
        Some(weights) => weights.into(),
        None => {
            let base = prime.power_of_two(BITS as u64);
            let powers = std::iter::successors(Some(1 % prime.p()), |&w| Some(prime.modulus().mul(w, base)));
            powers.take(count).collect()
        }
    }
}
