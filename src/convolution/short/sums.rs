//! `c[k] = sum over i+j=k of a[i]*b[j]` for words, neighbouring outputs side by side in vectors.
//!
//! It stands apart from the schoolbook loops because there one output is a sum of its own, here a vector of outputs is: with
//! the longer operand between zeros and the other one reversed, `c[k + l] = sum over t of reversed[t] * padded[k + l + t]`
//! takes one load, one broadcast and one multiplication for all `l` of a vector, and no output has an end of its own.
//!
//! # Method
//! - [`Kind::Wrapping`]: products and sums modulo 2^64, here.
//! - [`Kind::Pairs`] and [`Kind::Halves`]: shorter words, packed, in [`blocks`](super::blocks).
//! - [`Kind::Digits`]: words of which the products are summed in three words, in [`digits`](super::digits).
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

use super::{
    blocks, digits,
    lane::{Lane, Task},
};
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
    /// Operands of 15 bits, sums of 31.
    Pairs,
    /// Residues of more than 32 bits, in two digits.
    Digits,
    /// So many products of 32-bit operands in one sum of 64 bits, beside a half of it.
    Halves {
        /// 1 at least.
        fold: usize,
    },
}

impl Kind {
    /// For operands of so many bits and sums of at most `sum`; none where products need more than a word.
    pub(in crate::convolution) fn of_integers(bits: (u64, u64), sum: u64) -> Option<Kind> {
        match bits.0.max(bits.1) {
            0..=15 if sum < 32 => Some(Kind::Pairs),
            // Each product is below 2^(bits.0 + bits.1) by 2^32 over `fold` at least.
            0..32 => Some(Kind::Halves { fold: 1 << (63 - bits.0 - bits.1).min(62) }),
            _ if sum < 64 => Some(Kind::Wrapping),
            _ => None,
        }
    }
}

/// The window of a product of `i64` into rows of one word or two. For pairs the operands have at most 15 bits and the sums 31; for
/// halves the operands have at most 31, and `fold` products stay below 2^63.
pub(super) fn integers_into<L: Lane>(
    lane: L,
    kind: Kind,
    (out, width): (&mut [u64], usize),
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
) -> Result<()> {
    let sign = |word: u64| ((word as i64) >> 63) as u64;
    match kind {
        Kind::Pairs if width == 1 => blocks::pairs(lane, out, (a, b), window),
        Kind::Pairs => {
            let count = window.len();
            let mut sums = scratch::take(count)?;
            blocks::pairs(lane, &mut sums, (a, b), window)?;
            for (row, &sum) in out.chunks_exact_mut(width).zip(sums.iter()) {
                row.fill(sign(sum));
                row[0] = sum;
            }
            Ok(())
        }
        Kind::Halves { fold } => blocks::halves(lane, (true, fold), (a, b), window, |place, mut sums| {
            let out = &mut out[place.start * width..place.end * width];
            let folded = sums.split().1.is_some();
            if width == 1 && !folded {
                return sums.write(out);
            }
            for (k, row) in out.chunks_exact_mut(width).enumerate() {
                let [low, high] = sums.get(k);
                let high =
                    if folded { i128::from(high as i64) << 32 } else { i128::from(sign(low) as i64) << 64 };
                let sum = high + i128::from(low);
                row[0] = sum as u64;
                if let [_, second, rest @ ..] = row {
                    *second = (sum >> 64) as u64;
                    rest.fill(sign(*second));
                }
            }
        }),
        Kind::Wrapping | Kind::Digits => {
            debug_assert_eq!(kind, Kind::Wrapping, "digits have no signs");
            let mut sums = Sums::<L>::new(a, b, &window)?;
            sums.enter(lane);
            for (row, &sum) in out.chunks_exact_mut(width).zip(sums.results()) {
                row.fill(sign(sum));
                row[0] = sum;
            }
            Ok(())
        }
    }
}

/// How products modulo `n` are summed, where the lane has a way, for so many coefficients of the shorter operand.
pub(super) fn kind_of_residues<L: Lane>(n: u128, short: usize) -> Option<Kind> {
    if n.is_power_of_two() {
        // Products of whole words cost as much as a fold at least.
        let halves = n <= 1 << 32;
        Some(if halves { Kind::Halves { fold: usize::MAX } } else { Kind::Wrapping })
    } else if n < 1 << 32 && n % 2 == 1 {
        let most = (n - 1) as u64;
        Some(Kind::Halves { fold: ((u64::MAX << 32) / (most * most)) as usize })
    } else {
        (L::HALVES && n > 1 << 32 && short <= digits::MAX_TERMS).then_some(Kind::Digits)
    }
}

