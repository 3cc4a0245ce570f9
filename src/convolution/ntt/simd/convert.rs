//! [`Planes`], [`Split`]: rows of limbs to residues, `x mod p = sum d[k] * (2^(52k) mod p)`, eight coefficients at a time.
//!
//! The 52-bit digits of the rows are laid out once, for all primes: group by group of eight coefficients, digit by digit.
//! Then a digit costs two multiply-and-adds a prime, unreduced: sums of low and of high halves. The sign is the
//! top bit flipped and its weight taken away, as everywhere.

use super::{
    arithmetic::{Arithmetic, Factor, V},
    ifma::{Ifma, MASK},
    lane::{IntegerLane, Task},
};
use crate::{convolution::ntt::prime::Prime, integer::IntegerSlice};
use std::ops::Range;

/// Digits at most, so that sums of products of 52 bits fit a word, with a factor of two to spare.
const MOST_DIGITS: usize = 2048;

/// Coefficients a group.
const GROUP: usize = 8;

/// The digits of a sequence of integers.
pub(crate) struct Planes {
    /// Of every group of eight coefficients, padded with zeros, the digits, least significant first.
    words: Vec<[u64; GROUP]>,
    digits: usize,
    width: usize,
}

impl Planes {
    /// The digits of rows, if that pays; `None` also when there is no memory for them.
    pub(super) fn new(rows: IntegerSlice<'_>) -> Option<Planes> {
        let width = rows.width();
        let digits = (64 * width).div_ceil(52);
        if digits > MOST_DIGITS {
            return None;
        }
        let mut words = Vec::new();
        words.try_reserve_exact(rows.len().div_ceil(GROUP) * digits).ok()?;
        let mut limbs = vec![[0; GROUP]; width + 1];
        for group in rows.limbs().chunks(GROUP * width) {
            if group.len() < GROUP * width {
                limbs.fill([0; GROUP]);
            }
            for (i, row) in group.chunks_exact(width).enumerate() {
                for (limb, &word) in limbs.iter_mut().zip(row) {
                    limb[i] = word;
                }
            }
            for top in &mut limbs[width - 1] {
                *top ^= 1 << 63;
            }
            for k in 0..digits {
                let (limb, shift) = (52 * k / 64, 52 * k % 64);
                let (low, high) = (&limbs[limb], &limbs[limb + 1]);
                let mut digit = [0; GROUP];
                for i in 0..GROUP {
                    let pair = u128::from(low[i]) | u128::from(high[i]) << 64;
                    digit[i] = (pair >> shift) as u64 & MASK;
                }
                words.push(digit);
            }
        }
        Some(Planes { words, digits, width })
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

/// Residues below 2p.
#[inline(always)]
pub(super) fn split<L: IntegerLane, const FUSED: bool>(
    a: Ifma<L, FUSED>,
    Split { prime, planes, range, out }: Split<'_>,
) {
    let lane = a.lane();
    let m = prime.modulus();
    let power = |k: usize| m.pow(2 % prime.p(), k as u64);
    let weights: Vec<u64> = (0..planes.digits).map(|k| power(52 * k)).collect();
    let sign = lane.splat(m.neg(power(64 * planes.width - 1)));
    let factor = |k| a.splat(<Ifma<L, FUSED> as Arithmetic>::factor(prime, power(k)));
    let (first, second) = (factor(52), factor(104));
    let mut at = range.start;
    while at < range.end {
        let (group, skip) = (at / GROUP, at % GROUP);
        let digits = &planes.words[group * planes.digits..(group + 1) * planes.digits];
        let residue = combine(a, digits, &weights, [first, second], sign);
        let count = (GROUP - skip).min(range.end - at);
        let out = &mut out[at - range.start..at - range.start + count];
        if let Ok(chunk) = <&mut [u64; GROUP]>::try_from(&mut *out) {
            a.store_words(chunk, residue);
        } else {
            let mut chunk = [0; GROUP];
            a.store_words(&mut chunk, residue);
            out.copy_from_slice(&chunk[skip..skip + count]);
        }
        at += count;
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn combine<L: IntegerLane, const FUSED: bool>(
    a: Ifma<L, FUSED>,
    digits: &[[u64; GROUP]],
    weights: &[u64],
    [first, second]: [Factor<L::V>; 2],
    sign: L::V,
) -> V<Ifma<L, FUSED>> {
    let lane = a.lane();
    let zero = lane.splat(0);
    // Two chains each, for the latency.
    let (mut low, mut high, mut low1, mut high1) = (zero, zero, zero, zero);
    let (pairs, rest) = digits.as_chunks::<2>();
    let (weight_pairs, weight_rest) = weights.as_chunks::<2>();
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
    let low = lane.add(low, low1);
    // low < 2^63, high < 2^60: the sum is low + high * 2^52, in three digits of 52 bits.
    let high = lane.add(lane.add(high, high1), lane.shift_right::<52>(low));
    let top = lane.shift_right::<52>(high);
    // Below 2p + 2p + p, then + 2p.
    let residue = a.add(a.add(a.reduce(low), sign), a.mul(high, first));
    a.reduce(a.add(residue, a.mul(top, second)))
}
