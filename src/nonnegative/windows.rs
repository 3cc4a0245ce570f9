//! One window of a product: tilted, multiplied, certified, put in its place.
//!
//! It stands apart because the bound of the [module](super) is kept here: nothing leaves a window whose error was not
//! compared with what came out.

use super::kernels::{direct, direct_error, direct_reads, norm_above};
use super::plan::{NEGLECTED, Plan, Window};
use super::scaled::{
    Progression, SLOPE_BITS, Scaled, TILT_ERROR, View, ZERO, is_whole, normal, power_of_two, restored, tilted,
};
use crate::convolution::Vectorise;
use crate::convolution::float_fft::{negacyclic, negacyclic_error};
use std::ops::Range;

/// A transform is trusted where its bound is below this share of the result.
const TOLERANCE: f64 = 1.0 / (1u64 << 42) as f64;

/// Outputs of direct windows are above `2^SMALLEST` where anything was left out: fewer than `2^32` products below `2^-465` are less
/// than `2^-57` of that.
const SMALLEST: i64 = -376;

/// Memory of windows: the two factors, and what came out.
pub(super) type Spaces = [Vec<f64>; 3];

/// A window by sums of products.
pub(super) struct Direct<'t, 'a, 'b> {
    pub(super) task: &'t mut Task<'a, 'b>,
    pub(super) spaces: &'t mut Spaces,
    pub(super) window: &'t Window,
}

impl Vectorise for Direct<'_, '_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.task.direct(self.spaces, self.window);
    }
}

/// A window by a transform of `points` points; what is not certified of it, in order.
pub(super) struct Transform<'t, 'a, 'b> {
    pub(super) task: &'t mut Task<'a, 'b>,
    pub(super) spaces: &'t mut Spaces,
    pub(super) window: &'t Window,
    pub(super) points: usize,
}

impl Vectorise for Transform<'_, '_, '_> {
    type Output = Vec<Range<usize>>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        self.task.transform(self.spaces, self.window, self.points)
    }
}

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
    fn direct(&mut self, spaces: &mut Spaces, window: &Window) {
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
        let progression = Progression::new(tilt);
        let mut lost = tilted(cut, window.entries.start, (&progression, origins[0]), shifts[0], x);
        x.reverse();
        y[..pad].fill(0.0);
        lost |= tilted(other, from, (&progression, origins[1]), shifts[1], &mut y[pad..pad + to - from]);
        y[pad + to - from..].fill(0.0);
        direct(x, y, z);
        let first = window.outputs.start as i64 - window.origin() as i64;
        let (m, e) = self.places(&window.outputs);
        restored(z, first, tilt, shifts[0] + shifts[1], m, e);
        // Certify: nothing that was left out counts.
        let slope = window.tilt as f64 / f64::from(1u32 << SLOPE_BITS);
        let least = window.neglected + NEGLECTED;
        let smallest = power_of_two(SMALLEST);
        let failed = runs(outputs, |k| {
            let height = f64::from(e[k]) + (m[k] - 1.0) + slope * (first + k as i64) as f64;
            (height < least) | ((z[k] < smallest) & (lost | (z[k] != 0.0)))
        });
        self.error = self.error.max(
            direct_error(terms) + power_of_two(-56) + if is_whole(tilt) { 0.0 } else { 3.0 * TILT_ERROR },
        );
        self.failed
            .extend(failed.into_iter().map(|r| r.start + window.outputs.start..r.end + window.outputs.start));
    }

    /// The window by a transform of `n` points; what is not certified of it, in order.
    #[inline(always)]
    fn transform(&mut self, spaces: &mut Spaces, window: &Window, n: usize) -> Vec<Range<usize>> {
        let plan = self.plan;
        let [x, y, _] = spaces;
        let others = window.others();
        let (from, to) =
            (others.start.max(0) as usize, (others.end as usize).min(plan.factors[1 - window.cut].len()));
        let ranges = [window.entries.clone(), from..to];
        let progression = Progression::new(window.tilt);
        let (mut norms, mut shift) = (1.0, 0);
        for ((space, range), factor) in [&mut *x, y].into_iter().zip(ranges).zip([window.cut, 1 - window.cut])
        {
            let origin = window.origins[factor];
            let own = scale(&plan.over[factor], range.clone(), window.tilt, origin);
            sized(space, n);
            // What is left out is far below the constant in the bound.
            tilted(plan.factors[factor], range.start, (&progression, origin), own, &mut space[..range.len()]);
            space[range.len()..].fill(0.0);
            norms *= norm_above(&space[..range.len()]);
            shift += own;
        }
        negacyclic(x, y);
        let neglected = (window.neglected - shift as f64).max(-1000.0).exp2();
        let bound = (negacyclic_error(n) * norms + neglected) * (1.0 + 2f64.powi(-40)) + power_of_two(-300);
        let least = bound * (1.0 + 1.0 / TOLERANCE);
        let z = &mut x[window.outputs.start - window.entries.start - from..][..window.outputs.len()];
        let holes = runs(z.len(), |k| z[k] < least);
        let mut smallest = f64::INFINITY;
        let mut start = 0;
        for hole in &holes {
            smallest = z[start..hole.start].iter().copied().fold(smallest, f64::min);
            z[hole.clone()].fill(0.0);
            start = hole.end;
        }
        smallest = z[start..].iter().copied().fold(smallest, f64::min);
        if smallest < f64::INFINITY {
            self.error = self.error.max(1.001 * bound / (smallest - bound) + 3.0 * TILT_ERROR);
        }
        let first = window.outputs.start as i64 - window.origin() as i64;
        let (m, e) = self.places(&window.outputs);
        restored(z, first, window.tilt, shift, m, e);
        holes.into_iter().map(|r| r.start + window.outputs.start..r.end + window.outputs.start).collect()
    }
}

