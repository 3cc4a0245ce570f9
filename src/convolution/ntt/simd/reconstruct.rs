//! [`Crt`]: explicit Chinese remaindering, eight integers at a time: `X = sum s_i*(M/p_i) - alpha*M` in digits of 52 bits.
//!
//! The sums and their exactness are those of [`crt`](crate::convolution::crt). Here a product with a digit is a low and
//! a high half, added to neighbouring digits: at most 514 of them below 2^52 and one carry pass from digit to digit.
//! `alpha` is one more term, with `-M` in two's complement. Digits are taken eight at a time, so that their sums stay
//! in registers.

use super::{
    arithmetic::Arithmetic,
    ifma::{Ifma, MASK},
    lane::{IntegerLane, Task},
};
use crate::{
    convolution::ntt::{Reconstruction, Weights},
    integer::WordModulus,
};
use std::marker::PhantomData;

/// Integers a group.
const GROUP: usize = 8;

/// Digits at a time.
const TILE: usize = 8;

/// A basis in the form that the vector unit reads.
pub(super) struct Crt<A: Arithmetic> {
    lane: A::Lane,
    terms: Vec<Term>,
    /// Of every cofactor and of `-M`: a zero, the digits, zeros up to a whole number of tiles.
    digits: Vec<u64>,
    /// Digits of an integer.
    count: usize,
    /// Words of a cofactor in `digits`.
    stride: usize,
    width: usize,
    arithmetic: PhantomData<fn() -> A>,
}

/// The step from a residue to `s_i`.
struct Term {
    p: u64,
    factor: [u64; 2],
    reciprocal: f64,
}

impl<A: Arithmetic> Crt<A> {
    pub(super) fn new(lane: A::Lane, weights: &Weights<'_>) -> Self {
        let terms: Vec<Term> = weights
            .primes
            .iter()
            .zip(weights.factors)
            .map(|(prime, factor)| Term {
                p: prime.p(),
                factor: A::factor(prime, factor.value),
                reciprocal: 1.0 / prime.p() as f64,
            })
            .collect();
        let width = weights.width;
        let count = (64 * width).div_ceil(52);
        let stride = 1 + count.next_multiple_of(TILE);
        let mut digits = vec![0; (terms.len() + 1) * stride];
        if width > 0 {
            let limb = |i: usize, t: usize| {
                if t < width { weights.limbs[t * (terms.len() + 1) + i] } else { 0 }
            };
            for (i, row) in digits.chunks_exact_mut(stride).enumerate() {
                for (k, digit) in row[1..=count].iter_mut().enumerate() {
                    let (t, shift) = (52 * k / 64, 52 * k % 64);
                    let pair = u128::from(limb(i, t)) | u128::from(limb(i, t + 1)) << 64;
                    *digit = (pair >> shift) as u64 & MASK;
                }
            }
        }
        Crt { lane, terms, digits, count, stride, width, arithmetic: PhantomData }
    }
}

impl<L: IntegerLane, const FUSED: bool> Reconstruction for Crt<Ifma<L, FUSED>> {
    fn rows(&self, residues: &[Vec<u64>], first: usize, out: &mut [u64]) {
        self.lane.enter::<Ifma<L, FUSED>, _>(Rows { crt: self, residues, first, out });
    }

    fn words(
        &self,
        residues: &[Vec<u64>],
        first: usize,
        modulus: &WordModulus,
        weights: &[u64],
        out: &mut [u64],
    ) {
        self.lane.enter::<Ifma<L, FUSED>, _>(Words { crt: self, residues, first, modulus, weights, out });
    }
}

struct Rows<'a, L: IntegerLane, const FUSED: bool> {
    crt: &'a Crt<Ifma<L, FUSED>>,
    residues: &'a [Vec<u64>],
    first: usize,
    out: &'a mut [u64],
}

struct Words<'a, L: IntegerLane, const FUSED: bool> {
    crt: &'a Crt<Ifma<L, FUSED>>,
    residues: &'a [Vec<u64>],
    first: usize,
    modulus: &'a WordModulus,
    weights: &'a [u64],
    out: &'a mut [u64],
}

