//! Planned `rustfft` transforms of one length, kept for the next product of that length.
//!
//! It stands apart because planning costs more than transforming: a plan computes its twiddles by libm. The
//! cache is shared by all threads and bounded: [`CACHE_POINTS`] points over all plans of one element type, the
//! least recently used leaving first; a longer transform is planned each time.
//!
//! What transforms work in is kept by each thread ([`Room`]): four fresh buffers a product took as long as the transforms themselves.
//!
//! # Invariants
//! Forward, then pointwise, then backward multiplies by the length; whoever calls divides.

use num_complex::Complex;
use num_traits::{Num, Zero};
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};
use std::sync::{Arc, Mutex, PoisonError};

/// How many points the cached plans of one element type have together: some 150 MB of twiddles at most in `f64`.
const CACHE_POINTS: usize = 1 << 22;

/// Forward and backward transforms of one length between sequences of `E` and spectra over `T`.
pub(super) trait Transforms<E, T>: Clone {
    /// Numbers of a spectrum, and of the scratch that both transforms ask for.
    fn lengths(&self) -> [usize; 2];

    /// The spectrum of `x`, whose length is the plan's; `x` is scratch afterwards.
    fn forward(&self, x: &mut [E], spectrum: &mut [Complex<T>], scratch: &mut [Complex<T>]);

    /// `x` becomes `N` times the inverse transform; the spectrum is scratch afterwards.
    fn backward(&self, spectrum: &mut [Complex<T>], x: &mut [E], scratch: &mut [Complex<T>]);
}

/// What transforms work in, of any contents: a sequence, two spectra, scratch.
pub(super) struct Room<E, T> {
    x: Vec<E>,
    rest: Vec<Complex<T>>,
}

impl<E: Copy + Zero, T: Copy + Num> Room<E, T> {
    pub(super) const fn new() -> Self {
        Room { x: Vec::new(), rest: Vec::new() }
    }

    /// The parts for a plan of length `len`.
    pub(super) fn parts(&mut self, len: usize, plan: &impl Transforms<E, T>) -> Parts<'_, E, T> {
        let [spectrum, scratch] = plan.lengths();
        if self.x.len() < len {
            self.x = vec![E::zero(); len];
        }
        if self.rest.len() < 2 * spectrum + scratch {
            self.rest = vec![Complex::zero(); 2 * spectrum + scratch];
        }
        let (first, rest) = self.rest.split_at_mut(spectrum);
        let (second, rest) = rest.split_at_mut(spectrum);
        Parts { x: &mut self.x[..len], first, second, scratch: &mut rest[..scratch] }
    }

    /// Gives back what is more than a thread keeps.
    pub(super) fn shrink(&mut self) {
        if self.x.len() > ROOM_POINTS {
            *self = Room::new();
        }
    }
}

/// Slices of a [`Room`].
pub(super) struct Parts<'a, E, T> {
    pub(super) x: &'a mut [E],
    pub(super) first: &'a mut [Complex<T>],
    pub(super) second: &'a mut [Complex<T>],
    pub(super) scratch: &'a mut [Complex<T>],
}

/// Points of the longest transform whose room a thread keeps: 40 MB in `f64`, 64 MB in complex numbers.
const ROOM_POINTS: usize = 1 << 20;

/// Transforms of real data of even length, through a complex transform of half the length.
pub(super) struct RealPlan<T>(Arc<dyn RealToComplex<T>>, Arc<dyn ComplexToReal<T>>);

/// Transforms of complex data.
pub(super) struct ComplexPlan<T>(Arc<dyn Fft<T>>, Arc<dyn Fft<T>>);

impl<T> Clone for RealPlan<T> {
    fn clone(&self) -> Self {
        RealPlan(Arc::clone(&self.0), Arc::clone(&self.1))
    }
}

impl<T> Clone for ComplexPlan<T> {
    fn clone(&self) -> Self {
        ComplexPlan(Arc::clone(&self.0), Arc::clone(&self.1))
    }
}

impl<T: rustfft::FftNum> RealPlan<T> {
    pub(super) fn new(len: usize) -> Self {
        let mut planner = RealFftPlanner::new();
        RealPlan(planner.plan_fft_forward(len), planner.plan_fft_inverse(len))
    }
}

impl<T: rustfft::FftNum> ComplexPlan<T> {
    pub(super) fn new(len: usize) -> Self {
        let mut planner = FftPlanner::new();
        ComplexPlan(planner.plan_fft_forward(len), planner.plan_fft_inverse(len))
    }
}

impl<T: rustfft::FftNum> Transforms<T, T> for RealPlan<T> {
    fn lengths(&self) -> [usize; 2] {
        [self.0.complex_len(), self.0.get_scratch_len().max(self.1.get_scratch_len())]
    }

    fn forward(&self, x: &mut [T], spectrum: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        self.0.process_with_scratch(x, spectrum, scratch).expect("the buffers have the lengths of the plan");
    }

    fn backward(&self, spectrum: &mut [Complex<T>], x: &mut [T], scratch: &mut [Complex<T>]) {
        // The product of two conjugate-even spectra is real at both ends up to the sign of a zero.
        if let [first, .., last] = spectrum {
            first.im = T::zero();
            last.im = T::zero();
        }
        self.1.process_with_scratch(spectrum, x, scratch).expect("the buffers have the lengths of the plan");
    }
}

impl<T: rustfft::FftNum> Transforms<Complex<T>, T> for ComplexPlan<T> {
    fn lengths(&self) -> [usize; 2] {
        let scratch = self.0.get_outofplace_scratch_len().max(self.1.get_outofplace_scratch_len());
        [self.0.len(), scratch]
    }

    fn forward(&self, x: &mut [Complex<T>], spectrum: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        self.0.process_outofplace_with_scratch(x, spectrum, scratch);
    }

    fn backward(&self, spectrum: &mut [Complex<T>], x: &mut [Complex<T>], scratch: &mut [Complex<T>]) {
        self.1.process_outofplace_with_scratch(spectrum, x, scratch);
    }
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
