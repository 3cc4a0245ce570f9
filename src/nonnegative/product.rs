//! The product of two vectors of non-negative numbers, every coefficient within a small factor.
//!
//! The outputs are computed window by window, as [`plan`](super::plan) proposes: a window is tilted and multiplied
//! directly or by a transform. Outputs whose error is not certified afterwards are computed again: in smaller windows,
//! from the two parts of a factor, or one by one. The description of the [module](super) has the proof.

use super::both;
use super::kernels::{output, output_error};
use super::plan::{NEGLECTED, Plan, Window};
use super::scaled::{Scaled, UNIT, View, ZERO, power_of_two};
use super::windows::{Spaces, Task};
use crate::Result;
use crate::convolution::float_fft::MAX_NEGACYCLIC;
use crate::convolution::{Want, integers, vectorised};
use crate::integer::IntegerVec;
use num_integer::Integer;
use std::ops::Range;

/// Below as many pairs of entries no plan pays.
const PLAIN_PAIRS: usize = 1 << 11;

/// Bits below the maximum at which entries may end, for windows that are multiplied directly and by transforms.
const DIRECT_RESERVE: f64 = NEGLECTED + 8.0;
const TRANSFORM_RESERVE: f64 = 48.0;

/// How far outputs of a window may fall, in bits: what stays in the range of a float, and where a transform is expected to
/// be accurate at first.
const DIRECT_DROP: f64 = 150.0;
const TRANSFORM_DROP: f64 = 3.4;

/// Factors are cut where they are farthest below their majorants so many times, then in halves.
const MAX_DEPTH: u32 = 40;

/// The most entries of a window that is multiplied directly unless a transform has failed.
const MAX_DIRECT: usize = 1 << 14;

/// Nanoseconds: a pair of entries, an entry tilted, a point of a layer, a window; on Zen 4, by `cargo bench --bench accurate`.
const PAIR: f64 = 0.09;
const ENTRY: f64 = 1.5;
const LAYER_POINT: f64 = 0.45;
const START: f64 = 700.0;

/// The product, and the bound of the relative errors of its coefficients.
pub(super) fn product(a: View<'_>, b: View<'_>) -> Result<(Scaled, f64)> {
    if a.len() == 0 || b.len() == 0 {
        return Ok((Scaled::default(), 0.0));
    }
    let len = a.len() + b.len() - 1;
    let (s, t) = (a.support(), b.support());
    let mut out = Scaled::zeros(len);
    if s.is_empty() || t.is_empty() {
        return Ok((out, 0.0));
    }
    let start = s.start + t.start;
    let (a, b) = (a.range(s), b.range(t));
    let step = step(a, b);
    let error = if step == 1 {
        let part = Solver::default().solve(a, b, 0..a.len() + b.len() - 1, 0)?;
        out.replace(start, 1, part.0.view());
        part.1
    } else {
        let (a, b) = (every(a, step), every(b, step));
        let part = Solver::default().solve(a.view(), b.view(), 0..a.len() + b.len() - 1, 0)?;
        out.replace(start, step, part.0.view());
        part.1
    };
    Ok((out, error))
}

/// The greatest common divisor of the distances between entries that are not zero; 1 for a single one.
fn step(a: View<'_>, b: View<'_>) -> usize {
    let mut step = 0;
    for v in [a, b] {
        for i in (0..v.len()).filter(|&i| v.m[i] != 0.0) {
            step = step.gcd(&i);
            if step == 1 {
                return 1;
            }
        }
    }
    step.max(1)
}

fn every(v: View<'_>, step: usize) -> Scaled {
    Scaled { m: v.m.iter().step_by(step).copied().collect(), e: v.e.iter().step_by(step).copied().collect() }
}

/// How a window is multiplied.
#[derive(Clone, Copy, Debug)]
enum Kernel {
    Direct,
    /// By a transform of so many points.
    Transform(usize),
}

/// Outputs that are still to be computed.
struct Open {
    outputs: Range<usize>,
    /// Whether a transform may be tried.
    transform: bool,
}

/// Memory for windows, and what was learnt from those before.
struct Solver {
    spaces: Spaces,
    drop: f64,
}

impl Default for Solver {
    fn default() -> Self {
        Solver { spaces: Default::default(), drop: TRANSFORM_DROP }
    }
}

