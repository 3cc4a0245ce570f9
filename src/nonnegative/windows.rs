//! One window of a product: tilted, multiplied, certified, put in its place.
//!
//! It stands apart because the bound of the [module](super) is kept here: nothing leaves a window whose error was not
//! compared with what came out.

use super::kernels::{direct, direct_error, direct_reads, norm_above};
use super::plan::{NEGLECTED, Plan, Window};
use super::scaled::{SLOPE_BITS, Scaled, TILT_ERROR, is_whole, power_of_two, restored, tilted};
use crate::convolution::float_fft::{negacyclic, negacyclic_error};
use std::ops::Range;

/// A transform is trusted where its bound is below this share of the result.
const TOLERANCE: f64 = 1.0 / (1u64 << 42) as f64;

/// Memory of windows: the two factors, and what came out.
pub(super) type Spaces = [Vec<f64>; 3];

/// A product in work.
pub(super) struct Task<'a, 'b> {
    pub(super) plan: &'a Plan<'b>,
    pub(super) out: &'a mut Scaled,
    /// The output that stands at index `before`.
    pub(super) base: usize,
    pub(super) before: usize,
    /// The bound of the errors of what is there.
    pub(super) error: f64,
    /// Outputs that were not certified.
    pub(super) failed: Vec<Range<usize>>,
}

impl Task<'_, '_> {
    fn places(&mut self, outputs: &Range<usize>) -> (&mut [f64], &mut [i32]) {
        let range = outputs.start - self.base + self.before..outputs.end - self.base + self.before;
        (&mut self.out.m[range.clone()], &mut self.out.e[range])
    }

    /// The window by sums of products.
    #[inline(always)]
    pub(super) fn direct(&mut self, spaces: &mut Spaces, window: &Window) {
        let plan = self.plan;
        let (cut, other) = (plan.factors[window.cut], plan.factors[1 - window.cut]);
        let (terms, outputs) = (window.entries.len(), window.outputs.len());
        let others = window.others();
        // Whole bits round nothing; what they leave of the slope has to stay in the range.
        let whole = (window.tilt + (1 << (SLOPE_BITS - 1))) >> SLOPE_BITS << SLOPE_BITS;
        let left = ((window.tilt - whole) as f64 / f64::from(1u32 << SLOPE_BITS)).abs();
        let leans = left * (terms + outputs) as f64 + window.drop;
        let tilt = if leans < 300.0 { whole } else { window.tilt };
        let [x, y, z] = spaces;
        sized(x, terms);
        sized(y, direct_reads(terms, outputs));
        sized(z, outputs);
        let origins = [window.origins[window.cut], window.origins[1 - window.cut]];
        let from = others.start.max(0) as usize;
        let to = (others.end as usize).min(other.len());
        let pad = (from as i64 - others.start) as usize;
        let shifts = [
            scale(&plan.over[window.cut], window.entries.clone(), tilt, origins[0]),
            scale(&plan.over[1 - window.cut], from..to, tilt, origins[1]),
        ];
        let mut lost = tilted(cut, window.entries.start, (tilt, origins[0]), shifts[0], x);
        x.reverse();
        y[..pad].fill(0.0);
        lost |= tilted(other, from, (tilt, origins[1]), shifts[1], &mut y[pad..pad + to - from]);
        y[pad + to - from..].fill(0.0);
        direct(x, y, z);
        let first = window.outputs.start as i64 - window.origin() as i64;
        let (m, e) = self.places(&window.outputs);
        restored(z, first, tilt, shifts[0] + shifts[1], m, e);
        // Certify: nothing that was left out counts.
        let slope = window.tilt as f64 / f64::from(1u32 << SLOPE_BITS);
        let least = window.neglected + NEGLECTED;
        let mut bad: Option<Range<usize>> = None;
        for k in 0..outputs {
            let height = f64::from(e[k]) + (m[k] - 1.0) + slope * (first + k as i64) as f64;
            let small = z[k] < power_of_two(-400) && (lost || z[k] != 0.0);
            if height < least || small {
                bad = Some(bad.map_or(k, |b| b.start)..k + 1);
            }
        }
        self.error = self.error.max(
            direct_error(terms) + power_of_two(-56) + if is_whole(tilt) { 0.0 } else { 3.0 * TILT_ERROR },
        );
        if let Some(bad) = bad {
            self.failed.push(bad.start + window.outputs.start..bad.end + window.outputs.start);
        }
    }

    /// The window by a transform of `n` points; the outputs that are certified, the longest run of them.
    #[inline(always)]
    pub(super) fn transform(&mut self, spaces: &mut Spaces, window: &Window, n: usize) -> Range<usize> {
        let plan = self.plan;
        let [x, y, _] = spaces;
        let others = window.others();
        let (from, to) =
            (others.start.max(0) as usize, (others.end as usize).min(plan.factors[1 - window.cut].len()));
        let ranges = [window.entries.clone(), from..to];
        let (mut lost, mut norms, mut shift) = (false, 1.0, 0);
        for ((space, range), factor) in [&mut *x, y].into_iter().zip(ranges).zip([window.cut, 1 - window.cut])
        {
            let origin = window.origins[factor];
            let own = scale(&plan.over[factor], range.clone(), window.tilt, origin);
            sized(space, n);
            lost |= tilted(
                plan.factors[factor],
                range.start,
                (window.tilt, origin),
                own,
                &mut space[..range.len()],
            );
            space[range.len()..].fill(0.0);
            norms *= norm_above(&space[..range.len()]);
            shift += own;
        }
        negacyclic(x, y);
        let neglected = (window.neglected - shift as f64).max(-1000.0).exp2();
        let left_out = if lost { power_of_two(-470) } else { 0.0 };
        let bound = (negacyclic_error(n) * norms + neglected + left_out) * (1.0 + 2f64.powi(-40))
            + power_of_two(-300);
        let least = bound * (1.0 + 1.0 / TOLERANCE);
        let z = &x[window.outputs.start - window.entries.start - from..][..window.outputs.len()];
        // The longest run above the bound; one that fails alone would cut it.
        let (mut best, mut start) = (0..0, 0);
        for k in 0..=z.len() {
            if k == z.len() || z[k] < least {
                if k - start > best.len() {
                    best = start..k;
                }
                start = k + 1;
            }
        }
        let good = best.start + window.outputs.start..best.end + window.outputs.start;
        if best.is_empty() {
            return window.outputs.end..window.outputs.end;
        }
        let smallest = z[best.clone()].iter().copied().fold(f64::INFINITY, f64::min);
        self.error = self.error.max(1.001 * bound / (smallest - bound) + 3.0 * TILT_ERROR);
        let first = good.start as i64 - window.origin() as i64;
        let (m, e) = self.places(&good);
        restored(&z[best], first, window.tilt, shift, m, e);
        good
    }
}

fn sized(space: &mut Vec<f64>, len: usize) {
    space.resize(len, 0.0);
}

/// An exponent such that the tilted entries of a range are below 2 when divided by its power.
fn scale(over: &[f64], range: Range<usize>, tilt: i64, origin: usize) -> i64 {
    let slope = tilt as f64 / f64::from(1u32 << SLOPE_BITS);
    let mut most = f64::NEG_INFINITY;
    for i in range {
        most = most.max(over[i] + slope * (i as f64 - origin as f64));
    }
    (most + 0.1).floor() as i64
}
