//! Which window of a product is computed how: the least concave majorants of the logarithms of the factors, and what
//! follows from them for a tilt.
//!
//! It stands apart because nothing here is a coefficient: heights are binary logarithms, within a tenth of a bit, and a
//! choice that is bad costs time only. What does enter the proof is one bound, [`Window::neglected`].
//!
//! # Method
//! Let `A` and `B` be the least concave majorants of the heights of `a` and `b` (A. M. Andrew's monotone chain, 1979), and
//! `M(k) = max of A(i) + B(k-i)`, concave too: its steps are those of `A` and `B`, sorted. A line of slope `s` that
//! touches `M` at `k` touches `A` at `i` and `B` at `k - i`; tilted by `-s`, all three have their maxima there. So
//! outputs near `k` are large in the tilted product, and entries of `a` whose tilted height is far below the maximum
//! do not matter for them.

use super::scaled::{SLOPE_BITS, View};
use std::ops::Range;

/// What is left out of an output is below `2^-NEGLECTED` of it.
pub(super) const NEGLECTED: f64 = 57.0;

/// Two heights are less than 0.18 below the logarithms; the rest is for rounding of heights.
const SLACK: f64 = 1.0;

/// Two factors with what their heights say. The first and last entries of both are not zero.
pub(super) struct Plan<'a> {
    pub(super) factors: [View<'a>; 2],
    /// The majorants.
    pub(super) over: [Vec<f64>; 2],
    /// That of the product.
    top: Vec<f64>,
    /// Where it has its maximum: the index into the first factor.
    first: Vec<u32>,
}

/// Outputs `outputs`, from entries `entries` of one factor and what meets them of the other.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) outputs: Range<usize>,
    /// Which factor is cut.
    pub(super) cut: usize,
    pub(super) entries: Range<usize>,
    /// The tilt in `2^-20` bits an index, and where it leaves each factor as it is.
    pub(super) tilt: i64,
    pub(super) origins: [usize; 2],
    /// The binary logarithm of a bound of what is neglected in an output `k`, times `2^(tilt*(k - o)/2^20)`, `o` the sum
    /// of the origins; minus infinity where nothing is.
    pub(super) neglected: f64,
    /// How far the outputs fall below their tangent, in bits.
    pub(super) drop: f64,
}

impl Window {
    pub(super) fn origin(&self) -> usize {
        self.origins[0] + self.origins[1]
    }

    /// The entries of the other factor that meet those of the cut one; the start may be before it.
    pub(super) fn others(&self) -> Range<i64> {
        self.outputs.start as i64 - self.entries.end as i64 + 1
            ..self.outputs.end as i64 - self.entries.start as i64
    }
}

impl<'a> Plan<'a> {
    pub(super) fn new(a: View<'a>, b: View<'a>) -> Self {
        let over = [majorant(a), majorant(b)];
        let [x, y] = &over;
        let len = a.len() + b.len() - 1;
        let (mut top, mut first) = (Vec::with_capacity(len), Vec::with_capacity(len));
        let (mut i, mut j) = (0, 0);
        top.push(x[0] + y[0]);
        first.push(0);
        while i + 1 < x.len() && j + 1 < y.len() {
            let right = x[i + 1] - x[i] >= y[j + 1] - y[j];
            i += usize::from(right);
            j += usize::from(!right);
            top.push(x[i] + y[j]);
            first.push(i as u32);
        }
        // One of the two is at its end.
        top.extend(x[i + 1..].iter().map(|x| x + y[j]));
        first.extend((i + 1..x.len()).map(|i| i as u32));
        top.extend(y[j + 1..].iter().map(|y| x[i] + y));
        first.resize(len, x.len() as u32 - 1);
        Plan { factors: [a, b], over, top, first }
    }

    /// The slope of the tangent at output `k`, in `2^-20` bits.
    fn slope(&self, k: usize) -> i64 {
        let k = k.min(self.top.len().saturating_sub(2));
        let rise = if self.top.len() > 1 { self.top[k + 1] - self.top[k] } else { 0.0 };
        (rise * f64::from(1u32 << SLOPE_BITS)) as i64
    }

    /// How far `M(k)` is below the tangent at `at`.
    fn drop(&self, at: usize, k: usize) -> f64 {
        let slope = self.slope(at) as f64 / f64::from(1u32 << SLOPE_BITS);
        self.top[at] + slope * (k as f64 - at as f64) - self.top[k]
    }

    /// The window from output `start` on that falls by at most `drop` bits at both ends, below `end`. Where it is not said which
    /// factor is cut, that of which fewer entries matter.
    pub(super) fn by_drop(
        &self,
        start: usize,
        end: usize,
        drop: f64,
        reserve: f64,
        cut: Option<usize>,
    ) -> Window {
        let centre = last(start, end, |k| self.drop(k, start) <= drop);
        let stop = 1 + last(centre, end, |k| self.drop(centre, k) <= drop);
        self.window(start..stop, centre, reserve, cut)
    }

    /// The window of these outputs, touched in their middle.
    pub(super) fn by_length(&self, outputs: Range<usize>, reserve: f64, cut: Option<usize>) -> Window {
        let centre = (outputs.start + outputs.end) / 2;
        self.window(outputs, centre, reserve, cut)
    }