impl Solver {
    /// The outputs `range` of the product of two factors, and the bound of their errors. `depth` counts how often factors were
    /// cut.
    fn solve(&mut self, a: View<'_>, b: View<'_>, range: Range<usize>, depth: u32) -> Result<(Scaled, f64)> {
        let mut out = Scaled::zeros(range.len());
        let Some((a, b, shift)) = reach(a, b, &range) else { return Ok((out, 0.0)) };
        // In the numbering of what is left of the factors; outputs beyond them are zero.
        let end = range.end.min(shift + a.len() + b.len() - 1);
        let outputs = range.start.max(shift) - shift..end.saturating_sub(shift);
        if outputs.is_empty() {
            return Ok((out, 0.0));
        }
        let before = outputs.start + shift - range.start;
        if outputs.len().min(a.len()).min(b.len()) <= 2 || outputs.len() * a.len().min(b.len()) <= PLAIN_PAIRS
        {
            let error = plain(a, b, outputs, before, &mut out);
            return Ok((out, error));
        }
        let plan = Plan::new(a, b);
        let mut task =
            Task { plan: &plan, out: &mut out, base: outputs.start, before, error: 0.0, failed: vec![] };
        let mut open = vec![Open { outputs: outputs.clone(), transform: true }];
        while let Some(next) = open.pop() {
            self.window(&mut task, next, &mut open);
        }
        let (mut error, failed) = (task.error, task.failed);
        if !failed.is_empty() {
            let failed = if depth == 0 { possible(a, b, failed)? } else { merged(failed) };
            for piece in failed {
                let at = piece.start - outputs.start + before;
                let worst = self.rescue(&plan, piece, &outputs, at, &mut out, depth)?;
                error = error.max(worst);
            }
        }
        Ok((out, error))
    }

    /// The outputs of a piece whose errors were not certified, by other means.
    fn rescue(
        &mut self,
        plan: &Plan<'_>,
        piece: Range<usize>,
        outputs: &Range<usize>,
        at: usize,
        out: &mut Scaled,
        depth: u32,
    ) -> Result<f64> {
        let [a, b] = plan.factors;
        let Some((ra, rb, _)) = reach(a, b, &piece) else { return Ok(0.0) };
        let terms = ra.len().min(rb.len());
        if terms <= 32 || piece.len() * terms <= 4 * PLAIN_PAIRS || rough(ra) || rough(rb) {
            return Ok(plain(a, b, piece, at, out));
        }
        if piece.len() < outputs.len() && 4 * ra.len() * rb.len() <= 3 * a.len() * b.len() {
            let (part, error) = self.solve(a, b, piece, depth + 1)?;
            out.replace(at, 1, part.view());
            return Ok(error);
        }
        let (x, y) = (worst(a, &plan.over[0]), worst(b, &plan.over[1]));
        let cut_first = if x.1.max(y.1) < 2.0 || depth > MAX_DEPTH { a.len() >= b.len() } else { x.1 >= y.1 };
        let (cut, other, at_cut) = if cut_first { (a, b, x) } else { (b, a, y) };
        // Halves where nothing stands out, and below so many cuts.
        let halve = at_cut.1 < 2.0 || depth > MAX_DEPTH;
        let at_cut = if halve { cut.len() / 2 } else { at_cut.0 }.clamp(1, cut.len() - 1);
        let (low, first) = self.solve(cut.range(0..at_cut), other, piece.clone(), depth + 1)?;
        out.replace(at, 1, low.view());
        // The upper part has its own outputs from the cut on.
        let skip = at_cut.saturating_sub(piece.start).min(piece.len());
        let upper = (piece.start + skip - at_cut.min(piece.start + skip))..piece.end.max(at_cut) - at_cut;
        if upper.is_empty() {
            return Ok(first);
        }
        let (high, second) = self.solve(cut.range(at_cut..cut.len()), other, upper, depth + 1)?;
        out.add(at + skip, high.view());
        Ok(both(first.max(second), UNIT))
    }

