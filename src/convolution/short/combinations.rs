//! `c[r][j] = sum over t of factors[r][t] * rows[t][j]` modulo a word: linear combinations of the same rows, a product of matrices, neighbouring
//! columns side by side in vectors.
//!
//! It stands apart from products of sequences because no row is moved against another one here: a vector of columns meets one factor of each of four
//! combinations, and all their sums stay in registers.
//!
//! # Method
//! The rows are packed in panels of as many columns as the registers hold, row after row. Residues of 32 bits: sums of 64 bits, parted into halves after `fold`
//! products, as in [`blocks`](super::blocks). Longer ones, where a product of two digits comes in halves: sums of three words, as in [`digits`](super::digits).
//!
//! Output convention: `=`. Scratch: the rows, and the sums of four combinations.

use super::{
    digits::MAX_TERMS,
    lane::{Lane, Task},
    sums::{self, Kind},
};
use crate::{Result, convolution::scratch, integer::WordModulus};

/// Combinations that are computed together.
const GROUP: usize = 4;

/// Combinations to `len` columns, each with a factor for as many rows as it has; nothing where the lane has no way. There are as many rows as the longest
/// combination has factors at least, and one at least.
pub(super) fn combinations<L: Lane>(
    lane: L,
    n: &WordModulus,
    factors: &[&[u64]],
    rows: &[&[u64]],
    len: usize,
) -> Result<Option<Vec<Vec<u64>>>> {
    let (digits, fold) = match sums::kind_of_residues::<L>(n.modulus(), rows.len()) {
        Some(Kind::Halves { fold }) => (1, fold.clamp(1, rows.len())),
        Some(Kind::Digits) if rows.len() <= MAX_TERMS => (2, 1),
        _ => return Ok(None),
    };
    // Two vectors of halves or the two digits of one.
    let columns = 2 / digits * L::N;
    let padded = len.next_multiple_of(columns);
    let panel = rows.len() * 2 * L::N;
    let planes = digits + 1;
    let mut room =
        scratch::take(padded * rows.len() * digits + planes * GROUP * padded + GROUP * rows.len())?;
    let (matrix, rest) = room.split_at_mut(padded * rows.len() * digits);
    let (sums, packed) = rest.split_at_mut(planes * GROUP * padded);
    for (p, panel) in matrix.chunks_exact_mut(panel).enumerate() {
        for (to, row) in panel.chunks_exact_mut(2 * L::N).zip(rows) {
            let from = row.get(p * columns..).unwrap_or(&[]);
            let from = &from[..from.len().min(columns).min(len - p * columns)];
            if digits == 1 {
                to[..from.len()].copy_from_slice(from);
                to[from.len()..].fill(0);
            } else {
                to.fill(0);
                for (k, &word) in from.iter().enumerate() {
                    (to[k], to[L::N + k]) = (word & ((1 << 52) - 1), word >> 52);
                }
            }
        }
    }
    let mut results = Vec::with_capacity(factors.len());
    for group in factors.chunks(GROUP) {
        for (t, to) in packed.chunks_exact_mut(GROUP).enumerate() {
            for (r, to) in to.iter_mut().enumerate() {
                *to = group.get(r).and_then(|factors| factors.get(t)).copied().unwrap_or(0);
            }
        }
        let (packed, matrix) = (&*packed, &*matrix);
        if digits == 1 {
            let (low, high) = sums.split_at_mut(GROUP * padded);
            lane.enter(Halves { packed, matrix, fold, padded, low, high });
            if n.modulus().is_power_of_two() {
                low.iter_mut().for_each(|low| *low &= (n.modulus() - 1) as u64);
            } else {
                sums::reduce(lane, n, low, high);
            }
            results.extend(low.chunks_exact(padded.max(1)).take(group.len()).map(|row| row[..len].to_vec()));
        } else {
            lane.enter(Digits { packed, matrix, padded, sums });
            let plane = GROUP * padded;
            results.extend((0..group.len()).map(|r| {
                let digits = |k: usize| [0, 1, 2].map(|digit| sums[digit * plane + r * padded + k]);
                let reduced = |k: usize| {
                    let [c0, c1, c2] = digits(k);
                    let below = u128::from(c0) + (u128::from(c1) << 52);
                    let (low, carry) = below.overflowing_add(u128::from(c2) << 104);
                    n.reduce_wide((c2 >> 24) + u64::from(carry), low)
                };
                (0..len).map(reduced).collect()
            }));
        }
    }
    Ok(Some(results))
}

