//! Sequences of floats as the points of a complex transform, and back: complex ones as they are, modulo `x^N - 1`; of real ones the halves as real and imaginary
//! parts, each point with a weight, modulo `x^N + 1`.
//!
//! It stands apart because nothing else knows how a sequence lies in its points. `x^(2h) + 1 = (x^h - i)*(x^h + i)`, and a real polynomial is known from its
//! remainder by the first factor, `a[j] + i*a[j+h]`; with `x = w*y`, `w = exp(pi*i/(2h))`, that is a cyclic product of `h` complex points (right-angle
//! convolution: R. Crandall and B. Fagin, Discrete weighted transforms and large-integer arithmetic, Math. Comp. 62, 1994). Weights are a product for each point in a
//! loop over neighbours, where a transform of real data (`realfft`) ends in sums of points from both ends: with those products of 64 to 65,536 coefficients took 1.1 to
//! 1.27 times as long.
//!
//! # Invariants
//! With points for `len` numbers, a product of `len` at most comes back whole; of one of `P` more `P - len..len` do, the others have wrapped onto each other.
//! No size is checked for overflow: magnitudes are plain (see `approximate`).

use crate::pages;
use num_complex::Complex;
use rustfft::FftNum;
use std::ops::Range;

/// Numbers that lie in complex points.
pub(super) trait Points<T>: Copy {
    /// How many of them a point holds.
    const FOLD: usize;
    /// Whether points have weights.
    const WEIGHTED: bool = Self::FOLD > 1;

    /// The points of a sequence, zeros behind it; it has at most `FOLD` numbers a point.
    fn lay(sequence: &[Self], weights: &[Complex<T>], points: &mut [Complex<T>]);

    /// Appends some of the numbers that lie in the points, times a factor.
    fn take(
        points: &[Complex<T>],
        weights: &[Complex<T>],
        factor: T,
        range: Range<usize>,
        out: &mut Vec<Self>,
    );
}

/// The weights of `len` points, `exp(pi*i*j / (2*len))`.
pub(super) fn weights<T: FftNum>(len: usize) -> Vec<Complex<T>> {
    let part = |x: f64| T::from_f64(x).expect("a number of size 1");
    let mut weights = Vec::with_capacity(len);
    pages::large(&mut weights);
    weights.extend((0..len).map(|j| {
        let (sin, cos) = (std::f64::consts::FRAC_PI_2 * (j as f64 / len as f64)).sin_cos();
        Complex::new(part(cos), part(sin))
    }));
    weights
}

macro_rules! points {
    ($($real:ty)*) => { $(
        impl Points<$real> for $real {
            const FOLD: usize = 2;

            #[inline(always)]
            fn lay(sequence: &[Self], weights: &[Complex<$real>], points: &mut [Complex<$real>]) {
                let (low, high) = sequence.split_at(sequence.len().min(points.len()));
                let (both, rest) = points.split_at_mut(high.len());
                let (one, none) = rest.split_at_mut(low.len() - high.len());
                for (((point, &re), &im), w) in both.iter_mut().zip(low).zip(high).zip(weights) {
                    *point = Complex::new(re * w.re - im * w.im, re * w.im + im * w.re);
                }
                for ((point, &re), w) in one.iter_mut().zip(&low[high.len()..]).zip(&weights[high.len()..]) {
                    *point = Complex::new(re * w.re, re * w.im);
                }
                none.fill(Complex::new(0.0, 0.0));
            }

            #[inline(always)]
            fn take(
                points: &[Complex<$real>],
                weights: &[Complex<$real>],
                factor: $real,
                range: Range<usize>,
                out: &mut Vec<Self>,
            ) {
                let half = points.len();
                let low = range.start.min(half)..range.end.min(half);
                let high = range.start.max(half) - half..range.end.max(half) - half;
                let pairs = |range: Range<usize>| points[range.clone()].iter().zip(&weights[range]);
                out.extend(pairs(low).map(|(z, w)| (z.re * w.re + z.im * w.im) * factor));
                out.extend(pairs(high).map(|(z, w)| (z.im * w.re - z.re * w.im) * factor));
            }
        }

        impl Points<$real> for Complex<$real> {
            const FOLD: usize = 1;

            #[inline(always)]
            fn lay(sequence: &[Self], _: &[Complex<$real>], points: &mut [Complex<$real>]) {
                let (own, none) = points.split_at_mut(sequence.len());
                own.copy_from_slice(sequence);
                none.fill(Complex::new(0.0, 0.0));
            }

            #[inline(always)]
            fn take(
                points: &[Complex<$real>],
                _: &[Complex<$real>],
                factor: $real,
                range: Range<usize>,
                out: &mut Vec<Self>,
            ) {
                out.extend(points[range].iter().map(|z| Complex::new(z.re * factor, z.im * factor)));
            }
        }
    )* };
}
points!(f32 f64);

#[cfg(test)]
mod tests {
    use super::*;

    /// A sequence, laid and taken again, in any range.
    fn there_and_back<E: Points<f64> + PartialEq + std::fmt::Debug>(
        number: fn(usize) -> E,
        zero: E,
        near: fn(E, E) -> bool,
    ) {
        for len in [1usize, 2, 9, 16] {
            let weights = weights::<f64>(len);
            let all = E::FOLD * len;
            for n in 0..=all {
                let sequence: Vec<E> = (0..n).map(number).collect();
                let mut points = vec![Complex::new(7.0, 7.0); len];
                E::lay(&sequence, &weights, &mut points);
                for range in (0..=all).flat_map(|start| (start..=all).map(move |end| start..end)) {
                    let mut out = vec![number(5)];
                    E::take(&points, &weights, 1.0, range.clone(), &mut out);
                    assert_eq!(out.len(), 1 + range.len());
                    assert_eq!(out[0], number(5), "what is there stays");
                    for (k, &x) in range.zip(&out[1..]) {
                        assert!(
                            near(x, *sequence.get(k).unwrap_or(&zero)),
                            "{k} of {n} numbers in {len} points: {x:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn sequences_are_laid_and_taken() {
        there_and_back(|k| k as f64 - 3.0, 0.0, |x, y| (x - y).abs() < 1e-13);
        let number = |k: usize| Complex::new(k as f64 - 3.0, 2.0 - k as f64);
        there_and_back(number, Complex::new(0.0, 0.0), |x, y| x == y);
    }

    #[test]
    fn weights_are_roots_of_i() {
        for len in [1usize, 3, 16, 1000] {
            for (j, w) in weights::<f64>(len).into_iter().enumerate() {
                let angle = std::f64::consts::PI * j as f64 / (2 * len) as f64;
                assert!((w - Complex::from_polar(1.0, angle)).norm() < 1e-15, "{j} of {len}");
            }
        }
    }
}