    /// Computes the next window of what is open.
    fn window(&mut self, task: &mut Task<'_, '_>, next: Open, open: &mut Vec<Open>) {
        let Open { outputs, transform } = next;
        let (window, kernel) = self.choose(task.plan, &outputs, transform);
        let done = window.outputs.clone();
        match kernel {
            // Too long for one transform and too much without: parts of the factors are neither.
            Kernel::Direct if transform && window.entries.len() > MAX_DIRECT => task.failed.push(outputs),
            Kernel::Direct => {
                if done.end < outputs.end {
                    open.push(Open { outputs: done.end..outputs.end, transform });
                }
                vectorised(|| task.direct(&mut self.spaces, &window));
            }
            Kernel::Transform(n) => {
                let good = vectorised(|| task.transform(&mut self.spaces, &window, n));
                // What is not certified at the right end goes to the next window.
                let end = if good.end > good.start && done.end < outputs.end { good.end } else { done.end };
                let missed = [done.start..good.start, good.end..end];
                self.drop = match missed.iter().any(|m| !m.is_empty()) || end < done.end {
                    true => (self.drop - 0.25).max(1.0),
                    false => (self.drop + 0.05).min(6.0),
                };
                if end < outputs.end {
                    open.push(Open { outputs: end..outputs.end, transform });
                }
                for missed in missed.into_iter().filter(|m| !m.is_empty()) {
                    if 2 * missed.len() <= done.len() {
                        open.push(Open { outputs: missed, transform: true });
                    } else if missed.len() as f64 * window.entries.len() as f64 * PAIR
                        < 4.0 * transform_cost(n, 0)
                    {
                        open.push(Open { outputs: missed, transform: false });
                    } else {
                        task.failed.push(missed);
                    }
                }
            }
        }
    }

    /// The window at the start of `outputs` that costs least an output.
    fn choose(&self, plan: &Plan<'_>, outputs: &Range<usize>, transform: bool) -> (Window, Kernel) {
        let mut len = 64.min(outputs.len());
        let direct = |len: usize| {
            plan.by_length(outputs.start..(outputs.start + len).min(outputs.end), DIRECT_RESERVE)
        };
        let mut window = direct(len);
        while window.drop > DIRECT_DROP && len > 1 {
            len = len.div_ceil(2);
            window = direct(len);
        }
        let each = |cost: f64, window: &Window| cost / window.outputs.len() as f64;
        let mut best = (each(direct_cost(&window), &window), window, Kernel::Direct);
        while best.1.entries.len() > 2 * len && best.1.outputs.end < outputs.end && len < 512 {
            len *= 2;
            let window = direct(len);
            let cost = each(direct_cost(&window), &window);
            if cost > best.0 || window.drop > DIRECT_DROP {
                break;
            }
            best = (cost, window, Kernel::Direct);
        }
        if transform {
            for share in [1.0, 0.5, 0.25] {
                let mut window =
                    plan.by_drop(outputs.start, outputs.end, share * self.drop, TRANSFORM_RESERVE);
                // Much longer than the factor, a window is only less accurate.
                let most = 16 * window.entries.len().next_power_of_two() - window.entries.len();
                if window.outputs.len() > most {
                    window = plan.by_length(outputs.start..outputs.start + most, TRANSFORM_RESERVE);
                }
                let Some(n) = points(plan, &window) else { continue };
                let cost = each(transform_cost(n, window.outputs.len()), &window);
                if cost < best.0 {
                    best = (cost, window, Kernel::Transform(n));
                }
            }
        }
        (best.1, best.2)
    }
}

/// The points of the transform of a window, where there is one.
fn points(plan: &Plan<'_>, window: &Window) -> Option<usize> {
    let others = window.others();
    let from = others.start.max(0) as usize;
    let to = (others.end as usize).min(plan.factors[1 - window.cut].len());
    let first = window.outputs.start - window.entries.start - from;
    let end = first + window.outputs.len();
    // What wraps around stays below the first output that is wanted.
    let full = window.entries.len() + (to - from) - 1;
    let n =
        end.max(full - first.min(full)).max(to - from).max(window.entries.len()).max(64).next_power_of_two();
    (n <= MAX_NEGACYCLIC).then_some(n)
}

fn direct_cost(window: &Window) -> f64 {
    let (terms, outputs) = (window.entries.len() as f64, window.outputs.len() as f64);
    // A vector of outputs is computed whole.
    PAIR * terms * outputs.max(16.0) + ENTRY * 2.0 * (terms + outputs) + START
}

fn transform_cost(n: usize, outputs: usize) -> f64 {
    let points = n as f64;
    3.0 * LAYER_POINT * points * f64::from(n.ilog2()) + ENTRY * (2.0 * points + outputs as f64) + 3.0 * START
}