/// Sums of products of halves of words.
struct Halves<'a> {
    /// The factors of all combinations of the group for one row after the other.
    packed: &'a [u64],
    matrix: &'a [u64],
    fold: usize,
    padded: usize,
    low: &'a mut [u64],
    high: &'a mut [u64],
}

impl Task for Halves<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Halves { packed, matrix, fold, padded, low, high } = self;
        let zero = lane.splat(0);
        let mask = lane.splat(u64::from(u32::MAX));
        let rows = packed.len() / GROUP;
        for (p, panel) in matrix.chunks_exact(rows * 2 * L::N).enumerate() {
            let mut sums = [[[zero; 2]; 2]; GROUP];
            for (factors, panel) in packed.chunks(fold * GROUP).zip(panel.chunks(fold * 2 * L::N)) {
                let mut part = [[zero; 2]; GROUP];
                for (factors, row) in factors.chunks_exact(GROUP).zip(panel.chunks_exact(2 * L::N)) {
                    let x = [lane.load(&row[..L::N]), lane.load(&row[L::N..])];
                    for r in 0..GROUP {
                        let y = lane.splat_half(factors[r]);
                        part[r][0] = lane.add_product_u32(part[r][0], x[0], y);
                        part[r][1] = lane.add_product_u32(part[r][1], x[1], y);
                    }
                }
                for (sums, part) in sums.iter_mut().zip(part) {
                    for (sum, part) in sums.iter_mut().zip(part) {
                        sum[0] = lane.add(sum[0], lane.and(part, mask));
                        sum[1] = lane.add(sum[1], lane.shift_right(part, 32));
                    }
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                for (k, [l, h]) in sums.iter().enumerate() {
                    let at = r * padded + (2 * p + k) * L::N;
                    lane.store(&mut low[at..], *l);
                    lane.store(&mut high[at..], *h);
                }
            }
        }
    }
}

/// Sums of products of words in two digits.
struct Digits<'a> {
    packed: &'a [u64],
    matrix: &'a [u64],
    padded: usize,
    sums: &'a mut [u64],
}

impl Task for Digits<'_> {
    type Output = ();
    #[inline(always)]
    fn run<L: Lane>(self, lane: L) {
        let Digits { packed, matrix, padded, sums: out } = self;
        let zero = lane.splat(0);
        let rows = packed.len() / GROUP;
        for (p, panel) in matrix.chunks_exact(rows * 2 * L::N).enumerate() {
            let mut sums = [[zero; 3]; GROUP];
            for (factors, row) in packed.chunks_exact(GROUP).zip(panel.chunks_exact(2 * L::N)) {
                let [x0, x1] = [lane.load(&row[..L::N]), lane.load(&row[L::N..])];
                for r in 0..GROUP {
                    let y0 = lane.splat(factors[r] & ((1 << 52) - 1));
                    let y1 = lane.splat(factors[r] >> 52);
                    let [c0, c1, c2] = &mut sums[r];
                    *c0 = lane.add_low(*c0, x0, y0);
                    *c1 = lane.add_high(*c1, x0, y0);
                    *c2 = lane.add_high(*c2, x0, y1);
                    *c1 = lane.add_low(*c1, x0, y1);
                    *c2 = lane.add_high(*c2, x1, y0);
                    *c1 = lane.add_low(*c1, x1, y0);
                    *c2 = lane.add_low(*c2, x1, y1);
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                for (digit, sum) in sums.iter().enumerate() {
                    lane.store(&mut out[(digit * GROUP + r) * padded + p * L::N..], *sum);
                }
            }
        }
    }
}
