//! The product of two vectors of non-negative numbers, every coefficient within a small factor.
//!
//! The outputs are computed window by window, as [`plan`](super::plan) proposes: a window is tilted and multiplied
//! directly or by a transform. Outputs whose error is not certified afterwards are computed again: in smaller windows,
//! from the two parts of a factor, or one by one. The description of the [module](super) has the proof.

use super::both;
use super::choice::{Choice, Kernel, PAIR, transform_cost};
use super::kernels::{output, output_error};
use super::plan::Plan;
use super::scaled::{Scaled, UNIT, View, ZERO, extremes, power_of_two};
use super::windows::{Direct, FLAT, Flat, Spaces, Task, Transform};
use crate::convolution::{Vectorise, Want, integers, vectorised};
use crate::integer::IntegerVec;
use crate::{Result, limit, progress};
use num_integer::Integer;
use std::{ops::Range, slice};

/// Below as many pairs of entries no plan pays.
const PLAIN_PAIRS: usize = 1 << 11;

/// Up to as many pairs of entries no plan pays where exponents are close.
const FLAT_PAIRS: usize = 1 << 16;

/// Factors are cut where they are farthest below their majorants so many times, then in halves.
const MAX_DEPTH: u32 = 40;

/// The most entries of a window that is multiplied directly unless a transform has failed.
const MAX_DIRECT: usize = 1 << 14;

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

/// Outputs that are still to be computed.
struct Open {
    outputs: Range<usize>,
    /// Whether a transform may be tried.
    transform: bool,
}

/// Work between two reports of progress: some tenths of a millisecond.
const REPORT: f64 = (1 << 20) as f64;