/// The window of a product of residues, for the kind of [`kind_of_residues`].
pub(super) fn residues_into<L: Lane>(
    lane: L,
    kind: Kind,
    n: &WordModulus,
    out: &mut [u64],
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
) -> Result<()> {
    // For 2^64 all ones.
    let mask = n.modulus().is_power_of_two().then(|| (n.modulus() - 1) as u64);
    match kind {
        Kind::Halves { fold } => blocks::halves(lane, (false, fold), (a, b), window, |place, mut sums| {
            let out = &mut out[place];
            if mask.is_none() {
                let (low, high) = sums.split();
                lane.enter(Reduce { n: n.modulus() as u64, low, high });
            }
            sums.write(out);
            if let Some(mask) = mask {
                out.iter_mut().for_each(|out| *out &= mask);
            }
        }),
        Kind::Digits => digits::sums(lane, (a, b), window, |place, sums| {
            for (k, out) in out[place].iter_mut().enumerate() {
                let (low, high) = sums.get(k);
                *out = n.reduce_wide(high, low);
            }
        }),
        Kind::Wrapping | Kind::Pairs => {
            let mut sums = Sums::<L>::new(a, b, &window)?;
            sums.enter(lane);
            let mask = mask.expect("other moduli are no longer than 32 bits");
            out.iter_mut().zip(sums.results()).for_each(|(out, &sum)| *out = sum & mask);
            Ok(())
        }
    }
}

/// The operands as they are read, and room for the results.
struct Sums<L: Lane> {
    room: scratch::Scratch,
    /// Words of the padded operand, and of the reversed one.
    lens: [usize; 2],
    /// Where the padded operand is not zero, counted from the first output.
    used: Range<usize>,
    lane: std::marker::PhantomData<L>,
}

impl<L: Lane> Sums<L> {
    fn new(a: &[u64], b: &[u64], window: &Range<usize>) -> Result<Self> {
        let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        let (m, n) = (long.len(), short.len());
        let count = window.len().next_multiple_of(BLOCK);
        // Output k reads from place k on, n words, and coefficient i stands in place n - 1 + i.
        let lens = [count + n, n];
        let mut room = scratch::take(lens[0] + n + count)?;
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
        Ok(Sums { room, lens, used: start..end, lane: std::marker::PhantomData })
    }

    fn enter(&mut self, lane: L) {
        let (padded, rest) = self.room.split_at_mut(self.lens[0]);
        let (reversed, sums) = rest.split_at_mut(self.lens[1]);
        lane.enter(Correlate { padded, reversed, used: self.used.clone(), sums });
    }

    fn results(&self) -> &[u64] {
        &self.room[self.lens[0] + self.lens[1]..]
    }
}

/// Outputs are computed in groups of so many.
const BLOCK: usize = 8;

/// `sum over t of reversed[t] * padded[k + t]` for every k.
struct Correlate<'a> {
    padded: &'a [u64],
    reversed: &'a [u64],
    used: Range<usize>,
    sums: &'a mut [u64],
}

impl Task for Correlate<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(mut self, lane: L) {
        let mut k = 0;
        while self.sums.len() - k >= 4 * L::N {
            self.block::<L, 4>(lane, k);
            k += 4 * L::N;
        }
        while self.sums.len() - k >= 2 * L::N {
            self.block::<L, 2>(lane, k);
            k += 2 * L::N;
        }
        while k < self.sums.len() {
            self.block::<L, 1>(lane, k);
            k += L::N;
        }
    }
}

impl Correlate<'_> {
    /// `R` vectors of outputs from `k` on.
    #[inline(always)]
    fn block<L: Lane, const R: usize>(&mut self, lane: L, k: usize) {
        let wide = R * L::N;
        // Beside these the padded operand is zero.
        let first = (self.used.start + 1).saturating_sub(k + wide).min(self.reversed.len());
        let last = self.used.end.saturating_sub(k).clamp(first, self.reversed.len());
        let mut sums = [lane.splat(0); R];
        for (&factor, window) in self.reversed[first..last].iter().zip(self.padded[k + first..].windows(wide))
        {
            let y = lane.splat(factor);
            for r in 0..R {
                let x = lane.load(&window[r * L::N..(r + 1) * L::N]);
                sums[r] = lane.add_product_u64(sums[r], x, y);
            }
        }
        for (r, &sum) in sums.iter().enumerate() {
            lane.store(&mut self.sums[k + r * L::N..], sum);
        }
    }
}

/// `(2^32 high + low) mod n` into `low`, for an odd `n` below 2^32; so many words that they fill vectors.
pub(super) fn reduce<L: Lane>(lane: L, n: &WordModulus, low: &mut [u64], high: &mut [u64]) {
    lane.enter(Reduce { n: n.modulus() as u64, low, high: Some(high) });
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
pub(super) fn redc<L: Lane>(lane: L, x: L::V, [n, inverse]: [L::V; 2]) -> L::V {
    let zero = lane.splat(0);
    let m = lane.add_product_u32(zero, x, inverse);
    let upper = lane.shift_right(lane.add_product_u32(zero, m, n), 32);
    let y = lane.sub(lane.shift_right(x, 32), upper);
    lane.add(y, lane.and(lane.half(y), n))
}