/// The parts of two factors that reach some outputs, from their first to their last entry that is not zero, and the
/// output that their first entries give.
fn reach<'a>(a: View<'a>, b: View<'a>, outputs: &Range<usize>) -> Option<(View<'a>, View<'a>, usize)> {
    if outputs.is_empty() || a.len() == 0 || b.len() == 0 {
        return None;
    }
    let part = |v: View<'_>, other: usize| {
        let start = (outputs.start + 1).saturating_sub(other);
        start.min(v.len())..outputs.end.min(v.len())
    };
    let (i, j) = (part(a, b.len()), part(b, a.len()));
    let (x, y) = (a.range(i.clone()).support(), b.range(j.clone()).support());
    if x.is_empty() || y.is_empty() {
        return None;
    }
    let (i, j) = (i.start + x.start..i.start + x.end, j.start + y.start..j.start + y.end);
    Some((a.range(i.clone()), b.range(j.clone()), i.start + j.start))
}

/// Outputs one by one, into the places from `at` on.
fn plain(a: View<'_>, b: View<'_>, outputs: Range<usize>, at: usize, out: &mut Scaled) -> f64 {
    let reversed = Scaled { m: b.m.iter().rev().copied().collect(), e: b.e.iter().rev().copied().collect() };
    vectorised(|| {
        for (place, k) in (at..).zip(outputs) {
            let i = (k + 1).saturating_sub(b.len())..(k + 1).min(a.len());
            let j = b.len() + i.start - 1 - k..b.len() + i.end - 1 - k;
            let value = output(a.range(i), reversed.view().range(j));
            out.set(place, value);
        }
    });
    output_error(a.len().min(b.len())) + power_of_two(-900)
}

/// Where a vector is farthest below its majorant, and how far; zeros are farther than anything else, the middle of the longest run
/// of them farthest.
fn worst(v: View<'_>, over: &[f64]) -> (usize, f64) {
    let (mut at, mut most, mut zeros) = (v.len() / 2, 0.0, 0);
    for (i, over) in over.iter().enumerate() {
        if v.e[i] == ZERO {
            zeros += 1;
            let far = 1e9 + f64::from(zeros);
            if far > most {
                (at, most) = (i - zeros as usize / 2, far);
            }
        } else {
            zeros = 0;
            let far = over - v.height(i);
            if far > most {
                (at, most) = (i, far);
            }
        }
    }
    (at, most)
}

/// Whether a vector has so many valleys, wide ones too, that its parts between them are too short for any plan.
fn rough(v: View<'_>) -> bool {
    let (mut valleys, mut falls, mut last) = (0, false, None);
    for &e in v.e.iter().filter(|&&e| e != ZERO) {
        let before = last.replace(e).unwrap_or(e);
        if before > e + 1 {
            falls = true;
        } else if e > before + 1 && falls {
            valleys += 1;
            falls = false;
        }
    }
    valleys * 64 > v.len()
}

/// Ranges in order, those joined that are close.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| r.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start <= last.end + 16 => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

/// The outputs of some ranges that are not exactly zero: where a factor has gaps, those of the product are found by an exact
/// product of what is zero and what is not, if there are many.
fn possible(a: View<'_>, b: View<'_>, failed: Vec<Range<usize>>) -> Result<Vec<Range<usize>>> {
    let ranges = merged(failed.clone());
    let gaps = a.m.contains(&0.0) || b.m.contains(&0.0);
    let terms = a.len().min(b.len());
    let many = ranges.iter().map(|r| r.len() * terms.min(r.end)).sum::<usize>() > 64 * (a.len() + b.len());
    if !gaps || !many {
        return Ok(ranges);
    }
    let signs =
        |v: View<'_>| IntegerVec::from_i64s(&v.m.iter().map(|&m| i64::from(m != 0.0)).collect::<Vec<_>>());
    let counts = integers(signs(a).as_slice(), signs(b).as_slice(), &Want::full())?;
    let counts = counts.to_i64s()?;
    let mut out = Vec::new();
    // Of what failed alone: what lies between is right.
    for k in failed.into_iter().flatten().filter(|&k| counts[k] != 0) {
        out.push(k..k + 1);
    }
    Ok(merged(out))
}
