//! `c[k] = sum over i+j=k of a[i]*b[j]` for words, neighbouring outputs side by side in vectors.
//!
//! It stands apart from the schoolbook loops because there one output is a sum of its own, here a vector of outputs is: with
//! the longer operand between zeros and the other one reversed, `c[k + l] = sum over t of reversed[t] * padded[k + l + t]`
//! takes one load, one broadcast and one multiplication for all `l` of a vector, and no output has an end of its own.
//!
//! # Method
//! - [`Kind::Wrapping`]: products and sums modulo 2^64.
//! - [`Kind::Halves`]: operands of 32 bits. After `fold` products a sum parts into its halves, which are summed for
//!   themselves: `c = 2^32 high + low`.
//!
//! Residues modulo an odd `n` below 2^32 are reduced by Montgomery's method, a vector at a time. With `m = x n^-1 mod 2^32`,
//! `(x - m n) / 2^32 = floor(x / 2^32) - floor(m n / 2^32)`, for the lower halves are equal: between `-n` and 2^32, so that
//! one addition of `n` where it is negative leaves 32 bits, and a residue where `x < 2^32 n`. With `R = 2^32`,
//! `redc(x) = x / R`:
//!
//! - one sum: `redc(redc(x) (R^2 mod n))`;
//! - two: `y = high + redc(low) < 2^63`, `redc(redc(y) (R^3 mod n))`; here `y / R < 2^31` bounds the inner one.
//!
//! Output convention: `=`, operands and results as in [`schoolbook`](super::super::schoolbook) and
//! [`words`](super::super::words). Scratch: some three times the operands.
//!
//! # Source
//! P. Montgomery, "Modular multiplication without trial division", Math. Comp. 44 (1985).

use super::lane::{Lane, Task};
use crate::{
    Result,
    convolution::scratch,
    integer::{WordModulus, limbs::inverse_mod_word},
};
use std::ops::Range;

/// How products are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::convolution) enum Kind {
    /// Modulo 2^64.
    Wrapping,
    /// So many products of 32-bit operands in one sum of 64 bits.
    Halves {
        /// 1 at least.
        fold: usize,
    },
}

/// The window of a product of `i64` into rows of one word or two. For halves the operands are below 2^31 in absolute
/// value, and `fold` products below 2^63.
pub(super) fn integers_into<L: Lane>(
    lane: L,
    kind: Kind,
    (out, width): (&mut [u64], usize),
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
) -> Result<()> {
    let mut sums = Sums::<L>::new(a, b, &window)?;
    match kind {
        Kind::Wrapping => sums.enter::<WRAPPING>(lane, usize::MAX),
        Kind::Halves { fold } => sums.enter::<SIGNED>(lane, fold),
    }
    let (low, high) = sums.results();
    if width == 1 {
        let whole = matches!(kind, Kind::Halves { fold } if fold < sums.terms);
        for (k, out) in out.iter_mut().enumerate() {
            *out = if whole { low[k].wrapping_add(high[k] << 32) } else { low[k] };
        }
    } else if matches!(kind, Kind::Halves { fold } if fold < sums.terms) {
        for (row, (&low, &high)) in out.as_chunks_mut::<2>().0.iter_mut().zip(low.iter().zip(high)) {
            let sum = (i128::from(high as i64) << 32) + i128::from(low);
            *row = [sum as u64, (sum >> 64) as u64];
        }
    } else {
        for (row, &sum) in out.as_chunks_mut::<2>().0.iter_mut().zip(low) {
            *row = [sum, ((sum as i64) >> 63) as u64];
        }
    }
    Ok(())
}

/// How products modulo `n` are summed, where it can be done here.
pub(in crate::convolution) fn kind_of_residues(n: u128) -> Option<Kind> {
    if n.is_power_of_two() {
        // Products of whole words cost as much as a fold at least.
        let halves = n <= 1 << 32;
        Some(if halves { Kind::Halves { fold: usize::MAX } } else { Kind::Wrapping })
    } else if n < 1 << 32 && n % 2 == 1 {
        let most = (n - 1) as u64;
        Some(Kind::Halves { fold: (u64::MAX / (most * most)) as usize })
    } else {
        None
    }
}