/// Memory for windows, and what was learnt from those before.
struct Solver {
    spaces: Spaces,
    choice: Choice,
    /// Pairs of entries and points of layers so far, and those since the last report.
    work: f64,
    unreported: f64,
    /// What is being done, how far it is, and how far it goes.
    stage: (&'static str, usize, usize),
}

impl Default for Solver {
    fn default() -> Self {
        Solver {
            spaces: Default::default(),
            choice: Choice::default(),
            work: 0.0,
            unreported: 0.0,
            stage: ("accurate product", 0, 0),
        }
    }
}

impl Solver {
    /// Counts work before it is done; what goes over the limit is refused, and an observer is told now and then.
    fn charge(&mut self, operations: f64) -> Result<()> {
        self.work += operations;
        self.unreported += operations;
        limit::check_work(self.work)?;
        if self.unreported < REPORT {
            return Ok(());
        }
        self.unreported = 0.0;
        let (stage, done, total) = self.stage;
        progress::report(stage, done as u64, total as u64)
    }

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
            let error =
                self.plain(a, b, slice::from_ref(&outputs), (outputs.start, before), &mut out, depth)?;
            return Ok((out, error));
        }
        if let Some(error) = self.flat(a, b, &outputs, before, &mut out)? {
            return Ok((out, error));
        }
        let plan = Plan::new(a, b);
        let mut task =
            Task { plan: &plan, out: &mut out, base: outputs.start, before, error: 0.0, failed: vec![] };
        let mut open = vec![Open { outputs: outputs.clone(), transform: true }];
        while let Some(next) = open.pop() {
            if depth == 0 {
                self.stage = ("accurate product", next.outputs.start, outputs.end);
            }
            self.window(&mut task, next, &mut open)?;
        }
        let (mut error, mut failed) = (task.error, task.failed);
        if failed.is_empty() {
            return Ok((out, error));
        }
        crate::sorting::by_key(&mut failed, |r| r.start);
        if depth == 0 {
            failed = possible(a, b, failed)?;
            self.stage = ("accurate product, what was not certified", 0, outputs.end);
        }
        if rough(a) || rough(b) {
            let worst = self.plain(a, b, &failed, (outputs.start, before), &mut out, depth)?;
            return Ok((out, error.max(worst)));
        }
        for piece in merged(&failed) {
            if depth == 0 {
                self.stage.1 = piece.start;
            }
            let at = piece.start - outputs.start + before;
            let worst = self.rescue(&plan, piece, &outputs, at, &mut out, depth)?;
            error = error.max(worst);
        }
        Ok((out, error))
    }

    /// All outputs in one window without a tilt, where exponents and lengths allow it.
    fn flat(
        &mut self,
        a: View<'_>,
        b: View<'_>,
        outputs: &Range<usize>,
        before: usize,
        out: &mut Scaled,
    ) -> Result<Option<f64>> {
        let [a, b] = if a.len() <= b.len() { [a, b] } else { [b, a] };
        let pairs = outputs.len() * a.len();
        if pairs > FLAT_PAIRS {
            return Ok(None);
        }
        let (Some(x), Some(y)) = (extremes(a.e), extremes(b.e)) else { return Ok(None) };
        if i64::from(x.1 - x.0) + i64::from(y.1 - y.0) > FLAT {
            return Ok(None);
        }
        self.charge(pairs as f64)?;
        let places = before..before + outputs.len();
        let places = (&mut out.m[places.clone()], &mut out.e[places]);
        let (factors, tops) = ([a, b], [x.1, y.1]);
        let outputs = outputs.clone();
        Ok(Some(vectorised(Flat { spaces: &mut self.spaces, factors, tops, outputs, places })))
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
            return self.plain(a, b, slice::from_ref(&piece), (piece.start, at), out, depth);
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

    /// Outputs one by one; output `from` stands at index `at`.
    fn plain(
        &mut self,
        a: View<'_>,
        b: View<'_>,
        pieces: &[Range<usize>],
        (from, at): (usize, usize),
        out: &mut Scaled,
        depth: u32,
    ) -> Result<f64> {
        let terms = a.len().min(b.len());
        let pairs: usize = pieces.iter().map(|piece| piece.len() * terms).sum();
        limit::check_work(self.work + pairs as f64)?;
        let reversed =
            Scaled { m: b.m.iter().rev().copied().collect(), e: b.e.iter().rev().copied().collect() };
        let batch = (REPORT as usize / terms).max(1);
        for piece in pieces {
            for start in piece.clone().step_by(batch) {
                let outputs = start..(start + batch).min(piece.end);
                if depth == 0 {
                    self.stage.1 = start;
                }
                self.charge((outputs.len() * terms) as f64)?;
                let reversed = reversed.view();
                vectorised(OneByOne { a, reversed, outputs, from, at, out: &mut *out });
            }
        }
        Ok(output_error(terms) + power_of_two(-900))
    }

    /// Computes the next window of what is open.
    fn window(&mut self, task: &mut Task<'_, '_>, next: Open, open: &mut Vec<Open>) -> Result<()> {
        let Open { outputs, transform } = next;
        let (window, kernel) = self.choice.next(task.plan, &outputs, transform);
        let done = window.outputs.clone();
        match kernel {
            // Too long for one transform and too much without: parts of the factors are neither.
            Kernel::Direct if transform && window.entries.len() > MAX_DIRECT => task.failed.push(outputs),
            Kernel::Direct => {
                self.charge((window.entries.len() * done.len()) as f64)?;
                if done.end < outputs.end {
                    open.push(Open { outputs: done.end..outputs.end, transform });
                }
                vectorised(Direct { task, spaces: &mut self.spaces, window: &window });
            }
            Kernel::Transform(n) => {
                self.charge(3.0 * n as f64 * f64::from(n.ilog2()))?;
                let spaces = &mut self.spaces;
                let mut holes =
                    vectorised(Transform { task: &mut *task, spaces, window: &window, points: n });
                // What is not certified at the right end goes to the next window.
                let mut end = done.end;
                if let Some(last) = holes.last()
                    && last.end == end
                    && end < outputs.end
                    && last.start > done.start
                {
                    end = last.start;
                    holes.pop();
                }
                self.choice.learn(holes.is_empty() && end == done.end);
                if end < outputs.end {
                    open.push(Open { outputs: end..outputs.end, transform });
                }
                for hull in merged(&holes) {
                    if 2 * hull.len() <= done.len() {
                        open.push(Open { outputs: hull, transform: true });
                    } else if hull.len() as f64 * window.entries.len() as f64 * PAIR
                        < 4.0 * transform_cost(n, 0)
                    {
                        open.push(Open { outputs: hull, transform: false });
                    } else {
                        task.failed.extend(holes.iter().filter(|h| hull.contains(&h.start)).cloned());
                    }
                }
            }
        }
        Ok(())
    }
}