/// The runs of indices below `len` that are bad.
#[inline(always)]
fn runs(len: usize, bad: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    // All are looked at without a branch first: mostly none is.
    if (0..len).fold(false, |any, k| any | bad(k)) {
        for k in (0..len).filter(|&k| bad(k)) {
            match runs.last_mut() {
                Some(last) if last.end == k => last.end += 1,
                _ => runs.push(k..k + 1),
            }
        }
    }
    runs
}

fn sized(space: &mut Vec<f64>, len: usize) {
    space.resize(len, 0.0);
}

/// The bits that the exponents of two factors may span for [`Flat`].
pub(super) const FLAT: i64 = 900;

/// Outputs of two factors, of the first from the last entry to the first, whose exponents are below and at most [`FLAT`] bits in all below `tops`:
/// every product is in the range of a float, so that no plan is needed and nothing has to be certified. The bound of the errors.
pub(super) struct Flat<'a> {
    pub(super) spaces: &'a mut Spaces,
    pub(super) factors: [View<'a>; 2],
    pub(super) tops: [i32; 2],
    pub(super) outputs: Range<usize>,
    pub(super) places: (&'a mut [f64], &'a mut [i32]),
}

impl Vectorise for Flat<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        flat(self.spaces, self.factors, self.tops, &self.outputs, self.places)
    }
}

#[inline(always)]
fn flat(
    spaces: &mut Spaces,
    [a, b]: [View<'_>; 2],
    tops: [i32; 2],
    outputs: &Range<usize>,
    (m, e): (&mut [f64], &mut [i32]),
) -> f64 {
    let [x, y, z] = spaces;
    let level = |v: View<'_>, top: i32, out: &mut [f64]| {
        for ((out, &m), &e) in out.iter_mut().zip(v.m).zip(v.e) {
            // The exponent of zero gives zero times whatever is in the range.
            *out = m * power_of_two(i64::from(e - top).max(-1022));
        }
    };
    sized(x, a.len());
    level(a, tops[0], x);
    x.reverse();
    // Output k meets entries from k - (a.len() - 1) on.
    let start = outputs.start as i64 - (a.len() as i64 - 1);
    let from = start.max(0) as usize;
    let to = outputs.end.min(b.len());
    let pad = (from as i64 - start) as usize;
    sized(y, direct_reads(a.len(), outputs.len()));
    y[..pad].fill(0.0);
    level(b.range(from..to), tops[1], &mut y[pad..pad + to - from]);
    y[pad + to - from..].fill(0.0);
    sized(z, outputs.len());
    direct(x, y, z);
    let top = tops[0] + tops[1];
    for ((m, e), &z) in m.iter_mut().zip(e).zip(&*z) {
        let (mantissa, exponent) = normal(z);
        (*m, *e) = (mantissa, if z == 0.0 { ZERO } else { exponent + top });
    }
    direct_error(a.len())
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