/// The window of a product of residues modulo a power of two, or modulo an odd number of at most 32 bits.
pub(super) fn residues_into<L: Lane>(
    lane: L,
    kind: Kind,
    n: &WordModulus,
    out: &mut [u64],
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
) -> Result<()> {
    let mut sums = Sums::<L>::new(a, b, &window)?;
    let fold = match kind {
        Kind::Wrapping => {
            sums.enter::<WRAPPING>(lane, usize::MAX);
            usize::MAX
        }
        Kind::Halves { fold } => {
            sums.enter::<UNSIGNED>(lane, fold);
            fold
        }
    };
    if n.modulus().is_power_of_two() {
        let mask = (n.modulus() - 1) as u64;
        out.iter_mut().zip(sums.results().0).for_each(|(out, &sum)| *out = sum & mask);
        return Ok(());
    }
    let folded = fold < sums.terms;
    let (low, high) = sums.results_mut();
    lane.enter(Reduce { n: n.modulus() as u64, low: &mut *low, high: folded.then_some(high) });
    out.copy_from_slice(&low[..out.len()]);
    Ok(())
}

const WRAPPING: u8 = 0;
const SIGNED: u8 = 1;
const UNSIGNED: u8 = 2;

/// The operands as they are read, and room for the results.
struct Sums<L: Lane> {
    room: scratch::Scratch,
    /// Words of the padded operand, of the reversed one, of the results.
    lens: [usize; 3],
    /// Where the padded operand is not zero, counted from the first output.
    used: Range<usize>,
    /// The most products of an output.
    terms: usize,
    lane: std::marker::PhantomData<L>,
}

impl<L: Lane> Sums<L> {
    fn new(a: &[u64], b: &[u64], window: &Range<usize>) -> Result<Self> {
        let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        let (m, n) = (long.len(), short.len());
        let count = window.len().next_multiple_of(BLOCK);
        // Output k reads from place k on, n words, and coefficient i stands in place n - 1 + i.
        let lens = [count + n, n, count];
        let mut room = scratch::take(lens[0] + n + 2 * count)?;
        let (padded, rest) = room.split_at_mut(lens[0]);
        let start = (n - 1).saturating_sub(window.start).min(lens[0]);
        let from = (window.start + start + 1).saturating_sub(n).min(m);
        let end = (start + m - from).min(lens[0]);
        padded[..start].fill(0);
        padded[start..end].copy_from_slice(&long[from..from + end - start]);
        padded[end..].fill(0);
        for (to, &from) in rest[..n].iter_mut().zip(short.iter().rev()) {
            *to = from;
        }
        Ok(Sums { room, lens, used: start..end, terms: n, lane: std::marker::PhantomData })
    }

    fn enter<const KIND: u8>(&mut self, lane: L, fold: usize) {
        let (padded, rest) = self.room.split_at_mut(self.lens[0]);
        let (reversed, results) = rest.split_at_mut(self.lens[1]);
        let (low, high) = results.split_at_mut(self.lens[2]);
        let used = self.used.clone();
        lane.enter(Correlate::<KIND> { padded, reversed, used, fold, low, high });
    }

    fn results(&self) -> (&[u64], &[u64]) {
        self.room[self.lens[0] + self.lens[1]..].split_at(self.lens[2])
    }

    fn results_mut(&mut self) -> (&mut [u64], &mut [u64]) {
        self.room[self.lens[0] + self.lens[1]..].split_at_mut(self.lens[2])
    }
}

/// Outputs are computed in groups of so many.
const BLOCK: usize = 8;

/// `sum over t of reversed[t] * padded[k + t]` for every k.
struct Correlate<'a, const KIND: u8> {
    padded: &'a [u64],
    reversed: &'a [u64],
    used: Range<usize>,
    fold: usize,
    low: &'a mut [u64],
    high: &'a mut [u64],
}

impl<const KIND: u8> Task for Correlate<'_, KIND> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(mut self, lane: L) {
        let mut k = 0;
        while self.low.len() - k >= 4 * L::N {
            self.block::<L, 4>(lane, k);
            k += 4 * L::N;
        }
        while self.low.len() - k >= 2 * L::N {
            self.block::<L, 2>(lane, k);
            k += 2 * L::N;
        }
        while k < self.low.len() {
            self.block::<L, 1>(lane, k);
            k += L::N;
        }
    }
}