/// Outputs one by one: output `from` stands at index `at`.
struct OneByOne<'a> {
    a: View<'a>,
    /// The second factor, from the last entry to the first.
    reversed: View<'a>,
    outputs: Range<usize>,
    from: usize,
    at: usize,
    out: &'a mut Scaled,
}

impl Vectorise for OneByOne<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let len = self.reversed.len();
        for k in self.outputs {
            let i = (k + 1).saturating_sub(len)..(k + 1).min(self.a.len());
            let j = len + i.start - 1 - k..len + i.end - 1 - k;
            let value = output(self.a.range(i), self.reversed.range(j));
            self.out.set(k - self.from + self.at, value);
        }
    }
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

/// Ranges that are in order, those joined that are close.
fn merged(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start <= last.end + 16 => last.end = last.end.max(r.end),
            _ => out.push(r.clone()),
        }
    }
    out
}

/// The outputs of some ranges that are not exactly zero: where a factor has gaps, those of the product are found by an exact
/// product of what is zero and what is not, if there are many.
fn possible(a: View<'_>, b: View<'_>, failed: Vec<Range<usize>>) -> Result<Vec<Range<usize>>> {
    let gaps = a.m.contains(&0.0) || b.m.contains(&0.0);
    let terms = a.len().min(b.len());
    let many = failed.iter().map(|r| r.len() * terms.min(r.end)).sum::<usize>() > 64 * (a.len() + b.len());
    if !gaps || !many {
        return Ok(failed);
    }
    let signs =
        |v: View<'_>| IntegerVec::from_i64s(&v.m.iter().map(|&m| i64::from(m != 0.0)).collect::<Vec<_>>());
    let counts = integers(signs(a).as_slice(), signs(b).as_slice(), &Want::full())?;
    let counts = counts.to_i64s()?;
    let mut out: Vec<Range<usize>> = Vec::new();
    for k in failed.into_iter().flatten().filter(|&k| counts[k] != 0) {
        match out.last_mut() {
            Some(last) if k <= last.end => last.end = last.end.max(k + 1),
            _ => out.push(k..k + 1),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    /// Where every fourth output is far below its neighbours, these are computed one by one and nothing else is computed twice.
    #[test]
    fn patterns_take_one_transform_and_what_it_left() {
        let n = 1000;
        let v = Scaled { m: vec![1.0; n], e: (0..n).map(|k| if k % 4 < 2 { 0 } else { -600 }).collect() };
        let mut solver = Solver::default();
        solver.solve(v.view(), v.view(), 0..2 * n - 1, 0).unwrap();
        let transform = 3.0 * 2048.0 * 11.0;
        let fourth = (n * n / 2) as f64;
        assert!(solver.work <= 3.0 * transform + 1.1 * fourth, "{}", solver.work);
    }

    #[test]
    fn work_over_the_limit_is_refused() {
        let n = 300;
        let v = Scaled { m: vec![1.5; n], e: (0..n as i32).map(|k| k * 7919 % 4001 - 2000).collect() };
        let mut solver = Solver { work: limit::work() as f64 - 1e4, ..Solver::default() };
        let error = solver.solve(v.view(), v.view(), 0..2 * n - 1, 0).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
    }
}