/// `s_1, ..., s_n, alpha` of at most eight outputs.
#[cfg_attr(not(debug_assertions), inline(always))]
fn parts<L: IntegerLane>(
    lane: L,
    terms: &[Term],
    residues: &[Vec<u64>],
    range: std::ops::Range<usize>,
    parts: &mut [[u64; GROUP]],
) {
    let (zero, mask) = (lane.splat(0), lane.splat(MASK));
    let mut sum = lane.doubles(0.5);
    for ((term, residues), part) in terms.iter().zip(residues).zip(parts.iter_mut()) {
        let residues = &residues[range.clone()];
        let x = match <&[u64; GROUP]>::try_from(residues) {
            Ok(chunk) => lane.load(chunk),
            Err(_) => lane.load(&L::partial(residues)),
        };
        let (w, quotient) = (lane.splat(term.factor[0]), lane.splat(term.factor[1]));
        let q = lane.high(zero, x, quotient);
        let t = lane.low(lane.low(zero, x, w), q, lane.splat((1 << 52) - term.p));
        let t = lane.and(t, mask);
        let s = lane.min(t, lane.sub(t, lane.splat(term.p)));
        sum = lane.accumulate(sum, s, term.reciprocal);
        lane.store(part, s);
    }
    lane.store(&mut parts[terms.len()], lane.floor(sum));
}

/// `N` digits of all integers of a group, `from` on; returns the carry.
#[cfg_attr(not(debug_assertions), inline(always))]
fn tile<L: IntegerLane, const N: usize>(
    lane: L,
    parts: &[[u64; GROUP]],
    (digits, stride): (&[u64], usize),
    from: usize,
    carry: L::V,
    out: &mut [[u64; GROUP]],
) -> L::V {
    let mut sums = [lane.splat(0); N];
    for (part, digits) in parts.iter().zip(digits.chunks_exact(stride)) {
        let s = lane.load(part);
        // The digit before the first belongs to the high halves.
        let digits = &digits[from..from + N + 1];
        for k in 0..N {
            sums[k] = lane.high(sums[k], s, lane.splat(digits[k]));
        }
        for k in 0..N {
            sums[k] = lane.low(sums[k], s, lane.splat(digits[k + 1]));
        }
    }
    let (mask, mut carry) = (lane.splat(MASK), carry);
    let out = &mut out[from..from + N];
    for k in 0..N {
        let sum = lane.add(sums[k], carry);
        carry = lane.shift_right::<52>(sum);
        lane.store(&mut out[k], lane.and(sum, mask));
    }
    carry
}

impl<L: IntegerLane, const FUSED: bool> Task for Rows<'_, L, FUSED> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Rows { crt, residues, first, out } = self;
        let (lane, width) = (crt.lane, crt.width);
        let mut shares = vec![[0; GROUP]; crt.terms.len() + 1];
        let mut digits = vec![[0; GROUP]; crt.count.next_multiple_of(TILE) + 2];
        let table = (&crt.digits[..], crt.stride);
        for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
            let start = first + GROUP * g;
            parts(lane, &crt.terms, residues, start..start + out.len() / width, &mut shares);
            let (mut from, mut carry) = (0, lane.splat(0));
            while from < crt.count {
                carry = match crt.count - from {
                    1 | 2 => tile::<L, 2>(lane, &shares, table, from, carry, &mut digits),
                    3 => tile::<L, 3>(lane, &shares, table, from, carry, &mut digits),
                    4 => tile::<L, 4>(lane, &shares, table, from, carry, &mut digits),
                    5 => tile::<L, 5>(lane, &shares, table, from, carry, &mut digits),
                    _ => tile::<L, TILE>(lane, &shares, table, from, carry, &mut digits),
                };
                from += TILE;
            }
            for t in 0..width {
                let (k, shift) = (64 * t / 52, 64 * t % 52);
                // A limb has bits of two digits, or of three.
                let low = lane.shift_right_by(lane.load(&digits[k]), shift as u64);
                let middle = lane.shift_left_by(lane.load(&digits[k + 1]), 52 - shift as u64);
                let high = lane.shift_left_by(lane.load(&digits[k + 2]), 104 - shift as u64);
                let mut limbs = [0; GROUP];
                // Bits do not overlap.
                lane.store(&mut limbs, lane.add(low, lane.add(middle, high)));
                if width == 1 {
                    out.copy_from_slice(&limbs[..out.len()]);
                } else {
                    for (row, limb) in out.chunks_exact_mut(width).zip(limbs) {
                        row[t] = limb;
                    }
                }
            }
        }
    }
}

impl<L: IntegerLane, const FUSED: bool> Task for Words<'_, L, FUSED> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, _lane: A::Lane) {
        let Words { crt, residues, first, modulus, weights, out } = self;
        let mut shares = vec![[0; GROUP]; crt.terms.len() + 1];
        for (g, out) in out.chunks_mut(GROUP).enumerate() {
            let start = first + GROUP * g;
            parts(crt.lane, &crt.terms, residues, start..start + out.len(), &mut shares);
            for (i, out) in out.iter_mut().enumerate() {
                let mut sum = 0u128;
                for (share, &weight) in shares.iter().zip(weights) {
                    sum += u128::from(share[i]) * u128::from(weight);
                }
                *out = modulus.reduce_u128(sum);
            }
        }
    }
}