impl<const KIND: u8> Correlate<'_, KIND> {
    /// `R` vectors of outputs from `k` on.
    #[inline(always)]
    fn block<L: Lane, const R: usize>(&mut self, lane: L, k: usize) {
        let zero = lane.splat(0);
        let low_half = lane.splat(u64::from(u32::MAX));
        let wide = R * L::N;
        // Beside these the padded operand is zero.
        let first = (self.used.start + 1).saturating_sub(k + wide).min(self.reversed.len());
        let last = self.used.end.saturating_sub(k).clamp(first, self.reversed.len());
        let folds = last - first > self.fold;
        let (mut low, mut high) = ([zero; R], [zero; R]);
        for part in
            self.reversed[first..last].chunks(self.fold).zip((first..).step_by(self.fold.min(1 << 32)))
        {
            let (factors, at) = part;
            let mut sum = if folds { [zero; R] } else { low };
            for (&factor, window) in factors.iter().zip(self.padded[k + at..].windows(wide)) {
                let y = lane.splat(factor);
                for r in 0..R {
                    let x = lane.load(&window[r * L::N..(r + 1) * L::N]);
                    sum[r] = match KIND {
                        WRAPPING => lane.add_product_u64(sum[r], x, y),
                        SIGNED => lane.add_product_i32(sum[r], x, y),
                        _ => lane.add_product_u32(sum[r], x, y),
                    };
                }
            }
            if folds {
                for r in 0..R {
                    low[r] = lane.add(low[r], lane.and(sum[r], low_half));
                    let upper = if KIND == SIGNED { lane.half(sum[r]) } else { lane.shift_right(sum[r], 32) };
                    high[r] = lane.add(high[r], upper);
                }
            } else {
                low = sum;
            }
        }
        if !folds && self.reversed.len() > self.fold {
            // Short sums at the ends are whole, where others are halves.
            for r in 0..R {
                high[r] = if KIND == SIGNED { lane.half(low[r]) } else { lane.shift_right(low[r], 32) };
                low[r] = lane.and(low[r], low_half);
            }
        }
        for r in 0..R {
            lane.store(&mut self.low[k + r * L::N..], low[r]);
            lane.store(&mut self.high[k + r * L::N..], high[r]);
        }
    }
}

/// `(2^32 high + low) mod n` into `low`, for an odd `n` below 2^32.
struct Reduce<'a> {
    n: u64,
    low: &'a mut [u64],
    high: Option<&'a mut [u64]>,
}

impl Task for Reduce<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let square = (u64::MAX % self.n + 1) % self.n;
        let cube = (square << 32) % self.n;
        let n = lane.splat(self.n);
        let inverse = lane.splat(inverse_mod_word(self.n));
        let zero = lane.splat(0);
        let constants = [n, inverse];
        if let Some(high) = self.high {
            let cube = lane.splat(cube);
            for (low, high) in self.low.chunks_exact_mut(L::N).zip(high.chunks_exact(L::N)) {
                let y = lane.add(lane.load(high), redc(lane, lane.load(low), constants));
                let y = lane.add_product_u32(zero, redc(lane, y, constants), cube);
                lane.store(low, redc(lane, y, constants));
            }
        } else {
            let square = lane.splat(square);
            for low in self.low.chunks_exact_mut(L::N) {
                let y = lane.add_product_u32(zero, redc(lane, lane.load(low), constants), square);
                lane.store(low, redc(lane, y, constants));
            }
        }
    }
}

/// `x / 2^32 mod n`, in 32 bits.
#[inline(always)]
fn redc<L: Lane>(lane: L, x: L::V, [n, inverse]: [L::V; 2]) -> L::V {
    let zero = lane.splat(0);
    let m = lane.add_product_u32(zero, x, inverse);
    let upper = lane.shift_right(lane.add_product_u32(zero, m, n), 32);
    let y = lane.sub(lane.shift_right(x, 32), upper);
    lane.add(y, lane.and(lane.half(y), n))
}
