//! Planned `rustfft` transforms of one length, kept for the next product of that length.
//!
//! It stands apart because planning costs more than transforming: a plan computes its twiddles by libm. The
//! cache is shared by all threads and bounded: [`CACHE_POINTS`] points over all plans of one element type, the
//! least recently used leaving first; a longer transform is planned each time.
//!
//! The last plan is also kept by the thread ([`with_last`]): to look it up under the lock took as long as a product of 16 coefficients.
//!
//! # Invariants
//! Forward, then pointwise, then backward multiplies by the length; whoever calls divides.

use super::points;
use num_complex::Complex;
use rustfft::{Fft, FftNum, FftPlanner};
use std::{
    cell::Cell,
    sync::{Arc, Mutex, PoisonError},
    thread::LocalKey,
};

/// How many points the cached plans of one element type have together: some 150 MB of twiddles at most in `f64`, and 64 MB of weights.
const CACHE_POINTS: usize = 1 << 22;

/// Forward and backward transforms of one length, with the weights of real data.
pub(super) struct Plan<T> {
    len: usize,
    /// Points of scratch.
    scratch: usize,
    forward: Arc<dyn Fft<T>>,
    backward: Arc<dyn Fft<T>>,
    weights: Vec<Complex<T>>,
}

impl<T: FftNum> Plan<T> {
    pub(super) fn new(len: usize, weighted: bool) -> Self {
        let mut planner = FftPlanner::new();
        let (forward, backward) = (planner.plan_fft_forward(len), planner.plan_fft_inverse(len));
        let weights = points::weights(if weighted { len } else { 0 });
        let scratch = forward.get_inplace_scratch_len().max(backward.get_inplace_scratch_len());
        Plan { len, scratch, forward, backward, weights }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn weights(&self) -> &[Complex<T>] {
        &self.weights
    }

    /// The spectra of sequences of the plan's length that stand one behind the other, in their places.
    pub(super) fn forward(&self, points: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        self.forward.process_with_scratch(points, scratch);
    }

    /// Their sequences, times the length.
    pub(super) fn backward(&self, points: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        self.backward.process_with_scratch(points, scratch);
    }

    pub(super) fn scratch_len(&self) -> usize {
        self.scratch
    }
}

/// Points of the longest plan that a thread keeps beside the cache: 2 MB in `f64`. Longer products do not notice the lock.
const KEPT_POINTS: usize = 1 << 15;

/// What `f` does with the plan of a length, the last one of this thread or what `find` gives.
#[inline]
pub(super) fn with_last<T: FftNum, R>(
    last: &'static LocalKey<Cell<Option<Arc<Plan<T>>>>>,
    len: usize,
    find: impl FnOnce(usize) -> Arc<Plan<T>>,
    f: impl FnOnce(&Plan<T>) -> R,
) -> R {
    // Taken meanwhile, not borrowed: where `f` waits for other threads, this one may begin another product.
    let plan = last.take().filter(|plan| plan.len == len).unwrap_or_else(|| find(len));
    let result = f(&plan);
    if len <= KEPT_POINTS {
        last.set(Some(plan));
    }
    result
}

/// Plans by length, the most recently used last.
pub(super) struct Cache<P>(Mutex<Vec<(usize, P)>>);

impl<P: Clone> Cache<P> {
    pub(super) const fn new() -> Self {
        Cache(Mutex::new(Vec::new()))
    }

    /// The plan of a length, from the cache or made by `build`, outside the lock.
    pub(super) fn get(&self, len: usize, build: impl FnOnce(usize) -> P) -> P {
        if let Some(plan) = self.lookup(len) {
            return plan;
        }
        let plan = build(len);
        if len <= CACHE_POINTS {
            let mut plans = self.lock();
            plans.retain(|(other, _)| *other != len);
            plans.push((len, plan.clone()));
            let mut total: usize = plans.iter().map(|(len, _)| len).sum();
            while total > CACHE_POINTS {
                total -= plans.remove(0).0;
            }
        }
        plan
    }

    fn lookup(&self, len: usize) -> Option<P> {
        let mut plans = self.lock();
        let at = plans.iter().position(|(other, _)| *other == len)?;
        let entry = plans.remove(at);
        let plan = entry.1.clone();
        plans.push(entry);
        Some(plan)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(usize, P)>> {
        // A panic elsewhere while the lock was held leaves a valid list.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The shortest even length of at least `n` for which the transforms are fast: `2^k` times 1, 9/8, 5/4 or 3/2.
pub(super) fn good_length(n: usize) -> usize {
    let two = n.max(32).next_power_of_two();
    [two / 16 * 9, two / 8 * 5, two / 4 * 3].into_iter().find(|&len| len >= n).unwrap_or(two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_lengths_are_even_and_close() {
        for n in 1..5000 {
            let len = good_length(n);
            assert!(len >= n && len.is_multiple_of(2));
            assert!(n < 18 || 3 * len <= 4 * n + 4, "{n} {len}");
            assert_eq!(good_length(len), len);
        }
    }

    #[test]
    fn a_thread_keeps_its_last_plan_and_may_ask_for_another_meanwhile() {
        thread_local! {
            static LAST: Cell<Option<Arc<Plan<f64>>>> = const { Cell::new(None) };
        }
        let made = Cell::new(0);
        let find = |len| {
            made.set(made.get() + 1);
            Arc::new(Plan::new(len, false))
        };
        let lengths = [16, 16, 32, KEPT_POINTS * 2, 16, 16].map(|len| with_last(&LAST, len, find, Plan::len));
        assert_eq!(lengths, [16, 16, 32, KEPT_POINTS * 2, 16, 16]);
        assert_eq!(made.get(), 4);
        for inner in [16, 64] {
            let sum =
                with_last(&LAST, 16, find, |outer| outer.len() + with_last(&LAST, inner, find, Plan::len));
            assert_eq!(sum, 16 + inner);
        }
    }

    #[test]
    fn the_cache_is_bounded() {
        let cache: Cache<usize> = Cache::new();
        for k in 0..=24 {
            assert_eq!(cache.get(1 << k, |len| len), 1 << k);
            assert!(cache.lock().iter().map(|(len, _)| len).sum::<usize>() <= CACHE_POINTS);
        }
        assert!(cache.lookup(1 << 22).is_some() && cache.lookup(1 << 23).is_none());
        cache.get(1 << 20, |len| len);
        assert!(cache.lookup(1 << 22).is_none(), "the older plan left");
    }
}