    /// The entries that matter for outputs `outputs` under the tangent at `centre`: what is neglected is `reserve` bits and
    /// the drop below the maximum.
    fn window(&self, outputs: Range<usize>, centre: usize, reserve: f64, cut: Option<usize>) -> Window {
        let drop = self.drop(centre, outputs.start).max(self.drop(centre, outputs.end - 1)).max(0.0);
        let slope = self.slope(centre);
        let i = self.first[centre] as usize;
        let origins = [i, centre - i];
        let depth = reserve + drop;
        let part = |cut| (cut, self.entries(cut, &outputs, slope, origins, depth));
        let (cut, (entries, bits)) = match cut {
            Some(cut) => part(cut),
            None => {
                let (x, y) = (part(0), part(1));
                if x.1.0.len() <= y.1.0.len() { x } else { y }
            }
        };
        // A slope is cut to 2^-20 bits, so that a tilted majorant may rise by as much a step beyond its origin.
        let slack = SLACK + self.top.len() as f64 / f64::from(1u32 << SLOPE_BITS);
        let neglected = bits + self.top[centre] + slack;
        Window { outputs, cut, entries, tilt: -slope, origins, neglected, drop }
    }

    /// Entries of one factor beyond which everything is `depth` bits below the maximum, and the logarithm of a bound
    /// of all that, over the maximum.
    fn entries(
        &self,
        cut: usize,
        outputs: &Range<usize>,
        slope: i64,
        origins: [usize; 2],
        depth: f64,
    ) -> (Range<usize>, f64) {
        let slope = slope as f64 / f64::from(1u32 << SLOPE_BITS);
        let tilted = |factor: usize, i: usize| {
            let over = &self.over[factor];
            let at = origins[factor];
            over[i] - over[at] - slope * (i as f64 - at as f64)
        };
        let other = 1 - cut;
        let (len, others) = (self.over[cut].len(), self.over[other].len());
        // Only these meet the other factor inside the window.
        let reach = outputs.start.saturating_sub(others - 1)..outputs.end.min(len);
        // Entry i to the right of the maximum meets at most entry end - 1 - i of the other factor, which is left of
        // the maximum there or counts as the maximum; and the same from the left.
        let right = |i: usize| {
            let j = outputs.end - 1 - i;
            tilted(cut, i) + if j < origins[other] { tilted(other, j) } else { 0.0 }
        };
        let left = |i: usize| {
            let j = outputs.start.saturating_sub(i);
            tilted(cut, i) + if j > origins[other] { tilted(other, j.min(others - 1)) } else { 0.0 }
        };
        let centre = origins[cut].clamp(reach.start, reach.end - 1);
        let end = 1 + last(centre, reach.end, |i| right(i) > -depth);
        let start = centre - last(0, centre - reach.start + 1, |d| left(centre - d) > -depth);
        // A concave function falls by at least its first step in each step: a geometric sum.
        let sum = |count: usize, bits: f64, step: f64| {
            let steps = 1.0 / (1.0 - (-step.max(1e-9)).exp2());
            bits.exp2() * steps.min(count as f64)
        };
        let mut rest = 0.0;
        if end < reach.end {
            let step = if end + 1 < len { tilted(cut, end) - tilted(cut, end + 1) } else { 0.0 };
            rest += sum(reach.end - end, right(end), step);
        }
        if start > reach.start {
            let step = if start >= 2 { tilted(cut, start - 1) - tilted(cut, start - 2) } else { 0.0 };
            rest += sum(start - reach.start, left(start - 1), step);
        }
        // What underflows is below 2^-1000.
        let nothing = end == reach.end && start == reach.start;
        (start..end, if nothing { f64::NEG_INFINITY } else { rest.log2().max(-1000.0) })
    }
}

/// The last index in `from..end` up to which a condition holds that holds for `from` and, once false, stays so.
fn last(from: usize, end: usize, holds: impl Fn(usize) -> bool) -> usize {
    // Doubling steps first: what is looked for is near.
    let (mut low, mut step) = (from, 1);
    while low + step < end && holds(low + step) {
        low += step;
        step *= 2;
    }
    let mut high = (low + step).min(end);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The least concave majorant of the heights of a vector whose first and last entries are not zero.
fn majorant(v: View<'_>) -> Vec<f64> {
    let mut corners: Vec<(u32, f64)> = Vec::with_capacity(64);
    for i in 0..v.len() {
        if v.m[i] == 0.0 {
            continue;
        }
        let h = v.height(i);
        while let [.., (p, hp), (q, hq)] = corners[..] {
            let (p, q, i) = (f64::from(p), f64::from(q), i as f64);
            if (hq - hp) * (i - p) > (h - hp) * (q - p) {
                break;
            }
            corners.pop();
        }
        corners.push((i as u32, h));
    }
    let mut over = Vec::with_capacity(v.len());
    for pair in corners.windows(2) {
        let ((p, hp), (q, hq)) = (pair[0], pair[1]);
        let step = (hq - hp) / f64::from(q - p);
        over.extend((0..q - p).map(|d| hp + step * f64::from(d)));
    }
    over.extend(corners.last().map(|&(_, h)| h));
    over
}
